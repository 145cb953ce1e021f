"""What strangers type or scan, and what the calendar says about a batch; no I/O."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from trace.gs1 import elements
from trace.gs1.faults import Misspelt
from trace.gs1.keys import gtin14
from trace.kit.shortcodes import LENGTH

# GS1 General Specifications, figure 7.11-1: the 82 characters of AI (10). A slash would end the path segment.
_LOT: Final = re.compile(r"""[!"%&'()*+,\-.0-9:;<=>?A-Z_]{1,20}""")
_LONGEST_TYPED: Final = 2000
_MOBILE: Final = re.compile(r"\+84([35789]\d{8})")
# Eight or more digits as people group them, with or without a country code.
_PHONE: Final = re.compile(r"(?<![\w-])(?:\+84|84|0)[\s.-]?[235789](?:[\s.-]?\d){8,9}(?![\w-])")


def days_left(best_before: date | None, today: date) -> int | None:
    """Days until a best-before date; 0 on the day itself, negative after it."""
    return None if best_before is None else (best_before - today).days


def lot(typed: str) -> str | None:
    """A lot code as it is stored, or None when no lot code can look like that."""
    upper = typed.strip().upper()
    return upper if _LOT.fullmatch(upper) else None


def looks_like_lot(typed: str) -> bool:
    """Parts joined by hyphens, longer than a short code, at least one all digits: a lot number as labels carry it."""
    parts = typed.strip().split("-")
    return (
        len(parts) > 1
        and sum(map(len, parts)) > LENGTH
        and any(part.isdecimal() for part in parts)
        and lot(typed) is not None
    )


@dataclass(frozen=True, slots=True)
class ShortCode:
    """Typed text that should be a batch's short code; nobody has judged it yet."""

    typed: str


@dataclass(frozen=True, slots=True)
class TradeItemLot:
    """The product that a GS1 code names, and the lot where it names one."""

    gtin: str
    lot: str = ""

    @property
    def path(self) -> str:
        """A GTIN that can be one is filled up to 14 digits, as a Digital Link must have it."""
        item = gtin14(self.gtin) or self.gtin
        return f"/01/{quote(item, safe='')}" + (f"/10/{quote(self.lot, safe='')}" if self.lot else "")


def understood(typed: str) -> ShortCode | TradeItemLot:
    """What the box was given: a code, what stands under a barcode, or a whole address copied from a chat.

    Only the path of an address counts; whoever copied it from another host still gets our answer.
    """
    text = typed[:_LONGEST_TYPED].strip()
    if item := _in_bars(text):
        return item
    if "/" not in text:
        return ShortCode(text)
    parts = [unquote(part) for part in _path(text).split("/") if part]
    lower = [part.lower() for part in parts]
    after = parts[lower.index("01") + 1 :] if "01" in lower else []
    if after[1:2] == ["10"] and len(after) > 2:
        return TradeItemLot(after[0], after[2])
    if after and gtin14(after[0]):
        return TradeItemLot(after[0])
    if "b" in lower[:-1]:
        return ShortCode(re.sub(r"\.json$", "", parts[lower.index("b") + 1], flags=re.IGNORECASE))
    return ShortCode(parts[-1] if parts else "")


def _in_bars(text: str) -> TradeItemLot | None:
    """A product number as it stands under the bars, or an element string with brackets or as a scanner types it."""
    number = text.replace(" ", "")
    if gtin14(number):
        return TradeItemLot(number)
    try:
        said = dict(elements.read(text))
    except Misspelt:
        return None
    return TradeItemLot(said["01"], said.get("10", "")) if "01" in said else None


def _path(text: str) -> str:
    try:
        return urlsplit(text if "://" in text else f"//{text}").path
    except ValueError:  # such as a bracket that opens no IPv6 address
        return text


def zalo_number(e164: str) -> str | None:
    """The number under which Zalo knows a Vietnamese mobile phone; None for a fixed line."""
    mobile = _MOBILE.fullmatch(e164)
    return f"0{mobile[1]}" if mobile else None


def without_phones(text: str) -> str:
    """The text with telephone numbers blotted out: what a member types into a field may hold one."""
    return _PHONE.sub("•••", text)
