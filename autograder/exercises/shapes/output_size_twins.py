"""What goes wrong with the output size: wrong formulas that run."""

from autograder.exercises.shapes.words import twin
from autograder.reference.shapes import conv_output_size as right
from autograder.reference.sizes import pair, spread


def lengths(size, kernel, stride, padding, dilation):
    """Length of the padded input and of the spread kernel, once the reference accepts them."""
    right(size, kernel, stride, padding, dilation)
    start, end = pair(padding)
    return size + start + end, spread(kernel, dilation)


def no_plus_one(size, kernel, stride=1, padding=0, dilation=1):
    return right(size, kernel, stride, padding, dilation) - 1


def rounded_up(size, kernel, stride=1, padding=0, dilation=1):
    padded, covered = lengths(size, kernel, stride, padding, dilation)
    return -((covered - padded) // stride) + 1


def rounded_to_nearest(size, kernel, stride=1, padding=0, dilation=1):
    padded, covered = lengths(size, kernel, stride, padding, dilation)
    return round((padded - covered) / stride) + 1


def fraction_left(size, kernel, stride=1, padding=0, dilation=1):
    padded, covered = lengths(size, kernel, stride, padding, dilation)
    return (padded - covered) / stride + 1


def plus_one_inside(size, kernel, stride=1, padding=0, dilation=1):
    padded, covered = lengths(size, kernel, stride, padding, dilation)
    return (padded - covered + 1) // stride


def size_over_stride(size, kernel, stride=1, padding=0, dilation=1):
    lengths(size, kernel, stride, padding, dilation)
    return size // stride


def size_over_stride_up(size, kernel, stride=1, padding=0, dilation=1):
    lengths(size, kernel, stride, padding, dilation)
    return -(-size // stride)


def stride_before_kernel(size, kernel, stride=1, padding=0, dilation=1):
    padded, covered = lengths(size, kernel, stride, padding, dilation)
    return padded // stride - covered + 1


def stride_ignored(size, kernel, stride=1, padding=0, dilation=1):
    padded, covered = lengths(size, kernel, stride, padding, dilation)
    return padded - covered + 1


def padding_ignored(size, kernel, stride=1, padding=0, dilation=1):
    _, covered = lengths(size, kernel, stride, padding, dilation)
    return (size - covered) // stride + 1


def padding_counted_once(size, kernel, stride=1, padding=0, dilation=1):
    _, covered = lengths(size, kernel, stride, padding, dilation)
    extra = sum(padding) if isinstance(padding, tuple) else padding
    return (size + extra - covered) // stride + 1


def start_twice(size, kernel, stride=1, padding=0, dilation=1):
    lengths(size, kernel, stride, padding, dilation)
    return right(size, kernel, stride, pair(padding)[0], dilation)


def end_twice(size, kernel, stride=1, padding=0, dilation=1):
    lengths(size, kernel, stride, padding, dilation)
    return right(size, kernel, stride, pair(padding)[1], dilation)


def padding_pair_unknown(size, kernel, stride=1, padding=0, dilation=1):
    if isinstance(padding, tuple):
        return size + 2 * padding - kernel  # a TypeError
    return right(size, kernel, stride, padding, dilation)


def dilation_ignored(size, kernel, stride=1, padding=0, dilation=1):
    padded, _ = lengths(size, kernel, stride, padding, dilation)
    return (padded - kernel) // stride + 1


def dilation_times_kernel(size, kernel, stride=1, padding=0, dilation=1):
    padded, _ = lengths(size, kernel, stride, padding, dilation)
    return (padded - dilation * kernel) // stride + 1


def dilation_as_holes(size, kernel, stride=1, padding=0, dilation=1):
    padded, _ = lengths(size, kernel, stride, padding, dilation)
    return (padded - spread(kernel, dilation + 1)) // stride + 1


def silent_misfit(size, kernel, stride=1, padding=0, dilation=1):
    return (size + sum(pair(padding)) - spread(kernel, dilation)) // stride + 1


def silent_misfit_division(size, kernel, stride=1, padding=0, dilation=1):
    return int((size + sum(pair(padding)) - spread(kernel, dilation)) / stride) + 1


def zero_for_misfit(size, kernel, stride=1, padding=0, dilation=1):
    try:
        return right(size, kernel, stride, padding, dilation)
    except ValueError:
        return 0


def only_kernel_checked(size, kernel, stride=1, padding=0, dilation=1):
    if spread(kernel, dilation) > size + sum(pair(padding)):
        right(size, kernel, stride, padding, dilation)
    return silent_misfit(size, kernel, stride, padding, dilation)


def checked_without_padding(size, kernel, stride=1, padding=0, dilation=1):
    result = right(size, kernel, stride, padding, dilation)
    right(size, kernel, stride, 0, dilation)
    return result


def checked_without_dilation(size, kernel, stride=1, padding=0, dilation=1):
    right(size, kernel, stride, padding)
    if dilation < 1:
        right(size, kernel, stride, padding, dilation)
    return silent_misfit(size, kernel, stride, padding, dilation)


def equal_refused(size, kernel, stride=1, padding=0, dilation=1):
    padded, covered = lengths(size, kernel, stride, padding, dilation)
    if covered == padded:
        raise ValueError(f"a kernel of size {kernel} does not fit into {size}.")
    return right(size, kernel, stride, padding, dilation)


TWINS = (
    twin(no_plus_one, costs=("size",)),
    twin(rounded_up, costs=("stride",)),
    twin(rounded_to_nearest, costs=("stride",)),
    twin(fraction_left, costs=("stride",)),
    twin(plus_one_inside, costs=("stride",)),
    twin(size_over_stride),
    twin(size_over_stride_up),
    twin(stride_before_kernel, costs=("stride",)),
    twin(stride_ignored, costs=("stride",)),
    twin(padding_ignored, costs=("padding", "unequal padding")),
    twin(padding_counted_once, costs=("padding",)),
    twin(start_twice, costs=("unequal padding",)),
    twin(end_twice, costs=("unequal padding",)),
    twin(padding_pair_unknown, costs=("unequal padding",)),
    twin(dilation_ignored, costs=("dilation",)),
    twin(dilation_times_kernel, costs=("dilation",)),
    twin(dilation_as_holes),
    twin(silent_misfit, costs=("no fit",)),
    twin(silent_misfit_division, costs=("no fit",)),
    twin(zero_for_misfit, costs=("no fit",)),
    twin(only_kernel_checked, costs=("no fit",)),
    twin(checked_without_padding, costs=("no fit",)),
    twin(checked_without_dilation, costs=("no fit",)),
    twin(equal_refused, costs=("no fit",)),
)
