"""A certificate speaks for a batch only where it was valid and in scope at the harvest."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session

from tests.batches.making import batch, harvest, published
from tests.catalogue.making import product
from tests.certificates.making import certificate, claims, withdraw
from tests.conftest import OneConnection
from tests.evidence.making import document
from tests.farms.making import area, plot
from tests.people import Clock, Door
from tests.records.making import cycle

FIRST = date(2026, 11, 2)
ANY_DAY = st.dates(FIRST - timedelta(days=3), FIRST + timedelta(days=7))


@dataclass(frozen=True)
class Crop:
    """A published batch, with everything that a scope may ask about."""

    made: dict[str, Any]
    product: str
    area: str
    plot: str
    day: date
    kg: Decimal


def crops(manager: Door, clock: Clock) -> list[Crop]:
    """Two products, two areas with two plots and one; each batch published an hour after the one before."""
    melons = [product(manager)["id"] for _ in range(2)]
    lands = [area(manager)["id"] for _ in range(2)]
    houses = [(plot(manager, area_id=lands[land])["id"], lands[land]) for land in (0, 0, 1)]
    grown = []
    for number, (melon, (house, land)) in enumerate(
        [*((melons[0], h) for h in houses), (melons[1], houses[0])]
    ):
        day = FIRST + timedelta(days=number)
        crop = cycle(manager, product_id=melon, plot_id=house, sure=True)["id"]
        cut = harvest(manager, cycle_id=crop, happened_at=f"{day}T06:30:00+07:00")
        kg = Decimal(20 + 10 * number)
        made = published(manager, harvest_id=cut["id"], quantity=str(kg), pieces=None)
        grown.append(Crop(made, melon, land, house, day, kg))
        clock.pass_(hours=1)
    return grown


@settings(max_examples=15)
@given(data=st.data())
def _claims_are_what_they_should_be(
    manager: Door, stranger: Door, database: OneConnection, grown: list[Crop], data: st.DataObject
) -> None:
    products = data.draw(st.sets(st.sampled_from(sorted({one.product for one in grown})), max_size=2))
    areas = data.draw(st.sets(st.sampled_from(sorted({one.area for one in grown})), max_size=1))
    plots = data.draw(st.sets(st.sampled_from(sorted({one.plot for one in grown})), max_size=2))
    first, last = sorted((data.draw(ANY_DAY), data.draw(ANY_DAY)))
    limit = data.draw(st.none() | st.decimals(min_value=10, max_value=200, places=0))
    taken_back = data.draw(st.integers(0, 4)) == 0

    def in_scope(one: Crop) -> bool:
        """Written down without a look at the product's own rule."""
        right_product = one.product in products if products else True
        right_place = one.plot in plots or one.area in areas or not (plots or areas)
        return right_product and right_place and first <= one.day <= last

    expected, left = set(), limit
    for one in grown:  # in the order of their publication
        if in_scope(one) and not taken_back and (left is None or one.kg <= left):
            expected.add(one.made["id"])
            left = None if left is None else left - one.kg
    with database.connection.begin_nested() as before:
        made = certificate(
            manager,
            product_ids=sorted(products),
            area_ids=sorted(areas),
            plot_ids=sorted(plots),
            valid_from=str(first),
            valid_to=str(last),
            quantity=str(limit) if limit else None,
        )
        if taken_back:
            withdraw(manager, made)
        told = {one.made["id"] for one in grown if claims(manager, one.made)[made["id"]] == "claimed"}
        shown = set()
        for one in grown:
            public = stranger.get(f"/b/{one.made['code']}.json").json()["certificates"]
            shown |= {one.made["id"] for stated in public if stated["standing"] == "claimed"}
        before.rollback()
    assert told == expected
    assert shown == expected


def test_a_claim_appears_exactly_while_valid_and_in_scope_at_the_harvest(
    manager: Door, stranger: Door, database: OneConnection, clock: Clock
) -> None:
    grown = crops(manager, clock)
    _claims_are_what_they_should_be(manager, stranger, database, grown)


def test_what_does_not_fit_into_the_quantity_is_not_claimed_and_the_manager_reads_why(
    manager: Door, stranger: Door, clock: Clock
) -> None:
    first = published(manager)
    clock.pass_(minutes=1)
    second, draft = published(manager), batch(manager)
    made = certificate(manager, quantity="0.1", unit="ta", kind="organic")  # 10 kg
    assert set(claims(manager, first).values()) == {"used_up"}
    wider = certificate(
        manager, quantity="100", corrects_id=made["id"], correction_reason="Nhầm số", kind="organic"
    )
    assert [claims(manager, one)[wider["id"]] for one in (first, second, draft)] == [
        "claimed",
        "used_up",
        "used_up",
    ]
    assert stranger.get(f"/b/{second['code']}.json").json()["certificates"] == []
    page = manager.get(f"/app/certificates?batch={second['id']}").text
    assert "Sản lượng đã dùng hết cho các lô công bố trước" in page
    assert "không vừa phần còn lại" in manager.get(f"/app/certificates/{wider['id']}").text


def test_an_expired_one_is_shown_as_expired_unless_a_newer_one_covers_the_harvest(
    manager: Door, stranger: Door
) -> None:
    made = published(manager)
    old = certificate(manager, valid_from="2024-01-01", valid_to="2026-11-09")
    page = stranger.get(f"/b/{made['code']}")
    assert "Hết hạn trước lần thu hoạch này" in page.text
    assert claims(manager, made)[old["id"]] == "expired"
    new = certificate(manager, number="VietGAP-0043", valid_from="2026-11-10", valid_to="2028-11-09")
    told = stranger.get(f"/b/{made['code']}.json").json()["certificates"]
    assert [(one["id"], one["standing"]) for one in told] == [(new["id"], "claimed")]


def test_one_that_ended_after_the_harvest_was_valid_then_and_says_that_it_ended(
    manager: Door, stranger: Door, clock: Clock
) -> None:
    made = published(manager)
    certificate(manager, valid_to="2026-11-12")
    clock.pass_(days=3)
    page = stranger.get(f"/b/{made['code']}").text
    assert "Còn hiệu lực khi thu hoạch" in page
    assert "nay đã hết hạn" in page


def test_a_withdrawn_one_is_shown_as_withdrawn_by_the_very_next_request(
    manager: Door, stranger: Door
) -> None:
    made = published(manager)
    stated = certificate(manager)
    before = stranger.get(f"/b/{made['code']}")
    assert "VietGAP-TT-13-2026-0042" in before.text
    withdraw(manager, stated)
    after = stranger.get(f"/b/{made['code']}", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert "Đã bị thu hồi ngày 10/11/2026" in after.text
    assert "Tổ chức chứng nhận đình chỉ" in after.text


def test_a_third_party_speaks_only_through_its_paper(manager: Door, stranger: Door, db: Session) -> None:
    made = published(manager)
    plain = certificate(manager, check_url="https://vietgap.gov.vn/tra-cuu")
    page = stranger.get(f"/b/{made['code']}").text
    assert "HTX khai" in page
    assert "Bên thứ ba" not in page
    assert 'href="https://vietgap.gov.vn/tra-cuu" rel="noopener noreferrer"' in page
    certificate(
        manager,
        document_id=document(manager)["id"],
        corrects_id=plain["id"],
        correction_reason="Thêm bản quét",
    )
    page = stranger.get(f"/b/{made['code']}").text
    assert "Bên thứ ba" in page
    assert "Lý do: Thêm bản quét" in page
    assert db.execute(text("SELECT count(*) FROM certificate")).scalar() == 2
