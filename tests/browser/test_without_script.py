"""Everything a member does works where scripts are blocked, broken or not loaded yet."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.walking import Api, sign_in
from tests.people import tax_code

pytestmark = pytest.mark.browser

PHONE_NUMBER = "0912 345 679"
PASSWORD = "dưa lưới ngọt lành"


def test_a_member_works_without_any_script(site: Site, device: Callable[..., Page]) -> None:
    page = device(java_script_enabled=False)
    register(page, site)
    page.goto(f"{site.url}/app/more")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("status")).to_contain_text("đăng xuất")
    sign_in(page, site, PHONE_NUMBER, PASSWORD)
    open_cycle(page, site)
    log_harvest(page, site)
    make_batch(page)


def register(page: Page, site: Site) -> None:
    """The commune is typed, and chosen from a list on the page that comes back."""
    page.goto(f"{site.url}/register")
    page.get_by_label("Tên hợp tác xã").fill("HTX Không Kịch Bản")
    page.get_by_label("Mã số thuế").fill(tax_code(2002))
    page.get_by_label("Đường dây nóng").fill("0220 3888 999")
    page.get_by_label("Xã, phường hoặc đặc khu").fill("pham tran")
    page.get_by_label("Họ tên của anh/chị").fill("Nguyễn Văn An")
    page.get_by_label("Số điện thoại của anh/chị").fill(PHONE_NUMBER)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng ký").click()
    choice = page.get_by_role("group", name="Là nơi nào trong số này?")
    choice.get_by_label("xã Trường Tân, TP Hải Phòng").check()
    expect(page.get_by_label("Tên hợp tác xã")).to_have_value("HTX Không Kịch Bản")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng ký").click()
    expect(page.get_by_role("banner")).to_contain_text("HTX Không Kịch Bản")


def open_cycle(page: Page, site: Site) -> None:
    """Land and product come by another way; they are forms like any other."""
    api = Api(page, site)
    product = api.tell("/products", name="Dưa lưới ruột cam", lot_prefix="KKB-DL")
    area = api.tell("/areas", name="Vùng dưa", commune_code="11065")
    api.tell("/plots", code="NM-A1", kind="greenhouse", area="1000", area_id=area["id"])
    page.goto(f"{site.url}/app/cycles/new")
    page.get_by_label("Nhà màng hoặc lô thửa").select_option(label="NM-A1")
    page.get_by_label("Sản phẩm").select_option(label=product["name"])
    page.get_by_role("button", name="Mở vụ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("NM-A1")


def log_harvest(page: Page, site: Site) -> None:
    """Too much for so small a house: the page asks, and the tick beside the question is enough."""
    page.goto(f"{site.url}/app")
    page.get_by_role("link", name="Ghi", exact=True).click()
    page.get_by_role("link", name="Thu hoạch").click()
    page.get_by_label("Thu được bao nhiêu?").fill("26400")
    page.get_by_text("Ảnh, ghi chú").click()
    page.get_by_label("Ghi chú").fill("Cân tại nhà sơ chế")
    page.get_by_role("button", name="Lưu vào nhật ký").click()
    expect(page.get_by_label("Thu được bao nhiêu?")).to_have_value("26400")
    expect(page.get_by_label("Ghi chú")).to_have_value("Cân tại nhà sơ chế")
    page.get_by_role("checkbox", name="Tôi đã xem lại").check()
    page.get_by_role("button", name="Lưu vào nhật ký").click()
    expect(page.get_by_role("status")).to_contain_text("nhật ký")


def make_batch(page: Page) -> None:
    page.get_by_role("link", name="Tạo lô từ thu hoạch này").click()
    lot = page.get_by_label("Số lô").input_value()
    page.get_by_label("Khối lượng").fill("1980")
    page.get_by_role("button", name="Tạo lô").click()
    expect(page.get_by_role("heading", name=lot)).to_be_visible()
    page.get_by_role("button", name="Công bố").click()
    page.get_by_role("link", name="Mở trang công khai").click()
    expect(page.get_by_role("banner")).to_contain_text("Mã hợp lệ")
    expect(page.get_by_role("main")).to_contain_text(lot)
