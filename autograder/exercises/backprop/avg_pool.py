"""Exercise `avg_pool2d_backward`: each window shares its gradient out evenly."""

import numpy as np

from autograder.exercises.backprop import pictures
from autograder.exercises.backprop.avg_pool_twins import TWINS
from autograder.reference import backprop as reference
from autograder.spec import Case, Exercise


def visible():
    yield Case("a 2x4 picture",
               (np.array([[8.0, -4.0]]), np.array([[3.0, 8.0, 6.0, -1.0], [5.0, 1.0, 2.0, 4.0]])))
    yield pictures.overlapping([[4.0, -8.0], [12.0, 16.0]])
    yield Case("windows of 2 rows and 3 columns",
               (np.array([[12.0, -6.0]]),
                np.array([[1.0, 6.0, 3.0, 0.0, 2.0, 5.0], [2.0, 8.0, -4.0, 1.0, -3.0, 9.0]])),
               {"size": (2, 3)}, "size and stride")
    yield pictures.uneven_steps([[4.0, -8.0], [12.0, 20.0]])
    yield pictures.left_over([[8.0], [-4.0]])
    yield pictures.two_channels([[[4.0, -8.0]], [[12.0, 20.0]]])


def hidden(draw):
    rng = draw.rng
    yield Case("a 4x6 picture", pictures.pooling_args(rng, (4, 6), 2))
    yield Case("windows of 3", pictures.pooling_args(rng, (6, 3), 3), {"size": 3})
    yield from pictures.hidden(rng, crown=False)


def window_loop(dout, x, size=2, stride=None):
    kh, kw = (size, size) if isinstance(size, int) else size
    if stride is None:
        sh, sw = kh, kw
    else:
        sh, sw = (stride, stride) if isinstance(stride, int) else stride
    dx = np.zeros(x.shape)
    for i in range(dout.shape[-2]):
        for j in range(dout.shape[-1]):
            window = dx[..., i * sh : i * sh + kh, j * sw : j * sw + kw]
            window += dout[..., i, j, np.newaxis, np.newaxis] / (kh * kw)
    return dx


def offset_by_offset(dout, x, size=2, stride=None):
    kh, kw = np.broadcast_to(size, 2)
    sh, sw = np.broadcast_to(size if stride is None else stride, 2)
    down, right = dout.shape[-2:]
    dx = np.zeros_like(x)
    for a, b in np.ndindex(kh, kw):
        dx[..., a : a + sh * down : sh, b : b + sw * right : sw] += dout / kh / kw
    return dx


def separable(dout, x, size=2, stride=None):
    kh, kw = np.broadcast_to(size, 2)
    sh, sw = np.broadcast_to(size if stride is None else stride, 2)

    def reach(windows, length, k, s):
        start = s * np.arange(windows)[:, None]
        place = np.arange(length)
        return ((place >= start) & (place < start + k)) / k

    rows = reach(dout.shape[-2], x.shape[-2], kh, sh)
    columns = reach(dout.shape[-1], x.shape[-1], kw, sw)
    return rows.T @ dout @ columns


EXERCISE = Exercise(
    id="avg_pool2d_backward",
    reference=reference.avg_pool2d_backward,
    aspects={"values": 1, "overlap": 1, "size and stride": 1, "border": 1, "channels": 1},
    visible=visible,
    hidden=hidden,
    space=pictures.SPACE,
    twins=TWINS,
    variants=(window_loop, offset_by_offset, separable),
    hints=(
        "Take your max pooling and change who gets the gradient. The windows stay where they are.",
        "A mean of four numbers is a sum of quarters: each entry of the window gets the same part "
        "of `dout[..., i, j]`. The values in `x` play no part, only its shape does.",
    ),
)
