"""The whole job as people do it on their phones: from registering a cooperative to a stranger's scan."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site
from tests.people import tax_code
from trace.demo import pictures
from trace.kit.clock import day_in_vietnam, wall_clock

pytestmark = pytest.mark.browser

COOPERATIVE = "HTX Dưa Trường Tân"
COMMUNE = "xã Trường Tân, TP Hải Phòng"
PASSWORD = "dưa lưới ngọt lành"


@dataclass
class Thumb:
    """One person's finger on a page; it remembers how often it came down."""

    page: Page
    taps: int = 0

    def tap(self, what: Locator) -> None:
        what.click()
        self.taps += 1

    def button(self, name: str) -> None:
        self.tap(self.page.get_by_role("button", name=name, exact=True))

    def link(self, name: str | re.Pattern[str]) -> None:
        self.tap(self.page.get_by_role("link", name=name))

    def menu(self, name: str) -> None:
        self.tap(self.page.get_by_role("navigation", name="Chính").get_by_role("link", name=name, exact=True))

    def write(self, **fields: str) -> None:
        """Fill in fields by their labels, whose spaces are low lines here."""
        for label, text in fields.items():
            self.page.get_by_label(re.compile(f"^{label.replace('_', ' ')}")).fill(text)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "IMG_0001.jpg"
    file.write_bytes(pictures.jpeg("melon"))
    return file


def test_from_a_new_cooperative_to_a_strangers_scan(
    site: Site, device: Callable[..., Page], photo: Path
) -> None:
    manager, member, stranger = Thumb(device()), Thumb(device()), device()
    register(manager, site)
    add_product(manager, photo)
    add_land(manager)
    join(member, invitation(manager))
    open_cycle(member)
    log_work(member, photo)
    lot = make_batch(member)
    address = publish(manager, lot)
    assert address == address.upper()
    assert address.startswith(f"{site.url.upper()}/B/")
    see_as_a_stranger(stranger, address, lot)


def register(thumb: Thumb, site: Site) -> None:
    thumb.page.goto(site.url)
    thumb.link("Đăng ký hợp tác xã")
    right = tax_code(1001)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    thumb.write(
        Tên_hợp_tác_xã=COOPERATIVE,
        Mã_số_thuế=wrong,
        Đường_dây_nóng="0220 3888 999",
        Số_nhà="Thôn Côi Hạ",
        Họ_tên="Nguyễn Văn An",
        Số_điện_thoại="0912 345 678",
        Mật_khẩu=PASSWORD,
    )
    choose_commune(thumb.page)
    expect(thumb.page.get_by_label("Địa chỉ trước 1/7/2025")).to_have_value(re.compile("Phạm Trấn"))
    thumb.button("Đăng ký")
    expect(thumb.page.get_by_role("alert")).to_contain_text("mã số thuế", ignore_case=True)
    expect(thumb.page.get_by_role("combobox", name="Xã, phường")).to_have_value(COMMUNE)
    expect(thumb.page.get_by_label("Họ tên của anh/chị")).to_have_value("Nguyễn Văn An")
    thumb.write(Mã_số_thuế=right, Mật_khẩu=PASSWORD)
    thumb.button("Đăng ký")
    expect(thumb.page.get_by_role("banner")).to_contain_text(COOPERATIVE)


def choose_commune(page: Page) -> None:
    """By its old name, without accents, with the keyboard alone."""
    box = page.get_by_role("combobox", name="Xã, phường hoặc đặc khu")
    box.press_sequentially("pham tran")
    options = page.get_by_role("option")
    expect(options.filter(has_text=COMMUNE)).to_be_visible()
    wanted = next(i for i, text in enumerate(options.all_inner_texts()) if COMMUNE in text)
    for _ in range(wanted + 1):
        box.press("ArrowDown")
    expect(options.nth(wanted)).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(box).to_have_value(COMMUNE)


def add_product(thumb: Thumb, photo: Path) -> None:
    thumb.menu("Thêm")
    thumb.link("Sản phẩm")
    thumb.link("Thêm sản phẩm")
    thumb.write(Tên="Dưa lưới ruột cam", Giống="TL3", Hạn_sử_dụng="-3")
    thumb.page.get_by_label("Ảnh sản phẩm").set_input_files(photo)
    thumb.button("Lưu")
    expect(thumb.page.get_by_role("alert")).to_be_visible()
    expect(thumb.page.get_by_alt_text("Ảnh đang chọn")).to_be_visible()
    expect(thumb.page.get_by_label("Hạn sử dụng")).to_have_value("-3")
    thumb.write(Hạn_sử_dụng="21")
    thumb.button("Lưu")
    expect(thumb.page.get_by_role("status")).to_be_visible()


def add_land(thumb: Thumb) -> None:
    thumb.menu("Thêm")
    thumb.link(re.compile("^Vùng trồng"))
    thumb.link("Thêm vùng trồng")
    thumb.write(Tên="Vùng dưa Trường Tân", Cây_trồng="Dưa lưới", Diện_tích="1,2")
    thumb.page.get_by_label("Đơn vị").select_option("ha")
    choose_commune(thumb.page)
    thumb.button("Lưu")
    thumb.link("Lô thửa")
    thumb.link("Thêm lô thửa")
    thumb.page.get_by_label("Nhà màng").check()
    thumb.write(Mã="NM-A1", Diện_tích="1.000")  # a thousand, or one: nobody guesses
    thumb.button("Lưu")
    expect(thumb.page.get_by_role("alert")).to_contain_text("1000 hoặc 1,000")
    expect(thumb.page.get_by_label("Mã")).to_have_value("NM-A1")
    thumb.write(Diện_tích="1000")
    thumb.button("Lưu")
    expect(thumb.page.get_by_role("main")).to_contain_text("1.000 m²")


def invitation(thumb: Thumb) -> str:
    """The link that the manager reads on the page and sends to the member."""
    thumb.menu("Thêm")
    thumb.link("Thành viên")
    thumb.link("Mời")
    thumb.page.get_by_label("Ghi chép").check()
    thumb.button("Tạo đường dẫn")
    found = re.search(r"http\S+/join/\S+", thumb.page.get_by_label("Tin nhắn để gửi qua Zalo").input_value())
    assert found
    return found[0]


def join(thumb: Thumb, link: str) -> None:
    thumb.page.goto(link)
    expect(thumb.page.get_by_role("heading", name=COOPERATIVE)).to_be_visible()
    thumb.write(Họ_tên="Phạm Thị Bình", Số_điện_thoại="+84 987 654 321", Mật_khẩu=PASSWORD)
    thumb.button("Tham gia")
    expect(thumb.page.get_by_role("banner")).to_contain_text(COOPERATIVE)


def ago(days: int) -> date:
    return day_in_vietnam(wall_clock()) - timedelta(days=days)


def open_cycle(thumb: Thumb) -> None:
    thumb.link("Mở vụ")
    thumb.page.get_by_label("Nhà màng hoặc lô thửa").select_option(label="NM-A1")
    thumb.page.get_by_label("Sản phẩm").select_option(label="Dưa lưới ruột cam")
    thumb.write(Ngày_gieo=ago(82).isoformat(), Ngày_trồng=ago(70).isoformat(), Bao_nhiêu_cây="2000")
    thumb.button("Mở vụ")
    expect(thumb.page.get_by_role("heading", level=1)).to_contain_text("NM-A1")


def log_work(thumb: Thumb, photo: Path) -> None:
    """At most three taps from the home page, the first time and every other."""
    thumb.menu("Hôm nay")
    thumb.taps = 0
    thumb.link("Tưới")
    thumb.tap(thumb.page.get_by_text("nhỏ giọt", exact=True))
    save(thumb)
    assert thumb.taps == 3

    thumb.taps = 0
    thumb.menu("Ghi")
    thumb.link("Tưới")
    save(thumb)
    assert thumb.taps == 3

    thumb.taps = 0
    thumb.menu("Ghi")
    thumb.link("Bón phân")
    thumb.write(Phân_bón="KNO3", Lượng="2,5")
    thumb.page.get_by_label("qua nhỏ giọt").check()
    save(thumb)
    inspect(thumb, photo)


def inspect(thumb: Thumb, photo: Path) -> None:
    page = thumb.page
    thumb.menu("Ghi")
    thumb.link("Kiểm tra")
    page.get_by_label("Ảnh", exact=True).set_input_files(photo)
    thumb.write(Kiểm_tra_gì="Vân lưới")
    thumb.button("Lưu vào nhật ký")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Kiểm tra gì?")).to_have_value("Vân lưới")
    expect(page.get_by_alt_text("Ảnh 1 của mục này")).to_be_visible()
    thumb.write(Thấy_gì="Vân đều, quả nặng tay")
    page.get_by_label("Người mua được xem ảnh của mục này").check()
    save(thumb)


def save(thumb: Thumb) -> None:
    thumb.button("Lưu vào nhật ký")
    expect(thumb.page.get_by_role("status")).to_contain_text("nhật ký")


def make_batch(thumb: Thumb) -> str:
    page = thumb.page
    thumb.menu("Ghi")
    thumb.link("Thu hoạch")
    thumb.write(Thu_được_bao_nhiêu="2640", Số_quả="1520", Độ_ngọt_trung_bình="13,6")
    thumb.button("Lưu vào nhật ký")
    thumb.link("Tạo lô từ thu hoạch này")
    thumb.write(Khối_lượng="1980", Số_quả="một nghìn", Ngày_đóng_gói=ago(0).isoformat())
    lot = page.get_by_label("Số lô").input_value()
    thumb.button("Tạo lô")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Khối lượng")).to_have_value("1980")
    expect(page.get_by_label("Ngày đóng gói")).to_have_value(ago(0).isoformat())
    thumb.write(Số_quả="1140")
    thumb.button("Tạo lô")
    expect(page.get_by_role("heading", name=lot)).to_be_visible()
    expect(page.get_by_role("button", name="Công bố")).to_have_count(0)
    return lot


def publish(thumb: Thumb, lot: str) -> str:
    """What the QR code of the published batch says."""
    thumb.menu("Lô")
    thumb.link(lot)
    thumb.button("Công bố")
    expect(thumb.page.get_by_role("status")).to_be_visible()
    with thumb.page.expect_download() as saved:
        thumb.link("PNG")
    picture = Image.open(io.BytesIO(saved.value.path().read_bytes()))
    [found] = zxingcpp.read_barcodes(picture)
    return str(found.text)


def see_as_a_stranger(page: Page, address: str, lot: str) -> None:
    page.goto(address)
    today = ago(0)
    expect(page.get_by_role("banner")).to_contain_text("Mã hợp lệ")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dưa lưới ruột cam")
    main = page.get_by_role("main")
    for said in (COOPERATIVE, COMMUNE, "Phạm Trấn", lot, f"{today:%d/%m/%Y}", "1.980 kg", "Vân đều"):
        expect(main).to_contain_text(said)
    for kind in ("Tưới", "Bón phân", "Kiểm tra", "Thu hoạch"):
        expect(page.get_by_role("heading", name=kind, exact=True).first).to_be_visible()
    for private in ("Phạm Thị Bình", "0987", "0912"):
        expect(main).not_to_contain_text(private)
    for shown in (page.get_by_alt_text("Ảnh sản phẩm"), page.get_by_alt_text("Kiểm tra")):
        shown.scroll_into_view_if_needed()
        expect(shown).not_to_have_js_property("naturalWidth", 0)

    page.get_by_role("link", name="English").first.click()
    expect(page).to_have_url(re.compile("/en/b/"))
    expect(page.get_by_role("banner")).to_contain_text("Valid code")
    for said in (COOPERATIVE, lot, "1,980 kg", "Self-declared"):
        expect(main).to_contain_text(said)
    expect(page.get_by_role("heading", name="Harvest", exact=True)).to_be_visible()
