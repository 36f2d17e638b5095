"""Outputs that come from inside, rebuilt as notebook nodes; nothing is taken on trust."""

from nbformat import from_dict

MIMES = {
    "text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg",
    "image/svg+xml",
}
MAX_OUTPUTS = 1000
MAX_ERRORS = 10
NOTE = "... output cut here\n"


def died(why):
    """The output of a cell that got no answer."""
    return node(
        "error", ename="KernelDied", evalue=why, traceback=[f"KernelDied: {why}."]
    )


def trusted(items, cap, displays=None):
    """Outputs as nbformat nodes, and their size.

    What a cell is graded by stays, however much there is: errors, the result, whether anything
    came on stderr.

    Parameters
    ----------
    items : object
        What the inside claims the outputs are.
    cap : int
        Most characters altogether.
    displays : dict, optional
        ``{display's id: nodes}``, completed here: what may be updated later.

    Returns
    -------
    tuple
        A list of nodes and the number of characters in them.
    """
    if not isinstance(items, list):
        return [died("its outputs were unreadable")], 0
    nodes, size, errors, cut = [], 0, 0, set()
    for item in items:
        made, weight = _made(item)
        if made is None:
            continue
        # the inside keeps to the cap; somebody else wrote what is beyond it
        if len(nodes) >= MAX_OUTPUTS or size + weight > cap + 20_000:
            made, weight = _graded(made, errors, cut)
            if made is None:
                continue
        size += weight
        errors += made.output_type == "error"
        nodes.append(made)
        display = item.get("display")
        if displays is not None and isinstance(display, str):
            displays.setdefault(display[:100], []).append(made)
    return nodes, size


def _graded(made, errors, cut):
    """What is kept of an output for which there is no room."""
    kind = made.output_type
    if kind == "error" and errors < MAX_ERRORS:
        short = [line[:1000] for line in made.traceback[-20:]]
        return node("error", ename=made.ename[:200], evalue=made.evalue[:1000],
                    traceback=short), sum(map(len, short))
    if kind == "execute_result" and kind not in cut:
        cut.add(kind)
        text = made.data.get("text/plain", "")[:1000]
        return node(kind, data={"text/plain": text}, metadata={}, execution_count=None), len(text)
    name = made.get("name", "stdout")
    if kind == "error" or name in cut:
        return None, 0
    cut.add(name)
    return node("stream", name=name, text=NOTE), len(NOTE)


def update(displays, items, cap):
    """Give displays new data, those of earlier cells too.

    Parameters
    ----------
    displays : dict
        ``{display's id: nodes}``.
    items : object
        What the inside claims the updates are.
    cap : int
        Most characters altogether.
    """
    for item in items if isinstance(items, list) else ():
        display = item.get("display") if isinstance(item, dict) else None
        if not isinstance(display, str) or display[:100] not in displays:
            continue
        data = _data(item.get("data"))
        cap -= sum(map(len, data.values())) * len(displays[display[:100]])
        if cap < 0:
            return
        for made in displays[display[:100]]:
            made.data = from_dict(data)


def _made(item):
    if not isinstance(item, dict):
        return None, 0
    match item.get("output_type"):
        case "stream":
            name = "stderr" if item.get("name") == "stderr" else "stdout"
            text = _text(item.get("text"))
            return node("stream", name=name, text=text), len(text)
        case "error":
            lines = item.get("traceback")
            lines = [_text(line) for line in lines] if isinstance(lines, list) else []
            return node(
                "error", ename=_text(item.get("ename")), evalue=_text(item.get("evalue")),
                traceback=lines,
            ), sum(map(len, lines))
        case "display_data" | "execute_result" as kind:
            kept = _data(item.get("data"))
            more = {"execution_count": None} if kind == "execute_result" else {}
            return node(kind, data=kept, metadata={}, **more), sum(map(len, kept.values()))
    return None, 0


def _data(data):
    data = data if isinstance(data, dict) else {}
    return {mime: _text(v) for mime, v in data.items() if mime in MIMES and isinstance(v, str)}


def node(kind, **fields):
    """An output as nbformat's node; nbformat's own check of its form would cost much more."""
    return from_dict({"output_type": kind, **fields})


def _text(value):
    if not isinstance(value, str):
        return ""
    return value.encode("utf-8", "replace").decode("utf-8")  # lone surrogates can't be saved
