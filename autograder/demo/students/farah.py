"""Half done: the first exercises of each unit only, all of them right."""

FILLS = "blank"


def conv1d_valid(x, w):
    x = np.asarray(x, float)
    return np.array([np.dot(x[i : i + len(w)], w) for i in range(len(x) - len(w) + 1)])


def zero_pad1d(x, padding):
    return np.concatenate([np.zeros(padding), x, np.zeros(padding)])


def conv2d(x, w, stride=1, padding=0):
    x = np.pad(x.astype(float), padding)
    kH, kW = w.shape
    return np.array([
        [np.sum(x[r : r + kH, c : c + kW] * w) for c in range(0, x.shape[1] - kW + 1, stride)]
        for r in range(0, x.shape[0] - kH + 1, stride)
    ])
