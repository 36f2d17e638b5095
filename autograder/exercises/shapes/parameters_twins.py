"""What goes wrong when parameters are counted: wrong formulas that run."""

from autograder.exercises.shapes.words import twin
from autograder.reference import shapes as reference

conv = reference.conv_parameters
dense = reference.dense_parameters
local = reference.locally_connected_parameters


def bias_twins(layer):
    """The mistakes about biases that are the same in every layer."""
    def bias_forgotten(*sizes, bias=True):
        return layer(*sizes, bias=False)

    def bias_always(*sizes, bias=True):
        return layer(*sizes)

    def single_bias(*sizes, bias=True):
        return layer(*sizes, bias=False) + bias

    return (
        twin(bias_forgotten, costs=("biases",)),
        twin(bias_always, costs=("biases",)),
        twin(single_bias, costs=("biases",)),
    )


def conv_twins():
    forgotten, always, single = bias_twins(conv)

    def bias_per_input(in_channels, out_channels, kernel, bias=True):
        return conv(in_channels, out_channels, kernel, False) + in_channels * bias

    def bias_per_plane(in_channels, out_channels, kernel, bias=True):
        return (kernel**2 + bias) * in_channels * out_channels

    def bias_per_weight(in_channels, out_channels, kernel, bias=True):
        return conv(in_channels, out_channels, kernel, False) * (1 + bias)

    def input_channels_forgotten(in_channels, out_channels, kernel, bias=True):
        return (kernel**2 + bias) * out_channels

    def output_channels_forgotten(in_channels, out_channels, kernel, bias=True):
        return kernel**2 * in_channels + bias

    def kernel_not_squared(in_channels, out_channels, kernel, bias=True):
        return (kernel * in_channels + bias) * out_channels

    def channels_added(in_channels, out_channels, kernel, bias=True):
        return kernel**2 * (in_channels + out_channels) + bias * out_channels

    return (
        forgotten,
        always,
        twin(bias_per_input, costs=("biases",)),
        twin(bias_per_plane, costs=("biases",)),
        twin(bias_per_weight, costs=("biases",)),
        single,
        twin(input_channels_forgotten),
        twin(output_channels_forgotten),
        twin(kernel_not_squared),
        twin(channels_added),
    )


def dense_twins():
    forgotten, always, single = bias_twins(dense)

    def bias_per_input(n_in, n_out, bias=True):
        return n_in * (n_out + bias)

    def bias_per_weight(n_in, n_out, bias=True):
        return n_in * n_out * (1 + bias)

    def both_plus_one(n_in, n_out, bias=True):
        return (n_in + bias) * (n_out + bias)

    def sizes_added(n_in, n_out, bias=True):
        return n_in + n_out * (1 + bias)

    return (
        forgotten,
        always,
        twin(bias_per_input, costs=("biases",)),
        twin(bias_per_weight, costs=("biases",)),
        single,
        twin(both_plus_one, costs=("biases",)),
        twin(sizes_added),
    )


def local_twins():
    forgotten, always, single = bias_twins(local)

    def shared_weights(out_height, out_width, in_channels, out_channels, kernel, bias=True):
        return conv(in_channels, out_channels, kernel, bias)

    def bias_per_filter(out_height, out_width, in_channels, out_channels, kernel, bias=True):
        weights = local(out_height, out_width, in_channels, out_channels, kernel, False)
        return weights + out_channels * bias

    def bias_per_position(out_height, out_width, in_channels, out_channels, kernel, bias=True):
        weights = local(out_height, out_width, in_channels, out_channels, kernel, False)
        return weights + out_height * out_width * bias

    def input_channels_forgotten(
        out_height, out_width, in_channels, out_channels, kernel, bias=True
    ):
        return local(out_height, out_width, 1, out_channels, kernel, bias)

    def output_channels_forgotten(
        out_height, out_width, in_channels, out_channels, kernel, bias=True
    ):
        return local(out_height, out_width, in_channels, 1, kernel, bias)

    def kernel_not_squared(out_height, out_width, in_channels, out_channels, kernel, bias=True):
        return local(out_height, out_width, in_channels, out_channels, (1, kernel), bias)

    return (
        twin(shared_weights),
        forgotten,
        always,
        twin(bias_per_filter, costs=("biases",)),
        twin(bias_per_position, costs=("biases",)),
        single,
        twin(input_channels_forgotten),
        twin(output_channels_forgotten),
        twin(kernel_not_squared),
    )
