"""Sheets of labels on A4."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.batches.making import batch, harvest, published
from tests.catalogue.making import product
from tests.people import Door, Factory
from tests.records.making import cycle
from trace.codes import rules
from trace.codes.rules import Edge
from trace.kit import shortcodes

LABEL = '<div class="label">'


@given(count=st.integers(1, 1000), edge=st.sampled_from(list(Edge)))
def test_sheets_hold_all_labels_and_only_the_last_is_not_full(count: int, edge: Edge) -> None:
    sheets = rules.sheets(count, edge)
    assert sum(sheets) == count
    assert all(labels == rules.GRIDS[edge].labels for labels in sheets[:-1])
    assert 0 < sheets[-1] <= rules.GRIDS[edge].labels


def test_a_label_says_what_goods_must_say_in_vietnamese(manager: Door) -> None:
    melon = product(manager, name="Dưa lưới ruột cam", lot_prefix="TMD-DL", shelf_life_days=14)
    cut = harvest(manager, cycle_id=cycle(manager, product_id=melon["id"])["id"])["id"]
    made = batch(manager, harvest_id=cut, packed_on="2026-11-10")
    manager.cookies.set("lang", "en")
    page = manager.get(f"/app/batches/{made['id']}/print").text
    label = page.split(LABEL)[1]
    for said in (
        f'src="/b/{made["code"]}/qr.svg"',
        shortcodes.display(made["code"]),
        "Dưa lưới ruột cam",
        "TMD-DL-261110-01",
        "NSX: 10/11/2026",
        "HSD: 24/11/2026",
        "HTX số",
        "Quét mã để xem nguồn gốc",
    ):
        assert said in label
    assert "Print labels" in page


def test_a_batch_that_was_not_packed_carries_the_day_of_its_harvest_and_no_end_that_nobody_knows(
    manager: Door,
) -> None:
    page = manager.get(f"/app/batches/{batch(manager)['id']}/print").text
    assert "NSX: 10/11/2026" in page
    assert "HSD" not in page.split(LABEL)[1]


@pytest.mark.parametrize(
    ("query", "labels", "sheets", "edge"),
    [("", 14, 1, 30), ("?count=1&mm=25", 1, 1, 25), ("?count=25&mm=25", 25, 2, 25), ("?count=35&mm=40", 35, 4, 40)],
)  # fmt: skip
def test_as_many_labels_are_printed_as_were_asked_for(
    manager: Door, query: str, labels: int, sheets: int, edge: int
) -> None:
    page = manager.get(f"/app/batches/{batch(manager)['id']}/print{query}").text
    assert page.count(LABEL) == labels
    assert page.count(f'class="sheet sheet--{edge}"') == sheets
    assert f"{sheets} tờ A4" in page


@pytest.mark.parametrize("query", ["count=0", "count=1001", "count=nhiều", "count=", "count=5&mm=26"])
def test_a_wrong_number_is_named_and_prints_nothing(manager: Door, query: str) -> None:
    answer = manager.get(f"/app/batches/{batch(manager)['id']}/print?{query}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert LABEL not in answer.text


def test_more_labels_than_fruits_are_asked_about(manager: Door) -> None:
    made = batch(manager, pieces=35)
    assert "nhiều hơn 35 quả" in manager.get(f"/app/batches/{made['id']}/print?count=36").text
    assert "nhiều hơn" not in manager.get(f"/app/batches/{made['id']}/print?count=35").text


def test_labels_of_a_draft_say_so_on_the_screen(manager: Door) -> None:
    assert "chưa được công bố" in manager.get(f"/app/batches/{batch(manager)['id']}/print").text
    assert "chưa được công bố" not in manager.get(f"/app/batches/{published(manager)['id']}/print").text


def test_labels_are_for_members_of_the_cooperative(make: Factory, manager: Door, stranger: Door) -> None:
    address = f"/app/batches/{batch(manager)['id']}/print"
    assert make.manager().get(address).status_code == 404
    assert stranger.get(address).status_code == 303
