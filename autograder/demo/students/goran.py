"""Turns every kernel round before sliding it."""


def conv1d_valid(x, w):
    w = np.asarray(w, float)[::-1]
    return np.array([np.dot(x[i : i + len(w)], w) for i in range(len(x) - len(w) + 1)])


def conv1d(x, w, stride=1, padding=0):
    padded = np.pad(np.asarray(x, float), padding)
    if len(w) > len(padded):
        raise ValueError(f"the kernel has {len(w)} values, the series {len(x)}")
    starts = range(0, len(padded) - len(w) + 1, stride)
    return np.array([np.dot(padded[s : s + len(w)], w[::-1]) for s in starts])


def conv2d(x, w, stride=1, padding=0):
    x = np.pad(x.astype(float), padding)
    kH, kW = w.shape
    rows = (x.shape[0] - kH) // stride + 1
    columns = (x.shape[1] - kW) // stride + 1
    out = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            window = x[r * stride : r * stride + kH, c * stride : c * stride + kW]
            out[r, c] = np.sum(window * np.flip(w))
    return out


def filter_image(image, w):
    if image.ndim == 3:
        return np.stack([filter_image(channel, w) for channel in image])
    kH, kW = w.shape
    padded = np.pad(image.astype(float), ((kH // 2, kH // 2), (kW // 2, kW // 2)))
    return np.array([
        [np.sum(padded[r : r + kH, c : c + kW] * np.flip(w)) for c in range(image.shape[1])]
        for r in range(image.shape[0])
    ])
