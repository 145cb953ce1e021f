"""What a place is, how it is written on a label, and when two spellings mean the same name."""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

TWO_LEVELS_SINCE = date(2025, 7, 1)
"""The day the district level ended and the present communes began."""

_KM_IN_A_DEGREE = 111.2

KINDS = ("thành phố", "tỉnh", "quận", "huyện", "thị xã", "thị trấn", "phường", "xã", "đặc khu")


@dataclass(frozen=True, slots=True)
class Province:
    """One of the provinces and centrally run cities of today; the code is the key, never the name."""

    code: str
    name: str
    kind: str
    valid_from: date = TWO_LEVELS_SINCE
    earlier_kind: str = ""


@dataclass(frozen=True, slots=True)
class Centre:
    """About where the middle of a commune is, and how large it is. Its borders are not known here."""

    latitude: float
    longitude: float
    km2: int

    def reaches(self, latitude: float, longitude: float) -> bool:
        """Whether a point, itself known to a kilometre, may well lie in the commune or close to it.

        Communes are not round: twice the radius of a circle as large, and 2 km for the rounding of both.
        """
        return self.kilometres_to(latitude, longitude) <= 2 * math.sqrt(self.km2 / math.pi) + 2

    def kilometres_to(self, latitude: float, longitude: float) -> float:
        """As the crow flies, on a ground that is flat enough within one commune."""
        north = latitude - self.latitude
        east = (longitude - self.longitude) * math.cos(math.radians((latitude + self.latitude) / 2))
        return math.hypot(north, east) * _KM_IN_A_DEGREE


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward or special zone of today; `valid_from` is when it got its present kind."""

    code: str
    name: str
    kind: str
    province_code: str
    valid_from: date = TWO_LEVELS_SINCE
    earlier_kind: str = ""
    centre: Centre | None = None


@dataclass(frozen=True, slots=True)
class LegacyUnit:
    """A commune of the three-level list that ended in 2025, and the communes its land went to.

    Names carry their kind ("xã Phạm Trấn"). `commune` is empty for the five island districts that had
    no communes. Old and new codes share one number space: the same code can mean two different places.
    """

    code: str
    commune: str
    district: str
    province: str
    becomes: tuple[str, ...]

    @property
    def split(self) -> bool:
        """Whether the land went to several communes, so that only a person can say to which."""
        return len(self.becomes) > 1


def province_label(province: Province) -> str:
    return shortened(f"{province.kind} {province.name}")


def commune_label(commune: Commune, province: Province) -> str:
    """The present address line; a commune is never shown without its province, their names repeat."""
    return f"{commune.kind} {commune.name}, {province_label(province)}"


def legacy_label(unit: LegacyUnit) -> str:
    return ", ".join(shortened(part) for part in (unit.commune, unit.district, unit.province) if part)


def legacy_note(unit: LegacyUnit) -> str:
    """The second address line. It stays Vietnamese in every language, as the address above it does."""
    since = f"{TWO_LEVELS_SINCE.day}/{TWO_LEVELS_SINCE.month}/{TWO_LEVELS_SINCE.year}"
    return f"trước {since}: {'một phần ' if unit.split else ''}{legacy_label(unit)}"


def shortened(name: str) -> str:
    """The usual abbreviation of a city: "TP Hải Phòng"."""
    return re.sub(r"^thành phố\b", "TP", name)


def parted(full_name: str) -> tuple[str, str]:
    """Kind and bare name of a full name: ("thị trấn", "Thanh Miện"); the kind is in lower case."""
    full_name = " ".join(unicodedata.normalize("NFC", full_name).split())
    for kind in KINDS:
        if full_name.lower().startswith(kind + " "):
            return kind, full_name[len(kind) + 1 :]
    return "", full_name


def fold(text: str) -> str:
    """The bare letters of a text: no marks, no case, đ as d, signs as single spaces, apostrophes dropped.

    The same for every Unicode composition and for both places of the tone ("Hoà", "Hòa").
    """
    decomposed = unicodedata.normalize("NFKD", _lower(text))
    return _spaced(mark for mark in decomposed if unicodedata.category(mark)[0] != "M").translate(
        _D_WITHOUT_BAR
    )


def mentions(text: str, asked: str) -> bool:
    """Whether every word that somebody types stands in the text, however either of them is marked."""
    folded = fold(text)
    return all(word in folded for word in fold(asked).split())


def spelled(text: str) -> str:
    """Like `fold` but with the marks kept, the tone moved to the end of its syllable.

    Two texts are equal here exactly when a reader of Vietnamese calls them the same word.
    """
    return " ".join(_tone_last(word) for word in _spaced(unicodedata.normalize("NFD", _lower(text))).split())


_D_WITHOUT_BAR = str.maketrans("đð", "dd")
_APOSTROPHES = frozenset("'’‘`´ʼ")
TONES = "\u0300\u0301\u0303\u0309\u0323"


def _lower(text: str) -> str:
    # Decomposed first: some signs ("㎏") only show a capital letter once they are taken apart.
    return unicodedata.normalize("NFKD", text).casefold()


def _spaced(marks: Iterable[str]) -> str:
    kept = "".join(mark if _belongs_to_a_word(mark) else " " for mark in marks if mark not in _APOSTROPHES)
    return " ".join(kept.split())


def _belongs_to_a_word(mark: str) -> bool:
    return mark.isalnum() or unicodedata.category(mark)[0] == "M"


def _tone_last(word: str) -> str:
    tones = [mark for mark in word if mark in TONES]
    return "".join([*(mark for mark in word if mark not in TONES), *sorted(tones)])
