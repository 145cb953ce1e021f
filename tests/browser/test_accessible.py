"""Nobody is shut out: every page there is, and every form that went wrong, is looked at by machine."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.conftest import DESKTOP, PHONE, Site
from tests.browser.walking import Things, addresses, live_in, sign_in, speak_english, visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]

NARROW: Final = {"width": 320, "height": 640}  # WCAG 1.4.10: no second direction to scroll in
_LEVEL_AA: Final = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_CONTRAST: Final = {"type": "rule", "values": ["color-contrast"]}
_AXE: Final = """only => axe.run({runOnly: only, resultTypes: ["violations"]}).then(({violations}) =>
    violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) => `${id}, ${target}: ${failureSummary}`)))"""
_SCROLLS: Final = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
_FORMS: Final = "form[method=post]:has(:is(input:not([type=radio]), select, textarea)[required])"
_SEND_EMPTY: Final = """form => {
    for (const field of form.querySelectorAll("input:not([type=hidden]), textarea, select"))
        if (/^(radio|checkbox)$/.test(field.type)) field.checked = false; else field.value = "";
    form.requestSubmit();
}"""
# An address that says its language is not looked at again in the other one.
_SAYS_ITS_LANGUAGE: Final = re.compile(r"^/(en|b|01|find)\b")


@dataclass
class Walk:
    """What was wrong where."""

    page: Page
    shut_out: dict[str, list[str]] = field(default_factory=dict)
    scrolling: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(AXE_SCRIPT)
        # Without, colours are measured on their way from one to the other.
        self.page.emulate_media(reduced_motion="reduce")
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))

    def _listen(self, said: ConsoleMessage) -> None:
        # Chromium tells of every 4xx, and some pages are looked at for being one.
        if said.type in ("error", "warning") and "status of 4" not in said.text:
            self.complaints.append(f"{self.page.url}: {said.text}")

    def look(self, where: str, *, closely: bool = True) -> None:
        """At the page that is open, on a phone; closely: in the dark and on a desk, too."""
        self._ask(where, _LEVEL_AA)
        if closely:
            self.page.emulate_media(color_scheme="dark")
            self._ask(f"{where} (dark)", _CONTRAST)
            self.page.emulate_media(color_scheme="light")
            self.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
            self._ask(f"{where} (desk)", _LEVEL_AA)
        self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        if self.page.evaluate(_SCROLLS):
            self.scrolling.append(where)
        self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    def _ask(self, where: str, only: dict[str, Any]) -> None:
        if found := self.page.evaluate(_AXE, only):
            self.shut_out[where] = found

    def send_empty_forms(self, where: str, site: Site) -> None:
        """Every form that asks for something is sent without it, and comes back."""
        for nth in range(self.page.locator(_FORMS).count()):
            if nth:
                visit(self.page, f"{site.url}{where}")
            with self.page.expect_navigation() as sent:
                self.page.locator(_FORMS).nth(nth).evaluate(_SEND_EMPTY)
            assert sent.value.status >= 400, f"{where} took an empty form"
            self._ask(f"{where} (empty form {nth})", _LEVEL_AA)


@pytest.fixture(scope="module")
def things(demo: Site, browser: Browser) -> Iterator[Things]:
    with browser.new_context() as context:
        page = context.new_page()
        sign_in(page, demo)
        yield live_in(page, demo)


@pytest.fixture(
    scope="module", params=[(who, tongue) for tongue in ("vi", "en") for who in ("members", "strangers")]
)
def walk(request: pytest.FixtureRequest, demo: Site, browser: Browser, things: Things) -> Iterator[Walk]:
    """Every page for members or for strangers, in one language; in Vietnamese also dark, on a desk and with errors."""
    who, tongue = request.param
    with browser.new_context(viewport=PHONE, locale="vi-VN") as context:  # type: ignore[arg-type]
        walk = Walk(context.new_page())
        if who == "members":
            sign_in(walk.page, demo)
        if tongue == "en":
            speak_english(walk.page, demo)
        seen = set()
        for address in addresses(things, of_members=who == "members"):
            if tongue == "en" and _SAYS_ITS_LANGUAGE.search(address):
                continue
            visit(walk.page, f"{demo.url}{address}")
            if walk.page.url not in seen:
                seen.add(walk.page.url)
                walk.look(address, closely=tongue == "vi")
                if tongue == "vi":
                    walk.send_empty_forms(address, demo)
        assert f"{demo.url}/sign-in" not in seen or who == "strangers"
        yield walk


def test_no_page_shuts_anybody_out(walk: Walk) -> None:
    assert walk.shut_out == {}


def test_no_page_scrolls_sideways_on_a_small_phone(walk: Walk) -> None:
    assert walk.scrolling == []


def test_no_page_complains_to_the_console(walk: Walk) -> None:
    """A violation of the Content-Security-Policy is told there, and an error of a script."""
    assert walk.complaints == []


@pytest.mark.parametrize("tongue", ["vi", "en"])
def test_what_is_shown_only_after_a_form_shuts_nobody_out(
    demo: Site, device: Callable[..., Page], things: Things, tongue: str
) -> None:
    walk = Walk(device())
    page = walk.page
    sign_in(page, demo)
    if tongue == "en":
        speak_english(page, demo)
    member = things["membership_id"][0]
    for form in ("/app/members/invite", f"/app/members/{member}"):
        page.goto(f"{demo.url}{form}")
        page.locator("form[action$=invite], form[action$=reset]").locator("button").click()
        page.locator("#link").wait_for()
        walk.look(form)
    page.goto(f"{demo.url}/app/keys")
    page.locator("[name=name]").fill("Cân điện tử")
    page.locator("[name=scope]").first.check()
    page.locator("form[action$=keys] button").click()
    page.locator("#key").wait_for()
    walk.look("a new key")
    page.goto(f"{demo.url}/app/log/{things['cycle_id'][0]}/harvest")
    page.locator("[name=quantity]").fill("2000000")
    page.locator("form.form button[type=submit]").click()
    page.locator("[name=sure]").wait_for()
    walk.look("a doubt")
    assert (walk.shut_out, walk.scrolling, walk.complaints) == ({}, [], [])
