"""How a finished file leaves: saved, in nobody's cache."""

from starlette.responses import Response


def saved(content: bytes, media_type: str, name: str) -> Response:
    """`name` in letters that every computer can write."""
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
