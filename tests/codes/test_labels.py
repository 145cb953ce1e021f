"""What a label says and where it lies, on every sheet and roll: it must be read, whatever its size and its words."""

import io
import re
from typing import Final

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter
from pypdf import PdfReader

from tests.batches.making import batch, harvest
from tests.catalogue.making import product
from tests.people import Door, Factory
from tests.records.making import cycle
from trace.codes import content, dots, sheets, thermal
from trace.codes.designs import DESIGNS, Design, Item
from trace.codes.laying import Laid, lay
from trace.codes.printing import SAMPLE
from trace.codes.sheets import One
from trace.codes.stationery import GRIDS, Stationery
from trace.kit import shortcodes
from trace.kit.paper import width
from trace.kit.qr import alike, matrix

PLAIN: Final[content.Content] = {
    Item.NAME: "Dưa lưới",
    Item.LOT: "TMD-DL-261108-01",
    Item.MADE: "09/11/2026",
    Item.BEST_BEFORE: "23/11/2026",
    Item.WHO: "HTX Tân Minh Đức",
    Item.ADDRESS: "Thôn Côi Hạ, xã Gia Phúc, thành phố Hải Phòng",
    Item.ORIGIN: "Việt Nam",
    Item.QUANTITY: "1 quả, khoảng 1,7 kg",
    Item.STORAGE: "Nơi khô mát, 10–15 °C",
}
# As long as the product takes it: 120 letters each.
LONG: Final[content.Content] = {
    **PLAIN,
    Item.NAME: ("Dưa lưới ruột cam giống Huỳnh Long trồng trong nhà màng theo tiêu chuẩn VietGAP " * 2)[:120],
    Item.WHO: ("Hợp tác xã Dịch vụ Sản xuất và Tiêu thụ Nông sản Sạch Tân Minh Đức " * 2)[:120],
    Item.LOT: "W" * 20,
    Item.STORAGE: ("Nơi khô mát, 10–15 °C; đã cắt thì giữ lạnh và dùng trong hai ngày " * 2)[:120],
}
TEXT: Final = "HTTPS://TXNG.EXAMPLE.VN/B/7K3M9Q2XAB"


def laid_out(design: Design, said: content.Content) -> Laid:
    return lay(design, content.written(said, design), "7K3M9-Q2XAB")


def one_of(design: Design, text: str = TEXT) -> One:
    return One(matrix(text, level="Q" if design.wet else "M"), text, "7K3M9-Q2XAB")


@pytest.mark.parametrize("name", list(DESIGNS))
@pytest.mark.parametrize("turned", [-5, 5])
def test_every_design_is_read_after_blur_jpeg_and_a_turn(name: str, turned: int) -> None:
    design = DESIGNS[name]
    printed = dots.Plate(design, laid_out(design, LONG), dpi=203).printed(one_of(design)).convert("L")
    label = Image.new("L", (printed.width + 40, printed.height + 40), 255)
    label.paste(printed, (20, 20))
    seen = label.rotate(turned, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(1))
    photographed = io.BytesIO()
    seen.save(photographed, "JPEG", quality=50)
    [found] = zxingcpp.read_barcodes(Image.open(photographed))
    assert found.text == TEXT


@pytest.mark.parametrize("said", [PLAIN, LONG], ids=["plain", "long"])
def test_no_word_lies_outside_the_label_or_in_the_margin_of_the_code(said: content.Content) -> None:
    for name, design in DESIGNS.items():
        laid = laid_out(design, said)
        for words in (*laid.words, laid.code):
            right = words.x + width(words.text, words.font, words.size) * 25.4 / 72
            assert words.x >= 0, (name, words)
            assert right <= design.width, (name, words)
            assert 0 < words.y <= design.height, (name, words)
            top = words.y - words.size * 0.74 * 25.4 / 72
            beside = words.x >= laid.square.x + laid.square.edge or top >= laid.square.y + laid.square.edge
            # What reaches below the code's square starts under it; letters have no room of their own there.
            assert beside, (name, words)


@pytest.mark.parametrize("said", [PLAIN, LONG], ids=["plain", "long"])
def test_the_lot_stays_whole_and_the_name_is_the_largest(said: content.Content) -> None:
    for name, design in DESIGNS.items():
        if Item.LOT not in design.items:
            continue
        laid = laid_out(design, said)
        assert said[Item.LOT] in " ".join(one.text for one in laid.words).split(), name
        if Item.NAME in design.items:
            largest = max(one.size for one in laid.words[1:])
            assert laid.words[0].size >= largest, name


def test_what_is_mandatory_is_told_as_printed_behind_the_code_or_unknown() -> None:
    design = DESIGNS["40x30"]
    told = {one.item: one.where.value for one in content.mandatory(PLAIN, laid_out(design, PLAIN), design)}
    assert told[Item.NAME] == told[Item.MADE] == "printed"
    assert told[Item.ADDRESS] == "behind"
    unknown: content.Content = {item: text for item, text in PLAIN.items() if item is not Item.BEST_BEFORE}
    found = content.mandatory(unknown, laid_out(design, unknown), design)
    assert next(one.where for one in found if one.item is Item.BEST_BEFORE) == "unknown"
    assert content.mandatory(PLAIN, laid_out(DESIGNS["20x20"], PLAIN), DESIGNS["20x20"]) == []


@pytest.mark.parametrize("stationery", list(Stationery))
def test_labels_lie_on_the_page_and_not_on_each_other(stationery: Stationery) -> None:
    grid = GRIDS[stationery]
    assert len(stationery.value) <= 20
    assert grid.pitch_x >= grid.label.width or grid.columns == 1
    assert grid.pitch_y >= grid.label.height or grid.rows == 1
    for x, y in grid.places():
        assert -0.01 <= x <= grid.width - grid.label.width + 0.01
        assert -0.01 <= y <= grid.height - grid.label.height + 0.01


def test_a_sheet_begins_where_the_last_one_ended_and_carries_its_own_font() -> None:
    grid = GRIDS[Stationery.TOMY_145]
    texts = [f"HTTPS://TXNG.EXAMPLE.VN/B/{number:010}" for number in range(70)]
    labels = [One(drawn, text, text[-10:]) for text, drawn in zip(texts, alike(texts), strict=True)]
    laid = laid_out(grid.label, PLAIN)
    made = PdfReader(io.BytesIO(sheets.pdf(grid, laid, labels, title="tem", start=61)))
    assert [len(re.findall(r"\d{10}", page.extract_text())) for page in made.pages] == [5, 65]
    page = made.pages[0]
    assert [round(float(edge)) for edge in page.mediabox[2:]] == [595, 842]
    assert "Dưa lưới" in page.extract_text()
    fonts = page["/Resources"]["/Font"]  # type: ignore[index]
    assert fonts
    for font in fonts.values():
        assert "/FontFile2" in font.get_object()["/FontDescriptor"].get_object()


@settings(max_examples=40)
@given(st.text(max_size=40))
def test_no_text_can_command_a_printer(text: str) -> None:
    zpl = thermal.zpl_text(text)
    assert not set(zpl) & set("^~")
    assert not any(one < " " for one in zpl)
    tspl = thermal.tspl_text(text)
    assert '"' not in tspl.replace('\\["]', "")
    assert not any(one < " " for one in tspl)


def bitmap_of(zpl: str) -> Image.Image:
    """Draw what ^GFA says, as a printer would."""
    graphic = re.search(r"\^GFA,(\d+),\d+,(\d+),(.*?)\^FS", zpl, re.DOTALL)
    assert graphic
    wide = int(graphic[2]) * 2
    lines: list[str] = []
    line, times = "", 0
    for sign in graphic[3]:
        if sign == ":":
            lines.append(lines[-1])
        elif "G" <= sign <= "Y":
            times += ord(sign) - ord("G") + 1
        elif "g" <= sign <= "z":
            times += 20 * (ord(sign) - ord("g") + 1)
        elif sign == ",":
            line += "0" * (wide - len(line))
        else:
            line += sign * (times or 1)
            times = 0
        if len(line) == wide:
            lines.append(line)
            line = ""
    return Image.frombytes(
        "1", (wide * 4, len(lines)), bytes(0xFF ^ octet for octet in bytes.fromhex("".join(lines)))
    )


@pytest.mark.parametrize("stationery", [one for one in Stationery if GRIDS[one].is_roll])
def test_rolls_are_read_from_the_dots_of_both_languages(stationery: Stationery) -> None:
    grid = GRIDS[stationery]
    laid, one = laid_out(grid.label, PLAIN), one_of(grid.label)
    zpl = b"".join(thermal.zpl(grid, laid, [one] * (2 * grid.columns), dpi=203, native=False)).decode()
    assert zpl.count("^XA") == 1  # many alike are one row that is printed many times
    assert "^PQ2^XZ" in zpl
    [found] = zxingcpp.read_barcodes(bitmap_of(zpl).convert("L"))
    assert found.text == TEXT
    tspl = b"".join(thermal.tspl(grid, laid, [one], dpi=203, native=False))
    head = re.search(rb"BITMAP \d+,\d+,(\d+),(\d+),0,", tspl)
    assert head
    wide, high = int(head[1]), int(head[2])
    drawn = Image.frombytes("1", (wide * 8, high), tspl[head.end() : head.end() + wide * high])
    [found] = zxingcpp.read_barcodes(drawn.convert("L"))
    assert found.text == TEXT


def test_the_page_shows_a_label_with_what_goods_must_say(manager: Door) -> None:
    melon = product(manager, name="Dưa lưới ruột cam", lot_prefix="TMD-DL", shelf_life_days=14)
    cut = harvest(manager, cycle_id=cycle(manager, product_id=melon["id"])["id"])["id"]
    made = batch(manager, harvest_id=cut, packed_on="2026-11-10")
    manager.cookies.set("lang", "en")
    page = manager.get(f"/app/batches/{made['id']}/print?stationery=roll-50x30").text
    assert 'src="data:image/png;base64,' in page
    assert 'width="189" height="113"' in page  # 50 × 30 mm on a screen
    assert "only on the page behind the code" in page
    assert "nobody has said it yet" in page  # how to keep it
    assert "short address" in page


@pytest.mark.parametrize("query", ["count=0", "count=10001", "count=nhiều", "stationery=a5", "shift_x=99"])
def test_a_wrong_wish_is_named(manager: Door, query: str) -> None:
    answer = manager.get(f"/app/batches/{batch(manager)['id']}/print?{query}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_label_of_a_product_with_a_gtin_carries_its_digital_link_where_it_stays_readable(
    manager: Door,
) -> None:
    melon = product(manager, gtin="09521234560012", lot_prefix="TMD-DL")
    cut = harvest(manager, cycle_id=cycle(manager, product_id=melon["id"])["id"])["id"]
    address = f"/app/batches/{batch(manager, harvest_id=cut)['id']}/print?stationery="
    assert "GS1 Digital Link" in manager.get(address + "avery-l7165").text
    assert "GS1 Digital Link" not in manager.get(address + "roll-20x20").text


def test_labels_are_for_members_of_the_cooperative(make: Factory, manager: Door, stranger: Door) -> None:
    address = f"/app/batches/{batch(manager)['id']}/print"
    assert make.manager().get(address).status_code == 404
    assert stranger.get(address).status_code == 303


def test_the_sample_of_a_preview_is_the_number_of_no_label() -> None:
    assert not shortcodes.examine(SAMPLE, length=shortcodes.SERIAL_LENGTH).valid
