"""Languages: English is written in the code, Vietnamese in catalogues, one per room."""

import io
from collections.abc import Iterator
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final, Literal, get_args

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.requests import Request

from trace.kit.figures import written

Locale = Literal["vi", "en"]
LOCALES: Final[tuple[Locale, ...]] = get_args(Locale)
DEFAULT: Final[Locale] = "vi"
FOLDER: Final = Path(__file__).parent.parent / "locale"
COOKIE: Final = "lang"


def N_(message: str) -> str:  # noqa: N802 - the name that extraction tools look for
    """Mark a message for translation without translating it: the door does that, in the reader's language."""
    return message


def read_catalogues(locale: Locale) -> Iterator[tuple[str, Catalog]]:
    """(room, catalogue) for every room that has one; the English msgids are their own catalogue."""
    for file in sorted((FOLDER / locale).glob("*.po")):
        with file.open("rb") as source:
            yield file.stem, read_po(source, locale=locale)


@lru_cache
def translations(locale: Locale) -> NullTranslations:
    """All rooms' catalogues as one; made at first use, so there is no compile step to forget."""
    merged = Catalog(locale=locale)
    for _, catalogue in read_catalogues(locale):
        for message in catalogue:
            if message.id and message.string:
                merged.add(message.id, message.string, context=message.context)
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return GNUTranslations(compiled)


def say(message: str, locale: Locale, **values: object) -> str:
    """The message in the reader's language, its values written as that language writes them."""
    translated = translations(locale).gettext(message) if message else ""
    told = {name: written(value, locale) for name, value in values.items()}
    return translated.format(**told) if told else translated


def locale_of(request: Request) -> Locale:
    """Public pages carry the language in their path; members choose it once; programs send Accept-Language."""
    path = request.url.path
    if path == "/en" or path.startswith("/en/"):
        return "en"
    if path.startswith("/b/"):
        return DEFAULT
    if path.startswith("/api/"):
        return "en" if request.headers.get("accept-language", "").lower().startswith("en") else DEFAULT
    chosen = request.cookies.get(COOKIE)
    return "en" if chosen == "en" else DEFAULT
