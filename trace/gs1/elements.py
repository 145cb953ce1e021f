"""Element strings: what a barcode carries, with brackets for people and with FNC1 for scanners."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from trace.gs1.dictionary import Group, alike, first_of, identifier, identifiers
from trace.gs1.faults import Misspelt
from trace.kit.translation import N_

FNC1: Final = "^"  # stands in no value, and can be read where the true one cannot
_GROUP_SEPARATOR: Final = "\x1d"  # what scanners send for FNC1 inside a message
_SYMBOLOGY: Final = re.compile(r"\](?:C1|e0|d2|Q3|J1)")  # and what they may send before it
_BRACKETED: Final = re.compile(r"\(([0-9]{2,4})\)((?:[^(\\]|\\.)+)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
# Only a signed thing, and not a kind of thing, carries a signature; these keys name a thing by their optional part.
_SIGNATURE: Final = "8030"
_SERIAL_WITHIN: Final = {"253": 13, "255": 13, "8003": 14}


class Element(NamedTuple):
    """An application identifier and what it carries."""

    ai: str
    value: str


def read(text: str) -> list[Element]:
    """An element string, however it is written: (01)… as people see it, or as a scanner sends it."""
    return from_brackets(text) if text.lstrip().startswith("(") else from_scanner(text)


def from_brackets(text: str) -> list[Element]:
    elements = split_brackets(text)
    for ai, value in elements:
        identifier(ai).refuse(value)
    return elements


def split_brackets(text: str) -> list[Element]:
    """Without a look at what the identifiers carry. A bracket that belongs to a value has a backslash before it."""
    plain = text.strip()
    found = [Element(one[1], _ESCAPED.sub(r"\1", one[2])) for one in _BRACKETED.finditer(plain)]
    if not found or "".join(one[0] for one in _BRACKETED.finditer(plain)) != plain:
        raise Misspelt(N_("Write each identifier in brackets, and behind it what it carries: (01)…(10)…"))
    return found


def from_scanner(text: str) -> list[Element]:
    """Identifiers of a predefined length stand close together, the others end at FNC1 or with the string."""
    rest = _SYMBOLOGY.sub("", text.strip(), count=1) if text.strip().startswith("]") else text.strip()
    rest = rest.replace(_GROUP_SEPARATOR, FNC1).removeprefix(FNC1)
    elements: list[Element] = []
    while rest:
        known = first_of(rest)
        rest = rest[len(known.ai) :]
        length = known.longest if known.predefined else None
        value, rest = (rest[:length], rest[length:]) if length else _until_fnc1(rest)
        known.refuse(value)
        elements.append(Element(known.ai, value))
        rest = rest.removeprefix(FNC1)
    if not elements:
        raise Misspelt(N_("Nothing is written here."))
    return elements


def _until_fnc1(text: str) -> tuple[str, str]:
    value, _, rest = text.partition(FNC1)
    return value, rest


def for_people(elements: Iterable[Element]) -> str:
    """With brackets, as it is printed below the bars."""
    return "".join(f"({ai})" + value.replace("\\", r"\\").replace("(", r"\(") for ai, value in elements)


def for_symbol(elements: Iterable[Element]) -> str:
    """As a barcode carries it, FNC1 where a reader needs it and first of all."""
    made, open_end = FNC1, False
    for ai, value in elements:
        known = identifiers().get(ai)
        made += (FNC1 if open_end else "") + ai + value
        open_end = known is None or not known.predefined
    return made


def refuse_mix(elements: Sequence[Element]) -> None:
    """Raises Misspelt where the elements, taken together, cannot be on one thing."""
    for refuse in RULES:
        refuse(elements)


def refuse_repeats(elements: Sequence[Element]) -> None:
    """Saying the same thing twice is harmless; saying two things is not."""
    said: dict[str, str] = {}
    for ai, value in elements:
        if said.setdefault(ai, value) != value:
            raise Misspelt(N_("({ai}) says two different things."), ai=ai)


def refuse_conflicts(elements: Sequence[Element]) -> None:
    present = {one.ai for one in elements}
    for ai in present:
        for pattern in _excludes(ai):
            other = next((one for one in present - {ai} if alike(pattern, one)), None)
            if other:
                raise Misspelt(N_("({ai}) and ({other}) cannot stand together."), ai=ai, other=other)


def refuse_alone(elements: Sequence[Element]) -> None:
    """Some identifiers mean something only beside others."""
    present = {one.ai for one in elements}
    for ai in present:
        for choice in _needs(ai):
            if not any(all(_has(present, pattern) for pattern in group) for group in choice):
                needed = " / ".join("".join(f"({pattern})" for pattern in group) for group in choice)
                raise Misspelt(N_("({ai}) needs beside it: {needed}"), ai=ai, needed=needed)


def refuse_signed_kinds(elements: Sequence[Element]) -> None:
    if all(one.ai != _SIGNATURE for one in elements):
        return
    for ai, value in elements:
        if len(value) <= _SERIAL_WITHIN.get(ai, 0) and ai in _SERIAL_WITHIN:
            raise Misspelt(N_("A signature (8030) needs a ({ai}) with a serial number."), ai=ai)


RULES: Final[tuple[Callable[[Sequence[Element]], None], ...]] = (
    refuse_repeats,
    refuse_conflicts,
    refuse_alone,
    refuse_signed_kinds,
)


def _excludes(ai: str) -> Iterator[str]:
    known = identifiers().get(ai)
    yield from known.excludes if known else ()


def _needs(ai: str) -> Iterator[tuple[Group, ...]]:
    known = identifiers().get(ai)
    yield from known.needs if known else ()


def _has(present: Iterable[str], pattern: str) -> bool:
    return any(alike(pattern, one) for one in present)
