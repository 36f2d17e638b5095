"""A deputy answers in the place of a function that other functions call."""

import builtins
import warnings
from types import FunctionType

from course.outcome import VALUE


def deputy(original, ask):
    """A function to put in the place of ``original``.

    Parameters
    ----------
    original : callable
    ask : callable
        ``ask(args, kwargs) -> Outcome``: where the answers come from.

    Returns
    -------
    callable
        Named, described and called like the original. Returns what ``ask`` answers. Where that is
        an exception, one of the same name is raised: the original's if it raises one, too,
        because its words are its author's; else one without any words that somebody could be
        given points for.
    """

    def answering(args, kwargs):
        outcome = ask(args, kwargs)
        if outcome.kind == VALUE:
            return outcome.value
        kind = _kind(outcome.error)
        try:
            original(*args, **kwargs)
        except kind:
            raise
        except Exception:  # another one than is due
            pass
        raise kind("the arguments were refused")

    return _like(original, answering)


def _like(original, answering):
    """A function that looks like the original: who compares what it answers can still tell."""
    if type(original) is not FunctionType:
        return lambda *args, **kwargs: answering(args, kwargs)
    code = original.__code__
    count, named = code.co_argcount, code.co_argcount + code.co_kwonlyargcount
    given, only, rest = (
        code.co_varnames[:count], code.co_varnames[count:named], list(code.co_varnames[named:])
    )
    several = [f"*{rest.pop(0)}"] if code.co_flags & 4 else []
    others = [f"**{rest.pop(0)}"] if code.co_flags & 8 else []
    words = [*given]
    if code.co_posonlyargcount:
        words.insert(code.co_posonlyargcount, "/")
    words += (several or ["*"] if only else several) + [*only] + others
    inside = "".join(f"{name}, " for name in (*given, *several))
    pairs = ", ".join([*(f"{name!r}: {name}" for name in only), *others])
    text = f"def it({', '.join(words)}):\n    return '@'(({inside}), {{{pairs}}})"
    space = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is called here is no text for long
        exec(text, space)
    body = space["it"].__code__
    body = body.replace(
        co_consts=tuple(answering if one == "@" else one for one in body.co_consts),
        co_name=code.co_name, co_qualname=code.co_qualname,  # its file stays: no line is theirs
    )
    like = FunctionType(body, original.__globals__, original.__name__, original.__defaults__)
    for name in ("__kwdefaults__", "__annotations__", "__doc__", "__qualname__", "__module__"):
        setattr(like, name, getattr(original, name))
    like.__dict__.update(original.__dict__)
    return like


def _kind(name):
    kind = getattr(builtins, name, None)
    plain = isinstance(kind, type) and issubclass(kind, Exception)
    if not plain or issubclass(kind, UnicodeError | NotImplementedError):
        return RuntimeError  # no such exception, or one that asks for more than a sentence
    return kind
