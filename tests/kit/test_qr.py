"""QR codes are the smallest and strongest that the text allows, and can be read after a hard life."""

import io
import re
from xml.etree import ElementTree

import pytest
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from trace.codes.addresses import batch_url
from trace.kit.qr import QUIET_ZONE, Level, Matrix, dots_that_fit, matrix, png, svg
from trace.kit.shortcodes import ALPHABET, check_character

BATCH = "HTTPS://TRACE.EXAMPLE.VN/B/7K3M9Q2M"
LOCAL = "HTTP://127.0.0.1:8000/B/7K3M9Q2M"
LONG_HOST = "HTTPS://TRUYXUAT.HTX-TAN-MINH-DUC.EXAMPLE.COM.VN/B/7K3M9Q2M"
LINK = "HTTPS://VN.EXAMPLE/01/09521234560012/10/TMD-DL-261108-01"
IN_ALPHANUMERIC_MODE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
ONLY_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
LEVELS: list[Level] = ["M", "Q", "H"]

# A busy machine is no fault of the code.
unhurried = settings(deadline=None)
capitals = st.text(alphabet=IN_ALPHANUMERIC_MODE, min_size=1, max_size=120)
printable = st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=120)
codes = st.text(alphabet=ALPHABET, min_size=7, max_size=7).map(lambda body: body + check_character(body))
hosts = st.sampled_from(
    ["https://trace.example.vn", "http://127.0.0.1:8000", "https://truyxuat.htx-tan-minh-duc.example.com.vn"]
)


def read(picture: Image.Image) -> zxingcpp.Barcode | None:
    return zxingcpp.read_barcode(picture, formats=ONLY_QR)


def parsed(drawn: str | bytes) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 - we drew it ourselves


def opened(drawn: bytes) -> Image.Image:
    return Image.open(io.BytesIO(drawn))


# --- the matrix ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "level", "version"),
    [(38, "M", 2), (39, "M", 3), (61, "M", 3), (62, "M", 4), (90, "M", 4), (91, "M", 5),
     (29, "Q", 2), (30, "Q", 3), (47, "Q", 3), (67, "Q", 4), (20, "H", 2), (35, "H", 3)],
)  # fmt: skip
def test_capitals_fill_a_version_up_to_its_alphanumeric_capacity(
    length: int, level: Level, version: int
) -> None:
    assert matrix("A" * length, level=level).version == version


@pytest.mark.parametrize(("length", "version"), [(26, 2), (42, 3), (62, 4), (63, 5)])
def test_small_letters_fill_a_version_up_to_its_byte_capacity(length: int, version: int) -> None:
    assert matrix("a" * length).version == version


@unhurried
@given(text=printable)
@example(text=BATCH.lower())
@example(text=LINK.lower())
def test_capitals_never_need_a_larger_code_than_small_letters(text: str) -> None:
    assert matrix(text.upper()).version <= matrix(text.lower()).version


def test_capitals_make_the_code_of_a_batch_page_smaller() -> None:
    assert (matrix(BATCH).version, matrix(BATCH.lower()).version) == (2, 3)
    assert (matrix(LINK).version, matrix(LINK.lower()).version) == (3, 4)


@unhurried
@given(text=capitals)
@example(text="HTTPS://X/" + "0" * 24 + "/B/1")
def test_text_fit_for_alphanumeric_mode_never_falls_back_to_bytes(text: str) -> None:
    """Header of 4 + 9 bits, 11 bits a pair; the codewords of versions 1 to 9 at level M."""
    bits = 13 + len(text) // 2 * 11 + len(text) % 2 * 6
    capacity = [16, 28, 44, 64, 86, 108, 124, 154, 182]
    smallest = next(version for version, words in enumerate(capacity, start=1) if bits <= words * 8)
    assert matrix(text).version <= smallest


@unhurried
@given(text=st.one_of(capitals, printable), level=st.sampled_from(LEVELS))
def test_the_level_is_raised_only_as_far_as_it_costs_no_room(text: str, level: Level) -> None:
    made = matrix(text, level=level)
    assert LEVELS.index(made.level) >= LEVELS.index(level)
    stronger = LEVELS[LEVELS.index(made.level) + 1 :]
    assert all(matrix(text, level=name).version > made.version for name in stronger)
    assert matrix(text, level=made.level) == made


def test_a_short_address_gets_a_stronger_code_of_the_same_size() -> None:
    short = matrix("HTTPS://HTX.VN/B/7K3M9Q2M")
    longer = matrix(BATCH)
    assert (short.version, short.level) == (2, "Q")
    assert (longer.version, longer.level) == (2, "M")


@unhurried
@given(text=st.one_of(capitals, printable))
def test_the_modules_are_square_and_read_back_as_the_text(text: str) -> None:
    made = matrix(text)
    assert {len(row) for row in made.rows} == {len(made.rows)} == {17 + 4 * made.version}
    found = read(opened(png(made, dots_per_module=4)))
    assert found is not None
    assert (found.text, found.ec_level) == (text, made.level)
    assert found.symbology_identifier == "]Q1"


@pytest.mark.parametrize("text", ["", "Xã Trường Tân", "\N{ZERO WIDTH SPACE}"])
def test_what_a_decoder_would_have_to_guess_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        matrix(text)


@pytest.mark.parametrize("text", ["A" * 4000, "a" * 3000])
def test_a_text_too_long_for_any_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="too long"):
        matrix(text)


# --- the pictures -------------------------------------------------------------------------------------


def modules_of(picture: Image.Image, *, dots: int) -> list[list[bool]]:
    """What the picture shows, one dot from every module, margin included."""
    grey = picture.convert("L")
    middles = range(dots // 2, grey.width, dots)
    return [[grey.getpixel((x, y)) == 0 for x in middles] for y in middles]


def with_margin(made: Matrix) -> list[list[bool]]:
    empty = [[False] * made.side for _ in range(QUIET_ZONE)]
    edge = [False] * QUIET_ZONE
    return [*empty, *([*edge, *row, *edge] for row in made.rows), *empty]


@pytest.mark.parametrize("dots", [1, 3, 4, 10])
def test_a_png_has_one_bit_a_dot_whole_dots_a_module_and_four_modules_of_margin(dots: int) -> None:
    made = matrix(BATCH)
    picture = opened(png(made, dots_per_module=dots))
    assert (picture.mode, picture.size) == ("1", (made.side * dots, made.side * dots))
    assert modules_of(picture, dots=dots) == with_margin(made)
    assert set(picture.convert("L").tobytes()) == {0, 255}
    assert "dpi" not in picture.info


@pytest.mark.parametrize(("dpi", "written"), [(203, 203.2), (300, 300), (600, 600)])
def test_a_png_says_how_large_it_is_meant_to_be(dpi: int, written: float) -> None:
    picture = opened(png(matrix(BATCH), dots_per_module=4, dpi=dpi))
    assert picture.info["dpi"] == pytest.approx((written, written), abs=0.02)


def test_a_module_of_no_dots_is_refused() -> None:
    with pytest.raises(ValueError, match="whole dot"):
        png(matrix(BATCH), dots_per_module=0)


def drawn_by(path: str, *, side: int) -> list[list[bool]]:
    """Our own small reading of the path: rectangles of one module's height."""
    cells = [[False] * side for _ in range(side)]
    rectangle = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")
    assert rectangle.sub("", path) == ""
    for x, y, there, back in (map(int, found) for found in rectangle.findall(path)):
        assert there == back
        for column in range(x, x + there):
            assert not cells[y][column]
            cells[y][column] = True
    return cells


@unhurried
@given(text=capitals)
@example(text=BATCH)
def test_the_svg_path_draws_exactly_the_modules(text: str) -> None:
    made = matrix(text)
    picture = parsed(svg(made, title="QR"))
    (path,) = picture.findall("{*}path")
    assert picture.get("viewBox") == f"0 0 {made.side} {made.side}"
    assert drawn_by(path.get("d", ""), side=made.side) == with_margin(made)


def test_the_svg_is_light_under_the_code_crisp_and_free_of_styles_and_sizes() -> None:
    made = matrix(BATCH)
    drawn = svg(made, title="QR")
    picture = parsed(drawn)
    assert [child.tag.rpartition("}")[2] for child in picture] == ["title", "rect", "path"]
    ground = picture[1]
    assert (ground.get("fill"), ground.get("width"), ground.get("height")) == ("#fff", "33", "33")
    assert (picture.get("shape-rendering"), picture.get("role")) == ("crispEdges", "img")
    assert picture.get("width") is None
    assert "style" not in drawn


@unhurried
@given(title=st.text(max_size=60))
@example(title='<script>alert("1")</script> & ]]>')
@example(title="\x00\x0b\ud800\uffff Lô\r\nTMD\t01")
def test_any_title_gives_valid_xml_and_stays_text(title: str) -> None:
    drawn = svg(matrix("7"), title=title).encode()
    (found,) = parsed(drawn).findall("{*}title")
    assert len(found) == 0
    if title.isprintable() and title.isascii():
        assert (found.text or "") == " ".join(title.split())


def test_a_vietnamese_title_is_kept() -> None:
    assert "<title>Lô TMD-DL-261108-01 của HTX Tân Minh Đức</title>" in svg(
        matrix(BATCH), title="Lô TMD-DL-261108-01 của HTX Tân Minh Đức"
    )


# --- sizes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("millimetres", "dpi", "dots"),
    [(15, 203, 3), (16.4, 203, 3), (16.5, 203, 4), (20, 203, 4), (15, 300, 5), (15, 600, 10), (4, 203, 0)],
)
def test_the_dots_are_the_most_that_fit_with_the_margin(millimetres: float, dpi: int, dots: int) -> None:
    """Version 2 is 25 modules, 33 with the margin: at four dots of an eighth of a millimetre, 16.5 mm."""
    assert dots_that_fit(matrix(BATCH), millimetres=millimetres, dpi=dpi) == dots


@unhurried
@given(text=capitals, millimetres=st.integers(5, 100), dpi=st.sampled_from([203, 300, 600]))
def test_one_dot_more_would_not_fit(text: str, millimetres: int, dpi: int) -> None:
    made = matrix(text)
    dots = dots_that_fit(made, millimetres=millimetres, dpi=dpi)
    per_millimetre = 8 if dpi == 203 else dpi / 25.4
    assert dots * made.side / per_millimetre <= millimetres < (dots + 1) * made.side / per_millimetre


# --- the gate: a label that has been through something ------------------------------------------------


def label(made: Matrix, *, millimetres: float, dpi: int) -> Image.Image:
    """A roll label of 50 × 30 mm as the printer gets it, the code in the middle at whole dots."""
    dots = dots_that_fit(made, millimetres=millimetres, dpi=dpi)
    code = opened(png(made, dots_per_module=dots))
    paper = Image.new("L", (400, 240), 255)
    paper.paste(code.convert("L"), ((400 - code.width) // 2, (240 - code.height) // 2))
    return paper


def worn(picture: Image.Image, *, degrees: float) -> Image.Image:
    turned = picture.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    output = io.BytesIO()
    turned.filter(ImageFilter.GaussianBlur(1)).save(output, "JPEG", quality=50)
    return opened(output.getvalue())


@pytest.mark.parametrize("degrees", [-5, 0, 5])
@pytest.mark.parametrize("text", [BATCH, LOCAL, LONG_HOST, LINK])
def test_a_label_of_15_mm_at_203_dpi_is_read_after_blur_tilt_and_compression(
    text: str, degrees: float
) -> None:
    found = read(worn(label(matrix(text), millimetres=15, dpi=203), degrees=degrees))
    assert found is not None
    assert found.text == text


@unhurried
@given(host=hosts, code=codes, degrees=st.floats(-5, 5))
def test_any_code_on_any_usual_host_passes_the_same_gate(host: str, code: str, degrees: float) -> None:
    text = batch_url(host, code)
    found = read(worn(label(matrix(text), millimetres=15, dpi=203), degrees=degrees))
    assert found is not None
    assert found.text == text
