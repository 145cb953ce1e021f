"""Structured logs: one JSON object a line, with the request's id and nothing about a person."""

import logging
import re
import sys
import time
from typing import Final

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trace.kit.ids import new_id

log: structlog.stdlib.BoundLogger = structlog.get_logger("trace")
_ID_FROM_PROXY: Final = re.compile(r"[0-9A-Za-z-]{8,64}")
# Tokens stand in these paths: whoever reads the log could use them.
_SECRET_PATHS: Final = re.compile(r"^/+(?:en/+)?(join|reset|complaint)/+[^/]+", re.IGNORECASE)


def configure(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=_to_stderr,
        cache_logger_on_first_use=False,
    )


def _to_stderr(*_: object) -> structlog.PrintLogger:
    """Wherever that leads at this moment: it may have been redirected, and closed again, since the start."""
    return structlog.PrintLogger(sys.stderr)


def safe_path(path: str) -> str:
    return _SECRET_PATHS.sub(r"/\1/…", path)


class RequestLog:
    """Gives every request an id, answers it in X-Request-ID, and writes one line when it is done."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _ID_FROM_PROXY.fullmatch(given) else str(new_id())
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started, status = time.perf_counter(), 0

        async def tagged(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, tagged)
        finally:
            log.info(
                "request",
                method=scope["method"],
                path=safe_path(scope["path"]),
                status=status,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
            structlog.contextvars.unbind_contextvars("request_id")
