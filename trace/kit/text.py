"""How typed text is cleaned before anything else looks at it."""

import re
import unicodedata
from typing import Any, Final

# Marks that turn text around make one thing look like another, and come along when a number is copied
# from an address book; a letter without width hides a difference. Joiners stay: emoji are made with them.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
# Nothing but these is nothing that anybody could read.
_NEVER_ALONE: Final = frozenset({"Cf", "Mn", "Me", "Zs", "Zl", "Zp"})
# Programs that open a sheet or a CSV file take a text that begins so for a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def visible(value: str, *, keep: str = "") -> str:
    """NFC, so that both ways of typing a Vietnamese letter are one; controls become spaces.

    Letters that this Python does not know yet, such as next year's emoji, are left alone.
    """
    shown = _INVISIBLE.sub("", value)
    # Composed last: what was taken out may have stood between a letter and its mark.
    return unicodedata.normalize(
        "NFC", "".join(" " if _is_control(letter) and letter not in keep else letter for letter in shown)
    )


def one_line(value: Any) -> Any:
    """Cleaned, on one line with single spaces; values that are no text are left to whoever complains."""
    return _said(" ".join(visible(value).split())) if isinstance(value, str) else value


def lines(value: Any) -> Any:
    """Cleaned, line by line."""
    if not isinstance(value, str):
        return value
    text = visible(value.replace("\r\n", "\n").replace("\r", "\n"), keep="\n")
    return _said("\n".join(line.rstrip() for line in text.split("\n")).strip())


def digits(value: str) -> str:
    """A number as people group it, without what stands between the digits."""
    return re.sub(r"[\s.-]", "", visible(value))


def _said(text: str) -> str:
    return "" if all(unicodedata.category(letter) in _NEVER_ALONE for letter in text) else text


def _is_control(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category in {"Cc", "Cs", "Co"} or (category == "Cn" and _is_noncharacter(ord(letter)))


def _is_noncharacter(point: int) -> bool:
    """Reserved for ever: Unicode, chapter 23.7."""
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
