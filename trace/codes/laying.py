"""Where the words and the code of a label lie, in millimetres from its upper left corner; printers draw what this says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from trace.codes.designs import Design, Item
from trace.kit.paper import BOLD, PLAIN, broken, width

POINTS: Final = 72 / 25.4  # a millimetre
_PAD: Final = 1.0
_LEADING: Final = 1.22
# Smaller letters smear on a thermal printer; 5 points are 1.2 mm high.
_SMALLEST: Final = 4.6
_STEP: Final = 0.2
# Article 43: the name is larger than the rest, however small both are.
_SMALLEST_NAME: Final = 5.0
# How large the other words are beside the name.
_REST: Final = 0.72
_MOST_NAME_LINES: Final = 3
# What does not give way to a long name.
_BEFORE_NAME: Final = (Item.NAME, Item.LOT, Item.MADE, Item.BEST_BEFORE)


class Words(NamedTuple):
    """One line of text, from the left end of its baseline; `size` in points."""

    x: float
    y: float
    size: float
    font: str
    text: str


class Square(NamedTuple):
    """The room of a QR code with its light margin."""

    x: float
    y: float
    edge: float


@dataclass(frozen=True, slots=True)
class Laid:
    """What is the same on all labels of a run, and where each has its own code."""

    words: tuple[Words, ...]
    square: Square
    code: Words
    left_out: tuple[Item, ...]


def lay(design: Design, lines: Mapping[Item, str], code: str) -> Laid:
    """As large as it fits; what does not fit in the smallest letters is left out or cut, and said."""
    return _below(design, lines, code) if design.below else _beside(design, lines, code)


def _beside(design: Design, lines: Mapping[Item, str], code: str) -> Laid:
    """The code on the left, the words on its right, and below both the letters of the code with the call."""
    foot = _foot(design)
    call = lines.get(Item.CALL, "")
    head = design.height - 2 * _PAD - foot * _LEADING / POINTS
    square = Square(_PAD / 2, max(0.0, (head + _PAD - design.qr) / 2), design.qr)
    under = design.height >= design.qr + foot * _LEADING / POINTS
    left = square.x + square.edge + 0.2
    room = design.width - _PAD - left
    if not under:  # a flat label: the letters of the code close the column of words
        head = design.height - _PAD - foot * _LEADING / POINTS
        square = Square(square.x, max(0.0, (design.height - design.qr) / 2), design.qr)
    words, left_out = _column(design, lines, left, _PAD, room, head - _PAD / 2)
    y = design.height - _PAD
    x = 1.5 if under else left
    font = _fitting(code, BOLD, foot, design.width - x - _PAD)
    letters = Words(x, y, font, BOLD, code)
    if call:
        after = x + width(code + "  ", BOLD, font) / POINTS
        most = min(foot * 0.85, words[0].size) if words else foot * 0.85
        size = _fitting(call, PLAIN, most, design.width - after - _PAD)
        if size >= _SMALLEST * 0.9:
            words.append(Words(after, y, size, PLAIN, call))
        else:
            left_out.append(Item.CALL)
    return Laid(tuple(words), square, letters, tuple(left_out))


def _below(design: Design, lines: Mapping[Item, str], code: str) -> Laid:
    """The code on top, its letters below it, then the words, all in the middle."""
    foot = _foot(design)
    square = Square((design.width - design.qr) / 2, 0 if design.loose else _PAD, design.qr)
    y = square.y + square.edge + foot * 0.74 / POINTS
    size = _fitting(code, BOLD, foot, design.width - 2 * _PAD)
    letters = Words((design.width - width(code, BOLD, size) / POINTS) / 2, y, size, BOLD, code)
    top = y + foot * 0.3 / POINTS
    words, left_out = _column(
        design, lines, _PAD, top, design.width - 2 * _PAD, design.height - _PAD / 2 - top, call=True
    )
    if design.loose:
        words = [
            one._replace(x=(design.width - width(one.text, one.font, one.size) / POINTS) / 2) for one in words
        ]
    return Laid(tuple(words), square, letters, tuple(left_out))


def _column(
    design: Design,
    lines: Mapping[Item, str],
    left: float,
    top: float,
    room: float,
    height: float,
    *,
    call: bool = False,
) -> tuple[list[Words], list[Item]]:
    wanted = {item: text for item, text in lines.items() if call or item is not Item.CALL}
    left_out: list[Item] = []
    for give_way in (*reversed(wanted), None):
        size = design.largest
        while size >= _SMALLEST_NAME:
            set_ = _set(wanted, size, room)
            if sum(one.size * _LEADING for one in set_) <= height * POINTS:
                return _placed(set_, left, top, height, design), left_out
            size -= _STEP
        if give_way in _BEFORE_NAME or give_way is None:
            break
        del wanted[give_way]
        left_out.insert(0, give_way)
    # Lot and dates stay: better a long name in part than a label that does not say which lot it is.
    for most in range(_MOST_NAME_LINES, 0, -1):
        set_ = _set(wanted, _SMALLEST_NAME, room, most)
        if sum(one.size * _LEADING for one in set_) <= height * POINTS:
            return _placed(set_, left, top, height, design), [Item.NAME, *left_out]
    return [], [*wanted, *left_out]


class _Line(NamedTuple):
    text: str
    font: str
    size: float


def _set(lines: Mapping[Item, str], size: float, room: float, most: int | None = None) -> list[_Line]:
    set_: list[_Line] = []
    for item, text in lines.items():
        name = item is Item.NAME
        points = size if name else max(size * _REST, _SMALLEST)
        font = BOLD if name or item is Item.LOT else PLAIN
        if item is Item.LOT:  # a number in two pieces is read as two
            points = _fitting(max(text.split(), key=len), font, points, room)
        parts = broken(text, font, points, room * POINTS)
        if name and most and len(parts) > most:
            parts = [*parts[: most - 1], _cut(parts[most - 1], font, points, room)]
        set_ += [_Line(part, font, points) for part in parts]
    return set_


def _placed(set_: Sequence[_Line], left: float, top: float, height: float, design: Design) -> list[Words]:
    used = sum(one.size * _LEADING for one in set_) / POINTS
    y = top if design.below else top + max(0.0, (height - used) / 2)
    words = []
    for one in set_:
        words.append(Words(left, y + one.size * 0.95 / POINTS, one.size, one.font, one.text))
        y += one.size * _LEADING / POINTS
    return words


def _cut(line: str, font: str, size: float, room: float) -> str:
    while line and width(line + "…", font, size) > room * POINTS:
        line = line[:-1]
    return line.rstrip() + "…"


def _foot(design: Design) -> float:
    return max(5.0, min(design.largest * 0.8, 12.0))


def _fitting(text: str, font: str, size: float, room: float) -> float:
    """The size in points at which the text fits into so many millimetres, at most `size`."""
    wide = width(text, font, size) / POINTS
    return size if wide <= room else size * room / wide
