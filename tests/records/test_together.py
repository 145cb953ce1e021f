"""Several records at once: all or none, each its own."""

from typing import Any

from sqlmodel import Session, func, select

from tests.farms.making import household, plot
from tests.people import Door, Factory
from tests.records.making import cycle, diary, facts, record, said
from tests.records.test_pages import fields, typed
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry

YESTERDAY = "2026-11-09T06:10:00+07:00"


def house(door: Door, code: str, **given: Any) -> Any:
    return cycle(door, plot_id=plot(door, code=code, **given)["id"])


def sent(kind: str, **given: Any) -> dict[str, Any]:
    return {"id": str(new_id()), **said(kind, **given)}


def entries(db: Session) -> int:
    return db.exec(select(func.count()).select_from(JournalEntry)).one()


def test_one_work_on_two_plots_is_two_records_with_an_entry_each(manager: Door, db: Session) -> None:
    first, second = house(manager, "NM-A1"), house(manager, "NM-A2")
    before = entries(db)
    records = [
        sent("irrigation", cycle_id=first["id"], litres="400"),
        sent("irrigation", cycle_id=second["id"], litres="480.5"),
    ]
    for _ in range(2):  # sent again, it is the same
        answer = manager.post("/api/v1/records/together", json={"records": records})
        assert answer.status_code == 201, answer.text
    assert [facts(one)["litres"] for one in answer.json()] == ["400", "480.5"]
    assert [one["id"] for one in answer.json()] == [one["id"] for one in records]
    assert entries(db) == before + 2


def test_a_doubt_about_one_names_its_plot_and_keeps_all_of_them_out(manager: Door) -> None:
    first, second = house(manager, "NM-A1"), house(manager, "NM-A2")
    records = [
        sent("fertilising", cycle_id=first["id"]),
        sent("fertilising", cycle_id=second["id"], ec="9"),
    ]
    asked = manager.post("/api/v1/records/together", json={"records": records})
    assert asked.status_code == 409
    (fault,) = asked.json()["errors"]
    assert (fault["field"], fault["detail"][:6]) == ("records.1.ec", "NM-A2:")
    assert diary(manager, first["id"]) == []
    records[1]["sure"] = True
    assert manager.post("/api/v1/records/together", json={"records": records}).status_code == 201


def test_a_refusal_of_one_keeps_all_of_them_out(manager: Door) -> None:
    first, second = house(manager, "NM-A1"), house(manager, "NM-A2")
    manager.tell(f"/cycles/{second['id']}/close", sure=True)
    records = [sent("irrigation", cycle_id=one["id"]) for one in (first, second)]
    refused = manager.post("/api/v1/records/together", json={"records": records})
    assert refused.json()["errors"][0]["field"] == "records.1.cycle_id"
    assert diary(manager, first["id"]) == []


def test_another_cooperatives_cycle_among_them_is_not_there(manager: Door, make: Factory) -> None:
    mine, theirs = house(manager, "NM-A1"), house(make.manager(), "NM-Z9")
    records = [sent("irrigation", cycle_id=one["id"]) for one in (mine, theirs)]
    answer = manager.post("/api/v1/records/together", json={"records": records})
    assert answer.status_code == 404
    assert "NM-Z9" not in answer.text
    assert diary(manager, mine["id"]) == []


def test_a_malformed_record_in_the_list_is_named_by_its_place(manager: Door) -> None:
    answer = manager.post(
        "/api/v1/records/together",
        json={"records": [sent("irrigation", cycle_id=str(new_id()), method="dance")]},
    )
    assert answer.json()["errors"][0]["pointer"] == "#/records/0/method"


def test_the_form_writes_for_the_plots_that_are_ticked(manager: Door) -> None:
    mine = household(manager, code="TV-01")["id"]
    first = house(manager, "NM-A1", household_id=mine)
    second = house(manager, "NM-A2", household_id=household(manager, code="TV-02")["id"])
    third = house(manager, "NM-A3")
    to = f"/app/log/{first['id']}/fertilising"
    form = manager.get(to).text
    assert "NM-A2" in form
    filled: dict[str, Any] = {
        **fields(form),
        "fertiliser": "KNO3",
        "amount": "2,5",
        "unit": "kg",
        "method": "drip",
    }
    filled |= {"also": [second["id"], third["id"]], f"amount-{second['id']}": "3"}
    for _ in range(2):  # a second tap changes nothing
        assert manager.post(to, data=filled).status_code == 303
    written = [diary(manager, one["id"]) for one in (first, second, third)]
    assert [facts(lines[0])["amount"] for lines in written] == ["2.5", "3", "2.5"]
    assert [lines[0]["household_code"] for lines in written] == ["TV-01", "TV-02", "TV-01"]
    assert [len(lines) for lines in written] == [1, 1, 1]


def test_what_is_wrong_with_one_plot_stands_beside_it_and_nothing_is_lost(manager: Door) -> None:
    first, second = house(manager, "NM-A1"), house(manager, "NM-A2")
    to = f"/app/log/{first['id']}/harvest"
    filled = typed("harvest", also=[second["id"]])
    wrong = manager.post(to, data=filled)
    assert wrong.status_code == 422
    assert "NM-A2: " in wrong.text  # what one plot gave is never taken for another's
    assert f'value="{second["id"]}" checked' in wrong.text
    asked = manager.post(to, data=filled | {f"amount-{second['id']}": "9000"})
    assert asked.status_code == 409
    assert "NM-A2: " in asked.text
    assert 'value="9000"' in asked.text
    assert diary(manager, first["id"]) == []
    taken = filled | {f"amount-{second['id']}": "2000", "id": str(new_id())}
    assert manager.post(to, data=taken).status_code == 303
    assert facts(diary(manager, second["id"])[0]) == {"quantity_kg": "2000"}


def test_yesterdays_work_is_written_again_after_one_look(manager: Door) -> None:
    opened = house(manager, "NM-A1")
    record(manager, "irrigation", cycle_id=opened["id"], happened_at=YESTERDAY, litres="450", note="Nắng")
    record(manager, "fertilising", cycle_id=opened["id"], happened_at=YESTERDAY, ec="2.4", ph="6.2")
    record(manager, "spraying", cycle_id=opened["id"], happened_at=YESTERDAY)
    to = f"/app/log/{opened['id']}/yesterday"
    assert to in manager.get("/app").text
    assert "Như hôm qua" in manager.get(f"/app/log?cycle={opened['id']}").text
    form = manager.get(to).text
    assert "Anvil" not in form
    ids = [line["id"] for line in diary(manager, opened["id"]) if line["kind"] != "spraying"]
    filled: dict[str, Any] = {**fields(form), "record_ids": ids}
    assert manager.post(to, data=filled).status_code == 303
    assert manager.post(to, data=filled).status_code == 303  # a second tap changes nothing
    *_, watered, fed = diary(manager, opened["id"])
    assert {watered["happened_at"], fed["happened_at"]} == {"2026-11-10T01:30:00Z"}
    again = {line["kind"]: line for line in (watered, fed)}
    assert facts(again["irrigation"])["litres"] == "450"
    assert again["irrigation"]["note"] == ""
    assert {"ec", "ph"} & facts(again["fertilising"]).keys() == set()
    assert len(diary(manager, opened["id"])) == 5


def test_sprayings_harvests_and_what_was_struck_are_never_repeated(manager: Door) -> None:
    opened = house(manager, "NM-A1")
    for kind in ("harvest", "spraying", "inspection"):
        written = record(manager, kind, cycle_id=opened["id"], sure=True)
        answer = manager.say(
            "/records/repeat", record_ids=[written["id"]], happened_at="2026-11-10T07:00:00+07:00"
        )
        assert answer.status_code == 409, kind
    struck = record(manager, "irrigation", cycle_id=opened["id"], happened_at=YESTERDAY)
    manager.tell("/records", kind="retraction", corrects_id=struck["id"], correction_reason="Nhầm")
    answer = manager.say(
        "/records/repeat", record_ids=[struck["id"]], happened_at="2026-11-10T07:00:00+07:00"
    )
    assert answer.status_code == 409
    assert "Chưa có việc hằng ngày" in manager.get(f"/app/log/{opened['id']}/yesterday").text


def test_work_of_some_days_ago_says_its_day(manager: Door) -> None:
    opened = house(manager, "NM-A1")
    record(manager, "irrigation", cycle_id=opened["id"], happened_at="2026-11-07T06:10:00+07:00")
    assert "Như ngày 07/11" in manager.get("/app").text


def test_whoever_writes_for_another_household_is_named_as_the_writer(manager: Door) -> None:
    hands = household(manager, code="TV-07", name="Vũ Đình Cường")["id"]
    opened = house(manager, "NM-A1")
    record(manager, "spraying", cycle_id=opened["id"], household_id=hands)
    assert "Nguyễn Văn An ghi giúp hộ TV-07" in manager.get(f"/app/cycles/{opened['id']}").text
    form = manager.get(f"/app/log/{opened['id']}/spraying").text
    assert fields(form)["household_id"] == hands
    assert "Người ghi: Nguyễn Văn An" in form


def test_viewers_write_nothing_together(manager: Door, make: Factory) -> None:
    opened = house(manager, "NM-A1")
    viewer = make.member(manager, "viewer")
    assert viewer.get(f"/app/log/{opened['id']}/yesterday").status_code == 403
    records = [sent("irrigation", cycle_id=opened["id"])]
    assert viewer.post("/api/v1/records/together", json={"records": records}).status_code == 403
