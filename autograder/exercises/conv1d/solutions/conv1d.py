# from source/01_conv1d/conv1d.ipynb by `autograder refresh`: edit it there
def conv1d(x, w, stride=1, padding=0):
    """Slide the kernel over the zero-padded series in steps of `stride`.

    x : (W,) series
    w : (K,) kernel
    stride : int >= 1
    padding : int >= 0, zeros on each side
    returns : (floor((W + 2 * padding - K) / stride) + 1,) array of float
    raises : ValueError naming K and W if the kernel is longer than the padded series
    """
    padded, w = zero_pad1d(x, padding), np.asarray(w, dtype=float)
    if len(w) > len(padded):
        raise ValueError(
            f"a kernel of {len(w)} does not fit on a series of {len(x)} with padding {padding}."
        )
    starts = range(0, len(padded) - len(w) + 1, stride)
    return np.array([np.dot(padded[i : i + len(w)], w) for i in starts])
