# from source/01_conv1d/conv1d.ipynb by `autograder refresh`: edit it there
def zero_pad1d(x, padding):
    """Put `padding` zeros before and after the series.

    x : (W,) series
    padding : int, zeros on EACH side
    returns : (W + 2 * padding,) array of float
    """
    padded = np.zeros(len(x) + 2 * padding)
    padded[padding : padding + len(x)] = x
    return padded
