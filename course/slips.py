"""The slips of the lectures, in one list: what is printed, what is right, and how sure we are.

The course was made from the text of the slides. So a slip may stand on the slide itself, or it may
have come in when the slide was copied into text.
"""

from dataclasses import dataclass

CERTAINTIES = {
    "slide": "it stands on the slide: several places of it agree, or it is a sentence in words",
    "slide or copy": "one letter, digit, line or blank: on the slide, or lost in the copy of it",
    "in its source, too": "the lecture took it from somebody else, and it stands there as well",
}
"""How sure it is that the slide is wrong -> what that means."""


@dataclass(frozen=True)
class Slip:
    """One slip.

    Attributes
    ----------
    id : str
        The lecture's item, as in the tags of the cells that take it up.
    unit : str
        The unit that takes it up; "" where none does yet.
    printed, right : str
        Markdown; ``right`` is empty where a quiz asks for it.
    certainty : str
        A key of `CERTAINTIES`.
    evidence : str
        Why we think so.
    """

    id: str
    unit: str
    printed: str
    right: str
    certainty: str
    evidence: str

    @property
    def lecture(self):
        """L0 to L4."""
        return self.id.split("-")[0]


SLIPS = (
    Slip("L2-1d-zeropad", "01_conv1d",
         "the kernel under (5, 1, 2) and (1, 2, 3) in the last two frames",
         "under (1, 2, 3) and (2, 3, 0)", "slide or copy",
         "The products beside it are right; frames with stride 2 have the same shift by one cell."),
    Slip("L2-1d-stride2", "01_conv1d",
         "stride 2: a series of seven numbers, without a word about the eighth",
         "with all eight: 2, 7, 8, 6", "slide",
         "The window (1, 2, 0) and its 3 are printed; they need a series of seven."),
    Slip("L4-def-conv-cont", "01_conv1d", "$f\\tau$ at the end of the integral", "$d\\tau$",
         "slide or copy", "One letter; without $d\\tau$ there is no integral."),
    Slip("L2-6x6-r1c4", "02_conv2d", "the fourth value is 2", "", "slide",
         "The 2 is printed twice, beside the products and in the output; picture and window agree "
         "on all five frames."),
    Slip("L0-def-conv-2d", "02_conv2d", "$g(i-x,\\ i-y)$", "$g(i-x,\\ j-y)$", "slide or copy",
         "One letter; as printed, $j$ does not occur on the right."),
    Slip("L4-def-conv-2d", "02_conv2d", "$I(i-m,\\ i-n)$", "$I(i-m,\\ j-n)$", "slide or copy",
         "One letter; the first form on the same slide is right."),
    Slip("L1-claim-invariance", "02_conv2d", "\"topology invariance\"",
         "translation equivariance", "slide", "Words of a headline."),
    Slip("L0-claim-channels-increase", "02_conv2d", "a convolution layer increases the channels",
         "as many channels come out as there are filters", "slide", "Words of a headline."),
    Slip("L0-edge-6x6", "03_filters", "\"edge extraction\" with a kernel that sums to 3",
         "a detector of bright vertical strokes", "slide",
         "A headline; kernel and printed output agree."),
    Slip("L2-filter-shift", "03_filters", "this kernel shifts the picture to the left",
         "to the right, as the lecture computes everywhere else", "in its source, too",
         "Kernel and caption come from older slides on filters, which flip the kernel first; there "
         "the caption is right."),
    Slip("L2-filter-sharpen", "03_filters", "two more matrices after the sharpening filter",
         "without them", "slide or copy",
         "They have no sign and no caption; the filter before them is complete."),
    Slip("L3-fc-200-approx", "05_shapes", "\"~2B parameters\"", "", "in its source, too",
         "The headline is older than the lecture, which prints the exact product below it."),
    Slip("L4-alexnet-conv2", "05_shapes", "AlexNet: no line for the second convolution", "",
         "slide or copy", "A line; 48 · 2 maps come out of conv1, and 128 · 2 go into conv3."),
    Slip("L4-alexnet-conv5", "05_shapes", "AlexNet, conv5: 1258", "", "slide or copy",
         "One digit; the printed result belongs to another number."),
    Slip("L4-alexnet-fc6", "05_shapes", "AlexNet, first fully connected layer: 13 · 13 and 177M",
         "", "slide", "The factors and their product agree with each other."),
    Slip("L0-sigma-graph", "06_backprop",
         "$\\partial f/\\partial w_{11}=x_{11}+x_{12}+x_{21}+x_{22}$ for max pooling",
         "the patch of the image under the winning window", "slide",
         "Graph, sums and derivative agree with each other."),
    Slip("L2-elu", "", "ELU as a maximum, \"differentiable everywhere\"",
         "$z$ for $z>0$, else $\\alpha(e^z-1)$; smooth at 0 only for $\\alpha=1$", "slide",
         "A formula and a sentence."),
)
"""All slips, in the order in which the units take them up."""


ASKED = "`lecture_quiz` (unit 05) asks for it"


class SlipTable:
    """Slips as something that a notebook displays."""

    def __init__(self, slips):
        self.slips = slips

    def _repr_markdown_(self):
        lines = [
            f"| {slip.lecture} | {slip.printed} | {slip.right or ASKED} | *{slip.certainty}* "
            f"| {slip.evidence} |"
            for slip in self.slips
        ]
        used = [name for name in CERTAINTIES if any(s.certainty == name for s in self.slips)]
        return "\n".join([
            "| Lecture | It says | Right is | How sure? | Why we think so |",
            "|:--|:--|:--|:--|:--|", *lines, "",
            *(f"- *{name}*: {CERTAINTIES[name]}." for name in used),
        ])

    def __repr__(self):
        return self._repr_markdown_()


def lecture_slips(unit=None):
    """The slips that a unit takes up, or all of them: a table in a notebook.

    Parameters
    ----------
    unit : str, optional
        A unit's name, for instance ``"01_conv1d"``.

    Returns
    -------
    SlipTable
    """
    return SlipTable([slip for slip in SLIPS if unit in (None, slip.unit)])
