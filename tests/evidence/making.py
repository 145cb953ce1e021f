"""Pictures drawn by the tests, and photographs kept through the API."""

import io
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


def photo(door: Door, content: bytes | None = None, *, seed: int = 0) -> Any:
    """A photograph kept by whoever is signed in, as the API answers it."""
    sent = {"file": ("anh.jpg", jpeg(seed=seed) if content is None else content, "image/jpeg")}
    answer = door.post("/api/v1/photos", files=sent)
    assert answer.status_code == 201, answer.text
    return answer.json()
