# from source/01_conv1d/conv1d.ipynb by `autograder refresh`: edit it there
def moving_average(x, width):
    """Mean of every full window of `width` neighbours.

    x : (W,) series
    width : int, 1 <= width <= W
    returns : (W - width + 1,) array of float
    """
    return conv1d_valid(x, np.ones(width) / width)
