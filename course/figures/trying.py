"""Run a demonstration that needs a function the student may not have written yet."""

from course.figures import figure


def try_it(function):
    """Call ``function()`` and show what it returns.

    Where it raises ``NotImplementedError`` (or returns the blank ``...``), a sentence asks to
    write the function first; any other exception is told in one line. So the cells after an
    unfinished exercise still run. Nothing is called where nobody looks at figures.

    Parameters
    ----------
    function : callable
        Without arguments, for instance ``lambda: figures.grids(...)``.
    """
    if not figure.RENDERED:
        return
    try:
        result = function()
    except NotImplementedError:
        result = ...
    except Exception as error:
        first = (str(error).splitlines() or [""])[0]
        print(f"This does not run yet: {type(error).__name__}: {first}")
        return
    if result is ...:
        print("Write your function first; then run this cell again.")
    elif isinstance(result, figure.Figure):
        _display(result)
    elif result is not None:
        print(result)


def _display(drawing):
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        print(drawing)
        return
    if get_ipython() is None:
        print(drawing)
    else:
        display(drawing)
