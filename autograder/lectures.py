"""Which cell takes up which item of the lectures: docs/lectures.md, made from the cells' tags.

A cell with the tag ``lecture:L2-1d-valid`` takes up the item of that name. After a change of tags:
``python -m autograder.lectures``.
"""

import json
from pathlib import Path

from autograder import notebooks
from autograder.exercises import UNITS
from course.slips import CERTAINTIES, SLIPS

TAG = "lecture:"
FACTS = Path("tests/data/lecture_facts.json")
DOCUMENT = Path("docs/lectures.md")

IN_WORDS = {
    "L1-applications": "Applications: captions, detection, pose, portraits, driving",
    "L1-three-ideas": "Three ideas: local connections, shared weights, composition",
    "L1-padding-why": "Why one pads: maps shrink, the border gets lost",
    "L1-pooling-why": "Max pooling keeps the strongest feature; pooling is used less today",
    "L1-features-classifier": "Convolution and pooling find features, FC layers classify",
    "L1-receptive-field": "Receptive field: the region that influences one output",
    "L1-assignment": "Assignment: AlexNet and its summary",
    "L2-perception": "Perception as interpretation; agnosia; the layers of the cortex",
    "L2-vision-task": "Recognition: from an array of numbers to a category",
    "L2-challenges": "Viewpoint, scale, deformation, occlusion, light, clutter, variation",
    "L2-moravec": "Moravec's paradox",
    "L2-hubel-wiesel": "Hubel and Wiesel; a hierarchy in the visual cortex",
    "L2-learned-features": "Features that are learned, level by level",
    "L2-learning": "Programming against learning; perceptron and MLP",
    "L2-limits": "Networks can be fooled",
    "L2-models": "LeNet, AlexNet, GoogLeNet, VGG, ResNet; what their layers see",
    "L3-local": "Why local: correlation in pictures is local",
    "L3-stationary": "Sharing suits pictures that are alike everywhere, not aligned faces",
    "L3-sequence": "A network is convolutions with activations between them",
    "L4-receptive-field": "Receptive field: the area to which the kernel is applied",
}
"""Items in words, without a number to compute: id -> what it is."""

WAITS_00 = "waits for unit 00, which is about seeing"
WAITS_07 = "waits for unit 07, which is about architectures"
WAITS_08 = "waits for unit 08, where a network is trained"

LEFT_OUT = {
    "L1-applications": WAITS_00,
    "L1-three-ideas": WAITS_00,
    "L1-features-classifier": WAITS_07,
    "L1-assignment": WAITS_07,
    "L2-perception": WAITS_00,
    "L2-vision-task": WAITS_00,
    "L2-pixel-array": WAITS_00,
    "L2-challenges": WAITS_00,
    "L2-moravec": WAITS_00,
    "L2-hubel-wiesel": WAITS_00,
    "L2-learned-features": WAITS_00,
    "L2-learning": WAITS_00,
    "L2-limits": WAITS_08,
    "L2-models": WAITS_07,
    "L2-leaky-relu": WAITS_07,
    "L2-elu": WAITS_07,
    "L3-sequence": WAITS_07,
}
"""Items that no cell takes up yet: id -> the reason."""


def items(root):
    """All items of the lectures: ``{id: title}``, lecture by lecture."""
    facts = json.loads((Path(root) / FACTS).read_text(encoding="utf-8"))["facts"]
    titles = {fact["id"]: fact["title"] for fact in facts} | IN_WORDS
    return dict(sorted(titles.items(), key=lambda item: item[0].split("-")[0]))


def taken_up(root):
    """Where the items are taken up: ``{id: [(unit's name, cell's id), ...]}``, in reading order."""
    found = {}
    for unit in UNITS:
        for cell in notebooks.read(notebooks.source_path(root, unit)).cells:
            for tag in cell.metadata.get("tags", []):
                if tag.startswith(TAG):
                    found.setdefault(tag.removeprefix(TAG), []).append((unit.name, cell.id))
    return found


def text(root):
    """The content of docs/lectures.md."""
    titles, cells = items(root), taken_up(root)
    lines = [
        "# The lectures, item by item", "",
        "Made by `python -m autograder.lectures` from the tags of the cells in `source/`. L0 to L4 "
        "are the lectures; cells are named by unit and id.",
    ]
    for lecture in dict.fromkeys(item.split("-")[0] for item in titles):
        lines += ["", f"## {lecture}", "", "| Item | What | Cells |", "|:--|:--|:--|"]
        for item, title in titles.items():
            if item.startswith(lecture + "-"):
                where = ", ".join(f"{unit[:2]} `{cell}`" for unit, cell in cells.get(item, []))
                lines.append(f"| {item} | {_plain(title)} | {where or LEFT_OUT[item]} |")
    lines += [
        "", "## Slips, and how sure it is that the slide has them", "",
        *(f"- *{name}*: {meaning}." for name, meaning in CERTAINTIES.items()),
        "", "Where the right answer is missing, `lecture_quiz` asks for it.", "",
        "| Item | It says | Right is | How sure? | Why |", "|:--|:--|:--|:--|:--|",
    ]
    lines += [
        f"| {slip.id} | {slip.printed} | {slip.right} | *{slip.certainty}* | {slip.evidence} |"
        for slip in SLIPS
    ]
    return "\n".join(lines) + "\n"


def _plain(title):
    return title.replace("|", "\\|").replace("*", "\\*")


if __name__ == "__main__":
    DOCUMENT.write_text(text(Path()), encoding="utf-8")
