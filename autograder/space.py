"""The inputs that a notebook promises: factors with a few levels each, visited in pairs.

Nearly all faults of small numerical programs show once two settings meet (Kuhn, Wallace and Gallo,
*Software fault interactions and implications for software testing*, IEEE TSE 2004). So a battery
has to hold, for each two levels of different factors, a case in which they meet: a stride that
does not come out even with one filter, say. `rows` lays such a battery out with few cases;
`missing` tells which pairs a battery leaves out, whoever has written it.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations


@dataclass(frozen=True)
class Factor:
    """One thing that varies: the padding, or which side of a picture is the longer one.

    Attributes
    ----------
    name : str
        In words, as a report shows it: "padding".
    levels : tuple of str
        What it can be, in words that tell by themselves: ``("no padding", "padding 1")``; the
        ordinary one first.
    of : callable
        ``of(arguments) -> level``, from a call's arguments by name, defaults filled in. None
        where the call has no level of this factor.
    """

    name: str
    levels: tuple[str, ...]
    of: Callable[[Mapping], str | None]


@dataclass(frozen=True)
class Space:
    """What a notebook promises to one function.

    Attributes
    ----------
    factors : tuple of Factor
    never : tuple of dict
        Combinations ``{factor's name: level, ...}`` that no input has.
    """

    factors: tuple[Factor, ...]
    never: tuple[Mapping[str, str], ...] = ()

    def __hash__(self):
        return id(self)

    def possible(self, levels: Mapping[str, str]) -> bool:
        """Whether an input can have these levels, of some factors or of all."""
        return not any(
            all(levels.get(name) == level for name, level in one.items()) for one in self.never
        )

    def pairs(self) -> set[frozenset]:
        """All pairs ``{(factor, level), (factor, level)}`` that an input can have."""
        return {
            frozenset({(one.name, a), (other.name, b)})
            for one, other in combinations(self.factors, 2)
            for a in one.levels for b in other.levels
            if self.possible({one.name: a, other.name: b})
        }

    def levels(self, reference: Callable, args: tuple, kwargs: Mapping) -> dict[str, str]:
        """The levels that a call has."""
        bound = inspect.signature(reference).bind(*args, **kwargs)
        bound.apply_defaults()
        found = {factor.name: factor.of(bound.arguments) for factor in self.factors}
        return {name: level for name, level in found.items() if level is not None}


def pairs_of(levels: Mapping[str, str]) -> set[frozenset]:
    """The pairs that meet in one input."""
    return {frozenset(pair) for pair in combinations(levels.items(), 2)}


def missing(space: Space, reference: Callable, cases: Iterable) -> list[str]:
    """Pairs of levels that no case of a battery visits, in words.

    Parameters
    ----------
    space : Space
    reference : callable
        Its signature gives the arguments their names.
    cases : iterable of Case
        Those in which an error is expected (`Case.mentions`, or a reference that raises) are for
        the caller to leave out.

    Returns
    -------
    list of str
    """
    left = space.pairs()
    for case in cases:
        left -= pairs_of(space.levels(reference, case.args, case.kwargs))
    return sorted(" with ".join(sorted(level for _, level in pair)) for pair in left)


@lru_cache
def rows(space: Space) -> tuple[dict[str, str], ...]:
    """Few combinations of levels in which every possible pair meets at least once.

    Each row starts from a pair that is still missing and gives every other factor the level that
    adds most pairs (Cohen et al., *The AETG system*, IEEE TSE 1997), the first of equally good
    ones: the same rows at every call.

    Parameters
    ----------
    space : Space

    Returns
    -------
    tuple of dict
        ``{factor's name: level}`` for all factors, in their order.
    """
    left, found = space.pairs(), []
    while left:
        row = dict(min(left, key=lambda pair: _order(space, pair)))
        for factor in space.factors:
            if factor.name not in row:
                row[factor.name] = _best(space, factor, row, left)
        found.append({factor.name: row[factor.name] for factor in space.factors})
        left -= pairs_of(row)
    return tuple(found)


def _best(space, factor, row, left):
    """The level that adds most missing pairs to a row that it does not make impossible."""
    def gain(level):
        return sum(frozenset({(factor.name, level), other}) in left for other in row.items())

    possible = [one for one in factor.levels if space.possible({**row, factor.name: one})]
    if not possible:
        raise ValueError(f"no {factor.name!r} goes with {row}: name that in `never`, pair by pair")
    return max(possible, key=gain)


def _order(space, pair):
    names = [factor.name for factor in space.factors]
    return sorted((names.index(name), space.factors[names.index(name)].levels.index(level))
                  for name, level in pair)
