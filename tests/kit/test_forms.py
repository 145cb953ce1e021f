"""A form that comes back keeps what was typed, says what is wrong, and can be sent again."""

import re

import pytest
from starlette.datastructures import FormData

from tests.people import Door
from tests.records.making import cycle, diary
from trace.kit.commands import Command, Day, Moment
from trace.kit.forms import bind
from trace.kit.ids import new_id


class Meet(Command):
    """Something with a day and a time."""

    day: Day | None = None
    at: Moment | None = None


def typed(**fields: str) -> FormData:
    return FormData(fields)


@pytest.mark.parametrize("day", ["08/11/2026", "8-11-2026", "8.11.2026", "2026-11-08", " 08/11/2026\u200e "])
def test_a_day_is_read_as_people_write_it(day: str) -> None:
    command = bind(Meet, typed(day=day), "vi").command
    assert command
    assert str(command.day) == "2026-11-08"


@pytest.mark.parametrize(
    "day",
    [
        "31/02/2026",
        "00/00/0000",
        "29/02/2027",
        "2026-13-01",
        "08112026",
        "20261108",
        "1762560000",
        "0",
        "hôm qua",
    ],
)
def test_a_day_that_is_none_is_asked_for_again(day: str) -> None:
    draft = bind(Meet, typed(day=day), "vi")
    assert "ngày/tháng/năm" in draft.errors["day"]
    assert draft.values["day"] == day


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "01/01/1970", "08/11/3026", "08/11/0026"])
def test_a_year_out_of_reach_is_asked_about(day: str) -> None:
    assert "năm" in bind(Meet, typed(day=day), "vi").errors["day"]


@pytest.mark.parametrize(
    ("moment", "read"),
    [
        ("2026-11-08T06:30", "2026-11-07 23:30:00+00:00"),
        ("08/11/2026 06:30", "2026-11-07 23:30:00+00:00"),
        ("2026-11-08T06:30:00+00:00", "2026-11-08 06:30:00+00:00"),
    ],
)
def test_a_time_without_a_zone_is_vietnams(moment: str, read: str) -> None:
    command = bind(Meet, typed(at=moment), "vi").command
    assert command
    assert str(command.at) == read


@pytest.mark.parametrize(
    "moment", ["2026-11-08T25:00", "9999-12-31T23:59", "0001-01-01T00:00", "12345", "24:00"]
)
def test_a_time_that_is_none_is_asked_for_again(moment: str) -> None:
    assert bind(Meet, typed(at=moment), "vi").errors["at"]


def test_an_id_that_is_none_is_not_the_persons_to_mend() -> None:
    draft = bind(Meet, typed(id="<script>"), "vi")
    assert "gửi lần nữa" in draft.errors[""]
    again = bind(Meet, FormData(draft.values), "vi")
    assert again.command


def test_a_form_changed_after_a_step_back_asks_and_can_then_be_sent(manager: Door) -> None:
    grown = cycle(manager)["id"]
    form = {"id": str(new_id()), "happened_at": "2026-11-10T06:30", "what": "Dọn cỏ"}
    address = f"/app/log/{grown}/other"
    assert manager.post(address, data=form).status_code == 303
    changed = form | {"what": "Dọn cỏ, quét lối đi"}
    asked = manager.post(address, data=changed)
    assert asked.status_code == 409
    assert "đã gửi rồi" in asked.text
    fresh = re.search(r'name="id" value="([0-9a-f-]{36})"', asked.text)
    assert fresh
    assert manager.post(address, data=changed | {"id": fresh[1]}).status_code == 303
    assert len(diary(manager, grown)) == 2
