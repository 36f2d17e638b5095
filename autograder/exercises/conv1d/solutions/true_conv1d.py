# from source/01_conv1d/conv1d.ipynb by `autograder refresh`: edit it there
def true_conv1d(x, w):
    """Slide the REVERSED kernel over the series; dot product at every full position.

    x : (W,) series
    w : (K,) kernel, K <= W
    returns : (W - K + 1,) array of float
    """
    return conv1d_valid(x, w[::-1])
