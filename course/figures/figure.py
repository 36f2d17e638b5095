"""What every drawing function returns: a finished picture with its description in words."""

import base64
import functools
import html
import io

DPI = 110

RENDERED = True
"""A grader turns this off for cells that nobody will look at: then nothing is drawn or tried."""


class Figure:
    """A picture that a notebook displays, described in words for those who cannot see it.

    Parameters
    ----------
    png : bytes
    alt : str
        What the picture shows.

    Raises
    ------
    ValueError
        If the description is empty.
    """

    def __init__(self, png, alt):
        if not isinstance(alt, str) or not alt.strip():
            raise ValueError("A figure needs a description: alt='what the picture shows'.")
        self.png = png
        self.alt = " ".join(alt.split())

    def _repr_html_(self):
        if not self.png:
            return None
        data = base64.b64encode(self.png).decode("ascii")
        words = html.escape(self.alt, quote=True)
        return f'<img alt="{words}" src="data:image/png;base64,{data}" style="max-width:100%">'

    def _repr_png_(self):
        return self.png or None

    def __repr__(self):
        return self.alt


def blank(width=1.0, height=1.0, **settings):
    """A white matplotlib figure of this size in inches, on no screen and unknown to pyplot."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Drawing

    drawing = Drawing(figsize=(width, height), dpi=DPI, facecolor="white", **settings)
    FigureCanvasAgg(drawing)
    return drawing


def finished(drawing, alt):
    """The matplotlib figure as a `Figure`."""
    file = io.BytesIO()
    drawing.savefig(file, format="png", dpi=DPI, facecolor="white")
    return Figure(file.getvalue(), alt)


def drawn(function):
    """Draw with matplotlib's own settings, whatever style the notebook has chosen."""

    @functools.wraps(function)
    def draw(*args, **kwargs):
        if not RENDERED:
            return Figure(b"", kwargs.get("alt") or "(A figure, not drawn while grading.)")
        import matplotlib

        with matplotlib.rc_context(_defaults()):
            return function(*args, **kwargs)

    return draw


@functools.cache
def _defaults():
    import matplotlib

    kept = ("axes", "figure", "font", "grid", "hatch", "image", "legend", "lines", "mathtext",
            "patch", "path", "savefig", "text", "xtick", "ytick")
    defaults = matplotlib.rcParamsDefault
    return {name: defaults[name] for name in defaults if name.split(".")[0] in kept}
