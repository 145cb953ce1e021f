"""How lists of allowed and banned pesticides are read and compared, and when a label is on one; no I/O."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from trace.kit.text import one_line
from trace.kit.translation import N_
from trace.places.rules import fold

LONGEST: Final = 2000
KEY_LENGTH: Final = 300
_HEADER_WITHIN: Final = 40  # rows: a list begins with the names of those who issued it
# Folded beginnings of what a column is called. The first that fits wins, so the pest comes before the crop.
_HEADERS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "active_ingredient",
        ("hoat chat", "ten hoat chat", "ten chung", "ten khoa hoc", "active ingredient", "common name"),
    ),
    ("trade_name", ("ten thuong pham", "ten thuong mai", "thuong pham", "ten thuoc", "trade name")),
    ("target", ("doi tuong", "dich hai", "pest", "target")),
    ("crop", ("cay trong", "ten cay", "crop")),
    (
        "registrant",
        ("to chuc", "don vi dang ky", "cong ty dang ky", "ten to chuc", "applicant", "registrant"),
    ),
)
_ALONE: Final = _HEADERS[0][1] + _HEADERS[1][1]
# A strength: a number and what it is measured in.
_STRENGTH: Final = re.compile(
    r"(?:min\s*)?\d+(?:[.,]\d+)?\s*(?:%|‰|(?:g|mg|kg|ml|l|iu|cfu|pib|bào tử)\b(?:\s*/\s*(?:kg|g|ml|l|lít|lit)\b)?)",
    re.IGNORECASE,
)
# “2,4-D” is one name: a comma between digits separates nothing.
_BETWEEN_NAMES: Final = re.compile(r"[();/+…\n]|,(?!\d)|\.{2,}")
_SHORTEST: Final = 3


class Standing(StrEnum):
    """Which of the two lists."""

    ALLOWED = "allowed"
    BANNED = "banned"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list as it is written there; empty where its column is missing."""

    number: int
    active_ingredient: str
    trade_name: str
    target: str
    crop: str
    registrant: str

    @property
    def key(self) -> tuple[str, str]:
        """What the line is about: two lines with one key speak of the same product."""
        return squeezed(self.active_ingredient), squeezed(self.trade_name)

    @property
    def said(self) -> tuple[str, ...]:
        """The line without its number."""
        return self.active_ingredient, self.trade_name, self.target, self.crop, self.registrant


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that is left out, and why; the reason is an English msgid."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sheet says. Without a header nothing of it is believed."""

    rows: tuple[Row, ...]
    unreadable: tuple[Unreadable, ...]
    found_header: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One product about which the new list says something else."""

    before: tuple[Row, ...]
    after: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What replacing one list by another would change; nothing for what both say alike."""

    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    changed: tuple[Change, ...]
    unchanged: int


def squeezed(name: str) -> str:
    """A name without marks, signs and spaces: “Anvil® 5 SC” and “anvil 5sc” are one."""
    return fold(name).replace(" ", "")


def read(cells: Iterable[Sequence[object]]) -> Reading:
    """The rows below the first line that names its columns.

    An ingredient left empty is that of the line above, as where cells are merged; the line still needs a name.
    """
    columns: dict[str, int] = {}
    rows: list[Row] = []
    unreadable: list[Unreadable] = []
    ingredient = ""
    for number, line in enumerate(cells, 1):
        texts = [written(cell) for cell in line]
        if not columns:
            columns = _columns(texts)
            if not columns and number >= _HEADER_WITHIN:
                break
            continue
        said = {name: texts[place] if place < len(texts) else "" for name, place in columns.items()}
        if not any(said.values()):
            continue
        if any(len(text) > LONGEST for text in said.values()):
            unreadable.append(Unreadable(number, N_("A cell is longer than any name could be.")))
            continue
        trade_name = said.get("trade_name", "")
        if "trade_name" in columns and not any(_rest(said)) and _is_heading(said):
            continue
        ingredient = said.get("active_ingredient") or ingredient
        if "trade_name" in columns and not trade_name and not said.get("active_ingredient"):
            unreadable.append(Unreadable(number, N_("Neither an active ingredient nor a trade name.")))
        elif not squeezed(ingredient + trade_name):
            unreadable.append(Unreadable(number, N_("The name has no letters.")))
        else:
            rows.append(
                Row(
                    number,
                    ingredient,
                    trade_name,
                    said.get("target", ""),
                    said.get("crop", ""),
                    said.get("registrant", ""),
                )
            )
    return Reading(tuple(rows), tuple(unreadable), bool(columns))


def written(cell: object) -> str:
    """What stands in a cell. A formula is never worked out: what a file says it came to is all that is read."""
    if cell is None:
        return ""
    cleaned = one_line(str(cell))
    return cleaned if isinstance(cleaned, str) else ""


def compare(before: Iterable[Row], after: Iterable[Row]) -> Difference:
    old, new = _by_key(before), _by_key(after)
    changed = tuple(
        Change(tuple(old[key]), tuple(new[key]))
        for key in new
        if key in old and sorted(row.said for row in old[key]) != sorted(row.said for row in new[key])
    )
    return Difference(
        added=tuple(row for key in new if key not in old for row in new[key]),
        removed=tuple(row for key in old if key not in new for row in old[key]),
        changed=changed,
        unchanged=len(old.keys() & new.keys()) - len(changed),
    )


def names_in(cell: str) -> Iterator[str]:
    """Every name of a cell, folded: of “metalaxyl-M 40 g/kg + mancozeb 640 g/kg” the two substances."""
    for part in _BETWEEN_NAMES.split(_STRENGTH.sub(" ", cell)):
        if name := fold(part):
            yield name


def banned_name(trade_name: str, active_ingredient: str | None, rows: Iterable[Row]) -> Row | None:
    """The line of a banned list that this label falls under, if any.

    A trade name is met with or without the strength behind it; a substance also as the beginning of a longer
    name, as “paraquat” begins “paraquat dichloride”.
    """
    label, substances = fold(trade_name), list(names_in(active_ingredient or ""))
    for row in rows:
        trades = [*names_in(row.trade_name), *names_in(row.active_ingredient), fold(row.trade_name)]
        if any(_is_called(label, name) for name in trades if len(name) >= _SHORTEST):
            return row
        banned = [name for name in names_in(row.active_ingredient) if len(name) >= _SHORTEST]
        if any(
            substance == name or substance.startswith(f"{name} ")
            for substance in substances
            for name in banned
        ):
            return row
    return None


def registered_for(crop: str, rows: Iterable[Row]) -> bool | None:
    """Whether a list names the crop for a product; None where it says nothing about crops."""
    said = [fold(f"{row.target} {row.crop}") for row in rows]
    wanted = fold(crop)
    if not wanted or not all(said):
        return None
    return any(re.search(rf"\b{re.escape(wanted)}\b", text) for text in said)


def _is_called(label: str, name: str) -> bool:
    if label.replace(" ", "") == name.replace(" ", ""):
        return True
    rest = label.removeprefix(f"{name} ")
    # What may follow is a strength with its formulation, “40EC”; another word makes another product.
    return rest != label and rest[:1].isdigit()


def _columns(texts: Sequence[str]) -> dict[str, int]:
    """Which column says what, if this is the line that says it; a name of a product must be among them."""
    found: dict[str, int] = {}
    for place, text in enumerate(texts):
        called = fold(text)
        for name, beginnings in _HEADERS:
            if any(re.search(rf"\b{beginning}", called) for beginning in beginnings):
                found.setdefault(name, place)
                break
    if not {"active_ingredient", "trade_name"} & found.keys():
        return {}
    if len(found) > 1:
        return found
    # One filled cell is either the name of the only column or a title with such a word in it.
    alone = [fold(text) for text in texts if text]
    return found if len(alone) == 1 and alone[0].startswith(_ALONE) else {}


def _rest(said: Mapping[str, str]) -> Iterator[str]:
    return (text for name, text in said.items() if name != "active_ingredient")


def _is_heading(said: Mapping[str, str]) -> bool:
    """“I. Thuốc trừ sâu” above its lines is no substance."""
    return re.match(r"\s*(?:[IVX]+|[A-Z]|\d+)[.)]\s*\D", said.get("active_ingredient", "")) is not None


def _by_key(rows: Iterable[Row]) -> Mapping[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row.key].append(row)
    return found
