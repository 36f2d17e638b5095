"""Outputs that come from inside, rebuilt as notebook nodes; nothing is taken on trust."""

from nbformat import from_dict

MIMES = {
    "text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg",
    "image/svg+xml",
}
MAX_OUTPUTS = 1000
NOTE = "... output cut here\n"


def died(why):
    """The output of a cell that got no answer."""
    return node(
        "error", ename="KernelDied", evalue=why, traceback=[f"KernelDied: {why}."]
    )


def trusted(items, cap):
    """Outputs as nbformat nodes, and their size.

    Parameters
    ----------
    items : object
        What the inside claims the outputs are.
    cap : int
        Most characters altogether.

    Returns
    -------
    tuple
        A list of nodes and the number of characters in them.
    """
    if not isinstance(items, list):
        return [died("its outputs were unreadable")], 0
    nodes, size = [], 0
    for item in items[:MAX_OUTPUTS]:
        made, weight = _made(item)
        if made is None:
            continue
        size += weight
        if size > cap + 20_000:  # the inside keeps to the cap; somebody else wrote this
            nodes.append(node("stream", name="stdout", text=NOTE))
            break
        nodes.append(made)
    return nodes, size


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
            data = item.get("data")
            data = data if isinstance(data, dict) else {}
            kept = {m: _text(v) for m, v in data.items() if m in MIMES and isinstance(v, str)}
            more = {"execution_count": None} if kind == "execute_result" else {}
            return node(kind, data=kept, metadata={}, **more), sum(map(len, kept.values()))
    return None, 0


def node(kind, **fields):
    """An output as nbformat's node; nbformat's own check of its form would cost much more."""
    return from_dict({"output_type": kind, **fields})


def _text(value):
    if not isinstance(value, str):
        return ""
    return value.encode("utf-8", "replace").decode("utf-8")  # lone surrogates can't be saved
