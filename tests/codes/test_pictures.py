"""The QR code of a batch as anybody can fetch it."""

import io
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from tests.batches.making import batch, published
from tests.people import Door
from trace.kit import shortcodes


def opened(door: Door, address: str) -> Image.Image:
    answer = door.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/png"
    return Image.open(io.BytesIO(answer.content))


def decoded(picture: Image.Image) -> str:
    [found] = zxingcpp.read_barcodes(picture)
    return str(found.text)


def test_the_code_leads_a_stranger_to_the_page_of_the_batch(manager: Door, stranger: Door) -> None:
    made = published(manager)
    address = decoded(opened(stranger, f"/b/{made['code']}/qr.png"))
    assert address == f"HTTP://TESTSERVER/B/{made['code']}"
    answer = stranger.get(address.removeprefix("HTTP://TESTSERVER"))
    if answer.is_redirect:
        answer = stranger.get(answer.headers["location"])
    assert answer.status_code == 200
    assert made["lot_code"] in answer.text


def test_a_batch_has_its_code_before_it_is_published(manager: Door, stranger: Door) -> None:
    code = batch(manager)["code"]
    assert decoded(opened(stranger, f"/b/{code}/qr.png")).endswith(code)
    assert stranger.get(f"/b/{code}/qr.svg").status_code == 200


@pytest.mark.parametrize("address", ["/B/{upper}/QR.PNG", "/b/{lower}/qr.png", "/b/{grouped}/qr.png"])
def test_the_code_is_found_however_it_is_written(manager: Door, stranger: Door, address: str) -> None:
    code = batch(manager)["code"]
    written = address.format(upper=code, lower=code.lower(), grouped=shortcodes.display(code))
    assert decoded(opened(stranger, written)).endswith(code)


@pytest.mark.parametrize("code", ["7K3M9Q2M", "x", "0000000000", "%2e%2e", "đ"])
def test_a_code_of_no_batch_has_no_picture(stranger: Door, code: str) -> None:
    for name in ("qr.svg", "qr.png"):
        assert stranger.get(f"/b/{code}/{name}").status_code == 404


def test_the_drawing_is_one_svg_without_a_size_of_its_own(manager: Door, stranger: Door) -> None:
    made = batch(manager)
    answer = stranger.get(f"/b/{made['code']}/qr.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    drawn = ElementTree.fromstring(answer.content)  # noqa: S314 - we drew it ourselves
    assert drawn.get("viewBox") == "0 0 33 33"  # version 2 and four modules of margin on each side
    assert drawn.get("width") is None
    assert shortcodes.display(made["code"]) in answer.text


@pytest.mark.parametrize(
    ("query", "dots"),
    [("", 10), ("?dots=1", 1), ("?dots=40", 40), ("?mm=25&dpi=203", 6), ("?mm=20&dpi=203", 4),
     ("?mm=15&dpi=203", 3), ("?mm=30&dpi=300", 10), ("?mm=100&dpi=600", 40), ("?dots=4&dpi=203", 4)],
)  # fmt: skip
def test_every_module_has_the_same_whole_number_of_dots(
    manager: Door, stranger: Door, query: str, dots: int
) -> None:
    picture = opened(stranger, f"/b/{batch(manager)['code']}/qr.png{query}")
    assert picture.size == (33 * dots, 33 * dots)
    assert picture.mode == "1"


def test_a_picture_made_for_a_printer_says_how_large_it_is(manager: Door, stranger: Door) -> None:
    picture = opened(stranger, f"/b/{batch(manager)['code']}/qr.png?mm=25&dpi=300")
    assert round(picture.info["dpi"][0]) == 300


@pytest.mark.parametrize("turned", [-5, 0, 5])
def test_fifteen_millimetres_from_a_label_printer_survive_wet_and_crooked(
    manager: Door, stranger: Door, turned: int
) -> None:
    made = batch(manager)
    printed = opened(stranger, f"/b/{made['code']}/qr.png?mm=15&dpi=203").convert("L")
    assert printed.width <= 15 * 8  # dots
    label = Image.new("L", (printed.width + 40, printed.height + 40), 255)
    label.paste(printed, (20, 20))
    seen = label.rotate(turned, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(1))
    photographed = io.BytesIO()
    seen.save(photographed, "JPEG", quality=50)
    assert decoded(Image.open(photographed)).endswith(made["code"])


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("dots=0", "dots là số nguyên từ 1 đến 40"),
        ("dots=41", "dots là số nguyên"),
        ("dots=1.5", "dots là số nguyên"),
        ("dots=", "dots là số nguyên"),
        ("mm=nan&dpi=203", "mm là số từ 5 đến 100"),
        ("mm=1e999&dpi=203", "mm là số"),
        ("mm=101&dpi=203", "mm là số"),
        ("mm=25", "dpi=203"),
        ("mm=25&dpi=203&dots=4", "không dùng cả hai"),
        ("mm=5&dpi=72", "không in vừa"),
        ("dpi=100000", "dpi là số nguyên từ 72 đến 600"),
    ],
)
def test_a_size_that_cannot_be_drawn_is_refused_with_the_reason(
    manager: Door, stranger: Door, query: str, said: str
) -> None:
    answer = stranger.get(f"/b/{batch(manager)['code']}/qr.png?{query}")
    assert answer.status_code == 422
    assert said in answer.text


@pytest.mark.parametrize("name", ["qr.svg", "qr.png"])
def test_pictures_are_kept_and_asked_for_again_by_their_tag(manager: Door, stranger: Door, name: str) -> None:
    address = f"/b/{batch(manager)['code']}/{name}"
    first = stranger.get(address)
    assert first.headers["cache-control"] == "public, max-age=604800"
    again = stranger.get(address, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize("name", ["qr.svg", "qr.png"])
def test_a_picture_is_saved_under_the_name_of_its_code(manager: Door, stranger: Door, name: str) -> None:
    code = batch(manager)["code"]
    assert "content-disposition" not in stranger.get(f"/b/{code}/{name}").headers
    saved = stranger.get(f"/b/{code}/{name}?download=1")
    assert saved.headers["content-disposition"] == f'attachment; filename="{name.replace(".", f"-{code}.")}"'
