"""A GS1 Digital Link on a label leads to the page of the batch."""

import pytest

from tests.lookup.making import batch, cycle, full, gtin, harvest, product, words
from tests.people import Door

GTIN13 = gtin("952123456001")


@pytest.mark.parametrize(
    "path",
    [
        f"/01/0{GTIN13}/10/TMD-DL-261110-01",
        f"/01/{GTIN13}/10/TMD-DL-261110-01",
        f"/01/0{GTIN13}/10/tmd-dl-261110-01",
        f"/01/0{GTIN13}/10/TMD%2DDL%2D261110%2D01",
        f"/01/0{GTIN13}/10/TMD-DL-261110-01/21/0042",
    ],
)
def test_product_and_lot_lead_to_the_batch(manager: Door, stranger: Door, path: str) -> None:
    made = full(manager)
    for method in (stranger.get, stranger.head):
        answer = method(path)
        assert (answer.status_code, answer.headers["location"]) == (307, f"/b/{made['code']}")
    assert stranger.get(f"/en{path}").headers["location"] == f"/en/b/{made['code']}"


def test_the_query_goes_along_as_it_came(manager: Door, stranger: Door) -> None:
    made = full(manager)
    query = "17=261122&utm_source=zalo&x=%2f%20+a|b"
    answer = stranger.get(f"/01/{GTIN13}/10/TMD-DL-261110-01?{query}")
    sent = str(answer.request.url).partition("?")[2]
    assert answer.headers["location"] == f"/b/{made['code']}?{sent}"


def test_an_unknown_lot_is_not_found_and_can_be_typed_again(manager: Door, stranger: Door) -> None:
    full(manager)
    page = stranger.get(f"/01/{GTIN13}/10/TMD-DL-261110-02")
    assert page.status_code == 404
    assert "Không tìm thấy lô" in words(page)
    assert 'value="TMD-DL-261110-02"' in page.text
    typed = stranger.get("/find", params={"gtin": f"0{GTIN13}", "lot": " tmd-dl-261110-01 "})
    assert typed.headers["location"] == f"/01/0{GTIN13}/10/tmd-dl-261110-01"


@pytest.mark.parametrize("number", ["9521234560013", "123", "952123456001X", "12345678901234567"])
def test_a_wrong_number_is_refused(stranger: Door, number: str) -> None:
    for path in (f"/01/{number}", f"/01/{number}/10/X"):
        page = stranger.get(path)
        assert page.status_code == 400
        assert "Mã sản phẩm gõ chưa đúng" in words(page)


def test_the_product_number_alone_asks_for_the_lot(manager: Door, stranger: Door) -> None:
    full(manager)
    page = stranger.get(f"/01/{GTIN13}")
    assert page.status_code == 200
    assert "Dưa lưới ruột cam" in words(page)
    assert 'name="lot"' in page.text


def test_a_product_without_a_published_batch_stays_unknown(manager: Door, stranger: Door) -> None:
    sold = product(manager, gtin=gtin("952123456002"))
    batch(manager, harvest_id=harvest(manager, cycle_id=cycle(manager, product_id=sold["id"])["id"])["id"])
    assert stranger.get(f"/01/{gtin('952123456002')}").status_code == 404
    assert stranger.get(f"/01/{gtin('952123456003')}").status_code == 404
