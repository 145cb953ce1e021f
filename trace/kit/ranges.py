"""A part of a file, for players that ask for parts: Safari plays no sound from a server that cannot."""

import re

from starlette.requests import Request
from starlette.responses import Response


def part(request: Request, content: bytes, *, media_type: str) -> Response:
    """The whole, or the one range of bytes that was asked for (RFC 9110, 14); several ranges are given the whole."""
    asked = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", request.headers.get("range", ""))
    headers = {"Accept-Ranges": "bytes"}
    if asked is None or not any(asked.groups()):
        return Response(content, headers=headers, media_type=media_type)
    first, last = _span(asked[1], asked[2], len(content))
    if first > last:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{len(content)}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return Response(content[first : last + 1], 206, headers=headers, media_type=media_type)


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:  # so many from the end
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)
