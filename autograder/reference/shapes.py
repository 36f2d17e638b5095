"""Right answers for unit 05: output sizes, parameter counts, receptive fields."""

from math import prod

from autograder.reference.sizes import output_size, pair, spread


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    """Count the window positions along one axis.

    Parameters
    ----------
    size, kernel, stride, dilation : int
    padding : int or (start, end)

    Returns
    -------
    int
        ``floor((size + start + end - (dilation * (kernel - 1) + 1)) / stride) + 1``

    Raises
    ------
    ValueError
        If stride or dilation is below 1, padding below 0, or the kernel larger than the padded
        input.

    Notes
    -----
    `autograder.reference.sizes.output_size`, which every reference shares. Lectures L2 (unequal
    padding) and L4 (floor).

    Examples
    --------
    >>> conv_output_size(7, 3, stride=2)
    3
    >>> conv_output_size(10, 3, stride=2, padding=(1, 0), dilation=2)
    4
    """
    return output_size(size, kernel, stride, padding, dilation)


def fits(size, kernel, stride=1, padding=0):
    """Whether the windows come out even, so that the last one ends where the input ends.

    Parameters
    ----------
    size, kernel, stride, padding : int

    Returns
    -------
    bool

    Raises
    ------
    ValueError
        If stride is below 1, padding below 0, or the kernel larger than the padded input.

    Notes
    -----
    The rule of lectures L1 and L2: ``(size + 2*padding - kernel) / stride + 1`` is an integer.

    Examples
    --------
    >>> fits(7, 3, stride=2), fits(7, 3, stride=3)
    (True, False)
    """
    output_size(size, kernel, stride, padding)
    return (size + 2 * padding - kernel) % stride == 0


def conv_parameters(in_channels, out_channels, kernel, bias=True):
    """Count the parameters of a convolution layer.

    Parameters
    ----------
    in_channels, out_channels : int
    kernel : int or (height, width)
    bias : bool
        Whether each filter has a bias.

    Returns
    -------
    int
        ``out_channels * (in_channels * height * width + 1)``, without the 1 if there is no bias.

    Raises
    ------
    ValueError
        If a size is below 1.

    Notes
    -----
    The table of layer sizes in lecture L2; L4 counts without biases.

    Examples
    --------
    >>> conv_parameters(3, 10, 5), conv_parameters(3, 10, 5, bias=False)
    (760, 750)
    """
    kernel_height, kernel_width = pair(kernel)
    _at_least_one(in_channels, out_channels, kernel_height, kernel_width)
    return out_channels * (in_channels * kernel_height * kernel_width + bool(bias))


def dense_parameters(n_in, n_out, bias=True):
    """Count the parameters of a fully connected layer.

    Parameters
    ----------
    n_in, n_out : int
    bias : bool
        Whether each neuron has a bias.

    Returns
    -------
    int
        ``(n_in + 1) * n_out``, without the 1 if there is no bias.

    Raises
    ------
    ValueError
        If a size is below 1.

    Notes
    -----
    The table of layer sizes in lecture L2.

    Examples
    --------
    >>> dense_parameters(3072, 10, bias=False)
    30720
    """
    _at_least_one(n_in, n_out)
    return (n_in + bool(bias)) * n_out


def locally_connected_parameters(
    out_height, out_width, in_channels, out_channels, kernel, bias=True
):
    """Count the parameters of a layer with windows but without shared weights.

    Parameters
    ----------
    out_height, out_width, in_channels, out_channels : int
    kernel : int or (height, width)
    bias : bool
        Whether each output unit has a bias.

    Returns
    -------
    int
        Every one of the ``out_height * out_width * out_channels`` units has a window of weights
        and a bias of its own.

    Raises
    ------
    ValueError
        If a size is below 1.

    Notes
    -----
    Lecture L3, "Locally Connected Layer".

    Examples
    --------
    >>> locally_connected_parameters(200, 200, 1, 1, 10, bias=False)
    4000000
    """
    _at_least_one(out_height, out_width)
    return out_height * out_width * conv_parameters(in_channels, out_channels, kernel, bias)


def receptive_field(layers):
    """Side of the input region that one unit of the last layer depends on.

    Parameters
    ----------
    layers : list of (kernel, stride) or (kernel, stride, dilation)
        From the input upwards; a pooling layer counts like a convolution.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If a kernel, stride or dilation is below 1.

    Notes
    -----
    ``r += (spread - 1) * product of the strides below``, beginning with 1: lecture L1's
    definition carried on through a stack. Araujo, Norris and Sim, "Computing receptive fields of
    convolutional neural networks" (Distill, 2019).

    Examples
    --------
    >>> receptive_field([(3, 1), (2, 2)])
    4
    >>> receptive_field([(3, 1), (2, 2), (3, 1), (2, 2)])
    10
    """
    field = 1
    for number, (kernel, stride, *rest) in enumerate(layers):
        dilation = rest[0] if rest else 1
        _at_least_one(kernel, stride, dilation)
        field += (spread(kernel, dilation) - 1) * prod(below[1] for below in layers[:number])
    return field


def _at_least_one(*sizes):
    if min(sizes) < 1:
        raise ValueError(f"every size must be at least 1 (got {', '.join(map(str, sizes))}).")
