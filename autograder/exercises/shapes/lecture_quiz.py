"""Exercise `lecture_quiz`: every quiz of the lectures, and the wrong numbers on their slides."""

from collections import Counter

from autograder.exercises.shapes.lecture_mistakes import MISTAKES
from autograder.reference import shapes as reference
from autograder.spec import Case, Exercise, Twin
from course.compare import exact, values

# AlexNet as two GPUs hold it: each convolution but the third sees one half of the channels
ALEXNET = {
    "conv1": 2 * reference.conv_parameters(3, 48, 11, bias=False),
    "conv2": 2 * reference.conv_parameters(48, 128, 5, bias=False),
    "conv3": reference.conv_parameters(256, 384, 3, bias=False),
    "conv4": 2 * reference.conv_parameters(192, 192, 3, bias=False),
    "conv5": 2 * reference.conv_parameters(192, 128, 3, bias=False),
    "fc6": reference.dense_parameters(
        256 * reference.conv_output_size(13, 3, stride=2) ** 2, 4096, bias=False
    ),
    "fc7": reference.dense_parameters(4096, 4096, bias=False),
    "fc8": reference.dense_parameters(4096, 1000, bias=False),
}

SLIDE_WINDOW = ([1, -1, 1, 1, 0, 2, 0, -1, 1], [-1, 0, 1, 0, 2, 1, 1, 0, -1])

RIGHT = {
    "L0_size": [reference.conv_output_size(side, 5, stride=5, padding=5) for side in (480, 640)],
    "L0_channels": 9,
    "L1_stride3_fits": reference.fits(7, 3, stride=3),
    "L4_stride3_size": reference.conv_output_size(7, 3, stride=3),
    "L1_volume": [reference.conv_output_size(32, 5, padding=2)] * 2 + [10],
    "L1_parameters": reference.conv_parameters(3, 10, 5),
    "L1_fc": [32 * 32 * 3, 10],
    "L2_formula": "c",
    "L2_directions": 2,
    "L3_eye": "b",
    "L4_parameters": reference.conv_parameters(128, 64, 3, bias=False),
    "L2_fourth_value": sum(x * w for x, w in zip(*SLIDE_WINDOW, strict=True)),
    "L3_weights": reference.dense_parameters(200 * 200, 40_000, bias=False),
    "L4_conv2": ALEXNET["conv2"],
    "L4_conv5_channels": 128,
    "L4_fc6": ALEXNET["fc6"],
    "L4_total": sum(ALEXNET.values()),
}


def hidden(draw):
    """One case for each question."""
    for key, right in RIGHT.items():
        yield Case(
            f"your answer to {key!r}", aspect=key, part=key,
            compare=values if isinstance(right, list) else exact,
        )


def twins():
    """One twin for each known wrong answer, all other answers being right."""
    def name_of(key, name):
        return f"{key.replace('_', '-')}-{name}"

    wrong = Counter((key, str(value)) for key, _, value, *_ in MISTAKES)
    for key, name, value, says, hint in MISTAKES:
        others = (
            name_of(key, other)
            for k, other, v, *_ in MISTAKES
            if wrong[key, str(value)] > 1 and (k, v) == (key, value) and other != name
        )
        yield Twin(
            name_of(key, name), lambda key=key, value=value: RIGHT | {key: value}, says, hint,
            same_as=tuple(others),
        )


def as_tuples():
    return {
        key: tuple(value) if isinstance(value, list) else value for key, value in RIGHT.items()
    }


EXERCISE = Exercise(
    id="lecture_quiz",
    reference=lambda: RIGHT,
    aspects=dict.fromkeys(RIGHT, 1),
    hidden=hidden,
    twins=tuple(twins()),
    variants=(as_tuples,),
    hints=(
        "Most of these are one call of a function that you have written. Which one, and with "
        "which numbers?",
        "AlexNet runs on two GPUs: “· 2” at the end of a line means that the line is counted once "
        "for each GPU. `L4_conv2` has the same form as the line of conv4: one half of the channels "
        "in, one half out, twice.",
        "`L4_fc6`: between conv5 and the first dense layer lies a max pooling of 3×3 with stride "
        "2. How large are the 13×13 maps after it?",
    ),
    answer=True,
    sealed=False,
    form="a dictionary with an answer for each question",
)
