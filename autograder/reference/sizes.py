"""Sizes and checks that every reference shares."""


def spread(kernel, dilation=1):
    """Number of neighbouring values that a dilated kernel covers along one axis.

    Parameters
    ----------
    kernel, dilation : int

    Returns
    -------
    int
        ``dilation * (kernel - 1) + 1``

    Examples
    --------
    >>> spread(3, 2)
    5
    """
    return dilation * (kernel - 1) + 1


def pair(value):
    """``3`` as ``(3, 3)``; a pair as it is.

    Examples
    --------
    >>> pair(3), pair([2, 5])
    ((3, 3), (2, 5))
    """
    return tuple(value) if isinstance(value, (tuple, list)) else (value, value)


def window_and_step(size, stride=None):
    """A pooling's window and step as pairs (height, width); no stride means: its own size.

    Examples
    --------
    >>> window_and_step((2, 3)), window_and_step(2, 1)
    (((2, 3), (2, 3)), ((2, 2), (1, 1)))
    """
    return pair(size), pair(size if stride is None else stride)


def output_size(size, kernel, stride=1, padding=0, dilation=1):
    """Number of window positions along one axis.

    Parameters
    ----------
    size, kernel, stride, dilation : int
    padding : int or (start, end)

    Returns
    -------
    int
        ``floor((size + padding - (dilation * (kernel - 1) + 1)) / stride) + 1``

    Raises
    ------
    ValueError
        If stride or dilation is below 1, padding below 0, or the kernel larger than the input.

    Notes
    -----
    Lecture L4's formula; Dumoulin and Visin, "A guide to convolution arithmetic for deep
    learning" (2016), relationship 15.

    Examples
    --------
    >>> output_size(8, 3, stride=1, padding=1)
    8
    >>> output_size(7, 3, stride=2, padding=1)
    4
    """
    start, end = pair(padding)
    if size < 1 or kernel < 1:
        raise ValueError(f"size and kernel must be at least 1 (got size {size}, kernel {kernel}).")
    if stride < 1:
        raise ValueError(f"stride must be at least 1 (got {stride}).")
    if dilation < 1:
        raise ValueError(f"dilation must be at least 1 (got {dilation}).")
    if start < 0 or end < 0:
        raise ValueError(f"padding must not be negative (got {padding}).")
    covered = spread(kernel, dilation)
    padded = size + start + end
    if covered > padded:
        raise ValueError(
            f"the kernel of size {kernel} covers {covered} values, but the padded input of size "
            f"{size} has only {padded}."
        )
    return (padded - covered) // stride + 1
