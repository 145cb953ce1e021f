"""Boxes and pallets: numbered once, never holding more than the batch has, and taken apart before anything else."""

from typing import Any

import pytest
from biip.sscc import Sscc
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from tests.batches.making import batch, hold
from tests.batches.operating import DONE, operation, refused, taken
from tests.batches.test_pages import fields
from tests.people import Door, Factory
from trace.gs1.keys import sscc
from trace.kit.ids import new_id


def box(door: Door, *contents: dict[str, Any], **said: Any) -> Any:
    return door.tell("/boxes", contents=list(contents), happened_at=DONE, **said)


def pallet(door: Door, *boxes: Any) -> Any:
    return door.tell("/pallets", box_ids=[one["id"] for one in boxes], happened_at=DONE)


def apart(door: Door, unit: Any) -> Any:
    return door.tell("/units/take-apart", unit_id=unit["id"], happened_at=DONE, reason="Thùng bị ướt")


def faults(door: Door, path: str, **said: Any) -> Any:
    answer = door.say(path, happened_at=DONE, **said)
    assert answer.status_code == 409, answer.text
    return [(one["field"], one["detail"]) for one in answer.json()["errors"]]


@given(st.integers(7, 12).flatmap(lambda size: st.from_regex(rf"[0-9]{{{size}}}", fullmatch=True)), st.data())
def test_every_number_under_a_prefix_is_another_valid_sscc(prefix: str, data: st.DataObject) -> None:
    last = 10 ** (17 - len(prefix)) - 1
    one, other = (data.draw(st.integers(0, last)) for _ in range(2))
    made, twin = sscc(prefix, one), sscc(prefix, other)
    assert made is not None
    assert (len(made), made[1:].startswith(prefix)) == (18, True)
    assert Sscc.parse(made).check_digit == int(made[-1])
    assert (made == twin) == (one == other)
    assert sscc(prefix, last + 1) is None


def test_a_pallet_says_what_is_in_its_boxes_and_so_does_a_box_taken_off_it(manager: Door) -> None:
    first, second = batch(manager), batch(manager)
    mixed = box(manager, taken(first, "10", 6), taken(second, "2.5"))
    plain = box(manager, taken(first, "10", 6))
    stacked = pallet(manager, mixed, plain)
    assert [(one["box_id"], one["kg"]) for one in stacked["contents"] if one["batch_id"] == first["id"]] == [
        (mixed["id"], "10"),
        (plain["id"], "10"),
    ]
    assert manager.ask(f"/units/{plain['id']}")["pallet_id"] == stacked["id"]
    held = manager.ask("/units", batch=second["id"])["items"]
    assert [one["id"] for one in held] == [stacked["id"], mixed["id"]]

    assert "Hãy dỡ pa-lét" in faults(manager, "/units/take-apart", unit_id=plain["id"], reason="Nhầm")[0][1]
    assert faults(manager, "/pallets", box_ids=[plain["id"]])[0][0] == "box_ids"
    apart(manager, stacked)
    again = pallet(manager, plain)
    off = manager.ask(f"/units/{stacked['id']}")
    assert (len(off["contents"]), off["taken_apart_reason"]) == (3, "Thùng bị ướt")
    assert [len(one["contents"]) for one in manager.ask("/units")["items"]] == [1, 3, 1, 2]
    assert manager.ask(f"/units/{plain['id']}")["pallet_id"] == again["id"]
    assert faults(manager, "/units/take-apart", unit_id=stacked["id"], reason="Nhầm")[0][0] == "unit_id"


def test_boxes_never_hold_more_than_the_batch_has_and_bind_what_they_hold(manager: Door) -> None:
    melon = batch(manager)  # 60 kg, 35 pieces
    full = box(manager, taken(melon, "50", 30))
    assert faults(manager, "/boxes", contents=[taken(melon, "10.001")])[0][0] == "contents.0.kg"
    assert faults(manager, "/boxes", contents=[taken(melon, "5", 6)])[0][0] == "contents.0.pieces"
    split = {"inputs": [taken(melon, "20", 5)], "outputs": [{"kg": "20", "pieces": 5}]}
    field, said = refused(manager, "split", **split)[0]
    assert (field, "50 kg" in said) == ("inputs.0.kg", True)
    maker = manager.ask("/operations", batch=melon["id"])["items"][0]["id"]
    assert refused(manager, "take_back", takes_back_id=maker, reason="Nhầm")[0][0] == "takes_back_id"
    apart(manager, full)
    operation(manager, "split", **split)
    assert faults(manager, "/boxes", contents=[taken(melon, "40.001")])[0][0] == "contents.0.kg"
    assert faults(manager, "/boxes", contents=[taken(melon, "1"), taken(melon, "1")])[0][0] == "contents"
    hold(manager, batch_id=melon["id"])
    assert faults(manager, "/boxes", contents=[taken(melon, "1")])[0][0] == "contents.0.batch_id"


def test_many_equal_boxes_are_packed_at_once_and_each_has_its_own_numbers(manager: Door) -> None:
    melon = batch(manager)  # 60 kg, 35 pieces
    too_many = {"contents": [taken(melon, "5", 3)], "boxes": 12}
    assert faults(manager, "/boxes", **too_many)[0][0] == "contents.0.pieces"
    said = {
        "id": str(new_id()),
        "contents": [taken(melon, "5", 3)],
        "boxes": 11,
        "happened_at": DONE,
    }
    first, again = manager.tell("/boxes", **said), manager.tell("/boxes", **said)
    assert (first["id"], first["packed_with_id"]) == (again["id"], again["id"])
    boxes = manager.ask("/units", packed_with=first["id"])["items"]
    assert len(boxes) == len({one["code"] for one in boxes}) == 11
    assert [one["contents"][0]["kg"] for one in boxes] == ["5"] * 11
    assert faults(manager, "/boxes", contents=[taken(melon, "5.001")])[0][0] == "contents.0.kg"
    assert box(manager, taken(melon, "5", 2))["packed_with_id"] is None


def test_units_are_numbered_under_the_prefix_and_no_number_comes_twice(
    make: Factory, manager: Door, db: Session
) -> None:
    melon = batch(manager)
    plain = box(manager, taken(melon, "1"))
    assert (plain["sscc"], len(plain["code"])) == (None, 8)
    told = {
        "name": "HTX",
        "hotline": "0220 3888 999",
        "commune_code": "11065",
        "gs1_prefix": "952 1234 56",
    }
    assert manager.say("/cooperative", **{**told, "gs1_prefix": "952"}).status_code == 422
    manager.tell("/cooperative", **told)
    said = {"id": str(new_id()), "contents": [taken(melon, "1")], "happened_at": DONE}
    first, repeated = manager.tell("/boxes", **said), manager.tell("/boxes", **said)
    apart(manager, first)
    second = box(manager, taken(melon, "1"), boxes=2)
    both = manager.ask("/units", packed_with=second["id"])["items"]
    assert {one["sscc"] for one in both} == {"095212345600000012", "095212345600000029"}
    assert first["id"] == repeated["id"]
    assert (first["sscc"], second["sscc"]) == ("095212345600000005", "095212345600000012")
    viewer = make.member(manager, "viewer")
    assert viewer.say("/boxes", contents=[taken(melon, "1")], happened_at=DONE).status_code == 403
    theirs = batch(make.manager())
    assert manager.say("/boxes", contents=[taken(theirs, "1")], happened_at=DONE).status_code == 404
    for table in ("logistic_unit", "box_content", "taken_apart"):
        with pytest.raises(DatabaseError, match="append-only"), db.begin_nested():
            db.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names from the line above


def test_boxes_are_packed_stacked_and_taken_apart_on_pages(manager: Door) -> None:
    melon = batch(manager)  # 60 kg, 35 pieces
    assert melon["id"] in manager.get("/app/units/new").text
    form = fields(manager.get(f"/app/units/new?batch={melon['id']}").text)
    wrong = manager.post("/app/units/new", data={**form, "boxes": "13", "contents.0.kg": "5"})
    assert wrong.status_code == 409
    assert 'id="contents.0.kg-error"' in wrong.text
    assert fields(wrong.text)["boxes"] == "13"
    sent = {**form, "boxes": "3", "contents.0.kg": "5", "contents.0.pieces": "2"}
    assert manager.post("/app/units/new", data=sent).status_code == 303
    ids = [one["id"] for one in manager.ask("/units", batch=melon["id"])["items"]]
    choice = manager.get("/app/units/pallet").text
    assert all(f'value="{one}"' in choice for one in ids)
    form = fields(manager.get(f"/app/units/pallet?box={ids[0]}&box={ids[1]}").text)
    answer = manager.post("/app/units/pallet", data={**form, "box_ids": ids[:2]})
    stacked = answer.headers["location"]
    page = manager.get(stacked).text
    assert all(f"/app/units/{one}" in page for one in ids[:2])
    assert f"/app/units/{ids[2]}" not in page
    assert stacked in manager.get(f"/app/units/{ids[0]}").text
    form = fields(page)
    assert manager.post(f"{stacked}/take-apart", data={**form, "reason": ""}).status_code == 422
    assert manager.post(f"{stacked}/take-apart", data={**form, "reason": "Nhầm xe"}).status_code == 303
    assert "Nhầm xe" in manager.get(stacked).text
    assert stacked in manager.get(f"/app/units?batch={melon['id']}").text
