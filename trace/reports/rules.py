"""The books of a diary in the order in which inspectors read them, and how rows become cells; no I/O."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from trace.kit.translation import N_
from trace.records.facts import Fact
from trace.records.models import Kind

# So many facts stand in columns of their own on paper; the others share the last one.
_COLUMNS: Final = 7
# What an inspector looks for first, wherever the record tells it.
_SOUGHT: Final = frozenset({"phi_days", "harvest_from"})


@dataclass(frozen=True, slots=True)
class Book:
    """One book of the VietGAP file: its number, its title and the kinds of records that belong into it."""

    number: int
    title: str
    kinds: tuple[Kind, ...] = ()
    private: bool = False


SITE: Final = Book(1, N_("Site and plots"))
RISKS: Final = Book(2, N_("Tests of soil, water and substrate"))
LABORATORY: Final = Book(14, N_("Laboratory tests"))
PURCHASES: Final = Book(3, N_("Purchases of what was used"))
BOOKS: Final = (
    SITE,
    RISKS,
    PURCHASES,
    Book(4, N_("Seed and nursery"), (Kind.SOWING, Kind.PLANTING)),
    Book(5, N_("Feeding"), (Kind.FERTILISING,)),
    Book(6, N_("Pesticides"), (Kind.SPRAYING,)),
    Book(7, N_("Irrigation"), (Kind.IRRIGATION,)),
    Book(
        8,
        N_("Biological and mechanical work, inspections"),
        (Kind.POLLINATION, Kind.TRAPS, Kind.PRUNING, Kind.INSPECTION, Kind.OTHER),
    ),
    Book(9, N_("Harvest"), (Kind.HARVEST,)),
    Book(10, N_("Sorting, packing, store"), (Kind.HANDLING,)),
    Book(11, N_("Sale"), (Kind.SALE,)),
    Book(12, N_("People"), (Kind.TRAINING, Kind.HEALTH), private=True),
    Book(13, N_("Hygiene and waste"), (Kind.HYGIENE, Kind.WASTE)),
    LABORATORY,
    Book(15, N_("Internal audits, complaints"), (Kind.AUDIT, Kind.COMPLAINT)),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of ours about an entry: an English msgid and its values."""

    message: str
    values: tuple[tuple[str, Any], ...] = ()


def late(days: int) -> Iterator[Said]:
    """The mark of an entry that came late, if it did."""
    if days == 1:
        yield Said(N_("written 1 day late"))
    elif days:
        yield Said(N_("written {days} days late"), (("days", days),))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a book. Its number is the one that corrections name."""

    number: int
    done: datetime | date
    facts: tuple[Fact, ...]
    done_by: str
    written_by: str
    written_at: datetime | None
    received_at: datetime | None
    late_days: int
    note: str
    photos: int
    marks: tuple[Said, ...]
    struck: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one kind."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A book with what was written into it; nothing is said so."""

    book: Book
    sections: tuple[Section, ...]


def labels(entries: Iterable[Entry]) -> dict[str, str]:
    """The facts that occur, by name, with their labels (msgids), in the order in which records tell them."""
    found: dict[str, str] = {}
    for entry in entries:
        for fact in entry.facts:
            found.setdefault(fact.name, fact.label)
    return found


def columns(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """The facts that get a column of their own on paper, in the order in which records tell them."""
    told = labels(entries)
    first = [name for name in told if name not in _SOUGHT][: _COLUMNS - len(_SOUGHT & told.keys())]
    return [(name, label) for name, label in told.items() if name in _SOUGHT or name in first]
