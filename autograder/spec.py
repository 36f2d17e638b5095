"""What an exercise is: cases, reference, wrong twins. Declared once, used everywhere."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from autograder.declare.mistakes import Twin
from autograder.declare.solutions import code_of, run
from autograder.space import Space
from course import compare


@dataclass(frozen=True)
class Draw:
    """Where hidden cases take their randomness from.

    Attributes
    ----------
    rng : numpy.random.Generator
        Seeded by the course secret, the student and the exercise: reproducible, not guessable.
    student : str
        The student's id, for questions that differ from neighbour to neighbour.
    """

    rng: np.random.Generator
    student: str = ""


@dataclass(frozen=True)
class Case:
    """One call of the student's function.

    Attributes
    ----------
    why : str
        Why the case exists, in words a student may read; never its numbers.
    args, kwargs : tuple, dict
        Fresh objects at every call of the generator.
    aspect : str
        One of the exercise's aspects.
    compare : callable
        ``compare(yours, expected) -> Verdict``; a visible case needs one that
        `course.cases.COMPARISONS` lists.
    part : int, str or None
        Judge only this element of a returned tuple, or this key of a dictionary.
    mentions : tuple of int
        Where the reference raises: the numbers that the student's message has to name.
    mixes : tuple of str
        Further aspects that the case touches. Where it goes wrong, it costs points only if no
        aspect that it touches is lost already: then its own one.
    """

    why: str
    args: tuple = ()
    kwargs: Mapping = field(default_factory=dict)
    aspect: str = "values"
    compare: Callable = compare.values
    part: int | str | None = None
    mentions: tuple = ()
    mixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exercise:
    """An exercise, declared once.

    Attributes
    ----------
    id : str
        The function's or the variable's name, and the ``grade_id`` of its solution cell.
    reference : callable
        The right answer. A hand-worked answer is a function that returns it.
    aspects : mapping of str to int
        Points per aspect; the exercise's points are their sum.
    hidden : callable
        ``hidden(draw) -> iterable of Case``, called for every grading.
    visible : callable
        ``visible() -> iterable of Case``, for `course.check`; smallest case first.
    twins : tuple of Twin
    variants : tuple of callable
        Right solutions in other styles. Each must get full points.
    hints : tuple of str
        Graded hints (Markdown), from a nudge to almost the answer, shown behind folds.
    answer : bool
        The student gives a value (hand-worked numbers, a quiz dictionary), not a function.
    sealed : bool
        For an answer: whether it is practice, and `course.check` tells right from wrong (by a slow
        hash, which anybody can guess at); an examination's form is all that `check` looks at.
    form : str
        For an answer: its form in words, "a list of 6 numbers".
    space : Space, optional
        The inputs that the notebook promises; the hidden cases visit them in pairs.
    window : str
        What the windows behind the result's numbers do, one of `course.windows.KINDS`; "" where
        there are none to show.
    home : str
        The file that declares it, ``__file__``: `autograder refresh` keeps the text of the
        notebook's solution beside it, for mistakes that are declared as edits.
    """

    id: str
    reference: Callable
    aspects: Mapping[str, int]
    hidden: Callable[[Draw], Iterable[Case]]
    visible: Callable[[], Iterable[Case]] = tuple
    twins: tuple[Twin, ...] = ()
    variants: tuple[Callable, ...] = ()
    hints: tuple[str, ...] = ()
    answer: bool = False
    sealed: bool = True
    form: str = ""
    space: Space | None = None
    window: str = ""
    home: str = ""

    def __post_init__(self):
        mine = tuple(replace(twin, exercise=self) for twin in self.twins)
        object.__setattr__(self, "twins", mine)

    @property
    def points(self):
        """The exercise's points."""
        return sum(self.aspects.values())

    @cached_property
    def twin(self):
        """The twins by name."""
        return {twin.name: twin for twin in self.twins}

    @cached_property
    def solution(self):
        """The notebook's solution as it runs here, or the reference where none is kept."""
        return run(self, code_of(self), f"{self.id}: solution") if self.home else self.reference


@dataclass(frozen=True)
class Manual:
    """A question that a person grades; its rubric is the source notebook's answer cell."""

    id: str
    points: int


@dataclass(frozen=True)
class Unit:
    """One assignment of nbgrader.

    Attributes
    ----------
    name, notebook : str
        Of the assignment, and of the notebook that holds the exercises.
    exercises, manual : tuple
        What is declared; nothing in an assignment that is none of ours.
    others : tuple of str
        Further notebooks, in which nothing is ours; see `autograder.units`.
    """

    name: str
    notebook: str
    exercises: tuple[Exercise, ...] = ()
    manual: tuple[Manual, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def notebooks(self):
        """The names of all its notebooks."""
        return (self.notebook, *self.others)

    def key(self, notebook, cell):
        """What a cell is called within the unit: two notebooks may have cells of one name."""
        return cell if notebook == self.notebook else f"{notebook}/{cell}"

    @property
    def points(self):
        """All points of the unit, those given by hand included."""
        return sum(item.points for item in (*self.exercises, *self.manual))


def hand_answer(id, right, *, points, form, mistakes, hints, part_aspects=None, sealed=True):
    """Declare a hand-worked answer: a value to type, with the known wrong values.

    Parameters
    ----------
    id : str
        The variable's name.
    right : list, number, str or dict
        The right answer.
    points : int
    form : str
        Its form in words.
    mistakes : iterable of (name, wrong value, says, hint)
    hints : tuple of str
    part_aspects : mapping, optional
        For a dictionary: ``{key: points}``; every key becomes an aspect of its own.
    sealed : bool
        See `Exercise`.

    Returns
    -------
    Exercise
    """
    comparison = compare.exact if isinstance(right, (dict, str, bool)) else compare.values

    def hidden(draw):
        if part_aspects:
            return [
                Case(f"your answer to {key!r}", aspect=key, part=key, compare=compare.exact)
                for key in part_aspects
            ]
        return [Case("your answer", aspect="answer", compare=comparison)]

    return Exercise(
        id=id,
        reference=lambda: right,
        aspects=dict(part_aspects) if part_aspects else {"answer": points},
        hidden=hidden,
        twins=tuple(
            Twin(name, lambda value=value: value, says, hint)
            for name, value, says, hint in mistakes
        ),
        hints=hints,
        answer=True,
        sealed=sealed,
        form=form,
    )
