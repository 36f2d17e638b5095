"""Everything right, with plain loops over every index."""


def conv1d_valid(x, w):
    result = []
    for i in range(len(x) - len(w) + 1):
        total = 0
        for k in range(len(w)):
            total = total + float(x[i + k]) * w[k]
        result.append(total)
    return result


def conv1d(x, w, stride=1, padding=0):
    padded = [0] * padding + [float(value) for value in x] + [0] * padding
    if len(padded) < len(w):
        raise ValueError("w has %d values, x only %d" % (len(w), len(x)))
    result = []
    i = 0
    while i + len(w) <= len(padded):
        total = 0
        for k in range(len(w)):
            total = total + padded[i + k] * w[k]
        result.append(total)
        i = i + stride
    return np.array(result)


def conv2d(x, w, stride=1, padding=0):
    H, W = x.shape
    kH, kW = w.shape
    big = np.zeros((H + 2 * padding, W + 2 * padding))
    for r in range(H):
        for c in range(W):
            big[r + padding, c + padding] = x[r, c]
    rows = (H + 2 * padding - kH) // stride + 1
    columns = (W + 2 * padding - kW) // stride + 1
    out = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            for i in range(kH):
                for j in range(kW):
                    out[r, c] += big[r * stride + i, c * stride + j] * w[i, j]
    return out


def max_pool2d(x, size=2, stride=None):
    if stride is None:
        stride = size
    kH, kW = size if isinstance(size, tuple) else (size, size)
    sH, sW = stride if isinstance(stride, tuple) else (stride, stride)
    if x.ndim == 3:
        return np.array([max_pool2d(plane, size, stride) for plane in x])
    rows = (x.shape[0] - kH) // sH + 1
    columns = (x.shape[1] - kW) // sW + 1
    out = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            biggest = x[r * sH, c * sW]
            for i in range(kH):
                for j in range(kW):
                    if x[r * sH + i, c * sW + j] > biggest:
                        biggest = x[r * sH + i, c * sW + j]
            out[r, c] = biggest
    return out
