"""The delivery note, read back from the paper as whoever holds it reads it."""

from typing import Any

import zxingcpp
from PIL import Image, ImageDraw
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from tests.batches.making import batch
from tests.catalogue.making import partner
from tests.people import Door, Factory
from tests.reports.making import pdf, words
from tests.shipments.making import shipment

SCALE = 3
PACKED = {"happened_at": "2026-11-10T07:50:00+07:00"}


def code_on(page: PageObject) -> str:
    """What a scanner reads: the code is drawn as rectangles, so they are drawn again."""
    picture = Image.new("L", (int(page.mediabox.width) * SCALE, int(page.mediabox.height) * SCALE), 255)
    draw = ImageDraw.Draw(picture)
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator == b"re":
            x, y, wide, high = (float(one) * SCALE for one in operands)
            top = picture.height - y - high
            draw.rectangle((x, top, x + wide - 1, top + high - 1), fill=0)
    [found] = zxingcpp.read_barcodes(picture)
    return str(found.text)


def note(door: Door, path: str, language: str = "vi") -> PdfReader:
    door.cookies.set("lang", language)
    return pdf(door.get(f"{path}/note.pdf"))


def test_the_paper_says_what_goes_to_whom_and_its_code_opens_the_answer(make: Factory) -> None:
    manager = make.manager(gs1_prefix="952123456", name="HTX Dưa Một")
    packed = batch(manager)
    content = {"batch_id": packed["id"], "kg": "10.5", "pieces": 6}
    box = manager.tell("/boxes", contents=[content], **PACKED)
    buyer = partner(manager, name="Cửa hàng Phố Bắc", commune_code="11065")["id"]
    how: dict[str, Any] = {"vehicle": "34C-123.45", "temperature": "12.5", "seal": "VN42", "document": "PX-9"}
    sent = shipment(manager, packed["id"], "20", pieces=11, partner_id=buyer, unit_ids=[box["id"]], **how)
    path = f"/app/shipments/{sent['id']}"
    said = words(paper := note(manager, path))
    code = f"{sent['code'][:4]}-{sent['code'][4:]}"
    for one in (
        *("Phiếu giao hàng kiêm xuất xứ", code, "HTX Dưa Một", "Cửa hàng Phố Bắc", "Trường Tân"),
        *("08:00, 10/11/2026", "34C-123.45", "12,5 °C", "VN42", "PX-9"),
        *(
            packed["lot_code"],
            "Thu hoạch: 10/11/2026",
            "30,5",
            "17",
            f"(00) {box['sscc']}",
            "NM-",
            "Việt Nam",
        ),
    ):
        assert one in said
    address = code_on(paper.pages[0])
    assert address == f"HTTP://TESTSERVER/D/{sent['code']}"
    opened = manager.get(address.removeprefix("HTTP://TESTSERVER"))
    assert (opened.status_code, opened.headers["location"]) == (303, path)
    assert "34C-123.45" not in words(note(make.member(manager, "viewer"), path, "en"))
    link = manager.tell("/shipments/link", shipment_id=sent["id"])["address"].removeprefix(
        "http://testserver"
    )
    theirs = note(stranger := make.door(), f"/en{link}")
    assert code_on(theirs.pages[0]) == f"http://testserver/en{link}"
    assert "Delivery note with origin" in words(theirs)
    assert "34C-123.45" not in words(theirs)
    assert stranger.get("/delivery/nothing/note.pdf").status_code == 404
    back = {"happened_at": "2026-11-10T08:10:00+07:00", "reason": "Nhầm khách"}
    manager.tell("/operations", kind="take_back", takes_back_id=sent["id"], **back)
    assert "Đã hủy" in words(pdf(manager.get(f"/api/v1/shipments/{sent['id']}/note.pdf")))


def test_long_names_wrap_and_many_lines_go_on_below_the_same_head(make: Factory) -> None:
    name = "Hợp tác xã Dịch vụ Nông nghiệp Tổng hợp và Tiêu thụ Nông sản An toàn Công nghệ cao Trường Tân Hải Phòng"
    manager = make.manager(name=name)
    packed = batch(manager)["id"]
    content = {"batch_id": packed, "kg": "1", "pieces": 1}
    boxes = [manager.tell("/boxes", contents=[content], **PACKED) for _ in range(32)]
    buyer = partner(manager, name=f"Công ty {'Rauquả' * 18}")["id"]
    sent = shipment(manager, packed, "2", partner_id=buyer, unit_ids=[one["id"] for one in boxes])
    paper = note(manager, f"/app/shipments/{sent['id']}")
    first, second = (" ".join(page.extract_text().split()) for page in paper.pages)
    assert name in first
    assert "Rauquả" * 18 in first.replace(" ", "")
    for page, number in ((first, 1), (second, 2)):
        assert "Trong kiện" in page
        assert f"trang {number}/2" in page
        assert f"{sent['code'][:4]}-{sent['code'][4:]}" in page
    for one in boxes:
        assert f"{one['code'][:4]}-{one['code'][4:]}" in first + second
    assert second.endswith("Bên nhận") or "Bên nhận giờ" in second
