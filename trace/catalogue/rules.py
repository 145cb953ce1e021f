"""How trade item numbers, lot prefixes and countries are read; no I/O."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Annotated, Final

from babel import Locale as BabelLocale
from pydantic import AfterValidator, BeforeValidator

from trace.gs1.keys import gtin14, is_public_gtin
from trace.kit.commands import OptionalShortLine, ShortLine
from trace.kit.text import digits, visible
from trace.kit.translation import N_, Locale
from trace.kit.validation import wrong
from trace.places.rules import fold

PREFIX_LENGTH: Final = 8
_PREFIX: Final = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
# Territories of Unicode's list that are no countries of ISO 3166-1: unions, islands without a code, test codes.
_NO_COUNTRIES: Final = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"]
)
# Words that say what kind of body it is, and not which.
_LEGAL_WORDS: Final = ("lien hiep hop tac xa", "lien hiep htx", "to hop tac", "hop tac xa", "htx")


def gtin(typed: object) -> object:
    """A public GTIN of 8, 12, 13 or 14 digits as the 14 digits it is compared by. None is invented here."""
    if not isinstance(typed, str) or not typed.strip():
        return None if typed is None or isinstance(typed, str) else typed
    plain = digits(typed)
    if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", plain):
        raise wrong("gtin", N_("A GTIN has 8, 12, 13 or 14 digits. Leave this empty if you have none."))
    number = gtin14(plain)
    if number is None:
        raise wrong(
            "gtin_check",
            N_("The last digit of the GTIN does not fit the others. Please compare it with the label again."),
        )
    if not is_public_gtin(number):
        raise wrong(
            "gtin_internal",
            N_(
                "This is not a public GTIN: numbers of this range are for use inside a shop or for coupons. "
                "GS1 Vietnam gives you your own, beginning with 893."
            ),
        )
    return number


def lot_prefix(typed: object) -> object:
    """How proposed lot codes begin: capital letters, digits and hyphens between them."""
    if not isinstance(typed, str) or not typed.strip():
        return None if typed is None or isinstance(typed, str) else typed
    prefix = re.sub(r"\s+", "", visible(typed)).upper()
    if len(prefix) > PREFIX_LENGTH or not _PREFIX.fullmatch(prefix):
        raise wrong(
            "lot_prefix",
            N_("At most {limit} characters: letters without marks, digits, and hyphens between them."),
            limit=PREFIX_LENGTH,
        )
    return prefix


def propose_lot_prefix(cooperative: str, product: str, taken: Collection[str] = ()) -> str:
    """Initials of both: “HTX Tân Minh Đức” and “Dưa lưới” make TMD-DL; a taken one gets a number."""
    whose, what = (
        _initials(_without_legal_words(cooperative), 4) or "HTX",
        _initials(fold(product), 3) or "SP",
    )
    proposed = f"{whose}-{what}"
    for number in range(2, 100):
        if proposed not in taken:
            break
        proposed = f"{whose}-{what}"[: PREFIX_LENGTH - len(str(number))].rstrip("-") + str(number)
    return proposed


def _without_legal_words(name: str) -> str:
    folded = fold(re.sub(r"\(.*?\)", " ", name))
    for words in _LEGAL_WORDS:
        if folded.startswith(f"{words} "):
            return folded.removeprefix(words)
    return folded


def _initials(folded: str, limit: int) -> str:
    first = (word[0].upper() for word in folded.split())
    return "".join(letter for letter in first if letter.isascii())[:limit]


def country(typed: object) -> object:
    if not isinstance(typed, str):
        return typed
    code = typed.strip().upper()
    if code not in countries():
        raise wrong("country", N_("Choose the country from the list."))
    return code


@lru_cache
def countries(locale: Locale = "vi") -> dict[str, str]:
    """Name by ISO 3166-1 code, in the order of the reader's alphabet."""
    named = {
        code: name
        for code, name in BabelLocale(locale).territories.items()
        if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRIES
    }
    return dict(sorted(named.items(), key=lambda item: fold(item[1])))


def crop(typed: str) -> str:
    """The name of a crop; signs alone name none."""
    if not fold(typed):
        raise wrong("crop", N_("Write the name of the crop."))
    return typed


# Offered while somebody types, in the growers' words; anything else can be typed.
CROPS: Final = (
    "Dưa lưới",
    "Dưa lê",
    "Dưa chuột",
    "Vải",
    "Nhãn",
    "Ổi",
    "Cà rốt",
    "Su su",
    "Thanh long",
    "Cà chua",
    "Lúa",
)
OptionalGtin = Annotated[str | None, BeforeValidator(gtin)]
OptionalLotPrefix = Annotated[str | None, BeforeValidator(lot_prefix)]
Country = Annotated[str, AfterValidator(country)]
Crop = Annotated[ShortLine, AfterValidator(crop)]
OptionalCrop = Annotated[OptionalShortLine, AfterValidator(lambda typed: typed and crop(typed))]
