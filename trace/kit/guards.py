"""What stands before every route, as plain ASGI: path case, body size, foreign senders, safe headers."""

import re
from math import inf
from typing import Final

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trace.kit import assets, http
from trace.kit.problems import CrossSite, TooLarge, Unreadable

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# Twenty photographs as a phone makes them; each is looked at again when it is read.
BODY_LIMIT_MB: Final = 80
JSON_LIMIT_MB: Final = 1


class LowerCase:
    """An all-capital QR code is smaller, so what labels and notes carry is read in any case: /B/…, /EN/B/…, /D/….

    Only our own words are made small; the code stays as it was typed, because a mistyped one is shown again.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].lower().startswith(("/b/", "/en/b/", "/d/")):
            scope = {**scope, "path": _with_small_words(scope["path"])}
        await self.app(scope, receive, send)


def _with_small_words(path: str) -> str:
    before, typed, after = re.fullmatch(
        r"(/(?:(?:en/)?b|d)/)([^/]*)(.*)", path, re.IGNORECASE | re.DOTALL
    ).groups()  # type: ignore[union-attr]
    code = typed[:-5] + ".json" if typed.lower().endswith(".json") else typed
    return f"{before.lower()}{code}{after.lower().rstrip('/')}"


class HeadLikeGet:
    """Answers HEAD with what GET would have said, without its body: link previews ask that way."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, without_body)


class BodyLimit:
    """Refuses a body that is too large as soon as it is known to be, declared or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        form = headers.get("content-type", "").startswith("multipart/form-data")
        limit_mb = BODY_LIMIT_MB if form else JSON_LIMIT_MB
        limit = limit_mb * 1024 * 1024
        if _declared(headers) > limit:
            await http.refuse(TooLarge(limit_mb), scope, receive, send)
            return
        got, answered = 0, False

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > limit:
                raise TooLarge(limit_mb)
            return message

        async def noticed(message: Message) -> None:
            nonlocal answered
            answered = answered or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, counted, noticed)
        except TooLarge as problem:
            if answered:
                raise
            await http.refuse(problem, scope, receive, send)


class Utf8:
    """Refuses a body that says it is written in anything but UTF-8, as every browser and program of today does.

    Python knows a hundred ways to read bytes; some of them raise what no parser expects, and some make
    halves of characters that nothing can write again.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            # The parser that will read the form, so that both see the same parameters.
            _, options = parse_options_header(Headers(scope=scope).get("content-type"))
            if options.get(b"charset", b"utf-8").lower() not in {b"utf-8", b"utf8"}:
                await http.refuse(Unreadable(), scope, receive, send)
                return
        await self.app(scope, receive, send)


def _declared(headers: Headers) -> float:
    """The length that the sender states; one that is no plain number is longer than everything."""
    length = headers.get("content-length", "0")
    return int(length) if re.fullmatch(r"[0-9]{1,15}", length) else inf


class SameSite:
    """Refuses unsafe requests that a browser says come from another site; no token to go stale offline.

    Sec-Fetch-Site decides where it is sent; older Safari sends only Origin. Neither: only a program
    with an Authorization header is believed, never a cookie.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["method"] not in SAFE_METHODS
            and not _is_own(Headers(scope=scope))
        ):
            await http.refuse(CrossSite(), scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_own(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is not None:
        return origin in {f"http://{headers.get('host')}", f"https://{headers.get('host')}"}
    return "authorization" in headers or "cookie" not in headers


class SafeHeaders:
    """The headers that every answer carries, errors included."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.secure = secure
        self.policy = content_security_policy()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                headers.setdefault("Content-Security-Policy", self.policy)
                headers["X-Content-Type-Options"] = "nosniff"
                headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
                headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
                headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=(self)")
                if self.secure:
                    headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
                message["headers"] = headers.raw
            await send(message)

        await self.app(scope, receive, dressed if scope["type"] == "http" else send)


def content_security_policy() -> str:
    return (
        "default-src 'none'; script-src 'self'; "
        f"style-src 'self' 'sha256-{assets.public_css_hash()}'; "
        "img-src 'self' data: blob:; media-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )
