"""The loops that students write for the gradient of a pooling, and the mistakes in them."""

import numpy as np

from autograder.reference.sizes import pair, window_and_step
from autograder.spec import Twin


def through_windows(share, dout, x, size, stride, *, add=True, step=None, count=None):
    """Hand each window's gradient on as ``share(window)`` says.

    Parameters
    ----------
    share : callable
        (kH, kW) window -> (kH, kW) factors.
    add : bool
        Whether overlapping windows add up.
    step : pair, optional
        How far the windows really step.
    count : pair, optional
        How many windows are really visited.
    """
    size = pair(size)
    step = pair(step or (size if stride is None else stride))
    planes = x.reshape((-1, *x.shape[-2:]))
    upstream = dout.reshape((-1, *dout.shape[-2:]))
    dx = np.zeros(planes.shape)
    for c, (plane, gradients) in enumerate(zip(planes, upstream, strict=True)):
        for i, j in np.ndindex(*(count or gradients.shape)):
            spot = np.s_[i * step[0] : i * step[0] + size[0], j * step[1] : j * step[1] + size[1]]
            given = share(plane[spot]) * gradients[i, j]
            if add:
                dx[c][spot] += given
            else:
                dx[c][spot] = np.where(given != 0, given, dx[c][spot])
    return dx.reshape(x.shape)


def first_largest(window):
    """1 at the first maximum, else 0."""
    gate = np.zeros(window.shape)
    gate[np.unravel_index(window.argmax(), window.shape)] = 1.0
    return gate


def step_twins(walk):
    """Mistakes about where the windows stand.

    Parameters
    ----------
    walk : callable
        ``walk(dout, x, size, stride, **slips)``: `through_windows` with a ``share``.

    Returns
    -------
    tuple of Twin
    """
    def stride_ignored(dout, x, size=2, stride=None):
        return walk(dout, x, size, stride, step=size)

    def windows_lost(dout, x, size=2, stride=None):
        count = [n // k for n, k in zip(x.shape[-2:], pair(size), strict=True)]
        return walk(dout, x, size, stride, count=count)

    def one_stride(dout, x, size=2, stride=None):
        stride = pair(size if stride is None else stride)
        return walk(dout, x, size, stride, step=(stride[0], stride[0]))

    def sides_exchanged(dout, x, size=2, stride=None):
        return walk(dout, x, pair(size)[::-1], size if stride is None else stride)

    return (
        Twin("stride-ignored", stride_ignored,
             "The windows step by their own size, whatever `stride` says.",
             "Where does window (i, j) begin?", costs=("overlap", "size and stride")),
        Twin("windows-lost", windows_lost,
             "You visit size // window outputs, as if windows never overlapped.",
             "How many outputs are there? `dout` has a shape.",
             costs=("overlap", "size and stride")),
        Twin("one-stride-for-both", one_stride,
             "The step down serves for the step to the right as well.",
             "`stride` may be a pair: (down, right).", costs=("size and stride",)),
        Twin("sides-exchanged", sides_exchanged,
             "Height and width of the window are exchanged.",
             "`size` is (height, width): rows first.", costs=("size and stride",)),
    )


def border_dropped(gradient):
    """The result ends with the last window."""
    def dropped(dout, x, size=2, stride=None):
        reach = [(n - 1) * s + k for n, k, s in zip(
            dout.shape[-2:], *window_and_step(size, stride), strict=True
        )]
        return gradient(dout, x, size, stride)[..., : reach[0], : reach[1]]

    return Twin("border-dropped", dropped,
                "The result ends with the last window; the rest of the picture is missing.",
                "An entry that no window reached has a gradient, too: which number is it?",
                costs=("border",))


def input_changed(gradient):
    """The right gradient, written into ``x`` itself."""
    def changed(dout, x, size=2, stride=None):
        x[:] = gradient(dout, x.copy(), size, stride)
        return x

    return Twin("input-changed", changed,
                "The gradient is right, but your function writes it into the `x` it was given.",
                "Begin with `np.zeros(x.shape)`.", costs=("values",))
