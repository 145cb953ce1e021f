"""What is done with batches: to the gram, never more than there is, and taken back as a whole or not at all."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from tests.batches.making import batch, correct, harvest, published, retract
from tests.batches.operating import (
    DONE,
    made,
    merged,
    of_plot,
    operation,
    origins,
    refused,
    taken,
    told,
    whole,
)
from tests.catalogue.making import product
from tests.farms.making import plot
from tests.people import Door, Factory
from tests.records.making import cycle
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry


def test_a_harvest_is_sorted_into_several_batches_and_a_loss(manager: Door) -> None:
    cut = harvest(manager, quantity="2640", pieces=1520)
    done = operation(
        manager,
        "make",
        harvest_id=cut["id"],
        outputs=[{"kg": "1980", "pieces": 1140, "grade": "Loại 1"}, {"kg": "530", "pieces": 305}],
        losses=[{"loss": "sorted_out", "kg": "130", "pieces": 75}],
    )
    first, second = made(manager, done)
    assert (first["grade"], first["quantity_kg"], first["pieces"]) == ("Loại 1", "1980", 1140)
    assert (first["harvest_id"], second["harvest_id"]) == (cut["id"], cut["id"])
    assert first["lot_code"] != second["lot_code"]
    assert [one["loss"] for one in done["outputs"]] == [None, None, "sorted_out"]
    assert manager.ask("/harvests")["items"] == []


def test_a_harvest_gives_no_more_to_all_that_is_made_of_it_than_was_cut(manager: Door) -> None:
    cut = harvest(manager)["id"]
    batch(manager, harvest_id=cut)
    field, said = refused(manager, "make", harvest_id=cut, outputs=[{"kg": "60.001"}])[0]
    assert field == "outputs.0.kg"
    assert "chỉ còn 60 kg" in said.lower()


def test_a_batch_is_graded_and_what_is_not_taken_stays(manager: Door) -> None:
    melon = batch(manager)
    done = operation(
        manager,
        "grade",
        inputs=[taken(melon, "50", 30)],
        outputs=[{"kg": "30", "pieces": 18, "grade": "1"}, {"kg": "18.5", "pieces": 11, "grade": "2"}],
        losses=[{"loss": "spoiled", "kg": "1.5", "pieces": 1}],
    )
    left = manager.ask(f"/batches/{melon['id']}")
    assert (left["left_kg"], left["left_pieces"]) == ("10", 5)
    assert {one["harvest_id"] for one in made(manager, done)} == {melon["harvest_id"]}


def test_the_same_operation_sent_three_times_is_one(manager: Door, db: Session) -> None:
    said = told("split", id=str(new_id()), inputs=[taken(batch(manager), "20")], outputs=[{"kg": "20"}])
    answers = [manager.tell("/operations", **said) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "operation.split")).one()
    assert str(entry.subject_id) == said["id"]


@pytest.mark.parametrize(
    ("made_kg", "lost_kg", "gap"),
    [("49.999", None, "còn 0,001 kg chưa rõ đi đâu"), ("50", "0.001", "thừa 0,001 kg")],
)
def test_a_gram_that_is_not_accounted_for_is_refused(
    manager: Door, made_kg: str, lost_kg: str | None, gap: str
) -> None:
    lost = [{"loss": "other", "kg": lost_kg}] if lost_kg else []
    ((field, said),) = refused(
        manager, "grade", inputs=[taken(batch(manager), "50")], outputs=[{"kg": made_kg}], losses=lost
    )
    assert (field, gap in said) == ("outputs.0.kg", True), said


def test_fruits_are_counted_where_they_stay_fruits_and_boxes_are_not(manager: Door) -> None:
    melon = batch(manager)
    ((field, said),) = refused(
        manager, "split", inputs=[taken(melon, "60", 35)], outputs=[{"kg": "60", "pieces": 34}]
    )
    assert (field, "35" in said, "34" in said) == ("outputs.0.kg", True, True)
    operation(manager, "pack", inputs=[taken(melon, "60", 35)], outputs=[{"kg": "60", "pieces": 7}])


def test_more_than_is_left_is_refused_by_weight_and_by_pieces(manager: Door) -> None:
    melon = batch(manager)
    operation(manager, "sample", inputs=[taken(melon, "3.4", 2)])
    ((field, said),) = refused(manager, "sample", inputs=[taken(melon, "56.601")])
    assert (field, "56,6" in said) == ("inputs.0.kg", True)
    ((field, said),) = refused(manager, "sample", inputs=[taken(melon, "50", 34)])
    assert (field, "33" in said) == ("inputs.0.pieces", True)


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("grade", {"losses": [{"loss": "sorted_out", "kg": "20"}], "outputs": [{"kg": "40"}]}),
        ("transform", {"process": "dried", "losses": [{"loss": "dried_off", "kg": "20"}], "outputs": [{"kg": "40"}]}),
        ("loss", {"loss": "spoiled"}),
    ],
)  # fmt: skip
def test_an_unusual_loss_wants_a_reason(manager: Door, kind: str, own: dict[str, Any]) -> None:
    own["inputs"] = [taken(batch(manager), "60")]
    answer = manager.say("/operations", **told(kind, **own))
    assert answer.json()["type"] == "/problems/doubtful"
    assert [fault["field"] for fault in answer.json()["errors"]] == ["reason"]
    assert [field for field, _ in refused(manager, kind, sure=True, **own)] == ["reason"]
    assert operation(manager, kind, sure=True, reason="Kho mất điện", **own)["reason"] == "Kho mất điện"


def test_a_usual_loss_in_the_store_is_simply_taken_in(manager: Door) -> None:
    operation(manager, "loss", loss="shrunk", inputs=[taken(batch(manager), "2")])


def test_what_is_destroyed_needs_a_reason_always(manager: Door) -> None:
    said = told("destroy", inputs=[taken(batch(manager), "1")])
    assert manager.say("/operations", **said).status_code == 422
    done = manager.tell("/operations", **said, reason="Không đạt kiểm nghiệm")
    assert done["outputs"][0]["loss"] == "destroyed"


def test_several_products_become_one_batch_only_as_a_mix_with_a_name(manager: Door) -> None:
    melon, gourd = batch(manager), batch(manager)
    both = {"inputs": [whole(melon), whole(gourd)], "outputs": [{"kg": "120"}]}
    assert [field for field, _ in refused(manager, "merge", **both)] == ["mix"]
    assert [field for field, _ in refused(manager, "merge", mix=True, **both)] == ["outputs.0.product_id"]
    basket = product(manager, name="Giỏ quả")["id"]
    both["outputs"] = [{"kg": "120", "product_id": basket}]
    (mix,) = made(manager, operation(manager, "merge", mix=True, **both))
    assert mix["product_id"] == basket


def test_dividing_does_not_change_the_product_and_cutting_does(manager: Door) -> None:
    melon, cup = batch(manager), product(manager, name="Dưa cắt sẵn", shelf_life_days=3)["id"]
    parts = {"inputs": [taken(melon, "10")], "outputs": [{"kg": "10", "product_id": cup}]}
    assert [field for field, _ in refused(manager, "split", **parts)] == ["outputs.0.product_id"]
    done = operation(
        manager,
        "transform",
        process="fresh_cut",
        inputs=[taken(melon, "10")],
        outputs=[{"kg": "5.5", "pieces": 11, "product_id": cup}],
        losses=[{"loss": "trimmed", "kg": "4.5"}],
    )
    (cut,) = made(manager, done)
    assert (cut["product_id"], cut["best_before"]) == (cup, "2026-11-13")


def test_what_is_packed_again_grows_no_younger(manager: Door) -> None:
    melon = product(manager, shelf_life_days=14)["id"]
    one = of_plot(manager, "A1", "60", product_id=melon)
    (box,) = made(manager, operation(manager, "pack", inputs=[whole(one)], outputs=[{"kg": "60"}]))
    assert (box["packed_on"], box["best_before"]) == ("2026-11-10", "2026-11-24")
    again: dict[str, Any] = {"inputs": [whole(box)], "outputs": [{"kg": "60", "best_before": "2026-11-25"}]}
    ((field, said),) = refused(manager, "repack", **again)
    assert (field, "24/11/2026" in said) == ("outputs.0.best_before", True)
    again["outputs"] = [{"kg": "60"}]
    (tray,) = made(manager, operation(manager, "repack", **again))
    assert tray["best_before"] == "2026-11-24"


def test_a_merged_batch_promises_the_earliest_dates_and_names_no_single_harvest(manager: Door) -> None:
    melon = product(manager, shelf_life_days=14)["id"]
    grown = cycle(manager, product_id=melon)["id"]
    days = ("2026-11-08T07:00:00+07:00", "2026-11-10T07:00:00+07:00")
    cuts = [harvest(manager, cycle_id=grown, happened_at=day)["id"] for day in days]
    parts = [batch(manager, harvest_id=cut) for cut in cuts]
    (one,) = made(
        manager, operation(manager, "merge", inputs=[whole(part) for part in parts], outputs=[{"kg": "120"}])
    )
    assert (one["harvested_on"], one["best_before"]) == ("2026-11-08", "2026-11-22")
    assert (one["harvest_id"], one["cycle_id"]) == (None, grown)


def test_shares_are_exact_through_a_chain_of_merges_and_splits(manager: Door) -> None:
    melon = product(manager)["id"]
    a1, a2, a3 = (of_plot(manager, f"A{n}", "100", product_id=melon) for n in (1, 2, 3))
    (first,) = made(
        manager,
        operation(manager, "merge", inputs=[taken(a1, "62"), taken(a2, "38")], outputs=[{"kg": "100"}]),
    )
    assert origins(manager, first) == [("A1", "31/50"), ("A2", "19/50")]
    half, rest = made(
        manager, operation(manager, "split", inputs=[whole(first)], outputs=[{"kg": "30"}, {"kg": "70"}])
    )
    assert origins(manager, half) == origins(manager, rest) == origins(manager, first)
    (last,) = made(
        manager,
        operation(manager, "merge", inputs=[whole(half), taken(a3, "60")], outputs=[{"kg": "90"}]),
    )
    assert origins(manager, last) == [("A3", "2/3"), ("A1", "31/150"), ("A2", "19/150")]
    percents = [one["percent"] for one in manager.ask(f"/batches/{last['id']}/origins")]
    assert percents == [67, 21, 12]


def test_a_corrected_and_a_retracted_harvest_show_in_all_that_is_of_them(manager: Door) -> None:
    melon = product(manager)["id"]
    grown = [
        cycle(manager, plot_id=plot(manager, code=f"B{n}")["id"], product_id=melon)["id"] for n in (1, 2)
    ]
    cuts = [harvest(manager, cycle_id=one) for one in grown]
    parts = [batch(manager, harvest_id=cut["id"]) for cut in cuts]
    (one,) = made(
        manager, operation(manager, "merge", inputs=[whole(part) for part in parts], outputs=[{"kg": "120"}])
    )
    correct(manager, cuts[0], quantity="119", happened_at="2026-11-09T06:30:00+07:00")
    retract(manager, cuts[1])
    found = {found["plot"]: found for found in manager.ask(f"/batches/{one['id']}/origins")}
    assert (found["B1"]["standing"], found["B1"]["harvested_on"]) == ("corrected", "2026-11-09")
    assert found["B2"]["standing"] == "retracted"
    assert manager.say(f"/batches/{one['id']}/publish").status_code == 409


def test_a_hold_on_a_plot_reaches_what_its_fruit_went_into_and_stops_further_work(manager: Door) -> None:
    one = merged(manager, "60", "40")
    source = manager.ask(f"/batches/{one['id']}/origins")[1]
    manager.tell("/holds", plot_id=source["plot_id"], reason="Chờ kết quả kiểm nghiệm")
    assert manager.ask(f"/batches/{one['id']}")["on_hold"] is True
    listed = {item["id"]: item["on_hold"] for item in manager.ask("/batches")["items"]}
    assert sorted(listed.values()) == [False, True, True]
    ((field, _),) = refused(manager, "split", inputs=[taken(one, "10")], outputs=[{"kg": "10"}])
    assert field == "inputs.0.batch_id"
    operation(manager, "sample", inputs=[taken(one, "2")])


def test_an_operation_is_taken_back_as_long_as_nothing_was_made_of_it(manager: Door) -> None:
    melon = batch(manager)
    split = operation(manager, "split", inputs=[taken(melon, "20")], outputs=[{"kg": "20"}])
    (part,) = made(manager, split)
    sample = operation(manager, "sample", inputs=[taken(part, "2")])
    back = {"takes_back_id": split["id"], "reason": "Nhầm lô"}
    ((field, said),) = refused(manager, "take_back", **back)
    assert (field, part["lot_code"] in said) == ("takes_back_id", True)
    operation(manager, "take_back", takes_back_id=sample["id"], reason="Nhầm")
    undoing = operation(manager, "take_back", **back)
    assert manager.ask(f"/batches/{melon['id']}")["left_kg"] == "60"
    gone = manager.ask(f"/batches/{part['id']}")
    assert (gone["undone"], gone["left_kg"]) == (True, "0")
    assert manager.ask(f"/operations/{split['id']}")["taken_back_by_id"] == undoing["id"]
    assert refused(manager, "sample", inputs=[taken(part, "1")])[0][0] == "inputs.0.batch_id"
    assert manager.say(f"/batches/{part['id']}/publish").status_code == 409
    assert [field for field, _ in refused(manager, "take_back", **back)] == ["takes_back_id"]
    both = {"takes_back_id": undoing["id"], "reason": "Nhầm"}
    assert [field for field, _ in refused(manager, "take_back", **both)] == ["takes_back_id"]


def test_a_batch_made_by_mistake_gives_its_harvest_back_unless_it_is_published(manager: Door) -> None:
    cut = harvest(manager)["id"]
    wrong, shown = batch(manager, harvest_id=cut), published(manager, harvest_id=cut)
    operation(manager, "take_back", takes_back_id=wrong["id"], reason="Nhầm")
    assert manager.ask("/harvests")["items"][0]["left_kg"] == "60"
    ((_, said),) = refused(manager, "take_back", takes_back_id=shown["id"], reason="Nhầm")
    assert "đã công bố" in said


def test_a_batch_is_moved_whole_and_weighs_the_same(manager: Door) -> None:
    melon = batch(manager)
    moved = operation(manager, "move", batch_id=melon["id"], place="Kho lạnh 2")
    assert (moved["moved_batch_id"], moved["place"], moved["inputs"]) == (melon["id"], "Kho lạnh 2", [])
    assert manager.ask(f"/batches/{melon['id']}")["left_kg"] == "60"
    found = manager.ask("/operations", batch=melon["id"])["items"]
    assert [one["kind"] for one in found] == ["move", "make"]


@pytest.mark.parametrize(
    ("kind", "own", "field"),
    [
        ("split", {"inputs": []}, "inputs"),
        ("merge", {"outputs": [{"kg": "1"}, {"kg": "2"}]}, "outputs"),
        ("grade", {"outputs": [{"kg": "-1"}]}, "outputs.0.kg"),
        ("grade", {"outputs": [{"kg": "1", "pieces": 0}]}, "outputs.0.pieces"),
        ("pack", {"outputs": [{"kg": "1", "lot_code": "LÔ 1"}]}, "outputs.0.lot_code"),
        ("transform", {"process": "phép màu"}, "process"),
        ("grade", {"losses": [{"loss": "mất", "kg": "1"}]}, "losses.0.loss"),
        ("grade", {"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_read_names_its_field(
    manager: Door, kind: str, own: dict[str, Any], field: str
) -> None:
    two = [{"batch_id": str(new_id()), "kg": "1"}, {"batch_id": str(new_id()), "kg": "1"}]
    said = {"inputs": two[:1] if kind == "split" else two, "outputs": [{"kg": "2"}], "process": "dried"}
    if kind != "transform":
        said.pop("process")
    answer = manager.say("/operations", **told(kind, **{**said, **own}))
    assert answer.status_code == 422, answer.text
    assert field in [fault["field"] for fault in answer.json()["errors"]]


def test_work_is_not_done_tomorrow_nor_before_the_harvest(manager: Door) -> None:
    of = {"inputs": [taken(batch(manager), "1")]}
    for at in ("2026-11-11T08:00:00+07:00", "2026-11-09T08:00:00+07:00"):
        assert [field for field, _ in refused(manager, "sample", **{**of, "happened_at": at})] == [
            "happened_at"
        ]


def test_another_cooperative_takes_and_sees_nothing(make: Factory, manager: Door) -> None:
    melon, other = batch(manager), make.manager()
    own, foreign = taken(batch(other), "1"), taken(melon, "1")
    for kind, said in (
        ("merge", {"inputs": [own, foreign], "outputs": [{"kg": "2"}]}),
        ("sample", {"inputs": [foreign]}),
        ("pack", {"inputs": [own], "outputs": [{"kg": "1", "product_id": melon["product_id"]}]}),
    ):
        assert other.say("/operations", **told(kind, **said)).status_code == 404, kind
    assert other.get("/api/v1/operations", params={"batch": melon["id"]}).status_code == 404
    assert (
        make.member(manager, "viewer").say("/operations", **told("sample", inputs=[foreign])).status_code
        == 403
    )


def test_what_was_done_is_never_rewritten_not_even_by_the_database(manager: Door, db: Session) -> None:
    operation(manager, "move", batch_id=batch(manager)["id"], place="Kho")
    for table, change in (
        ("operation", "note = 'x'"),
        ("operation_input", "kg = 1"),
        ("operation_output", "kg = 1"),
        ("movement", "place = 'x'"),
    ):
        for statement in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}"):  # noqa: S608 - our own words
            with pytest.raises(DatabaseError, match="append-only"), db.begin_nested():
                db.execute(text(statement))


def test_the_three_clocks_of_an_operation_are_kept(manager: Door) -> None:
    done = operation(
        manager, "sample", inputs=[taken(batch(manager), "1")], recorded_at="2026-11-10T08:05:00+07:00"
    )
    assert done["happened_at"] == "2026-11-10T01:00:00Z"
    assert done["recorded_at"] == "2026-11-10T01:05:00Z"
    assert done["received_at"] == "2026-11-10T01:30:00Z"
    assert DONE.startswith("2026-11-10")
