"""Questions about places; a place is asked for by its code, because names repeat."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from trace.places import matching
from trace.places.atlas import Atlas, atlas
from trace.places.matching import Shape
from trace.places.rules import Commune, LegacyUnit, Province, commune_label, legacy_note


@dataclass(frozen=True, slots=True)
class Match:
    """A commune of today, found by its name, by the name of an old unit (`formerly`), or by both."""

    commune: Commune
    province: Province
    formerly: LegacyUnit | None

    @property
    def label(self) -> str:
        return commune_label(self.commune, self.province)

    @property
    def note(self) -> str:
        return legacy_note(self.formerly) if self.formerly else ""

    @property
    def split(self) -> bool:
        """Whether the old unit went to several communes (`formerly.becomes`), so that a person must choose."""
        return self.formerly is not None and self.formerly.split


def commune(code: str) -> Commune | None:
    return atlas().communes.get(code)


def label(commune_code: str) -> str:
    """How a known commune is written in an address of today."""
    found = atlas().communes[commune_code]
    return commune_label(found, atlas().provinces[found.province_code])


def legacy_names(commune_code: str) -> list[LegacyUnit]:
    """The old units that went into a commune, wholly or (`split`) in part."""
    return list(atlas().legacy_by_commune.get(commune_code, ()))


def search(text: str, limit: int = 10) -> list[Match]:
    """Communes found by their present or an old name, nearest first, each commune once.

    Every commune that got a part of a split old commune is a match of its own. Words inside names and
    names of old districts and provinces are looked at only when no name begins with what was typed.
    """
    sought = matching.typed(text)
    if not sought.words:
        return []
    hits: dict[str, list[_Hit]] = {}
    for hit in sorted(_by_name(sought)) or sorted(_by_words(sought)):
        for code in hit.entry.leads_to:
            hits.setdefault(code, []).append(hit)
    return [_match(code, found) for code, found in islice(hits.items(), limit)]


class _Entry(NamedTuple):
    """One name, present or former, and the communes of today it leads to."""

    name: matching.Name
    leads_to: tuple[str, ...]
    formerly: LegacyUnit | None


class _Hit(NamedTuple):
    """A find, in the order in which finds are shown: by nearness, then as the entries lie."""

    near: matching.Closeness
    position: int
    entry: _Entry


def _by_name(sought: matching.Typed) -> Iterator[_Hit]:
    """Entries whose name begins with what was typed, or the other way round with the place after it."""
    index = _index()
    for reading in sought.readings:
        positions = index.beginning_with(reading.text)
        for length in range(1, len(reading.words)):
            positions += index.named(" ".join(reading.words[:length]))
        for position in positions:
            entry = index.entries[position]
            if (near := matching.closeness(sought, reading, entry.name)) is not None:
                yield _Hit(near, position, entry)


def _by_words(sought: matching.Typed) -> Iterator[_Hit]:
    """Entries that hold every typed word somewhere, in the name or in the places around it."""
    index = _index()
    positions = list(range(len(index.entries)))
    for word in sorted(set(sought.words), key=len, reverse=True):
        positions = [position for position in positions if f" {word}" in index.words[position]]
    in_a_row = f" {' '.join(sought.words)}"
    for position in positions:
        shape = Shape.ALL_IN_A_ROW if in_a_row in index.words[position] else Shape.ALL_SOMEWHERE
        yield _Hit(matching.Closeness(shape, marks_differ=False), position, index.entries[position])


def _match(code: str, hits: list[_Hit]) -> Match:
    known = atlas()
    commune = known.communes[code]
    nearest = hits[0].near
    # A split unit goes before its equals: no other old name may hide that a choice is needed.
    formerly = min(
        (hit.entry.formerly for hit in hits if hit.entry.formerly and hit.near == nearest),
        key=lambda unit: (not unit.split, unit.code),
        default=None,
    )
    return Match(commune, known.provinces[commune.province_code], formerly)


@dataclass(frozen=True, slots=True)
class _Index:
    """Every name, present ones first, in alphabetical order; found through the sorted list of bare names."""

    entries: tuple[_Entry, ...]
    words: tuple[str, ...]
    bare: tuple[str, ...]
    positions: tuple[int, ...]

    def beginning_with(self, text: str) -> list[int]:
        return self._between(text, text + "\uffff")

    def named(self, text: str) -> list[int]:
        return self._between(text, text + " ")

    def _between(self, first: str, after: str) -> list[int]:
        return list(self.positions[bisect_left(self.bare, first) : bisect_left(self.bare, after)])


@lru_cache(maxsize=1)
def _index() -> _Index:
    known = atlas()
    entries = (*_in_order(_present_names(known)), *_in_order(_former_names(known)))
    positions = sorted(range(len(entries)), key=lambda position: entries[position].name.bare)
    return _Index(
        entries=entries,
        words=tuple(entry.name.words for entry in entries),
        bare=tuple(entries[position].name.bare for position in positions),
        positions=tuple(positions),
    )


def _present_names(known: Atlas) -> Iterator[_Entry]:
    for commune in known.communes.values():
        around = _province_names(known.provinces[commune.province_code])
        name = matching.known(f"{commune.kind} {commune.name}", around, earlier_kind=commune.earlier_kind)
        yield _Entry(name, (commune.code,), None)


def _former_names(known: Atlas) -> Iterator[_Entry]:
    for unit in known.legacy.values():
        own, *around = (part for part in (unit.commune, unit.district, unit.province) if part)
        # People write the old commune with the new city, too.
        successor = known.provinces[known.communes[unit.becomes[0]].province_code]
        yield _Entry(matching.known(own, (*around, *_province_names(successor))), unit.becomes, unit)


def _in_order(entries: Iterable[_Entry]) -> list[_Entry]:
    return sorted(entries, key=lambda entry: (entry.name.bare, entry.name.around, entry.leads_to))


def _province_names(province: Province) -> tuple[str, ...]:
    return tuple(f"{kind} {province.name}" for kind in (province.kind, province.earlier_kind) if kind)
