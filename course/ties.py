"""Which splits of a tied gradient are right, judged without knowing the picture.

Where two entries of a pooling window are equally large, its gradient may go to the first, to the
last, or in parts to both: only the total counts. The cases on ties therefore keep to one pattern:
windows of 2 x 2 without overlap, and a tie only ever between the two neighbours of a window's
row. Then every legal split has the same totals of neighbours, no share of the other sign, and
no other gradient has both.
"""

import numpy as np


def pair_totals(array):
    """Add up columns 0 and 1, 2 and 3, and so on.

    Parameters
    ----------
    array : (..., H, W) ndarray

    Returns
    -------
    (..., H, ceil(W/2)) ndarray of float

    Examples
    --------
    >>> pair_totals(np.array([[5.0, 0.0, 2.5, 2.5]])).tolist()
    [[5.0, 5.0]]
    """
    array = np.asarray(array, dtype=float)
    if array.shape[-1] % 2:
        array = np.concatenate([array, np.zeros((*array.shape[:-1], 1))], axis=-1)
    return array[..., ::2] + array[..., 1::2]


def shares(array, target):
    """Whether each entry lies between 0 and the total of its pair, as a share of it does.

    Parameters
    ----------
    array : (..., H, W) ndarray
    target : (..., H, W) ndarray
        With the same totals; of its size the tolerance is taken.

    Examples
    --------
    >>> right = np.array([[5.0, 0.0]])
    >>> shares(np.array([[2.0, 3.0]]), right), shares(np.array([[8.0, -3.0]]), right)
    (True, False)
    """
    totals = np.repeat(pair_totals(target), 2, axis=-1)[..., : np.shape(target)[-1]]
    slack = 1e-6 * np.max(np.abs(totals), initial=0.0)
    low, high = np.minimum(totals, 0) - slack, np.maximum(totals, 0) + slack
    return bool(((low <= array) & (array <= high)).all())
