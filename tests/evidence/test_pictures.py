"""What is left of a picture after we have looked at it: its visible points, upright, and nothing else."""

import contextlib
import io
import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from tests.evidence.making import bomb, drawn, encoded, jpeg
from trace.evidence.pictures import LARGE_SIDE, SMALL_AIM, SMALL_SIDE, NotAPictureError, Picture, look_at

SECRET = b"Nguyen Van An, 0912345678"
GPS = {1: "N", 2: (20.0, 48.0, 19.8), 3: "E", 4: (106.0, 16.0, 8.4)}
ORIENTATION, MAKE, GPS_PLACE, EXIF_PLACE, SERIAL = 0x0112, 0x010F, 0x8825, 0x8769, 0xA431


def telling_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "Oppo of " + SECRET.decode()
    exif.get_ifd(GPS_PLACE).update(GPS)
    exif.get_ifd(EXIF_PLACE)[SERIAL] = SECRET.decode()
    return exif


def telling(kind: str, image: Image.Image, orientation: int = 1) -> bytes:
    """The picture with everything that a phone or a person can leave in such a file."""
    exif = telling_exif(orientation)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><p>" + SECRET + b"</p></x:xmpmeta>"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more = {"comment": SECRET} if kind == "JPEG" else {}
    return encoded(image, kind, exif=exif, xmp=xmp, icc_profile=profile, **more) + b"<script>" + SECRET


def shown(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def chunks(webp: bytes) -> list[bytes]:
    """The names of the parts of a WebP file."""
    assert (webp[:4], webp[8:12], struct.unpack("<I", webp[4:8])[0]) == (b"RIFF", b"WEBP", len(webp) - 8)
    names, at = [], 12
    while at < len(webp):
        names.append(webp[at : at + 4])
        at += 8 + struct.unpack("<I", webp[at + 4 : at + 8])[0] // 2 * 2 + webp[at + 4] % 2 * 2
    return names


def refusal(content: bytes) -> str:
    with pytest.raises(NotAPictureError) as refused:
        look_at(content)
    return refused.value.message


@given(
    kind=st.sampled_from(["JPEG", "WEBP", "PNG"]),
    width=st.integers(1, 900),
    height=st.integers(1, 900),
    orientation=st.integers(1, 8),
)
def test_nothing_is_left_of_place_device_and_comments(
    kind: str, width: int, height: int, orientation: int
) -> None:
    sent = telling(kind, drawn(width, height), orientation)
    assert SECRET in sent
    picture = look_at(sent)
    for rendition in (picture.large, picture.small):
        assert chunks(rendition.content) == [b"VP8 "]  # points alone: no EXIF, XMP, ICCP or unknown part
        assert SECRET not in rendition.content
        assert dict(shown(rendition.content).getexif()) == {}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_taken_sideways_stands_upright(orientation: int) -> None:
    upright = Image.new("RGB", (2400, 1800), "white")
    upright.paste("red", (0, 0, 1200, 900))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    lying = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    large = look_at(encoded(lying, "JPEG", exif=telling_exif(orientation))).large
    assert (large.width, large.height) == (LARGE_SIDE, 1200)
    assert_red(shown(large.content).getpixel((200, 150)))
    assert shown(large.content).getpixel((1400, 1100)) == (255, 255, 255)


def assert_red(point: object) -> None:
    assert isinstance(point, tuple)
    red, green, blue = point
    assert red > 200
    assert max(green, blue) < 60


@pytest.mark.parametrize(
    ("width", "height"), [(4000, 3000), (3024, 4032), (1601, 7), (8000, 6000), (30_000, 1)]
)
def test_both_sizes_keep_the_proportions(width: int, height: int) -> None:
    picture = look_at(encoded(Image.new("RGB", (width, height), "green"), "JPEG"))
    for made, side in ((picture.large, LARGE_SIDE), (picture.small, SMALL_SIDE)):
        assert max(made.width, made.height) == side
        assert abs(made.width * height - made.height * width) <= max(width, height)


def test_a_small_picture_is_not_blown_up() -> None:
    assert (look_at(jpeg(64, 48)).large.width, look_at(jpeg(64, 48)).small.width) == (64, 64)


def test_the_small_size_keeps_within_its_aim_even_for_a_picture_full_of_detail() -> None:
    speckled = Image.effect_noise((1600, 1200), 120).convert("RGB")
    small = look_at(encoded(speckled, "JPEG", quality=95)).small
    assert len(small.content) <= SMALL_AIM
    assert small.width == SMALL_SIDE


def test_the_same_bytes_always_give_the_same_hashes() -> None:
    def hashes(picture: Picture) -> tuple[str, str]:
        return picture.large.sha256, picture.small.sha256

    assert hashes(look_at(jpeg())) == hashes(look_at(jpeg()))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("PNG", mode) for mode in ("L", "LA", "P", "RGB", "RGBA", "I;16")),
        *(("JPEG", mode) for mode in ("L", "RGB", "CMYK")),
        *(("WEBP", mode) for mode in ("RGB", "RGBA")),
    ],
)
def test_every_way_of_holding_colour_is_understood(kind: str, mode: str) -> None:
    image = drawn(90, 60).convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = image.point(lambda value: value * 257, "I").convert("I;16")
    large = shown(look_at(encoded(image, kind)).large.content)
    assert (large.mode, large.size) == ("RGB", (90, 60))
    melon, leaf = large.convert("L").getpixel((33, 22)), large.convert("L").getpixel((2, 2))
    assert isinstance(melon, int)
    assert isinstance(leaf, int)
    assert melon > 180  # the lemon melon on a green ground, still lighter
    assert leaf < 140


def test_black_and_white_is_understood() -> None:
    assert look_at(encoded(drawn(90, 60, mode="1"), "PNG")).large.width == 90


def test_what_is_see_through_lies_on_white_paper() -> None:
    large = look_at(encoded(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")).large
    assert shown(large.content).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "MPO"])
def test_of_a_picture_that_moves_the_first_frame_is_kept(kind: str) -> None:
    first, second = Image.new("RGB", (40, 40), "red"), Image.new("RGB", (40, 40), "blue")
    sent = encoded(first, kind, save_all=True, append_images=[second], duration=100)
    picture = look_at(sent)
    assert_red(shown(picture.large.content).getpixel((20, 20)))
    assert chunks(picture.large.content) == [b"VP8 "]


@pytest.mark.parametrize("side", [5_000, 7_300, 20_000, 65_000])
def test_a_decompression_bomb_is_refused_before_it_goes_off(side: int) -> None:
    assert "million points" in refusal(bomb(side))


def test_a_photo_of_fifty_megapixels_is_taken() -> None:
    large = look_at(encoded(Image.new("L", (8160, 6120), "green"), "JPEG")).large
    assert (large.width, large.height) == (1600, 1200)


def test_an_iphone_photo_is_refused_with_the_way_out() -> None:
    assert "Most Compatible" in refusal(b"\0\0\0\x24ftypheic" + bytes(100))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"This is a text.\n" * 50,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7\n",
        b"GIF89a" + bytes(50),
        b"\xff\xd8\xff\xe0" + b"text named .jpg" * 20,
        encoded(Image.new("RGB", (40, 40)), "GIF"),
        encoded(Image.new("RGB", (40, 40)), "TIFF"),
    ],
    ids=["nothing", "text", "svg", "pdf", "gif head", "jpeg head", "gif", "tiff"],
)
def test_what_is_no_photograph_is_refused(content: bytes) -> None:
    assert "not a photo that can be read" in refusal(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_photograph_is_refused(kind: str) -> None:
    whole = encoded(Image.effect_noise((300, 300), 90).convert("RGB"), kind)
    assert "not a photo that can be read" in refusal(whole[: len(whole) // 2])


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow thinks aloud about damaged EXIF
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@given(seed=st.integers(0, 2**32))
def test_damaged_bytes_give_a_picture_or_a_refusal_and_never_a_crash(kind: str, seed: int) -> None:
    damaged = bytearray(telling(kind, drawn(120, 80), 6))
    chance = random.Random(seed)  # noqa: S311 - damage, not secrets
    for _ in range(chance.randint(1, 12)):
        damaged[chance.randrange(min(len(damaged), chance.choice((60, 700, 10_000))))] = chance.randrange(256)
    with contextlib.suppress(NotAPictureError):
        look_at(bytes(damaged))
