"""The canvas once more, for one frame of many."""

from course.figures.canvas import Canvas


class Sketch(Canvas):
    """A sheet like `Canvas` that is one frame of a film.

    Parameters
    ----------
    widths : dict
        Widths of cells by name, shared by the frames of a film: a table that once needed a width
        keeps it, so nothing jumps once every frame `fits`.
    """

    def __init__(self, widths):
        super().__init__()
        self.widths, self.used = widths, {}

    def cell_width(self, name, *tables):
        """The width of this name's cells in all frames so far."""
        needed = super().cell_width(name, *tables)
        self.used[name] = self.widths[name] = max(needed, self.widths.get(name, 0.0))
        return self.used[name]

    @property
    def fits(self):
        """Whether no frame has needed wider cells since this one was drawn."""
        return all(self.widths[name] == width for name, width in self.used.items())
