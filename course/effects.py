"""Compare kernels by what they do to a picture, not by how they are written."""

import numpy as np

from course.compare import RIGHT, RTOL, RTOL_FLOAT32, Fact, Verdict, as_array, values, wrong


def as_kernel(value):
    """The value as a kernel with a centre, or the Verdict that says why it is none."""
    kernel = as_array(value)
    if isinstance(kernel, Verdict):
        return kernel
    if kernel.ndim != 2:
        return wrong(
            "shape",
            f"yours has {kernel.ndim} dimensions; a kernel for pictures has 2, rows and columns",
            hidden="a kernel for pictures has 2 dimensions, rows and columns; yours has not",
        )
    height, width = kernel.shape
    if height % 2 == 0 or width % 2 == 0:
        return wrong(
            "shape",
            f"yours {kernel.shape}: a kernel with an even side has no centre, so its effect "
            "depends on which pixel you call the middle; use odd sides",
            hidden="a kernel with an even side has no centre, so its effect depends on which "
            "pixel you call the middle; use odd sides",
        )
    if not np.isfinite(kernel).all():
        return wrong("values", "some weights are NaN or infinite")
    return kernel.astype(float)


def centred(kernel, height, width):
    """The kernel in the middle of a larger one, zeros around: the same effect everywhere."""
    rows, columns = (height - kernel.shape[0]) // 2, (width - kernel.shape[1]) // 2
    return np.pad(kernel, ((rows, rows), (columns, columns)))


def kernel_effect(yours, expected):
    """Whether two kernels do the same to every picture.

    They do if and only if they agree once both are filled up with zeros, centre on centre, to
    one common size.

    Parameters
    ----------
    yours : anything
        What the student's function returned.
    expected : (kH, kW) array_like
        Odd sides. Where it is no kernel (a wrong twin's result), plain values are compared.

    Returns
    -------
    Verdict
    """
    target = as_kernel(expected)
    if isinstance(target, Verdict):
        return values(yours, expected)
    kernel = as_kernel(yours)
    if isinstance(kernel, Verdict):
        return kernel
    height, width = np.maximum(kernel.shape, target.shape)
    mine, due = centred(kernel, height, width), centred(target, height, width)
    limit = RTOL_FLOAT32 if as_array(yours).dtype in (np.float32, np.float16) else RTOL
    differ = ~np.isclose(mine, due, rtol=limit, atol=limit * np.abs(due).max())
    return Verdict(False, _effect_facts(mine, due, differ)) if differ.any() else RIGHT


def _effect_facts(mine, due, differ):
    """What differs, told without the weights that are asked for."""
    row, column = (int(i) for i in np.argwhere(differ)[0])
    height, width = mine.shape
    facts = [Fact("weights", f"{differ.sum()} of {differ.size} differ, laid centre on centre in a "
                             f"{height} × {width} kernel; first at ({row}, {column})",
                  f": yours {mine[row, column]:.4g}",
                  hidden="they differ, laid centre on centre")]
    if not np.isclose(mine.sum(), due.sum(), rtol=RTOL_FLOAT32, atol=RTOL_FLOAT32):
        facts.append(Fact("sum", "the weights do not have the sum that the brightness asks for",
                          f": yours {round(mine.sum(), 9):.4g}, expected {due.sum():.4g}"))
    return tuple(facts)


def edge_answers(kernel):
    """What a kernel answers to: (an evenly bright area, vertical edges, horizontal edges).

    On a picture whose rows are all alike only the sums of the kernel's columns count; where all
    columns are alike, only the sums of its rows.
    """
    limit = RTOL * np.abs(kernel).sum()
    return (
        bool(abs(kernel.sum()) > limit),
        bool((np.abs(kernel.sum(axis=0)) > limit).any()),
        bool((np.abs(kernel.sum(axis=1)) > limit).any()),
    )


def vertical_edges(yours, expected):
    """Whether a kernel answers to the same kinds of places as the expected one.

    Sobel, Prewitt, Scharr, a central difference and all of these with the sign changed are alike.

    Parameters
    ----------
    yours : anything
        What the student's function returned.
    expected : (kH, kW) array_like

    Returns
    -------
    Verdict
    """
    kernel = as_kernel(yours)
    if isinstance(kernel, Verdict):
        return kernel
    mine, due = edge_answers(kernel), edge_answers(np.asarray(expected, dtype=float))
    if mine == due or (mine[0] and due[0]):
        return RIGHT
    if mine[0] and not due[0]:
        return wrong("sum", "your weights do not sum to 0, so an evenly bright area gets an answer",
                     f": the sum is {round(kernel.sum(), 9):.4g}")
    facts = tuple(
        Fact("edges", f"{name} ones get {'an' if answers else 'no'} answer")
        for name, answers, wanted in zip(("vertical", "horizontal"), mine[1:], due[1:], strict=True)
        if answers != wanted
    )
    return Verdict(False, facts or wrong("sum", "your weights sum to 0").facts)


COMPARISONS = {"kernel_effect": kernel_effect, "vertical_edges": vertical_edges}
"""The comparisons of kernels that a visible case in the student kit may name."""
