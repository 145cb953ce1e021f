"""What a file is that is kept as it came: told by its bytes alone, never by its name or its sender; no I/O.

A PDF is not parsed and a recording is not decoded: what is inside is the reader's own program's business, so
there is nothing here for a bomb to go off in. Both leave this server as a download only.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from trace.evidence.models import MediaType

PDF: Final = frozenset({MediaType.PDF})
# What phones and browsers record.
AUDIO: Final = frozenset(MediaType) - PDF
LIMIT_MB: Final = {MediaType.PDF: 20, **dict.fromkeys(AUDIO, 10)}
ENDINGS: Final = {
    MediaType.PDF: "pdf",
    MediaType.WEBM: "webm",
    MediaType.OGG: "ogg",
    MediaType.MP4: "m4a",
    MediaType.AAC: "aac",
    MediaType.MP3: "mp3",
    MediaType.WAV: "wav",
}

_PDF_BEGINS: Final = re.compile(rb"%PDF-[12]\.\d")
# Writers leave a few line ends behind the mark, mail programs a little more; half a download has no mark.
_PDF_ENDS_WITHIN: Final = 1024
_HEAD: Final = 4096
# A film opens like a recording of the same container; these name its picture.
_WEBM_PICTURE: Final = re.compile(rb"V_(VP|AV1|MPEG)")
_MP4_SOUND: Final = re.compile(rb"hdlr.{8}soun", re.DOTALL)
_MP4_PICTURE: Final = re.compile(rb"hdlr.{8}vide", re.DOTALL)


@dataclass(frozen=True)
class Attachment:
    """A PDF or a recording, byte for byte as it was sent."""

    content: bytes
    media_type: MediaType

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def too_large(self) -> bool:
        return len(self.content) > LIMIT_MB[self.media_type] * 1024 * 1024


def recognised(content: bytes) -> Attachment | None:
    """The bytes with what they are; None when they are nothing that is kept as it came."""
    media_type = _media_type(content)
    return Attachment(content, media_type) if media_type else None


def _media_type(content: bytes) -> MediaType | None:
    head = content[:_HEAD]
    if _PDF_BEGINS.match(head):
        return MediaType.PDF if b"%%EOF" in content.rstrip(b"\0\r\n ")[-_PDF_ENDS_WITHIN:] else None
    if head[:4] == b"\x1aE\xdf\xa3":
        sound = b"webm" in head[:64] and (b"A_OPUS" in head or b"A_VORBIS" in head)
        sound = sound and not _WEBM_PICTURE.search(head)
        return MediaType.WEBM if sound else None
    if head[:4] == b"OggS":
        return MediaType.OGG if head[28:36] == b"OpusHead" or head[28:35] == b"\x01vorbis" else None
    if head[4:8] == b"ftyp":
        sound = bool(_MP4_SOUND.search(content)) and not _MP4_PICTURE.search(content)
        return MediaType.MP4 if sound else None
    if head[:4] == b"RIFF":
        return MediaType.WAV if head[8:12] == b"WAVE" else None
    return _frames(content)


def _frames(content: bytes) -> MediaType | None:
    """Recordings without a container: frame after frame, for MP3 perhaps behind a tag."""
    at = 0
    if content[:3] == b"ID3" and len(content) > 10:
        first, second, third, fourth = (byte & 0x7F for byte in content[6:10])
        at = 10 + (first << 21 | second << 14 | third << 7 | fourth)
    frame = content[at : at + 7]
    if len(frame) < 7 or frame[0] != 0xFF:
        return None
    if frame[1] & 0xF6 == 0xF0:
        length = (frame[3] & 3) << 11 | frame[4] << 3 | frame[5] >> 5
        return MediaType.AAC if _next_frame(content, at + length, frame[1]) and length > 7 else None
    layer_three, bit_rate, sampling = frame[1] & 0xE6 == 0xE2, frame[2] >> 4, frame[2] >> 2 & 3
    return MediaType.MP3 if layer_three and 0 < bit_rate < 15 and sampling < 3 else None


def _next_frame(content: bytes, at: int, kind: int) -> bool:
    """Two frames in a row are no accident; the last one has nothing behind it."""
    return at == len(content) or content[at : at + 2] == bytes((0xFF, kind))
