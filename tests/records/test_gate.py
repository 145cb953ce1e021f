"""A harvest waits for what was sprayed. Nothing but a manager's written reason lets it go before."""

import re
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from tests.farms.making import plot
from tests.people import Clock, Door, Factory
from tests.records.making import cycle, diary, facts, record, said
from tests.records.test_pages import typed
from trace.ledger.models import JournalEntry

WHY = "Bão sắp vào, quả đã đủ ngày."
BY_NOW = "2026-11-10T06:30:00+07:00"


def sprayed(door: Door, **given: Any) -> Any:
    """Sprayed on 4 November with an interval of 14 days: harvest from the 18th. It is the 10th now."""
    return record(door, "spraying", **{"happened_at": "2026-11-04T16:00:00+07:00", **given})


def refused(answer: Any) -> list[str]:
    """The fields that a refusal names."""
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/refused"), answer.text
    return [error["field"] for error in answer.json()["errors"]]


@pytest.fixture
def recorder(manager: Door, make: Factory) -> Door:
    return make.member(manager, "recorder")


def test_a_harvest_that_did_not_wait_is_refused_and_told_what_it_waits_for(
    manager: Door, recorder: Door
) -> None:
    spraying = sprayed(manager)
    answer = recorder.say("/records", **said("harvest", cycle_id=spraying["cycle_id"], sure=True))
    assert refused(answer) == ["happened_at", ""]
    told = answer.json()["detail"]
    for named in ("Anvil 5SC", "04/11/2026", "14 ngày", "18/11/2026"):
        assert named in told
    assert "quản lý" in answer.json()["errors"][1]["detail"]
    assert answer.json()["errors"][0]["code"] == "too_early"
    assert [line["kind"] for line in diary(manager, spraying["cycle_id"])] == ["spraying"]


@pytest.mark.parametrize(("days", "status"), [(7, 409), (8, 201)])
def test_it_is_free_from_the_day_itself(manager: Door, clock: Clock, days: int, status: int) -> None:
    spraying = sprayed(manager)
    clock.pass_(days=days)
    given = said("harvest", cycle_id=spraying["cycle_id"], happened_at=f"2026-11-{10 + days}T00:10:00+07:00")
    assert manager.say("/records", **given).status_code == status


def test_a_recorder_with_a_reason_is_still_no_manager(manager: Door, recorder: Door) -> None:
    spraying = sprayed(manager)
    told = said("harvest", cycle_id=spraying["cycle_id"], early_reason=WHY, sure=True)
    assert refused(recorder.say("/records", **told)) == ["happened_at", ""]


def test_a_manager_says_why_and_it_stays(manager: Door, db: Session) -> None:
    spraying = sprayed(manager)
    told = said("harvest", cycle_id=spraying["cycle_id"])
    assert refused(manager.say("/records", **told)) == ["happened_at", "early_reason"]
    assert refused(manager.say("/records", **told, early_reason="vội")) == ["early_reason"]
    written = manager.tell("/records", **told, early_reason=WHY)
    told_ = facts(diary(manager, spraying["cycle_id"])[1])
    assert (told_["early_reason"], told_["too_early"]) == (WHY, "2026-11-18")
    assert facts(written)["early_reason"] == WHY
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "record.harvest")).one()
    assert WHY in entry.said
    notebook = manager.get(f"/app/cycles/{spraying['cycle_id']}").text
    assert "Thu trước cách ly" in notebook
    assert WHY in notebook


def test_what_a_manager_decided_cannot_be_rewritten(manager: Door, db: Session) -> None:
    record(manager, "harvest", cycle_id=sprayed(manager)["cycle_id"], early_reason=WHY)
    with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
        db.execute(text("UPDATE early_harvest SET reason = 'x'"))


def test_a_reason_that_nobody_needs_is_not_taken(manager: Door) -> None:
    answer = manager.say("/records", **said("harvest", cycle_id=cycle(manager)["id"], early_reason=WHY))
    assert refused(answer) == ["early_reason"]


def test_the_form_refuses_alike_keeps_what_was_typed_and_asks_a_manager_only(
    manager: Door, recorder: Door
) -> None:
    to = f"/app/log/{sprayed(manager)['cycle_id']}/harvest"
    sent = typed("harvest", quantity="1250,5", note="Trời nắng", sure="on")
    assert "early_reason" not in manager.get(to).text
    for door, asked in ((recorder, False), (manager, True)):
        answer = door.post(to, data=sent)
        assert answer.status_code == 409
        assert 'id="happened_at-error"' in answer.text
        assert "18/11/2026" in answer.text
        assert 'value="1250,5"' in answer.text
        assert "Trời nắng" in answer.text
        assert ('name="early_reason"' in answer.text) is asked
    assert recorder.post(to, data={**sent, "early_reason": WHY}).status_code == 409
    again = manager.post(to, data={**sent, "early_reason": "vội"})
    assert again.status_code == 409
    assert re.search(r'<textarea id="early_reason"[^>]*>\s*vội</textarea>', again.text)
    assert manager.post(to, data={**sent, "early_reason": WHY}).status_code == 303


def neighbours(door: Door, **given: Any) -> tuple[Any, Any]:
    """A cycle, and another beside it on its plot."""
    first = cycle(door, name="Dãy trái")
    return first, cycle(door, name="Dãy phải", plot_id=first["plot_id"], sure=True, **given)


def test_a_crop_beside_it_on_the_plot_counts_too(manager: Door) -> None:
    left, right = neighbours(manager)
    sprayed(manager, cycle_id=left["id"])
    answer = manager.say("/records", **said("harvest", cycle_id=right["id"]))
    assert refused(answer) == ["happened_at", "early_reason"]
    assert manager.ask(f"/cycles/{right['id']}")["harvest_from"] == "2026-11-18"
    record(manager, "harvest", cycle_id=right["id"], early_reason=WHY)
    assert facts(diary(manager, right["id"])[0])["too_early"] == "2026-11-18"


def test_crops_that_share_a_day_overlap(manager: Door) -> None:
    """Closed today, the other opened today: one crop follows the other on the same day."""
    left = cycle(manager)
    sprayed(manager, cycle_id=left["id"])
    manager.tell(f"/cycles/{left['id']}/close", sure=True)
    right = cycle(manager, plot_id=left["plot_id"])
    assert refused(manager.say("/records", **said("harvest", cycle_id=right["id"])))


def test_a_crop_that_was_over_before_holds_nothing_back_but_is_asked_about(
    manager: Door, clock: Clock
) -> None:
    left = cycle(manager)
    sprayed(manager, cycle_id=left["id"])
    manager.tell(f"/cycles/{left['id']}/close", sure=True)
    clock.pass_(days=1)
    right = cycle(manager, plot_id=left["plot_id"])
    told = said("harvest", cycle_id=right["id"], happened_at="2026-11-11T06:30:00+07:00")
    answer = manager.say("/records", **told)
    assert answer.json()["type"] == "/problems/doubtful"
    assert "18/11/2026" in answer.json()["errors"][0]["detail"]
    assert manager.say("/records", **told, sure=True).status_code == 201
    # Sown before the other was cleared away, the two stood there together.
    young = cycle(manager, plot_id=left["plot_id"], sown_on="2026-11-10", sure=True)
    assert refused(manager.say("/records", **{**told, "cycle_id": young["id"]}, sure=True))


def test_another_plot_is_another_plot(manager: Door) -> None:
    sprayed(manager)
    other = cycle(manager, plot_id=plot(manager)["id"])
    assert manager.say("/records", **said("harvest", cycle_id=other["id"])).status_code == 201


def test_a_spraying_that_was_taken_back_holds_nothing_up(manager: Door) -> None:
    spraying = sprayed(manager)
    manager.tell("/records", kind="retraction", corrects_id=spraying["id"], correction_reason="Nhà khác")
    record(manager, "harvest", cycle_id=spraying["cycle_id"])
    assert all("too_early" not in facts(line) for line in diary(manager, spraying["cycle_id"]))
    assert manager.ask(f"/cycles/{spraying['cycle_id']}")["harvest_from"] is None


def test_a_corrected_interval_counts_as_corrected(manager: Door) -> None:
    spraying = sprayed(manager)
    told = {"cycle_id": spraying["cycle_id"], "corrects_id": spraying["id"], "correction_reason": "Nhầm nhãn"}
    manager.tell("/records", **said("spraying", happened_at=spraying["happened_at"], phi_days=6, **told))
    assert manager.ask(f"/cycles/{spraying['cycle_id']}")["harvest_from"] == "2026-11-10"
    record(manager, "harvest", cycle_id=spraying["cycle_id"])


def corrected(written: Any, **given: Any) -> dict[str, Any]:
    told = {"cycle_id": written["cycle_id"], "corrects_id": written["id"], "correction_reason": "Cân nhầm"}
    return said("harvest", **{**told, **given})


def test_an_early_harvest_is_corrected_by_a_recorder_but_not_made_earlier(
    manager: Door, recorder: Door
) -> None:
    cut = record(manager, "harvest", cycle_id=sprayed(manager)["cycle_id"], early_reason=WHY)
    told = corrected(cut, quantity="2500")
    earlier = {**told, "happened_at": "2026-11-09T06:30:00+07:00", "sure": True}
    assert refused(recorder.say("/records", **earlier)) == ["happened_at", ""]
    assert refused(recorder.say("/records", **told, early_reason=WHY)) == ["early_reason"]
    asked = recorder.say("/records", **told)
    assert asked.json()["type"] == "/problems/doubtful"
    newer = recorder.tell("/records", **told, sure=True)
    lines = diary(manager, cut["cycle_id"])
    assert [facts(line).get("early_reason") for line in lines] == [None, WHY, None]
    assert facts(lines[2])["too_early"] == "2026-11-18"
    told = corrected(newer, happened_at="2026-11-09T06:30:00+07:00", early_reason="Thật ra cắt từ hôm trước.")
    assert manager.say("/records", **told).status_code == 201


def test_a_harvest_corrected_into_an_interval_is_refused(manager: Door, clock: Clock) -> None:
    spraying = sprayed(manager, phi_days=6)
    cut = record(manager, "harvest", cycle_id=spraying["cycle_id"])
    told = corrected(cut, happened_at="2026-11-09T06:30:00+07:00", sure=True)
    assert refused(manager.say("/records", **told)) == ["happened_at", "early_reason"]


def test_a_spraying_is_never_refused_only_asked_about(manager: Door, recorder: Door) -> None:
    """It was done. Refused, it would stay unwritten, and the fruit would look clean."""
    cut = record(manager, "harvest")
    told = said("spraying", cycle_id=cut["cycle_id"], happened_at="2026-11-04T16:00:00+07:00")
    assert recorder.say("/records", **told).json()["type"] == "/problems/doubtful"
    assert recorder.say("/records", **told, sure=True).status_code == 201
    assert facts(diary(manager, cut["cycle_id"])[1])["too_early"] == "2026-11-18"
    assert recorder.say("/records", **corrected(cut, quantity="2500"), sure=True).status_code == 201


def test_an_interval_that_nobody_declared_is_asked_about_and_said(manager: Door) -> None:
    spraying = sprayed(manager, phi_days=None, sure=True)
    told = said("harvest", cycle_id=spraying["cycle_id"])
    assert manager.say("/records", **told).json()["type"] == "/problems/doubtful"
    manager.tell("/records", **told, sure=True)
    assert facts(diary(manager, spraying["cycle_id"])[1])["interval_unknown"] == "Anvil 5SC"


def test_of_several_sprayings_the_one_that_ends_last_is_named(manager: Door) -> None:
    spraying = sprayed(manager)
    record(
        manager,
        "spraying",
        cycle_id=spraying["cycle_id"],
        trade_name="Radiant 60SC",
        phi_days=3,
        happened_at="2026-11-09T16:00:00+07:00",
    )
    answer = manager.say("/records", **said("harvest", cycle_id=spraying["cycle_id"]))
    assert "Anvil 5SC" in answer.json()["detail"]
