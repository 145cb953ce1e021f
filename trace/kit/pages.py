"""Pages for people: templates with the reader's language, the signed-in person and hashed addresses."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote, urlencode

import jinja2
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from trace.kit import assets, figures, shortcodes
from trace.kit.translation import Locale, locale_of, read_catalogues, say, translations

TEMPLATES: Final = Path(__file__).parent.parent / "templates"
FLASH: Final = "flash"


@lru_cache
def environment(locale: Locale) -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found = translations(locale)
    made.install_gettext_callables(found.gettext, found.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        locale=locale,
        asset=assets.asset,
        public_css=lambda: Markup(assets.public_css()),  # noqa: S704 - our own file
        say=lambda message, **values: say(message, locale, **values),
    )
    made.filters.update(filters(locale))
    return made


def filters(locale: Locale) -> dict[str, Callable[[Any], str]]:
    """What templates write values with; a value that nobody gave leaves its place empty."""

    def in_words(write: Callable[[Any, str], str]) -> Callable[[Any], str]:
        return lambda value: "" if value is None else write(value, locale)

    return {
        "number": in_words(figures.number),
        "day": in_words(figures.day),
        "moment": in_words(figures.moment),
        "clock": in_words(figures.clock),
        "span": in_words(figures.span),
        "code": shortcodes.display,
    }


def render(request: Request, template: str, **values: Any) -> str:
    locale = locale_of(request)
    context: dict[str, Any] = {
        "path": request.url.path,
        "actor": getattr(request.state, "actor", None),
        "flash": _flash(request, locale),
        "other_language_url": other_language_url(request, locale),
    }
    return environment(locale).get_template(template).render(**{**context, **values})


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A rendered page. Members' pages are nobody else's to cache."""
    answer = HTMLResponse(render(request, template, **values), status_code=status)
    answer.headers["Cache-Control"] = "no-store"
    if FLASH in request.cookies:
        answer.delete_cookie(FLASH, path="/")
    return answer


def go(address: str, *, flash: str | None = None) -> RedirectResponse:
    """After a form: 303 to the next page, with an optional one-line message (an English msgid) shown once."""
    answer = RedirectResponse(address, status_code=303)
    if flash:
        answer.set_cookie(FLASH, quote(flash), max_age=60, httponly=True, samesite="lax", path="/")
    return answer


def _flash(request: Request, locale: Locale) -> str | None:
    said = unquote(request.cookies.get(FLASH, ""))
    # The cookie is only ever one of our own messages: anything else is somebody playing.
    return say(said, locale) if said and said in _own_messages() else None


@lru_cache
def _own_messages() -> frozenset[str]:
    return frozenset(
        str(message.id)
        for _, catalogue in read_catalogues("vi")
        for message in catalogue
        if isinstance(message.id, str)
    )


def other_language_url(request: Request, locale: Locale) -> str:
    """Where the same page stands in the other language: another path for strangers, a choice for members."""
    path = request.url.path
    if path.startswith("/en/b/"):
        return path.removeprefix("/en")
    if path.startswith("/b/"):
        return f"/en{path}"
    query = {"to": "vi" if locale == "en" else "en", "back": path}
    return f"/language?{urlencode(query)}"
