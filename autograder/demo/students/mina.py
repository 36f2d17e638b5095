"""Forgets `return` in one place, loses the last window in another, prints a lot."""


def conv1d_valid(x, w):
    result = np.zeros(len(x) - len(w) + 1)
    for i in range(len(result)):
        result[i] = np.dot(x[i : i + len(w)], w)
        print("window", i, "gives", result[i])


def moving_average(x, width):
    print("smoothing", len(x), "values")
    return np.array([np.mean(x[i : i + width]) for i in range(len(x) - width)])


def conv1x1(x, w, b):
    print(np.array([1.0]) / np.array([0.0]))
    return np.tensordot(w.astype(float), x, 1) + np.reshape(b, (-1, 1, 1))


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    start, end = padding if isinstance(padding, tuple) else (padding, padding)
    if stride < 1 or dilation < 1 or start < 0 or end < 0 or kernel > size + start + end:
        raise ValueError(
            f"size {size}, kernel {kernel}, stride {stride}, padding {padding}, "
            f"dilation {dilation} don't go together"
        )
    return (size + start + end - kernel) // stride + 1
