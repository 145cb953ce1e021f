"""How strangers are answered: nothing in a cookie, always asked for again, cheap when nothing changed.

A recall or a correction must be seen within seconds, so everything goes out with `no-cache` and a strong
ETag made of the content; asking again then costs one short exchange. The bytes are compressed here and not
by a middleware, because each encoding of a content needs an ETag of its own.
"""

import gzip
import hashlib
import re
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from trace.kit import pages
from trace.kit.translation import Locale, locale_of
from trace.lookup.icons import Icons

_LEVEL: Final = 6


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page for strangers, with its icons inside and both languages one link apart."""
    locale = locale_of(request)
    body = pages.render(
        request,
        template,
        icons=Icons(),
        prefix=prefix(locale),
        **({"other_language_url": other_language_url(request)} | values),
    )
    return text(request, body, "text/html; charset=utf-8", status=status)


def text(request: Request, body: str, media_type: str, *, status: int = 200) -> Response:
    content = body.encode()
    digest = hashlib.sha256(content).hexdigest()[:24]
    zipped = takes_gzip(request)
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
    if status == 200:
        headers["ETag"] = f'"{digest}-gzip"' if zipped else f'"{digest}"'
        if unchanged(request, digest):
            return Response(status_code=304, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
        content = gzip.compress(content, _LEVEL, mtime=0)
    return Response(content, status, headers=headers, media_type=media_type)


def picture(request: Request, digest: str, content: bytes, *, kept: bool) -> Response:
    """A photograph; asked for again each time, because its publication can be taken back.

    One that shows a person who may change their mind is not `kept`: no browser and no proxy may store it.
    """
    if not kept:
        return Response(content, headers={"Cache-Control": "no-store"}, media_type="image/webp")
    headers = {"ETag": f'"{digest}"', "Cache-Control": "no-cache"}
    if unchanged(request, digest):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type="image/webp")


def download(request: Request, digest: str, content: bytes, *, media_type: str, name: str) -> Response:
    """A paper: saved, never shown as a page; asked for again each time, because it can be taken back."""
    headers = {
        "ETag": f'"{digest}"',
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{name}"',
        # Opened by mistake as a page, it would still run nothing and reach nothing.
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if unchanged(request, digest):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def unchanged(request: Request, digest: str) -> bool:
    """Whether the reader has this content already, in whichever encoding. Proxies may have put W/ before it."""
    asked = request.headers.get("if-none-match", "")
    held = re.findall(r'"([^"]*)"', asked)
    return asked.strip() == "*" or any(tag.removesuffix("-gzip") == digest for tag in held)


def takes_gzip(request: Request) -> bool:
    for offer in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = offer.partition(";")
        if name.strip() in {"gzip", "*"} and not re.fullmatch(r"\s*q=0(\.0*)?\s*", weight):
            return True
    return False


def prefix(locale: Locale) -> str:
    """What stands before the path of every stranger's page in this language."""
    return "/en" if locale == "en" else ""


def other_language_url(request: Request) -> str:
    """The same address in the other language, as far as the path alone says which language it is."""
    path = request.url.path
    query = f"?{request.url.query}" if request.url.query else ""
    if path == "/en" or path.startswith("/en/"):
        return (path.removeprefix("/en") or "/") + query
    return ("/en" if path == "/" else f"/en{path}") + query
