"""Pictures drawn by the tests, and photographs kept through the API."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw

from tests.people import Door


def jpeg(width: int = 64, height: int = 48, *, seed: int = 0, **saved: Any) -> bytes:
    """A small picture that differs with `seed`; `saved` goes to the encoder (exif, xmp, comment …)."""
    return encoded(drawn(width, height, seed=seed), "JPEG", quality=85, **saved)


def drawn(width: int, height: int, *, seed: int = 0, mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", (width, height), (40 + seed * 53 % 200, 160, 60))
    ImageDraw.Draw(image).ellipse((width // 4, height // 4, width // 2, height // 2), fill=(250, 220, 90))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **saved: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **saved)
    return out.getvalue()


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes whose points would fill the memory."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * 64)) * 2
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def photo(door: Door, content: bytes | None = None, *, seed: int = 0) -> Any:
    """A photograph kept by whoever is signed in, as the API answers it."""
    sent = {"file": ("anh.jpg", jpeg(seed=seed) if content is None else content, "image/jpeg")}
    answer = door.post("/api/v1/photos", files=sent)
    assert answer.status_code == 201, answer.text
    return answer.json()
