"""A feeding recipe that repeats daily: it asks, and only what somebody confirms enters the diary."""

from typing import Any

from sqlmodel import Session

from tests.people import Door, Factory
from tests.records.making import diary, facts
from tests.records.test_pages import fields
from tests.records.test_together import entries, house

# The tests' clock starts on 10 November at 08:30 in Vietnam.
TODAY, YESTERDAY = "2026-11-10", "2026-11-09"


def recipe(door: Door, *cycles: Any, **given: Any) -> Any:
    said = {
        "name": "Châm phân nuôi quả",
        "lines": [
            {"fertiliser": "KNO3", "amount": "2.5", "unit": "kg"},
            {"fertiliser": "MgSO4", "amount": "400", "unit": "g"},
        ],
        "clock": "06:15",
        "from_on": YESTERDAY,
        "cycle_ids": [one["id"] for one in cycles],
        "ec": "2.4",
    }
    return door.tell("/recipes", **said | given)


def test_it_proposes_every_day_and_writes_nothing_by_itself(manager: Door, make: Factory) -> None:
    first, second = house(manager, "NM-A1"), house(manager, "NM-A2")
    made = recipe(manager, first, second)
    assert [(one["day"], len(one["cycle_ids"])) for one in made["waiting"]] == [(TODAY, 2), (YESTERDAY, 2)]
    make.clock.pass_(days=1)
    assert manager.ask("/recipes")[0]["waiting"][0]["day"] == "2026-11-11"
    assert diary(manager, first["id"]) == []


def test_a_day_is_confirmed_for_all_plots_at_once(manager: Door, db: Session) -> None:
    first, second = house(manager, "NM-A1"), house(manager, "NM-A2")
    made = recipe(manager, first, second, litres="900")
    before = entries(db)
    sent = {
        "id": "019a5b7e-0000-7000-8000-0000000000bb",
        "recipe_id": made["id"],
        "days": [TODAY],
        "cycle_ids": made["cycle_ids"],
    }
    for _ in range(2):  # sent again, it is the same
        assert manager.post("/api/v1/recipes/confirm", json=sent).status_code == 200
    lines = diary(manager, second["id"])
    assert [line["kind"] for line in lines].count("fertilising") == 2
    assert {line["happened_at"] for line in lines} == {"2026-11-09T23:15:00Z"}
    fed = next(line for line in lines if "KNO3" in str(line["facts"]))
    assert {"ec", "ph"} & facts(fed).keys() == set()  # a plan is no reading
    assert len(lines) == len(diary(manager, first["id"])) == 3
    assert entries(db) == before + 7
    assert [one["day"] for one in manager.ask("/recipes")[0]["waiting"]] == [YESTERDAY]


def test_a_day_confirmed_later_is_late_by_the_servers_clock(manager: Door, make: Factory) -> None:
    opened = house(manager, "NM-A1")
    made = recipe(manager, opened)
    make.clock.pass_(days=3)
    days = [one["day"] for one in manager.ask("/recipes")[0]["waiting"]]
    manager.tell("/recipes/confirm", recipe_id=made["id"], days=days, cycle_ids=[opened["id"]], ec="2.3")
    assert sorted({line["late_days"] for line in diary(manager, opened["id"])}) == [0, 1, 2, 3, 4]
    assert facts(diary(manager, opened["id"])[0])["ec"] == "2.3"


def test_what_was_confirmed_or_forgone_waits_no_more(manager: Door) -> None:
    opened = house(manager, "NM-A1")
    made = recipe(manager, opened)
    said = {"recipe_id": made["id"], "cycle_ids": [opened["id"]]}
    manager.tell("/recipes/forgo", **said, days=[YESTERDAY], reason="Trời mưa")
    for address in ("/recipes/forgo", "/recipes/confirm"):
        given = said | {"days": [YESTERDAY]} | ({"reason": "x"} if "forgo" in address else {})
        assert manager.say(address, **given).status_code == 409
    assert manager.say("/recipes/confirm", **said, days=["2026-11-12"]).status_code == 409
    assert diary(manager, opened["id"]) == []


def test_a_doubt_about_one_plot_keeps_the_whole_day_open(manager: Door) -> None:
    opened = house(manager, "NM-A1")
    made = recipe(manager, opened)
    said = {"recipe_id": made["id"], "cycle_ids": [opened["id"]], "days": [TODAY], "ec": "9"}
    asked = manager.say("/recipes/confirm", **said)
    assert asked.status_code == 409
    assert "NM-A1: " in asked.text
    assert len(manager.ask("/recipes")[0]["waiting"]) == 2
    manager.tell("/recipes/confirm", **said, sure=True)


def test_it_ends_on_its_last_day_or_when_it_is_stopped(manager: Door, make: Factory) -> None:
    opened = house(manager, "NM-A1")
    short = recipe(manager, opened, until_on=YESTERDAY)
    assert [one["day"] for one in short["waiting"]] == [YESTERDAY]
    made = recipe(manager, opened)
    make.clock.pass_(days=1)
    manager.tell("/recipes/stop", recipe_id=made["id"])
    assert manager.say("/recipes/stop", recipe_id=made["id"]).status_code == 409
    make.clock.pass_(days=5)
    found = {one["id"]: one for one in manager.ask("/recipes")}
    assert len(found[made["id"]]["waiting"]) == 3
    assert found[made["id"]]["stopped_at"] is not None
    assert "Đã dừng" in manager.get("/app/recipes").text


def test_before_its_time_of_day_today_is_not_asked_about(manager: Door) -> None:
    made = recipe(manager, house(manager, "NM-A1"), clock="17:00")
    assert [one["day"] for one in made["waiting"]] == [YESTERDAY]


def test_it_is_made_and_confirmed_with_forms(manager: Door) -> None:
    opened = house(manager, "NM-A1")
    form: dict[str, Any] = {**fields(manager.get("/app/recipes/new").text), "cycle_ids": [opened["id"]]}
    assert form["from_on"] == TODAY
    fed = {"lines.0.fertiliser": "KNO3", "lines.0.amount": "2,5"}
    wrong = manager.post("/app/recipes/new", data=form | fed | {"lines.0.amount": "-2"})
    assert wrong.status_code == 422
    assert 'value="-2"' in wrong.text
    assert 'id="lines.0.amount-error"' in wrong.text
    assert f'value="{opened["id"]}" checked' in wrong.text
    assert manager.post("/app/recipes/new", data=form).status_code == 422
    made = manager.post("/app/recipes/new", data=form | fed)
    assert made.status_code == 303, made.text
    where = made.headers["location"]
    assert "chờ xác nhận 1 ngày, 1 nhà" in manager.get("/app").text
    page = manager.get(where).text
    sent = {**fields(page), "days": [TODAY], "cycle_ids": [opened["id"]]}
    assert manager.post(f"{where}/confirm", data=sent).status_code == 303
    assert facts(diary(manager, opened["id"])[0])["amount"] == "2.5"
    assert "chờ xác nhận" not in manager.get("/app").text
    assert manager.post(f"{where}/confirm", data=sent | {"id": ""}).status_code == 409
    assert manager.post(f"{where}/stop").status_code == 303


def test_viewers_confirm_nothing(manager: Door, make: Factory) -> None:
    made = recipe(manager, house(manager, "NM-A1"))
    viewer = make.member(manager, "viewer")
    assert viewer.get(f"/app/recipes/{made['id']}").status_code == 200
    said = {"recipe_id": made["id"], "days": [TODAY], "cycle_ids": made["cycle_ids"]}
    assert viewer.say("/recipes/confirm", **said).status_code == 403
    assert viewer.say("/recipes/stop", recipe_id=made["id"]).status_code == 403
