"""What a stranger's phone gets: all of it without a script, little of it, nothing from anybody else."""

import gzip
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import Site
from trace.demo import story

pytestmark = pytest.mark.browser

LINK = "/01/09521234560012/10/TMD-DL-261108-01"
HTML_BYTES, ALL_BYTES, REQUESTS = 14 * 1024, 60 * 1024, 4
_NAME = """() => { const one = document.activeElement;
    return (one.ariaLabel || one.labels?.[0]?.innerText || one.innerText || "").trim(); }"""
_OUTLINED = """() => { const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2; }"""


def test_the_page_is_complete_without_a_script(demo: Site, device: Callable[..., Page]) -> None:
    plain, full = device(java_script_enabled=False), device()
    for page in (plain, full):
        page.goto(f"{demo.url}{LINK}")
    told = plain.get_by_role("main").inner_text()
    assert told == full.get_by_role("main").inner_text()
    for said in ("Dưa lưới ruột cam", "08/11/2026", "xã Trường Tân", "Anvil 5SC", "Thu hoạch: 2.640 kg"):
        assert said in told


def test_the_page_is_small_and_asks_nobody_else(demo: Site, device: Callable[..., Page]) -> None:
    page = device()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{demo.url}{LINK}", wait_until="networkidle")
    answers = [one for one in answers if one.status == 200]
    assert {urlsplit(one.url).netloc for one in answers} == {urlsplit(demo.url).netloc}
    assert len(answers) <= REQUESTS
    html, *others = [one.body() for one in answers]
    assert len(gzip.compress(html)) <= HTML_BYTES
    assert len(gzip.compress(html)) + sum(map(len, others)) <= ALL_BYTES


def test_a_photograph_further_down_waits_until_it_is_seen(demo: Site, device: Callable[..., Page]) -> None:
    page = device()
    page.goto(f"{demo.url}{LINK}")
    bee = page.get_by_alt_text("Thụ phấn")
    expect(bee).to_have_js_property("naturalWidth", 0)
    bee.scroll_into_view_if_needed()
    expect(bee).not_to_have_js_property("naturalWidth", 0)


@pytest.mark.parametrize("address", [LINK, "/", "/b/7K3M9Q2M", "/sign-in"])
def test_the_first_key_skips_to_the_content_and_every_stop_is_seen(
    demo: Site, device: Callable[..., Page], address: str
) -> None:
    page = device()
    page.goto(f"{demo.url}{address}")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến thẳng nội dung")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    for _ in range(page.locator("main :is(a, button, input:not([type=hidden]))").count()):
        page.keyboard.press("Tab")
        assert page.evaluate(_OUTLINED), page.evaluate(_NAME)


def test_a_record_is_written_with_the_keyboard_alone(demo: Site, device: Callable[..., Page]) -> None:
    page = device()
    page.goto(demo.url)
    press_on(page, "Đăng nhập")
    go_to(page, "Số điện thoại")
    page.keyboard.type(story.MANAGER[1])
    go_to(page, "Mật khẩu")
    page.keyboard.type(story.PASSWORD)
    press_on(page, "Đăng nhập")
    press_on(page, "Ghi")
    press_on(page, "Tưới")
    go_to(page, "nhỏ giọt")
    page.keyboard.press("Space")
    go_to(page, "Lượng nước")
    page.keyboard.type("450")
    press_on(page, "Lưu vào nhật ký")
    expect(page.get_by_role("status")).to_contain_text("nhật ký")
    expect(page.get_by_role("main")).to_contain_text("450 lít")


def press_on(page: Page, name: str) -> None:
    go_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def go_to(page: Page, name: str) -> None:
    """Press Tab until the thing of this name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(_NAME).startswith(name):
            return
    raise AssertionError(f"Tab never reaches {name}")
