"""What the content of an application identifier must be like beyond its length, by the names of GS1's dictionary."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from typing import Final

from trace.gs1 import lists
from trace.gs1.keys import is_checked

SET_82: Final = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_SET_39: Final = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SET_32: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_SAFE_BASE_64: Final = re.compile(r"[A-Za-z0-9_-]*={0,2}")
_LONGEST_CHECKED: Final = 99  # of a key with a pair of check characters


def _digits(text: str) -> bool:
    return text.isascii() and (text.isdigit() or not text)


def _set_82(text: str) -> bool:
    return all(character in SET_82 for character in text)


def _set_39(text: str) -> bool:
    return all(character in _SET_39 for character in text)


def _set_64(text: str) -> bool:
    """Base 64 as in addresses; where it is padded, the whole is a multiple of three, as GS1's own test has it."""
    bare = text.rstrip("=")
    padding = len(text) - len(bare)
    return _SAFE_BASE_64.fullmatch(text) is not None and (not padding or (len(bare) + padding) % 3 == 0)


def _check_pair(text: str) -> bool:
    """The last two characters check the others: each weighs its place in set 82 times a prime, from the right."""
    body, pair = text[:-2], text[-2:]
    if not 2 <= len(text) <= _LONGEST_CHECKED or not _set_82(body):
        return False
    weights = _primes(len(body))
    total = sum(SET_82.index(one) * weight for one, weight in zip(reversed(body), weights, strict=True))
    high, low = divmod(total % 1021, 32)
    return pair == _SET_32[high] + _SET_32[low]


def _primes(count: int) -> list[int]:
    found: list[int] = []
    number = 2
    while len(found) < count:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found


def _date(text: str, *, digits_of_year: int, whole_month: bool) -> bool:
    """A day. Two digits of a year are read as of this century, which only matters in leap years: 2000 was one."""
    if not _digits(text) or len(text) != digits_of_year + 4:
        return False
    year = int(text[:digits_of_year]) + (2000 if digits_of_year == 2 else 0)
    month, day = int(text[-4:-2]), int(text[-2:])
    if not 1 <= month <= 12:
        return False
    # The calendar of Python begins with the year 1; the rule for leap years repeats every 400.
    return (0 if whole_month else 1) <= day <= monthrange(year or 400, month)[1]


def _number_up_to(highest: int) -> Callable[[str], bool]:
    """Of two digits."""
    return lambda text: len(text) == 2 and _digits(text) and int(text) <= highest


def _pairs(text: str) -> bool:
    """The number of a piece and how many there are, both in the same number of digits."""
    if not _digits(text) or len(text) % 2 or not 2 <= len(text) <= 8:
        return False
    half = len(text) // 2
    return 1 <= int(text[:half]) <= int(text[half:])


def _one_of_many(text: str) -> bool:
    found = re.fullmatch(r"([1-9][0-9]*)/([1-9][0-9]*)", text)
    return found is not None and int(found[1]) <= int(found[2])


def _iban(text: str) -> bool:
    """ISO 13616: the country and two digits, which check the whole read as one number."""
    if not re.fullmatch(r"[0-9A-Z]{11,34}", text) or text[:2] not in lists.COUNTRIES:
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


def _degrees(half_circles: int) -> Callable[[str], bool]:
    """So many times 90 degrees, in ten-millionths of a degree and counted from one end."""
    return lambda text: len(text) == 10 and _digits(text) and int(text) <= half_circles * 900_000_000


def _counted(lengths: Iterable[int], more: int = 0) -> str:
    """In a pattern: a digit that says how many digits follow, a fixed number of them left out of the count."""
    return "(?:" + "|".join(f"{length}[0-9]{{{length + more}}}" for length in lengths) + ")"


_PREFIX: Final = _counted(range(7), 6)
_PURCHASE: Final = _counted(range(1, 6)) + "[0-49][0-9]{3}"
_SERIAL: Final = _counted(range(10), 6)
# GS1 US, North American coupon guideline; a 9 in the place of a prefix says that it is the first one again.
_COUPON: Final = re.compile(
    f"{_PREFIX}[0-9]{{6}}{_counted(range(1, 6))}{_PURCHASE}"
    f"(?:1[0-3]{_PURCHASE}(?:{_PREFIX}|9))?"
    f"(?:2{_PURCHASE}(?:{_PREFIX}|9))?"
    "(?:3(?P<until>[0-9]{6}))?"
    "(?:4(?P<since>[0-9]{6}))?"
    f"(?:5{_SERIAL})?"
    f"(?:6{_counted(range(1, 8), 6)})?"
    "(?:9[01256][0-2][0-9][01])?"
)
_OFFER: Final = re.compile(f"[01]{_PREFIX}[0-9]{{6}}{_SERIAL}")


def _coupon(text: str) -> bool:
    found = _COUPON.fullmatch(text)
    if found is None:
        return False
    since, until = found["since"], found["until"]
    if not all(one is None or LINTERS["yymmdd"](one) for one in (since, until)):
        return False
    return since is None or until is None or since <= until


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


LINTERS: Final[dict[str, Callable[[str], bool]]] = {
    "couponcode": _coupon,
    "couponposoffer": lambda text: _OFFER.fullmatch(text) is not None,
    "cset39": _set_39,
    "cset64": _set_64,
    "cset82": _set_82,
    "csetnumeric": _digits,
    "csum": is_checked,
    "csumalpha": _check_pair,
    "hasnondigit": lambda text: not _digits(text),
    "hh": _number_up_to(23),
    "hhmi": _matches(r"([01][0-9]|2[0-3])[0-5][0-9]"),
    "hyphen": _matches(r"-*"),
    "iban": _iban,
    "importeridx": _matches(r"[-0-9A-Z_a-z]"),
    "iso3166": lists.COUNTRY_NUMBERS.__contains__,
    "iso3166999": lambda text: text == "999" or text in lists.COUNTRY_NUMBERS,
    "iso3166alpha2": lists.COUNTRIES.__contains__,
    "iso4217": lists.CURRENCIES.__contains__,
    "iso5218": _matches(r"[0129]"),
    "latitude": _degrees(2),
    "longitude": _degrees(4),
    "mediatype": _matches(r"0[1-9]|10|[89][0-9]"),
    "mi": _number_up_to(59),
    "nonzero": _matches(r"0*[1-9][0-9]*"),
    "nozeroprefix": _matches(r"0|[1-9][0-9]*"),
    "packagetype": lists.PACKAGES.__contains__,
    "pcenc": _matches(r"([^%]|%[0-9A-Fa-f]{2})*"),
    "pieceoftotal": _pairs,
    "posinseqslash": _one_of_many,
    "ss": _number_up_to(59),
    "winding": _matches(r"[019]"),
    "yesno": _matches(r"[01]"),
    "yymmd0": lambda text: _date(text, digits_of_year=2, whole_month=True),
    "yymmdd": lambda text: _date(text, digits_of_year=2, whole_month=False),
    "yyyymmd0": lambda text: _date(text, digits_of_year=4, whole_month=True),
    "yyyymmdd": lambda text: _date(text, digits_of_year=4, whole_month=False),
    "zero": _matches(r"0+"),
}
