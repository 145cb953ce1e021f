"""Static files under an address that changes when any of them does, so that they may be cached for ever."""

import hashlib
from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

FOLDER: Final = Path(__file__).parent.parent.parent / "static"
_FOR_EVER: Final = b"public, max-age=31536000, immutable"


@lru_cache
def digest() -> str:
    """One digest of the whole tree, so that relative imports between modules stay fresh without a bundler."""
    tree = hashlib.sha256()
    for file in sorted(FOLDER.rglob("*")):
        if file.is_file():
            tree.update(str(file.relative_to(FOLDER)).encode() + b"\0" + file.read_bytes())
    return tree.hexdigest()[:12]


def asset(path: str) -> str:
    if not (FOLDER / path).is_file():
        raise FileNotFoundError(f"static/{path}")
    return f"/static/{digest()}/{path}"


@lru_cache
def public_css() -> str:
    """The strangers' style sheet, small enough to stand in the page and save a round trip."""
    return (FOLDER / "css" / "public.css").read_text("utf-8")


@lru_cache
def public_css_hash() -> str:
    """What the Content-Security-Policy must say to allow exactly that style element."""
    return b64encode(hashlib.sha256(public_css().encode()).digest()).decode()


class Assets:
    """Serves /static/{digest}/…; an outdated digest still gets today's file, but not for ever."""

    def __init__(self) -> None:
        self.files = StaticFiles(directory=FOLDER)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked, _, rest = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/").partition("/")
        current = asked == digest()

        async def with_age(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                age = _FOR_EVER if current and message["status"] in (200, 304) else b"no-cache"
                message["headers"] = [*message["headers"], (b"cache-control", age)]  # type: ignore[misc]
            await send(message)

        inner = {**scope, "root_path": "", "path": f"/{rest}"}
        await self.files(inner, receive, with_age)  # type: ignore[arg-type]
