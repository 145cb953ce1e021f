"""The numbers that GS1 gives: check digits, who may be called what, and how many numbers a prefix holds."""

import re
from dataclasses import dataclass
from typing import Final

from biip.gs1_prefixes import GS1Prefix

_GTIN: Final = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_KEY_BODY: Final = 12  # of a GTIN-13 or a GLN, without the check digit
_SSCC_BODY: Final = 17  # the extension digit, the company prefix and the serial reference


def check_digit(body: str) -> str:
    """Of any GS1 number: from the right, every other digit counts three times."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-total % 10)


def is_checked(number: str) -> bool:
    """Digits, of which the last checks the others."""
    return (
        len(number) > 1 and number.isascii() and number.isdigit() and check_digit(number[:-1]) == number[-1]
    )


def gtin14(typed: str) -> str | None:
    """A GTIN of 8, 12, 13 or 14 digits as the 14 digits it is compared by; None when its check digit does not fit."""
    return typed.zfill(14) if _GTIN.fullmatch(typed) and is_checked(typed) else None


def gtin_for_people(number: str) -> str:
    """As it stands under the bars: without the zeros that only fill up to 14 digits."""
    return number[-8:] if number.startswith("000000") else number.removeprefix("0")


def is_public_gtin(number: str) -> bool:
    """Whether GS1 gives such numbers to companies for their goods, or for examples.

    The rest is for use inside a shop or a region, for coupons and for the like: two companies may give the same one
    to different things, so it names nothing in the world.
    """
    if not number.startswith("000000"):
        return is_public_prefix(number[1:])
    # Of eight digits: those that begin with 0 or 2 are a shop's own.
    return number[-8] not in "02" and is_public_prefix(number[-8:])


def is_public_prefix(digits: str) -> bool:
    """Whether a number that begins so can be a company's own. A GTIN-8 begins with its own prefix and not with zeros."""
    prefix = GS1Prefix.extract(digits)
    usage = prefix.usage if prefix else ""
    if usage.startswith("Used for demonstrations"):
        return True
    goods = usage.startswith("GS1 ") or usage == "Global Office - GTIN-8"
    return goods and "coupon" not in usage and "reserved" not in usage


def is_under(prefix: str, gtin: str) -> bool:
    """Whether a GTIN of 14 digits was made under the company prefix; a GTIN-8 is made under none."""
    return not gtin.startswith("000000") and gtin.startswith(prefix, 1)


def sscc(prefix: str, number: int) -> str | None:
    """The 18 digits of the unit with this number under the company prefix, or None when all are used up.

    The extension digit comes before the prefix and counts on where the serial reference is full.
    """
    places = _SSCC_BODY - 1 - len(prefix)
    extension, serial = divmod(number, 10**places)
    if extension > 9:
        return None
    body = f"{extension}{prefix}{serial:0{places}}"
    return body + check_digit(body)


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many numbers of each kind a company prefix holds."""

    gtins: int
    glns: int
    ssccs: int

    @classmethod
    def of(cls, prefix: str) -> "Capacity":
        items = 10 ** (_KEY_BODY - len(prefix))
        return cls(gtins=items, glns=items, ssccs=10 * 10 ** (_SSCC_BODY - 1 - len(prefix)))
