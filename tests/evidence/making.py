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


def pdf(text: str = "Giấy chứng nhận (minh họa)") -> bytes:
    """What a PDF begins and ends with; nobody here looks between."""
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + text.encode() + b"\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


_MP4 = b"\0\0\0\x1cftypM4A \0\0\0\0M4A mp42isom"
_FRAME = b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(9)  # an AAC frame of 16 bytes

# How recordings of each kind begin, as Chrome, Firefox, Safari and telephones write them.
RECORDINGS: dict[str, bytes] = {
    "audio/webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"
    b"B\x87\x81\x04B\x85\x81\x02\x18S\x80g\x01\xff\xff\xff\xff\xff\xff\xff\x16T\xaek\xae\x86\x86A_OPUS"
    + bytes(80),
    "audio/ogg": b"OggS\0\x02" + bytes(20) + b"\x01\x13OpusHead\x01\x01" + bytes(80),
    "audio/mp4": _MP4 + b"\0\0\0\x21hdlr" + bytes(8) + b"soun" + bytes(13) + bytes(80),
    "audio/aac": _FRAME * 5,
    "audio/mpeg": b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + b"\xff\xfb\x90\x64" + bytes(80),
    "audio/wav": b"RIFF\x54\0\0\0WAVEfmt " + bytes(80),
}
FILM = {
    "webm": RECORDINGS["audio/webm"] + b"V_VP9",
    "mp4": RECORDINGS["audio/mp4"] + b"\0\0\0\x21hdlr" + bytes(8) + b"vide" + bytes(13),
}


def document(door: Door, content: bytes | None = None) -> Any:
    """A document kept by whoever is signed in, as the API answers it."""
    sent = {"file": ("giay.pdf", pdf() if content is None else content, "application/pdf")}
    answer = door.post("/api/v1/documents", files=sent)
    assert answer.status_code == 201, answer.text
    return answer.json()
