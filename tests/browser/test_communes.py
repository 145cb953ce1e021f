"""The commune is found while its name is typed, by thumb and by keyboard, and without JavaScript too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.people import registration

pytestmark = pytest.mark.browser


def typed_into(page: Page, site: Site) -> dict[str, str]:
    """The form, filled in except for the commune."""
    page.goto(f"{site.url}/register")
    typed = registration()
    for name in ("name", "tax_code", "hotline", "manager_name", "phone", "password"):
        page.fill(f"#{name}", typed[name])
    return typed


def test_an_old_name_typed_without_marks_is_chosen_by_keyboard(
    site: Site, device: Callable[..., Page]
) -> None:
    page = device()
    typed_into(page, site)
    field = page.get_by_role("combobox")
    field.press_sequentially("pham tran")
    expect(page.get_by_role("option")).to_contain_text("trước 1/7/2025: xã Phạm Trấn")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "commune-list-0")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    field.press("Enter")
    expect(field).to_have_value("xã Trường Tân, TP Hải Phòng")
    expect(page.locator("#former_label")).to_have_value("xã Phạm Trấn, huyện Gia Lộc, tỉnh Hải Dương")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.click("form button[type=submit]")
    expect(page).to_have_url(f"{site.url}/app")


def test_a_thumb_chooses_and_a_changed_text_is_not_taken_for_the_choice(
    site: Site, device: Callable[..., Page]
) -> None:
    page = device(has_touch=True)
    typed_into(page, site)
    field = page.get_by_role("combobox")
    field.press_sequentially("cam giang")
    page.get_by_role("option", name="xã Cẩm Giang, TP Hải Phòng").tap()
    code = page.locator("input[name=commune_code]")
    expect(code).to_have_value("10888")
    field.press("Backspace")
    expect(code).to_have_value("")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_without_javascript_the_server_shows_a_list_to_choose_from(
    site: Site, device: Callable[..., Page]
) -> None:
    page = device(java_script_enabled=False)
    typed_into(page, site)
    password = page.input_value("#password")
    page.fill("#commune", "truong tan")
    page.click("form button[type=submit]")
    page.get_by_role("radio", name="xã Trường Tân, TP Hải Phòng").check()
    page.fill("#password", password)
    page.click("form button[type=submit]")
    expect(page).to_have_url(f"{site.url}/app")


def test_without_a_signal_the_form_says_how_to_go_on(site: Site, device: Callable[..., Page]) -> None:
    page = device()
    typed_into(page, site)
    page.route("**/api/v1/places**", lambda route: route.abort())
    page.get_by_role("combobox").press_sequentially("truong tan")
    expect(page.get_by_text("Chưa tải được danh sách")).to_be_visible()
