"""A shopper types a code: unknown, unpublished and mistyped are three different pages."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lookup.making import batch, full, published, words
from tests.people import Door
from trace.batches.rules import lot_code
from trace.gs1 import digital_link
from trace.kit import shortcodes
from trace.lookup.rules import ShortCode, TradeItemLot, understood

WELL_FORMED = "7K3M9Q2" + shortcodes.check_character("7K3M9Q2")
MISTYPED = {
    "7K3M*9Qé": ("strange", "Có ký tự không mã nào dùng: * é", "It has characters that no code has: * é"),
    "7K3M": ("short", "Thiếu 4 ký tự", "It is 4 characters too short"),
    WELL_FORMED + "A": ("long", "Thừa 1 ký tự", "It is 1 character too long"),
    "12345678": ("number", "Chỉ toàn chữ số", "It is only digits"),
    WELL_FORMED[:-1] + ("A" if WELL_FORMED[-1] != "A" else "B"): (
        "check",
        "Ký tự kiểm tra không khớp",
        "The check character does not fit",
    ),
}


@pytest.mark.parametrize("typed", MISTYPED)
def test_a_mistyped_code_is_told_what_is_wrong_with_it(stranger: Door, typed: str) -> None:
    kind, vietnamese, english = MISTYPED[typed]
    for path, told in ((f"/b/{quote(typed)}", vietnamese), (f"/en/b/{quote(typed)}", english)):
        page = stranger.get(path)
        assert page.status_code == 404
        assert told in words(page)
        assert f'value="{typed}"' in page.text
        assert '<meta name="robots" content="noindex">' in page.text
    problem = stranger.get(f"/b/{quote(typed)}.json")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
    assert problem.json()["errors"][0]["code"] == kind


@pytest.mark.parametrize("typed", ["TMD-DL-261108-01", "tmd-du-261108-01"])
def test_a_lot_number_in_the_box_is_called_one(stranger: Door, typed: str) -> None:
    page = stranger.get("/find", params={"code": typed})
    assert page.status_code == 404
    assert "Đây có vẻ là số lô" in words(page)
    assert "Thừa" not in words(page)


def test_an_unknown_code_is_not_found(stranger: Door) -> None:
    assert "Không tìm thấy" in words(stranger.get(f"/b/{WELL_FORMED}"))
    page = stranger.get(f"/en/b/{WELL_FORMED}")
    assert page.status_code == 404
    assert f"No batch has the code {shortcodes.display(WELL_FORMED)}" in words(page)
    problem = stranger.get(f"/b/{WELL_FORMED}.json")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
    assert "Không có lô nào mang mã này" in problem.json()["detail"]


def test_a_draft_tells_strangers_nothing_but_that_it_is_one(manager: Door, stranger: Door) -> None:
    made = batch(manager)
    for path, told in ((f"/b/{made['code']}", "Lô chưa công bố"), (f"/en/b/{made['code']}", "not published")):
        page = stranger.get(path)
        assert page.status_code == 404
        assert told in words(page)
        assert made["lot_code"] not in page.text
        assert "Dưa lưới" not in page.text
        assert "HTX" not in page.text
    problem = stranger.get(f"/b/{made['code']}.json")
    assert problem.status_code == 404
    assert "chưa công bố" in problem.json()["detail"]
    assert made["lot_code"] not in problem.text


def test_publishing_shows_the_page_at_once(manager: Door, stranger: Door) -> None:
    made = batch(manager)
    assert stranger.get(f"/b/{made['code']}").status_code == 404
    manager.tell(f"/batches/{made['id']}/publish")
    assert stranger.get(f"/b/{made['code']}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/b/" + "x" * 10_000,
        "/b/%00",
        "/b/%2F",
        "/b/..%2F..%2Fetc",
        "/b/%ff%fe",
        "/b/🍈🍈🍈🍈🍈🍈🍈🍈",
        "/b/",
        "/b/ß",
        "/b/ı",
        "/b/.json",
        "/b/a.json.json",
        "/b/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/en/b/{{7*7}}",
        "/find?code=" + "9" * 10_000,
        "/find?code=%00",
        "/find?code=http://[",
        "/find?code=https://example.org/b/",
        "/find?gtin=%00&lot=%00",
        "/find?gtin=../..&lot=..",
        "/01/%00/10/%00",
        "/01/x",
        "/01/" + "9" * 5_000 + "/10/x",
        "/01/09521234560012/10/" + "x" * 5_000,
        "/01/09521234560012/10/%E1%BB%87",
    ],
)
def test_nonsense_is_answered_kindly(stranger: Door, path: str) -> None:
    answer = stranger.get(path, follow_redirects=True)
    assert answer.status_code in (400, 404)
    assert "<script>alert" not in answer.text
    assert len(answer.content) < 40_000


@given(typed=st.text(max_size=200))
def test_whatever_is_typed_is_read_somehow(typed: str) -> None:
    meant = understood(typed)
    if isinstance(meant, TradeItemLot):
        assert meant.path.isascii()
    else:
        assert len(meant.typed) <= 200


@pytest.mark.parametrize(
    "typed",
    [
        "7k3m-9q2m",
        " 7K3M 9Q2M ",
        "https://trace.example/b/7K3M9Q2M",
        "HTTPS://TRACE.EXAMPLE/B/7K3M9Q2M",
        "trace.example/en/b/7K3M9Q2M?utm_source=zalo#r-3",
        "/b/7K3M9Q2M.json",
        "http://127.0.0.1:8000/b/7K3M9Q2M/qr.svg",
    ],
)
def test_a_whole_address_is_understood(typed: str) -> None:
    meant = understood(typed)
    assert isinstance(meant, ShortCode)
    assert shortcodes.normalise(meant.typed) == "7K3M9Q2M"


def test_a_digital_link_is_understood() -> None:
    meant = understood("https://id.example/01/09521234560012/10/TMD-DL-261108-01?17=261122")
    assert meant == TradeItemLot("09521234560012", "TMD-DL-261108-01")


@pytest.mark.parametrize(
    ("typed", "gtin", "lot"),
    [
        ("9521234560012", "9521234560012", ""),
        (" 9 521234 560012 ", "9521234560012", ""),
        ("(01)09521234560012(10)TMD-DL-261108-01", "09521234560012", "TMD-DL-261108-01"),
        ("]d2010952123456001217261122\x1d10A/1", "09521234560012", "A/1"),
        ("https://id.example/01/09521234560012", "09521234560012", ""),
    ],
)
def test_what_stands_under_a_barcode_is_understood(typed: str, gtin: str, lot: str) -> None:
    assert understood(typed) == TradeItemLot(gtin, lot)


@given(lot=st.from_regex(r"[A-Z0-9]([A-Z0-9.\-]{0,18}[A-Z0-9])?", fullmatch=True))
def test_every_lot_a_cooperative_can_write_comes_back_from_its_address(lot: str) -> None:
    assert lot_code(lot) == lot
    meant = TradeItemLot("9521234560012", lot)
    assert digital_link.read_path(meant.path) == ("", (("01", "09521234560012"), ("10", lot)))
    assert understood(f"https://id.example{meant.path}") == TradeItemLot("09521234560012", lot)


def test_the_box_leads_to_the_page_in_its_language(manager: Door, stranger: Door) -> None:
    code = published(manager)["code"]
    found = stranger.get("/find", params={"code": f"http://testserver/b/{code}"})
    assert (found.status_code, found.headers["location"]) == (303, f"/b/{code}")
    assert stranger.get("/en/find", params={"code": code}).headers["location"] == f"/en/b/{code}"
    assert stranger.get("/find", params={"code": " "}).headers["location"] == "/"
    assert "Thiếu 4 ký tự" in words(stranger.get("/find", params={"code": "7K3M"}))


def test_the_box_leads_nowhere_else(stranger: Door) -> None:
    for typed in ("//evil.example/x", "https://evil.example/01/1/10/../../x", "https://evil.example/"):
        answer = stranger.get("/find", params={"code": typed})
        location = answer.headers.get("location", "/")
        assert location.startswith("/")
        assert not location.startswith("//")


def test_the_json_twin_tells_the_same_facts_to_any_website(manager: Door, stranger: Door) -> None:
    made = full(manager)
    answer = stranger.get(f"/b/{made['code'].lower()}.json", headers={"origin": "https://shop.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    facts = answer.json()
    assert facts["code"] == made["code"]
    assert facts["days_left"] == 14
    assert facts["quantity_kg"] == "60"
    assert facts["place"]["household"] == "TV-07"
    assert facts["missing"] == ["spraying", "fertilising", "certificate", "laboratory"]
    assert [entry["kind"] for entry in facts["timeline"]] == ["harvest"]
    named = {one["name"]: one["value"] for one in facts["timeline"][0]["stated"]}
    assert named["quantity_kg"] == "120"


def test_the_twin_is_described_for_programs(stranger: Door) -> None:
    described = stranger.get("/api/openapi.json").json()
    operation = described["paths"]["/b/{code}.json"]["get"]
    assert operation["operationId"] == "lookup_read_batch"
    assert "BatchFacts" in described["components"]["schemas"]
    assert not [path for path in described["paths"] if path in {"/", "/find", "/b/{code}"}]
