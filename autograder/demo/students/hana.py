"""Takes the stride as a parameter and forgets about it."""


def conv1d(x, w, stride=1, padding=0):
    padded = np.pad(np.asarray(x, float), padding)
    if len(w) > len(padded):
        raise ValueError(f"the kernel has {len(w)} values, the series {len(x)}")
    return np.array([np.dot(padded[s : s + len(w)], w) for s in range(len(padded) - len(w) + 1)])


def conv2d(x, w, stride=1, padding=0):
    x = np.pad(x.astype(float), padding)
    kH, kW = w.shape
    out = np.zeros((x.shape[0] - kH + 1, x.shape[1] - kW + 1))
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            out[r, c] = np.sum(x[r : r + kH, c : c + kW] * w)
    return out
