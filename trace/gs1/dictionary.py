"""Which application identifiers there are, what each carries, and which go together: identifiers.tsv as objects."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from trace.gs1.faults import Misspelt
from trace.gs1.linters import LINTERS
from trace.kit.translation import N_

_FILE: Final = Path(__file__).parent / "identifiers.tsv"
_COMPONENT: Final = re.compile(r"(\[?)([NXYZ])(\.\.)?(\d+)\]?((?:,\w+)*)")
_SETS: Final = {
    "N": LINTERS["csetnumeric"],
    "X": LINTERS["cset82"],
    "Y": LINTERS["cset39"],
    "Z": LINTERS["cset64"],
}
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """A part of what an identifier carries: which characters, how many, and what else they must be."""

    optional: bool
    characters: str
    variable: bool
    length: int
    linters: tuple[str, ...]

    def refuse(self, ai: str, text: str) -> None:
        if not text or (len(text) < self.length and not self.variable):
            raise Misspelt(N_("({ai}) is too short."), ai=ai)
        if not _SETS[self.characters](text):
            raise Misspelt(N_("({ai}) has characters that it may not have."), ai=ai)
        for linter in self.linters:
            if not LINTERS[linter](text):
                raise Misspelt(
                    _LINTED.get(linter, N_("({ai}) says something that cannot be: {text}")), ai=ai, text=text
                )


_LINTED: Final = {
    "csum": N_("The last digit of ({ai}) does not fit the others: {text}"),
    "yymmd0": N_("({ai}) is a date that does not exist: {text}"),
    "yymmdd": N_("({ai}) is a date that does not exist: {text}"),
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """One application identifier. `paths` has the ordered qualifiers of a primary key, alternatives side by side."""

    ai: str
    predefined: bool
    attribute: bool
    components: tuple[Component, ...]
    needs: tuple[tuple[Group, ...], ...]
    excludes: tuple[str, ...]
    paths: tuple[Group, ...] | None

    @property
    def longest(self) -> int:
        return sum(one.length for one in self.components)

    def refuse(self, value: str) -> None:
        """Raises Misspelt where the value is not what this identifier carries."""
        rest = value
        for one in self.components:
            if one.optional and not rest:
                return
            one.refuse(self.ai, rest[: one.length])
            rest = rest[one.length :]
        if rest:
            raise Misspelt(N_("({ai}) is too long."), ai=self.ai)


def identifier(ai: str) -> Identifier:
    """Raises Misspelt where GS1 has given no such identifier."""
    known = identifiers().get(ai)
    if known is None:
        raise Misspelt(N_("There is no application identifier ({ai})."), ai=ai)
    return known


def first_of(text: str) -> Identifier:
    """The identifier with which a string begins; no identifier begins like another."""
    for length in (2, 3, 4):
        if known := identifiers().get(text[:length]):
            return known
    raise Misspelt(N_("There is no application identifier ({ai})."), ai=text[:4])


def alike(pattern: str, ai: str) -> bool:
    """Whether an identifier is meant by a pattern of the dictionary, in which n is any digit."""
    return len(pattern) == len(ai) and all(
        one in ("n", digit) for one, digit in zip(pattern, ai, strict=True)
    )


@lru_cache
def identifiers() -> dict[str, Identifier]:
    return {one.ai: one for line in _FILE.read_text("utf-8").splitlines()[1:] for one in _of_line(line)}


def _of_line(line: str) -> Iterator[Identifier]:
    first, last, predefined, attribute, components, needs, excludes, paths = line.split("\t")
    for number in range(int(first), int(last) + 1):
        yield Identifier(
            ai=f"{number:0{len(first)}}",
            predefined=bool(predefined),
            attribute=bool(attribute),
            components=tuple(_component(word) for word in components.split()),
            needs=tuple(
                tuple(tuple(group.split("+")) for group in word.split(",")) for word in needs.split()
            ),
            excludes=tuple(word for one in excludes.split() for word in one.split(",")),
            paths=_paths(paths),
        )


def _component(word: str) -> Component:
    found = _COMPONENT.fullmatch(word)
    if found is None:
        raise ValueError(f"identifiers.tsv has a component that cannot be read: {word}")
    optional, characters, variable, length, linters = found.groups()
    return Component(bool(optional), characters, bool(variable), int(length), tuple(linters.split(",")[1:]))


def _paths(said: str) -> tuple[Group, ...] | None:
    if not said:
        return None
    return ((),) if said == "-" else tuple(tuple(one.split(",")) for one in said.split("|"))
