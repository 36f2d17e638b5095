"""The convention card: what the words and the shapes of this course mean, in one place."""

CONVENTIONS = (
    ("Convolution",
     "*Convolution* means the sliding dot product (also called cross-correlation): the kernel is "
     "**not** flipped. Where the kernel is rotated by 180 degrees first, we say "
     "*true convolution*."),
    ("Shapes",
     "Channels come first. Grey picture `(H, W)`, colour picture `(C, H, W)`; one kernel "
     "`(kH, kW)` or `(C, kH, kW)`; a bank of filters `(F, C, kH, kW)` with biases `(F,)`. "
     "A batch adds a leading `N`."),
    ("Sides",
     "Heights and widths may differ everywhere: `H` need not be `W`, `kH` need not be `kW`."),
    ("Stride and padding",
     "`stride` is a whole number of at least 1, `padding` of at least 0, both the same along "
     "height and width. Padding is zeros, `padding` of them on **each** side."),
    ("Dilation",
     "`dilation=1` means that the kernel's numbers lie side by side; `dilation=2` leaves one "
     "place between them."),
    ("A stride that does not divide",
     "The division is rounded down (*floored*): a window that would stick out is left away. "
     "Whether the windows use up the input exactly is a separate question, called `fits`."),
    ("Sizes that make no sense",
     "A kernel larger than the padded input, a stride or dilation below 1, a negative padding: "
     "`ValueError`, with a sentence that names the sizes. You write this in `conv1d` and "
     "`conv_output_size` only; the text says so there."),
    ("What a function takes and returns",
     "A forward function takes ints or floats (in unit 01 lists, too), never changes its inputs, "
     "and returns floats. Whole numbers of any type (8-bit `uint8` too, in picture *and* "
     "kernel) give the exact result: convert first. A backward function is called with floats."),
    ("Pooling",
     "A pooling `size` is a whole number or `(height, width)`, and so is its `stride`. No stride "
     "means: the same as the size."),
    ("Equal maxima",
     "Where a maximum occurs more than once, the value is the same anyway. Backward, any split "
     "into shares that are not negative and add up to the gradient from above is right; giving "
     "each of them the full gradient is wrong."),
    ("Tools",
     "You write the functions with plain NumPy. `np.convolve`, `np.correlate`, SciPy, PyTorch "
     "and the like are fine to compare with, but not in place of the function that is asked "
     "for."),
)
"""Pairs of title and text; the text is Markdown."""


class ConventionCard:
    """The conventions as something that a notebook displays."""

    def _repr_markdown_(self):
        lines = [f"| {title} | {text} |" for title, text in CONVENTIONS]
        head = ["**The convention card**", "", "| convention | what it means |", "|:--|:--|"]
        return "\n".join([*head, *lines])

    def __repr__(self):
        return "\n".join(f"{title}: {plain(text)}" for title, text in CONVENTIONS)


def convention_card():
    """The course's conventions: a table in a notebook, plain text elsewhere.

    Returns
    -------
    ConventionCard
    """
    return ConventionCard()


def plain(text):
    """The text without Markdown's stars and backticks."""
    return text.replace("*", "").replace("`", "")
