"""A wrong clock loses nothing, is believed in nothing, and shows. It is 08:30 on 10 November."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import Clock, Door
from tests.records.making import cycle, diary, harvest, record, said
from tests.records.test_pages import typed
from trace.kit.ids import new_id
from trace.records import rules


def at(clock: str, day: int = 10) -> str:
    return f"2026-11-{day:02}T{clock}:00+07:00"


def notebook(door: Door, written: Any) -> str:
    return door.get(f"/app/cycles/{written['cycle_id']}").text


def test_a_phone_three_hours_fast_is_found_by_the_server(manager: Door) -> None:
    written = record(manager, "irrigation", recorded_at=at("11:25"), sent_at=at("11:30"))
    assert (written["clock_offset_seconds"], written["clock_ahead"]) == (3 * 3600, True)
    assert written["recorded_at"] == "2026-11-10T04:25:00Z"  # as the phone said it
    shown = notebook(manager, written)
    assert "Đồng hồ điện thoại sai 3 giờ (chạy nhanh)" in shown
    assert "ghi 08:25 (điện thoại chỉ 11:25)" in shown


def test_a_phone_that_is_slow_is_found_too(manager: Door) -> None:
    written = record(manager, "irrigation", recorded_at=at("06:25", 8), sent_at=at("06:30", 8))
    assert (written["clock_offset_seconds"], written["clock_ahead"]) == (-50 * 3600, False)
    assert "Đồng hồ điện thoại sai 2 ngày (chạy chậm)" in notebook(manager, written)


@pytest.mark.parametrize(
    ("sent", "shown"), [("08:25", False), ("08:35", False), ("08:24", True), ("08:36", True)]
)
def test_five_minutes_are_no_wrong_clock(manager: Door, sent: str, shown: bool) -> None:
    written = record(manager, "irrigation", sent_at=at(sent))
    assert ("Đồng hồ điện thoại sai" in notebook(manager, written)) is shown


def test_what_a_fast_phone_calls_now_is_not_the_future(manager: Door) -> None:
    """The person read the time from it. It stays as typed, and the record says that the clock was wrong."""
    opened = cycle(manager)["id"]
    told = said("irrigation", cycle_id=opened, happened_at=at("11:20"))
    answer = manager.say("/records", **told)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (409, "happened_at")
    assert manager.say("/records", **told, sent_at=at("11:10")).status_code == 409
    written = manager.tell("/records", **told, sent_at=at("11:30"))
    assert (written["happened_at"], written["late_days"]) == ("2026-11-10T04:20:00Z", 0)


def test_a_slow_phone_hinders_nobody_from_saying_what_time_it_is(manager: Door) -> None:
    told = said("irrigation", cycle_id=cycle(manager)["id"], happened_at=at("08:20"))
    assert manager.say("/records", **told, sent_at=at("05:30")).status_code == 201


def test_setting_the_clock_ahead_opens_no_gate(manager: Door) -> None:
    spraying = record(manager, "spraying", happened_at=at("16:00", 4))
    told = said("harvest", cycle_id=spraying["cycle_id"], happened_at=at("08:30", 18), sure=True)
    answer = manager.say("/records", **told, sent_at=at("08:31", 18))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "too_early")


def test_a_batch_carries_the_day_by_the_servers_clock(manager: Door) -> None:
    cut = harvest(manager, happened_at=at("06:30", 12), sent_at=at("08:30", 12))
    assert manager.tell("/batches", harvest_id=cut["id"], quantity="10")["harvested_on"] == "2026-11-10"


def test_the_clock_of_sending_is_no_part_of_what_is_said(manager: Door, clock: Clock) -> None:
    """A retry goes out at another moment; it is the same record, and the first sending counts."""
    told = said("irrigation", id=str(new_id()), cycle_id=cycle(manager)["id"])
    first = manager.tell("/records", **told, sent_at=at("11:30"))
    clock.pass_(minutes=10)
    assert manager.tell("/records", **told, sent_at=at("11:40")) == first
    assert manager.tell("/records", **told) == first


def test_a_retraction_carries_it_too(manager: Door) -> None:
    slip = record(manager, "irrigation")
    told = {"kind": "retraction", "corrects_id": slip["id"], "correction_reason": "Ghi nhầm"}
    assert manager.tell("/records", **told, sent_at=at("11:30"))["clock_offset_seconds"] == 3 * 3600


def test_the_form_takes_it_along_and_does_without(manager: Door) -> None:
    opened = cycle(manager)["id"]
    to = f"/app/log/{opened}/irrigation"
    assert 'name="sent_at" data-sent-at' in manager.get(to).text
    for sent in ("2026-11-10T04:30:00.250Z", ""):
        assert manager.post(to, data=typed("irrigation", sent_at=sent)).status_code == 303
    assert [line["clock_offset_seconds"] for line in diary(manager, opened)] == [3 * 3600, None]


def test_work_of_yesterday_written_once_more_takes_it_along_too(manager: Door) -> None:
    watered = record(manager, "irrigation", happened_at=at("06:30", 9))
    to = f"/app/log/{watered['cycle_id']}/yesterday"
    assert 'name="sent_at" data-sent-at' in manager.get(to).text
    sent = {"id": str(new_id()), "record_ids": watered["id"], "happened_at": "2026-11-10T08:30", "sure": "on"}
    assert manager.post(to, data={**sent, "sent_at": "2026-11-10T04:30:00Z"}).status_code == 303
    again = diary(manager, watered["cycle_id"])[1]
    assert again["clock_offset_seconds"] == 3 * 3600


MOMENTS = st.timedeltas(timedelta(0), timedelta(days=800)).map(
    lambda span: datetime(2026, 1, 1, tzinfo=UTC) + span
)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_a_clock_put_right_is_never_after_the_server_heard(
    recorded: datetime, sent: datetime, received: datetime
) -> None:
    offset = rules.clock_offset(sent, received_at=received)
    wrong_by = rules.clock_wrong_by(offset, recorded_at=recorded, received_at=received)
    written = rules.written_at(recorded, received_at=received, wrong_by=wrong_by)
    assert written <= received or wrong_by is None
