# from source/01_conv1d/conv1d.ipynb by `autograder refresh`: edit it there
def conv1d_valid(x, w):
    """Slide the kernel over the series; dot product at every full position.

    x : (W,) series
    w : (K,) kernel, K <= W
    returns : (W - K + 1,) array of float
    """
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    y = np.zeros(len(x) - len(w) + 1)
    for i in range(len(y)):
        y[i] = np.dot(x[i : i + len(w)], w)
    return y
