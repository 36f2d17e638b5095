"""Pictures on which the gradients of max and average pooling are tried, and their cases."""

import numpy as np

from autograder.exercises.arrays import frozen
from autograder.exercises.backprop.parts import irregular
from autograder.exercises.corners import mixed
from autograder.exercises.pooling import cases
from autograder.reference.sizes import window_and_step
from autograder.space import Space
from autograder.spec import Case

SPACE = Space((cases.MAP, cases.WINDOW, cases.STEP, cases.REST, cases.MAPS), cases.SPACE.never)
TOUCHES = {
    **dict.fromkeys((*cases.WINDOW.levels[1:], *cases.STEPS[2:]), "size and stride"),
    cases.STEPS[1]: "overlap", cases.RESTS[1]: "border",
    **dict.fromkeys(cases.MAPS.levels[1:], "channels"),
}


def pooled_shape(shape, size, stride=None):
    """Shape of the pooled picture."""
    size, stride = window_and_step(size, stride)
    sides = [(n - k) // s + 1 for n, k, s in zip(shape[-2:], size, stride, strict=True)]
    return (*shape[:-2], *sides)


def pooling_args(rng, shape, size, stride=None):
    """``(dout, x)`` without ties: all entries of x differ."""
    return irregular(rng, *pooled_shape(shape, size, stride)), irregular(rng, *shape)


def crowned(rng, shape, size, stride, spot):
    """``(dout, x)`` whose largest entry stands at ``spot``, inside several windows."""
    dout, x = pooling_args(rng, shape, size, stride)
    x[..., *spot] = np.abs(x).max() + 1.0 + np.arange(x[..., *spot].size).reshape(x.shape[:-2])
    return dout, x


def overlapping(dout):
    """The visible case of windows that overlap; ``dout`` is the exercise's own."""
    x = [[1.0, 9.0, 2.0], [3.0, 4.0, -5.0], [0.0, 6.0, 7.0]]
    return Case("overlapping windows: size 2 and stride 1 on a 3x3 picture",
                (np.array(dout), np.array(x)), {"size": 2, "stride": 1}, "overlap")


def uneven_steps(dout):
    """The visible case of two different strides."""
    x = [[1.0, 6.0, 3.0, 0.0, 2.0], [2.0, 8.0, 10.0, 1.0, -3.0], [4.0, 0.0, 7.0, 9.0, -1.0]]
    return Case("1 row down and 3 columns to the right from window to window",
                (np.array(dout), np.array(x)), {"size": 2, "stride": (1, 3)}, "size and stride")


def left_over(dout):
    """The visible case of a rim that no window reaches."""
    x = [[1.0, 6.0, 13.0], [2.0, 8.0, 12.0], [4.0, 0.0, 7.0], [3.0, 9.0, -1.0], [5.0, 11.0, 10.0]]
    return Case("a 5x3 picture: a row and a column that no window reaches",
                (np.array(dout), np.array(x)), aspect="border")


def two_channels(dout):
    """The visible case of several channels."""
    x = [[[1.0, 6.0, 3.0, 0.0], [2.0, -8.0, 5.0, 1.0]],
         [[4.0, 10.0, 7.0, 9.0], [13.0, 3.0, -1.0, 12.0]]]
    return Case("2 channels", (np.array(dout), np.array(x)), aspect="channels")


def hidden(rng, crown):
    """The hidden cases of both; with ``crown`` one entry is the largest of several windows."""
    def shared(shape, size, stride, spot):
        if crown:
            return crowned(rng, shape, size, stride, spot)
        return pooling_args(rng, shape, size, stride)

    yield Case("read-only arrays that do not lie in one piece",
               tuple(frozen(array[:, ::2]) for array in pooling_args(rng, (4, 12), 2)))
    yield Case("size 3 and stride 2: windows share rows and columns",
               shared((7, 5), 3, 2, (2, 2)), {"size": 3, "stride": 2}, "overlap")
    yield Case("size 2 and stride 1", shared((4, 5), 2, 1, (1, 2)), {"size": 2, "stride": 1},
               "overlap")
    yield Case("windows of two different sides that overlap",
               shared((4, 6), (2, 4), (2, 1), (1, 3)), {"size": (2, 4), "stride": (2, 1)},
               "size and stride")
    yield Case("windows that are higher than wide", pooling_args(rng, (6, 6), (3, 2)),
               {"size": (3, 2)}, "size and stride")
    yield Case("a stride larger than the window", pooling_args(rng, (5, 8), 2, 3),
               {"size": 2, "stride": 3}, "size and stride")
    yield Case("windows that do not come out even", pooling_args(rng, (7, 5), 2), {"size": 2},
               "border")
    yield Case("windows of 3 that do not come out even", pooling_args(rng, (5, 8), 3), {"size": 3},
               "border")
    yield Case("3 channels", pooling_args(rng, (3, 4, 6), 2), aspect="channels")
    yield Case("2 channels and windows that overlap", shared((2, 5, 3), 3, 2, (2, 1)),
               {"size": 3, "stride": 2}, "channels")

    def together(row):
        sides, size, stride = cases.laid_out(rng, row)
        channels = {"a single map": (), "one channel": (1,)}.get(row["channels"], (2,))
        args = pooling_args(rng, (*channels, *sides), size, stride)
        return args, {"size": size} if stride is None else {"size": size, "stride": stride}

    yield from mixed(SPACE, TOUCHES, "values", together)
