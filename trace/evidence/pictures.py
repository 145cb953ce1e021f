"""Photographs as strangers send them, made into the two sizes we show; no I/O beyond the bytes given."""

import hashlib
import io
import threading
import warnings
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from PIL import Image, ImageCms, ImageOps
from PIL.JpegImagePlugin import JpegImageFile

from trace.evidence.exif import UNREADABLE, Taken, taken
from trace.kit.translation import N_

LARGE_SIDE: Final = 1600
SMALL_SIDE: Final = 480
LIMIT_MB: Final = 20
# A little more than the 50 megapixels of a good phone; a bomb of 400 fits into 48 kB of PNG.
LIMIT_MEGAPIXELS: Final = 51
# Only JPEG can be shrunk while it is decoded: 51 megapixels of WebP took 860 MB of memory, of JPEG 160.
LIMIT_MEGAPIXELS_WHOLE: Final = 24
# The public page has one picture above the fold and has to arrive in a field without signal.
SMALL_AIM: Final = 30 * 1024

# A telephone's JPEG with a second picture behind it opens as MPO.
_MEDIA_TYPES: Final = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
}
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_QUALITIES: Final = (78, 68, 58, 48, 38, 28, 18)
# Display P3 and Adobe RGB take 600 bytes; what is longer is for printing presses, or for the decoder's weak spot.
_PROFILE_LIMIT: Final = 64 * 1024
_APPLE_BRANDS: Final = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
# A decoded photograph takes 50 to 200 MB for a moment: two at a time, however many threads there are.
_TWO_AT_A_TIME: Final = threading.BoundedSemaphore(2)

# Pillow warns over pictures beyond its limit and refuses them from twice the limit: refuse at once.
Image.MAX_IMAGE_PIXELS = LIMIT_MEGAPIXELS * 1_000_000
warnings.simplefilter("error", Image.DecompressionBombWarning)
# What is wrong with a file is told to its sender; Pillow's thoughts about broken EXIF fill no log.
warnings.filterwarnings("ignore", category=UserWarning, module="PIL")


class NotAPictureError(Exception):
    """Why the bytes cannot be shown: an English msgid and its values."""

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


@dataclass(frozen=True)
class Rendition:
    """One size of a photograph as WebP."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Picture:
    """A photograph without its metadata in the two sizes it is shown in; what it said of itself, and its bytes."""

    large: Rendition
    small: Rendition
    media_type: str
    taken: Taken
    original: BinaryIO = field(compare=False, repr=False)

    @property
    def original_bytes(self) -> bytes:
        self.original.seek(0)
        return self.original.read()


def look_at(content: bytes) -> Picture:
    """Decode, turn upright and encode anew, so that nothing of the file is shown but its visible points.

    Place, device, comments, thumbnails and whatever hides behind the picture are gone from both sizes. Of a
    picture that moves, the first frame is kept. Raises NotAPictureError; the same bytes always give the same answer.
    """
    if len(content) > LIMIT_MB * 1024 * 1024:
        raise too_large()
    if content[4:8] == b"ftyp" and content[8:12] in _APPLE_BRANDS:
        raise NotAPictureError(
            N_(
                "This is an iPhone photo in HEIC format, which cannot be read here. On the iPhone choose Settings → "
                "Camera → Formats → Most Compatible and take it again, or send a screenshot of it."
            )
        )
    try:
        with _TWO_AT_A_TIME:
            large, media_type, said = _decoded(content)
            return Picture(_encoded(large, 80), _small(large), media_type, said, io.BytesIO(content))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_points(LIMIT_MEGAPIXELS) from error
    except UNREADABLE as error:
        raise not_readable() from error


def not_readable() -> NotAPictureError:
    return NotAPictureError(
        N_(
            "This file is not a photo that can be read. Send a JPEG, PNG or WebP picture, whole and undamaged."
        )
    )


def too_large() -> NotAPictureError:
    return NotAPictureError(
        N_("This photo is larger than {limit_mb} MB. Please choose a smaller one."), limit_mb=LIMIT_MB
    )


def _too_many_points(limit: int) -> NotAPictureError:
    return NotAPictureError(
        N_("This picture has more than {limit} million points. Please send a smaller copy."), limit=limit
    )


def _decoded(content: bytes) -> tuple[Image.Image, str, Taken]:
    """The picture at its large size: shrunk while decoding where the format can, then turned upright."""
    with Image.open(io.BytesIO(content), formats=_FORMATS) as source:
        scale = LARGE_SIDE / max(source.size)
        if isinstance(source, JpegImageFile):
            # In the picture's own proportions: a square target would not shrink a 4000 × 3000 at all.
            source.draft("RGB", (max(1, int(source.width * scale)), max(1, int(source.height * scale))))
        elif source.width * source.height > LIMIT_MEGAPIXELS_WHOLE * 1_000_000:
            raise _too_many_points(LIMIT_MEGAPIXELS_WHOLE)
        source.load()
        said = taken(source)
        flat = _flat(source)
        _fit(flat, LARGE_SIDE)
        upright = _upright(flat)
    upright.info.clear()  # EXIF, XMP, comments, colour profile
    return upright, _MEDIA_TYPES[source.format or ""], said


def _flat(image: Image.Image) -> Image.Image:
    """Eight bits of red, green and blue on white paper, whatever it was before."""
    if image.mode.startswith("I"):  # 16 bits of grey; a plain conversion would cut them off, not scale them
        return image.point(lambda value: value / 256, "F").convert("RGB")
    if image.has_transparency_data:
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        flat = paper.convert("RGB")
        flat.info = image.info
        return flat
    return _in_srgb(image) if image.mode == "RGB" else image.convert("RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    """Dropping a wide-gamut profile without this would leave a phone's picture dull."""
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or not 0 < len(profile) <= _PROFILE_LIMIT:
        return image
    try:
        converted = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), _SRGB, outputMode="RGB"
        )
    except (ImageCms.PyCMSError, *UNREADABLE):  # a broken profile is no reason to lose the picture
        return image
    return converted or image


_SRGB: Final = ImageCms.createProfile("sRGB")


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except UNREADABLE:  # broken EXIF: shown as it lies
        return image


def _fit(image: Image.Image, side: int) -> None:
    """In place: a copy of a whole photograph would take its memory once more."""
    image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _small(large: Image.Image) -> Rendition:
    """As good as the aim allows; a picture full of detail stays above it at the lowest quality."""
    image = large.copy()
    _fit(image, SMALL_SIDE)
    made = (_encoded(image, quality) for quality in _QUALITIES)
    return next((small for small in made if len(small.content) <= SMALL_AIM), _encoded(image, _QUALITIES[-1]))


def _encoded(image: Image.Image, quality: int) -> Rendition:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=2)
    return Rendition(out.getvalue(), image.width, image.height)
