"""The pages a newcomer meets, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.people import registration

pytestmark = pytest.mark.browser


def test_a_wrong_registration_comes_back_with_what_was_typed(site: Site, device: Callable[..., Page]) -> None:
    page = device()
    page.goto(f"{site.url}/register")
    typed = registration(tax_code="0801234561")
    for name in ("name", "tax_code", "hotline", "manager_name", "phone", "password"):
        page.fill(f"#{name}", typed[name])
    page.click("form button")
    expect(page.locator("#tax_code")).to_have_value("0801234561")
    expect(page.locator("#tax_code")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#name")).to_have_value(typed["name"])
