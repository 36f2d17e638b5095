"""Pads on one side only, and adds the bias once per channel."""


def zero_pad1d(x, padding):
    return np.concatenate([x, np.zeros(2 * padding)])


def conv2d_rgb(x, w, b=0.0):
    x, (kH, kW) = x.astype(float), w.shape[1:]
    out = np.zeros((x.shape[1] - kH + 1, x.shape[2] - kW + 1))
    for channel in range(len(x)):
        for r in range(out.shape[0]):
            for c in range(out.shape[1]):
                out[r, c] += np.sum(x[channel, r : r + kH, c : c + kW] * w[channel]) + b
    return out
