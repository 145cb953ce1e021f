"""The trace as members see it: one screen, in words, and the same through the API."""

from tests.batches.operating import merged
from tests.people import Door


def test_one_screen_says_where_a_batch_came_from_and_why_in_both_languages(manager: Door) -> None:
    mixed = merged(manager, "60", "40")
    page = manager.get(f"/app/trace/batch/{mixed['id']}", headers={"accept-language": "vi"})
    assert page.status_code == 200
    assert '<svg class="sankey"' in page.text
    told = manager.ask(f"/trace/batch/{mixed['id']}")
    batches = [one for one in told["upstream"] if one["kind"] == "batch"]
    assert sorted((one["traced_kg"], one["share"]) for one in batches) == [("40", "2/5"), ("60", "3/5")]
    (why,) = batches[0]["because"]
    assert why["text"].endswith(mixed["lot_code"])
    assert why["text"].startswith(("vì ", "because "))
    assert told["downstream"] == []


def test_everything_is_found_by_what_is_written_on_it(manager: Door) -> None:
    mixed = merged(manager, "60", "40")
    (hit,) = manager.ask("/trace", q=mixed["lot_code"].lower())
    assert (hit["kind"], hit["id"]) == ("batch", mixed["id"])
    assert manager.ask("/trace", q=mixed["code"])[0]["id"] == mixed["id"]
    assert [one["name"] for one in manager.ask("/trace", q="a1") if one["kind"] == "plot"] == ["A1"]
    assert len([one for one in manager.ask("/trace", q="thu dong") if one["kind"] == "cycle"]) == 2
    led = manager.get("/app/trace", params={"q": mixed["lot_code"]})
    assert (led.status_code, led.headers["location"]) == (303, f"/app/trace/batch/{mixed['id']}")
    assert manager.ask("/trace", q="không có gì như thế") == []
