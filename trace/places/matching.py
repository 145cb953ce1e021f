"""How a name that someone types is compared with a known one: without marks, with its kind or without."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from trace.places.rules import KINDS, TONES, fold, parted, spelled


class Shape(IntEnum):
    """How much of a name was typed, best first."""

    WHOLE = 0
    WHOLE_AND_PLACE = 1
    WHOLE_AND_WORDS_OF_PLACES = 2
    BEGINNING = 3
    ALL_IN_A_ROW = 4
    ALL_SOMEWHERE = 5


class Closeness(NamedTuple):
    """Sorts matches: by shape, and within a shape those first whose marks agree with what was typed."""

    shape: Shape
    marks_differ: bool


class Name(NamedTuple):
    """A known name made ready for comparing; `words` holds every word that may be typed to find it."""

    bare: str
    spelling: tuple[str, ...]
    kinds: tuple[str, ...]
    around: str
    words: str


class Reading(NamedTuple):
    """One way to understand what was typed: "xã hà" may begin the name "Xã Hà…" or be a commune "Hà…"."""

    kind: str
    words: tuple[str, ...]
    spelling: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Typed:
    readings: tuple[Reading, ...]
    has_marks: bool

    @property
    def words(self) -> tuple[str, ...]:
        return self.readings[0].words


def known(full_name: str, around: Iterable[str], *, earlier_kind: str = "") -> Name:
    kind, bare = parted(full_name)
    kinds = tuple(comparable(one) for one in (kind, earlier_kind) if one)
    folded, places = comparable(bare), "".join(f" {comparable(place)}" for place in around)
    return Name(folded, _spelling(bare), kinds, places, f" {' '.join(kinds)} {folded}{places}")


def typed(text: str) -> Typed:
    words, spelling = tuple(comparable(text).split()), _spelling(text)
    readings = [Reading("", words, spelling)]
    for kind in _KINDS:
        length = len(kind)
        if words[:length] == kind and len(words) > length:
            readings.append(Reading(" ".join(kind), words[length:], spelling[length:]))
    return Typed(tuple(readings), has_marks=words != spelling)


def closeness(sought: Typed, reading: Reading, name: Name) -> Closeness | None:
    """How near a name is to one reading of what was typed, if that reading begins with it or it with that."""
    if reading.kind and reading.kind not in name.kinds:
        return None
    if (shape := _shape(reading, name)) is None:
        return None
    # Someone who types no marks at all says nothing about them.
    return Closeness(shape, sought.has_marks and not _marks_agree(shape, reading.spelling, name.spelling))


@lru_cache(maxsize=4096)
def comparable(text: str) -> str:
    """Folded, with abbreviations of kinds written out and with "Quí Mĩ" the same as "Quý Mỹ"."""
    return _i_for_y(_written_out(fold(text)))


def _shape(reading: Reading, name: Name) -> Shape | None:
    text = reading.text
    if text == name.bare:
        return Shape.WHOLE
    if name.bare.startswith(text):
        return Shape.BEGINNING
    if text.startswith(f"{name.bare} "):
        rest = text[len(name.bare) :]
        # Word by word alone, "Đoàn Kết, Sơn La" would also be a commune of Lạng Sơn.
        if rest in name.around:
            return Shape.WHOLE_AND_PLACE
        if all(f" {word}" in name.around for word in rest.split()):
            return Shape.WHOLE_AND_WORDS_OF_PLACES
    return None


def _marks_agree(shape: Shape, sought: tuple[str, ...], name: tuple[str, ...]) -> bool:
    if shape is not Shape.BEGINNING:
        return sought[: len(name)] == name
    *finished, last = sought
    if tuple(finished) != name[: len(finished)]:
        return False
    # The word still being typed may lack its last letters, and its tone if that is typed last.
    letters, tone = _letters_and_tone(last)
    known_letters, known_tone = _letters_and_tone(name[len(finished)])
    return known_letters.startswith(letters) and tone in ("", known_tone)


def _letters_and_tone(word: str) -> tuple[str, str]:
    letters = word.rstrip(TONES)
    return letters, word[len(letters) :]


_KINDS = tuple(tuple(fold(kind).split()) for kind in KINDS)
_ABBREVIATIONS = {"tp": "thanh pho", "tt": "thi tran", "tx": "thi xa"}
_INITIALS = {"h": "huyen", "p": "phuong", "q": "quan", "t": "tinh", "x": "xa"}


def _written_out(text: str) -> str:
    words = [_ABBREVIATIONS.get(word, word) for word in text.split()]
    # A last word of one letter is a word being typed; before another word it stands for a kind.
    return " ".join([*(_INITIALS.get(word, word) for word in words[:-1]), *words[-1:]])


def _spelling(text: str) -> tuple[str, ...]:
    return tuple(_i_for_y(_written_out(spelled(text))).split())


_Y_THAT_SOUNDS_AS_I = re.compile(r"(?:(?<=qu)|(?<![aeiou\u0302\u0306\u031b]))y")


def _i_for_y(text: str) -> str:
    return _Y_THAT_SOUNDS_AS_I.sub("i", text)
