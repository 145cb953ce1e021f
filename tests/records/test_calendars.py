"""What a crop needs and when: shipped calendars, the cooperative's own, and how cycles stand."""

from typing import Any

import pytest

from tests.people import Door, Factory
from tests.records.making import cycle, record

MELON = "dua-luoi"


def planned(door: Door, **given: Any) -> Any:
    """A cycle of melons planted on 28 August, which is 74 days before the tests' clock starts."""
    given.setdefault("planted_on", "2026-08-28")
    opened = cycle(door, **given)
    door.tell("/cycles/choose-calendar", cycle_id=opened["id"], crop=MELON)
    return opened


def states(door: Door, cycle_id: str) -> dict[str, str]:
    return {one["step"]["key"]: one["state"] for one in door.ask(f"/cycles/{cycle_id}/plan")["steps"]}


def steps(door: Door, crop: str = MELON) -> dict[str, Any]:
    found = next(one for one in door.ask("/calendars") if one["crop"] == crop)
    return {step["key"]: step for step in found["steps"]}


def test_seven_crops_have_a_calendar_before_anybody_made_one(manager: Door) -> None:
    found = manager.ask("/calendars")
    assert {one["name"] for one in found} == {
        *("Dưa lưới", "Vải", "Nhãn", "Ổi", "Cà rốt", "Su su", "Thanh long")
    }
    assert [one["name"] for one in found if not one["only_a_start"]] == ["Dưa lưới"]
    assert not any(one["own"] for one in found)


def test_the_calendar_of_melons_is_the_one_of_the_north(manager: Door) -> None:
    assert [(one["opens"], one["closes"], one["kind"], one["title"]) for one in steps(manager).values()] == [
        (-12, 0, "sowing", "Ươm bầu"),
        (0, 0, "planting", "Trồng"),
        (7, 10, "pruning", "Quấn dây, tỉa chồi"),
        (15, 20, "pollination", "Thả ong"),
        (22, 30, "pruning", "Tuyển quả"),
        (35, 55, "fertilising", "Nuôi quả, nổi vân lưới"),
        (60, 65, "fertilising", "Giảm nước, tăng kali"),
        (65, 75, "harvest", "Thu hoạch"),
    ]


def test_a_cycle_shows_what_is_done_due_and_overdue(manager: Door) -> None:
    opened = planned(manager)
    assert states(manager, opened["id"]) == {
        **dict.fromkeys(("seedlings", "transplant", "train", "bees", "select", "fill", "finish"), "overdue"),
        "harvest": "due",
    }
    record(manager, "pollination", cycle_id=opened["id"], happened_at="2026-09-15T06:00:00+07:00", sure=True)
    plan = manager.ask(f"/cycles/{opened['id']}/plan")
    bees = next(one for one in plan["steps"] if one["step"]["key"] == "bees")
    assert (bees["state"], bees["done_on"], bees["opens_on"]) == ("done", "2026-09-15", "2026-09-12")
    assert plan["counted_from"] == "2026-08-28"


def test_a_record_taken_back_did_nothing(manager: Door) -> None:
    opened = planned(manager)
    reaped = record(manager, "harvest", cycle_id=opened["id"])
    assert states(manager, opened["id"])["harvest"] == "done"
    manager.tell("/records", kind="retraction", corrects_id=reaped["id"], correction_reason="Nhầm nhà màng")
    assert states(manager, opened["id"])["harvest"] == "due"


def test_before_planting_nothing_has_a_day(manager: Door) -> None:
    opened = planned(manager, planted_on=None, sown_on="2026-11-05")
    assert set(states(manager, opened["id"]).values()) == {"undated"}
    record(manager, "planting", cycle_id=opened["id"])
    assert states(manager, opened["id"])["transplant"] == "done"
    assert states(manager, opened["id"])["train"] == "ahead"


def test_a_step_is_skipped_with_a_reason_and_taken_up_again(manager: Door) -> None:
    opened = planned(manager)
    said = {"cycle_id": opened["id"], "step": "bees"}
    assert manager.say("/cycles/skip-step", **said, reason="").status_code == 422
    manager.tell("/cycles/skip-step", **said, reason="Thụ phấn bằng tay")
    assert states(manager, opened["id"])["bees"] == "skipped"
    manager.tell("/cycles/resume-step", **said)
    assert states(manager, opened["id"])["bees"] == "overdue"
    assert manager.say("/cycles/skip-step", **said | {"step": "dance"}, reason="x").status_code == 404


def test_perennial_fruit_goes_by_the_months_and_flowers_by_their_day(manager: Door) -> None:
    opened = cycle(manager)
    manager.tell("/cycles/choose-calendar", cycle_id=opened["id"], crop="vai")
    found = states(manager, opened["id"])
    assert (found["girdle"], found["harvest"], found["prune"]) == ("due", "ahead", "ahead")
    manager.tell("/cycles/choose-calendar", cycle_id=opened["id"], crop="thanh-long")
    assert set(states(manager, opened["id"]).values()) == {"undated"}
    chosen = {"cycle_id": opened["id"], "crop": "thanh-long"}
    assert (
        manager.say("/cycles/choose-calendar", **chosen, flowered_on="2026-11-11").json()["errors"][0][
            "field"
        ]
        == "flowered_on"
    )
    manager.tell("/cycles/choose-calendar", **chosen, flowered_on="2026-10-09")
    assert states(manager, opened["id"])["harvest"] == "due"


def test_other_work_does_the_step_of_its_name_alone(manager: Door) -> None:
    opened = cycle(manager)
    manager.tell("/cycles/choose-calendar", cycle_id=opened["id"], crop="vai")
    record(manager, "other", cycle_id=opened["id"], what="Dọn cỏ")
    assert states(manager, opened["id"])["girdle"] == "due"
    record(manager, "other", cycle_id=opened["id"], what="chặn lộc đông, khoanh vỏ")
    assert states(manager, opened["id"])["girdle"] == "done"


NEW_STEP = {"crop": MELON, "kind": "inspection", "opens": 40, "closes": 42, "title": "Đo vân lưới"}


def test_a_manager_makes_the_calendar_the_cooperatives_own_and_goes_back(
    manager: Door, make: Factory
) -> None:
    opened = planned(manager)
    made = manager.tell("/calendars/steps", **NEW_STEP)
    assert made["own"] is True
    key = next(step["key"] for step in made["steps"] if step["title"] == "Đo vân lưới")
    assert states(manager, opened["id"])[key] == "overdue"
    bees = {"crop": MELON, "step": "bees", "kind": "pollination", "opens": 74, "closes": 76}
    manager.tell("/calendars/steps/change", **bees, title="Thả ong muộn")
    assert steps(manager)["bees"]["title"] == "Thả ong muộn"
    assert states(manager, opened["id"])["bees"] == "due"
    manager.tell("/calendars/steps/remove", crop=MELON, step=key)
    assert key not in steps(manager)
    other = make.manager()
    assert steps(other)["bees"]["title"] == "Thả ong"
    manager.tell("/calendars/reset", crop=MELON)
    assert steps(manager) == steps(other)
    assert manager.say("/calendars/reset", crop=MELON).status_code == 409


def test_the_same_change_sent_twice_is_one(manager: Door) -> None:
    sent = {"id": "019a5b7e-0000-7000-8000-0000000000aa", **NEW_STEP}
    once, again = (manager.post("/api/v1/calendars/steps", json=sent).json() for _ in range(2))
    assert once == again
    assert len(steps(manager)) == 9


def test_a_crop_of_ones_own_gets_a_calendar(manager: Door) -> None:
    made = manager.tell("/calendars", crop="Dưa chuột", counts_from="sowing")
    assert (made["crop"], made["steps"]) == ("dua-chuot", [])
    assert manager.say("/calendars", crop="DƯA CHUỘT", counts_from="sowing").status_code == 409
    assert manager.say("/calendars", crop="???", counts_from="sowing").status_code == 409
    manager.tell("/calendars/steps", **NEW_STEP | {"crop": "dua-chuot"})
    assert manager.say("/calendars/reset", crop="dua-chuot").status_code == 409


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"opens": 9, "closes": 8}, "closes"),
        ({"crop": "vai", "opens": 0, "closes": 8}, "opens"),
        ({"kind": "retraction"}, "kind"),
        ({"works": ["topping"]}, "works"),
    ],
)
def test_an_impossible_step_is_refused_beside_its_field(
    manager: Door, given: dict[str, Any], field: str
) -> None:
    answer = manager.say("/calendars/steps", **NEW_STEP | given)
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["field"] == field


def test_only_managers_edit_and_viewers_choose_nothing(manager: Door, make: Factory) -> None:
    opened = planned(manager)
    recorder, viewer = make.member(manager), make.member(manager, "viewer")
    assert recorder.say("/calendars/steps", **NEW_STEP).status_code == 403
    recorder.tell("/cycles/choose-calendar", cycle_id=opened["id"], crop="oi")
    assert viewer.say("/cycles/choose-calendar", cycle_id=opened["id"], crop="oi").status_code == 403
    assert len(viewer.ask(f"/cycles/{opened['id']}/plan")["steps"]) == 5
