"""How much a first-time user has to do on a 360 px screen: every tap and every typed character is counted."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site
from tests.browser.walking import Api
from tests.people import registration
from trace.kit.clock import in_vietnam, wall_clock

pytestmark = pytest.mark.browser

_phones = itertools.count(1)  # none of the demo's


@dataclass
class Hand:
    """One thumb: touching a field to write into it is a tap, too."""

    page: Page
    taps: int = 0
    typed: int = 0

    def tap(self, what: Locator) -> None:
        what.click()
        self.taps += 1

    def write(self, field: str, text: str) -> None:
        self.tap(self.page.locator(f"#{field}"))
        self.page.keyboard.type(text)
        self.typed += len(text)

    def home(self, site: Site) -> None:
        self.page.goto(f"{site.url}/app")
        self.taps = self.typed = 0

    def log(self, work: str, plot: str = "") -> None:
        """Ghi, the plot unless it is the one that was written about last, the work."""
        self.tap(self.page.get_by_role("link", name="Ghi", exact=True))
        if plot:
            self.tap(self.page.get_by_role("link", name=plot, exact=True))
        self.tap(
            self.page.get_by_role("navigation", name="Công việc").get_by_role("link", name=work, exact=True)
        )

    def save(self) -> tuple[int, int]:
        self.tap(self.page.get_by_role("button", name="Lưu vào nhật ký"))
        expect(self.page.get_by_role("status")).to_contain_text("nhật ký")
        return self.taps, self.typed


@pytest.fixture
def hand(demo: Site, device: Callable[..., Page]) -> Hand:
    """A grower of a new cooperative with two greenhouses of melons, one of them ripe."""
    page = device(has_touch=True)
    sent = page.request.post(
        f"{demo.url}/register",
        form=registration(phone=f"098{next(_phones):07}"),
        headers={"Origin": demo.url},
        max_redirects=0,
    )
    assert sent.status == 303
    api = Api(page, demo)
    today = in_vietnam(wall_clock()).date()
    area = api.tell("/areas", name="Vùng dưa", commune_code="11065")["id"]
    product = api.tell("/products", name="Dưa lưới ruột cam", crop="Dưa lưới", lot_prefix="DL")["id"]
    for code, days in (("NM-A1", 40), ("NM-A2", 70)):
        plot = api.tell("/plots", code=code, kind="greenhouse", area="1000", area_id=area)["id"]
        planted = str(today - timedelta(days=days))
        api.tell("/cycles", plot_id=plot, product_id=product, name="Vụ này", planted_on=planted)
    return Hand(page)


def test_the_first_spray_fertigation_and_harvest_and_a_repeated_one(demo: Site, hand: Hand) -> None:
    counted = {}
    hand.home(demo)
    hand.log("Bón phân")
    hand.write("fertiliser", "KNO3")
    hand.write("amount", "2,5")
    hand.tap(hand.page.get_by_text("qua nhỏ giọt", exact=True))
    counted["fertigation"] = hand.save()

    hand.home(demo)
    hand.log("Bón phân")
    counted["the same again"] = hand.save()

    hand.home(demo)
    hand.log("Phun thuốc")
    hand.write("trade_name", "Anvil 5SC")
    hand.write("phi_days", "14")
    hand.write("target", "phấn trắng")
    hand.write("amount", "60")
    counted["spray"] = hand.save()

    hand.home(demo)
    hand.log("Thu hoạch", plot="NM-A2")
    hand.write("quantity", "1200")
    counted["harvest"] = hand.save()

    assert counted == {
        "fertigation": (6, 7),
        "the same again": (3, 0),
        "spray": (7, 23),
        "harvest": (5, 4),
    }


def test_yesterdays_work_is_repeated_in_two_taps(demo: Site, hand: Hand) -> None:
    api = Api(hand.page, demo)
    cycle = next(one["id"] for one in api.all("/cycles") if one["plot_code"] == "NM-A1")
    yesterday = (in_vietnam(wall_clock()) - timedelta(days=1)).replace(hour=0, minute=30).isoformat()
    said = {"cycle_id": cycle, "happened_at": yesterday}
    api.tell("/records", kind="irrigation", method="drip", litres="450", **said)
    feeding = {"fertiliser": "KNO3", "amount": "2.5", "unit": "kg", "method": "drip"}
    api.tell("/records", kind="fertilising", **feeding, **said)
    hand.home(demo)
    hand.tap(hand.page.get_by_role("link", name="Như hôm qua"))
    assert hand.save() == (2, 0)
    assert len(api.all(f"/cycles/{cycle}/records")) == 4


def test_every_target_under_the_thumb_is_large_enough(demo: Site, hand: Hand) -> None:
    """48 px, in both directions or in the one that matters for a whole line."""
    cycle = Api(hand.page, demo).all("/cycles")[0]["id"]
    for address in ("/app", "/app/log", f"/app/log/{cycle}/irrigation", f"/app/cycles/{cycle}/calendar"):
        hand.page.goto(f"{demo.url}{address}")
        small = hand.page.evaluate(
            """() => [...document.querySelectorAll("main :is(a, button, summary, .tick, .chips__one)")]
                .filter(one => one.checkVisibility() && !one.closest("p:not(.cluster, .actions), li small"))
                .map(one => [one.textContent.trim().slice(0, 40), one.getBoundingClientRect().height])
                .filter(([, height]) => height < 48)"""
        )
        assert small == [], address
