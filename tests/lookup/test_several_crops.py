"""A batch of several crops tells of each: its share, its diary, and whatever is wrong with one of them."""

import re
from typing import Any

from sqlalchemy import Engine

from tests.batches.making import batch, harvest, retract
from tests.batches.operating import made, operation, whole
from tests.catalogue.making import product
from tests.evidence.making import photo
from tests.farms.making import household, plot
from tests.people import Door
from tests.records.making import cycle, record
from tests.statements import counted

FIRST = {"happened_at": "2026-11-01T07:00:00+07:00", "trade_name": "Anvil 5SC", "phi_days": 3}


def grown(door: Door, code: str, kg: str, melon: str) -> Any:
    """A harvest of one greenhouse with a household of its own."""
    home = household(door, code=f"TV-{code}")["id"]
    crop = cycle(door, plot_id=plot(door, code=code, household_id=home)["id"], product_id=melon)
    return harvest(door, cycle_id=crop["id"], quantity=kg, pieces=None)


def merged(door: Door, cuts: list[Any], *kilograms: str) -> Any:
    """One batch of all of these harvests."""
    parts = [
        batch(door, harvest_id=cut["id"], quantity=kg, pieces=None)
        for cut, kg in zip(cuts, kilograms, strict=True)
    ]
    done = operation(door, "merge", inputs=[whole(one) for one in parts], outputs=[{"kg": "100"}])
    return made(door, done)[0]


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_it_says_how_much_of_it_grew_where_and_shows_both_diaries(manager: Door, stranger: Door) -> None:
    melon = product(manager)["id"]
    cuts = [grown(manager, "A1", "62", melon), grown(manager, "A2", "38", melon)]
    record(manager, "spraying", cycle_id=cuts[1]["cycle_id"], **FIRST)
    picture = photo(manager)["id"]
    record(
        manager, "other", cycle_id=cuts[1]["cycle_id"], photo_ids=[picture], photos_public=True, what="Tỉa"
    )
    one = merged(manager, cuts, "62", "38")
    manager.tell(f"/batches/{one['id']}/publish")
    facts = stranger.get(f"/b/{one['code']}.json").json()
    assert (facts["place"], facts["cycle"]) == (None, None)
    assert [(part["plot"], part["share"], part["percent"]) for part in facts["plots"]] == [
        ("A1", "31/50", 62),
        ("A2", "19/50", 38),
    ]
    assert [part["place"]["household"] for part in facts["origins"]] == ["TV-A1", "TV-A2"]
    assert {(entry["kind"], entry["plot"]) for entry in facts["timeline"]} == {
        ("harvest", "A1"),
        ("harvest", "A2"),
        ("spraying", "A2"),
        ("other", "A2"),
    }
    assert facts["interval"] == "kept"
    assert "spraying" in facts["missing"]  # nobody wrote any down for A1
    page = words(stranger.get(f"/b/{one['code']}").text)
    assert "62 % A1 , 38 % A2" in page
    assert "Nhật ký các vụ" in page
    assert stranger.get(f"/b/{one['code']}/photos/{picture}/small.webp").status_code == 200
    assert stranger.get(f"/en/b/{one['code']}").status_code == 200


def test_two_harvests_of_one_crop_are_of_one_place(manager: Door, stranger: Door) -> None:
    melon = product(manager)["id"]
    first = grown(manager, "A1", "60", melon)
    second = harvest(manager, cycle_id=first["cycle_id"], quantity="40", pieces=None)
    one = merged(manager, [first, second], "60", "40")
    manager.tell(f"/batches/{one['id']}/publish")
    facts = stranger.get(f"/b/{one['code']}.json").json()
    assert facts["place"]["plot"] == "A1"
    assert [part["share"] for part in facts["origins"]] == ["3/5", "2/5"]
    assert len(facts["timeline"]) == 2


def test_a_hold_and_a_harvest_taken_back_in_one_crop_are_said_first(manager: Door, stranger: Door) -> None:
    melon = product(manager)["id"]
    cuts = [grown(manager, "A1", "62", melon), grown(manager, "A2", "38", melon)]
    one = merged(manager, cuts, "62", "38")
    manager.tell(f"/batches/{one['id']}/publish")
    assert "band--ok" in stranger.get(f"/b/{one['code']}").text
    retract(manager, cuts[1])
    facts = stranger.get(f"/b/{one['code']}.json").json()
    assert facts["harvest_entry"] == "retracted"
    assert "band--late" in stranger.get(f"/b/{one['code']}").text
    manager.tell("/holds", cycle_id=cuts[0]["cycle_id"], reason="Chờ kết quả kiểm nghiệm")
    assert stranger.get(f"/b/{one['code']}.json").json()["on_hold"] is True
    assert "band--hold" in stranger.get(f"/b/{one['code']}").text


def test_a_harvest_let_go_early_shows_in_what_it_was_merged_into(manager: Door, stranger: Door) -> None:
    melon = product(manager)["id"]
    cuts = [grown(manager, "A1", "62", melon), grown(manager, "A2", "38", melon)]
    one = merged(manager, cuts, "62", "38")
    manager.tell(f"/batches/{one['id']}/publish")
    late = {**FIRST, "happened_at": "2026-11-08T07:00:00+07:00", "phi_days": 14, "sure": True}
    record(manager, "spraying", cycle_id=cuts[1]["cycle_id"], **late)
    facts = stranger.get(f"/b/{one['code']}.json").json()
    assert (facts["interval"], facts["harvest_due_from"]) == ("broken", "2026-11-22")
    assert [part["interval"] for part in facts["origins"]] == ["no spraying", "broken"]
    assert "22/11/2026" in words(stranger.get(f"/b/{one['code']}").text)


def test_what_is_split_of_a_batch_of_one_crop_reads_like_it(manager: Door, stranger: Door) -> None:
    whole_one = batch(manager)
    part = made(
        manager,
        operation(
            manager,
            "split",
            inputs=[{"batch_id": whole_one["id"], "kg": "20", "pieces": 12}],
            outputs=[{"kg": "20", "pieces": 12}],
        ),
    )[0]
    manager.tell(f"/batches/{part['id']}/publish")
    facts = stranger.get(f"/b/{part['code']}.json").json()
    assert (facts["quantity_kg"], facts["origins"][0]["share"]) == ("20", "1")
    assert facts["place"] == facts["origins"][0]["place"]


def test_more_crops_cost_statements_only_for_their_diaries(
    manager: Door, stranger: Door, engine: Engine
) -> None:
    melon = product(manager)["id"]
    cuts = [grown(manager, f"A{n}", "25", melon) for n in range(4)]
    costs = []
    for some in (cuts[:2], cuts[2:]):
        parts = [batch(manager, harvest_id=cut["id"], quantity="25", pieces=None) for cut in some]
        done = operation(manager, "merge", inputs=[whole(one) for one in parts], outputs=[{"kg": "50"}])
        one = made(manager, done)[0]
        manager.tell(f"/batches/{one['id']}/publish")
        with counted(engine) as sent:
            assert stranger.get(f"/b/{one['code']}").status_code == 200
        costs.append(len(sent))
    assert costs[0] == costs[1] <= 30
