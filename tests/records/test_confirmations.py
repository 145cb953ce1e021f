"""A second person confirms what somebody else wrote; levels are shown, never set; a correction begins anew."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from tests.accounts.making import key
from tests.evidence.making import RECORDINGS, document, jpeg, pdf, photo
from tests.people import Door, Factory
from tests.records.making import HAPPENED, cycle, diary, record, said
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry


@pytest.fixture
def recorder(make: Factory, manager: Door) -> Door:
    return make.member(manager)


def level(door: Door, written: Any) -> str:
    return str(door.ask(f"/records/{written['id']}")["evidence"])


def shot(door: Door, taken_at: str, *, seed: int = 0, **where: str) -> str:
    """The id of a photograph that an app says it took then."""
    sent = {"file": ("a.jpg", jpeg(seed=seed))}
    return str(door.post("/api/v1/photos", files=sent, data={"taken_at": taken_at, **where}).json()["id"])


def test_a_second_person_confirms_once_and_stands_beside_it(
    manager: Door, recorder: Door, db: Session
) -> None:
    written = record(manager, "harvest")
    assert level(manager, written) == "self-declared"
    confirmed = recorder.tell("/confirmations", record_id=written["id"])
    assert (confirmed["evidence"], confirmed["confirmer"]) == ("confirmed", "Phạm Thị Bình")
    again = recorder.tell("/confirmations", record_id=written["id"])
    assert again["confirmed_at"] == confirmed["confirmed_at"]
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "record.confirmed")).one()
    assert str(entry.subject_id) == written["id"]
    page = manager.get(f"/app/cycles/{written['cycle_id']}").text
    assert "HTX xác nhận" in page
    assert "Phạm Thị Bình xác nhận" in page


def test_nobody_confirms_what_they_wrote_nor_does_a_program_or_whoever_only_looks(
    make: Factory, manager: Door
) -> None:
    written = record(manager, "other")
    assert manager.say("/confirmations", record_id=written["id"]).status_code == 409
    assert manager.post(f"/app/records/{written['id']}/confirm").status_code == 409
    viewer = make.member(manager, role="viewer")
    assert viewer.say("/confirmations", record_id=written["id"]).status_code == 403
    program = make.door()
    second = make.member(manager, role="manager")
    program.headers["authorization"] = f"Bearer {key(second)['key']}"
    assert program.say("/confirmations", record_id=written["id"]).status_code == 403
    assert level(manager, written) == "self-declared"


def test_a_correction_begins_anew_and_what_it_corrects_is_confirmed_no_more(
    manager: Door, recorder: Door
) -> None:
    crop = cycle(manager)["id"]
    old = record(manager, "other", cycle_id=crop)
    recorder.tell("/confirmations", record_id=old["id"])
    new = manager.tell(
        "/records", **said("other", cycle_id=crop, corrects_id=old["id"], correction_reason="Nhầm")
    )
    assert new["evidence"] == "self-declared"
    taken_back = record(manager, "other", cycle_id=crop)
    gone = manager.tell("/records", kind="retraction", corrects_id=taken_back["id"], correction_reason="Nhầm")
    for struck in (taken_back, gone):
        assert recorder.say("/confirmations", record_id=struck["id"]).status_code == 409
    assert [one["id"] for one in recorder.ask("/confirmations/waiting")["items"]] == [new["id"]]


def test_a_photograph_counts_that_was_taken_then_and_about_there(manager: Door) -> None:
    crop = cycle(manager)["id"]

    def backed(photo_id: str) -> str:
        return level(manager, record(manager, "other", cycle_id=crop, photo_ids=[photo_id]))

    here, far = {"latitude": "20.80", "longitude": "106.26"}, {"latitude": "21.03", "longitude": "105.85"}
    assert backed(shot(manager, HAPPENED, seed=1, **here)) == "photo"
    assert backed(shot(manager, HAPPENED, seed=2)) == "photo"
    assert backed(shot(manager, HAPPENED, seed=3, **far)) == "self-declared"
    assert backed(shot(manager, "2026-11-09T20:00:00+07:00", seed=4, **here)) == "self-declared"
    assert backed(photo(manager, seed=5)["id"]) == "self-declared"


def test_what_waits_is_ticked_on_one_page_and_leaves_it(manager: Door, recorder: Door) -> None:
    crop = cycle(manager)["id"]
    written = [record(manager, "other", cycle_id=crop)["id"] for _ in range(3)]
    record(recorder, "other", cycle_id=crop)
    page = recorder.get("/app/confirmations").text
    assert page.count('name="record_ids"') == 3
    assert "checked" not in page
    nothing = recorder.post("/app/confirmations")
    assert (nothing.status_code, "đánh dấu những việc" in nothing.text) == (422, True)
    sent = recorder.post("/app/confirmations", data={"record_ids": written[:2]})
    assert sent.status_code == 303
    assert recorder.get("/app/confirmations").text.count('name="record_ids"') == 1
    mixed = recorder.post("/app/confirmations", data={"record_ids": [written[2], str(new_id()), "none"]})
    assert mixed.status_code in (404, 422)
    assert [one["evidence"] for one in diary(manager, crop)] == ["confirmed"] * 3 + ["self-declared"]
    assert recorder.post(f"/app/records/{written[2]}/confirm").headers["location"].startswith("/app/cycles/")
    viewer_sees_no_button = manager.get(f"/app/cycles/{crop}").text
    assert viewer_sees_no_button.count("/confirm") == 1  # of what the recorder wrote


def test_the_database_itself_refuses_to_change_or_remove_a_confirmation(
    manager: Door, recorder: Door, db: Session
) -> None:
    recorder.tell("/confirmations", record_id=record(manager, "other")["id"])
    for statement in ("UPDATE confirmation SET confirmed_at = NULL", "DELETE FROM confirmation"):
        with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
            db.execute(text(statement))


def test_a_voice_note_is_spoken_into_the_form_and_heard_by_members_alone(
    make: Factory, manager: Door
) -> None:
    crop = cycle(manager)["id"]
    spoken = {"voice": ("note", RECORDINGS["audio/webm"], "audio/webm")}
    form = {"id": str(new_id()), "what": "", "happened_at": "2026-11-10T06:30"}
    back = manager.post(f"/app/log/{crop}/other", data=form, files=spoken)
    assert back.status_code == 422  # nothing typed, and the voice note is kept for the next try
    (kept,) = manager.ask("/documents")["items"]
    assert f'name="document_ids" value="{kept["id"]}" checked' in back.text
    sent = {**form, "what": "Vệ sinh", "document_ids": kept["id"]}
    assert manager.post(f"/app/log/{crop}/other", data=sent).status_code == 303
    (line,) = diary(manager, crop)
    assert line["document_ids"] == [kept["id"]]
    assert f'src="/app/documents/{kept["id"]}/file"' in manager.get(f"/app/cycles/{crop}").text
    corrected = manager.get(f"/app/records/{line['id']}/correct").text
    assert f'value="{kept["id"]}" checked' in corrected


def test_only_a_recording_of_ones_own_cooperative_is_a_voice_note(make: Factory, manager: Door) -> None:
    crop = cycle(manager)["id"]
    wrong = manager.post(
        f"/app/log/{crop}/other",
        data={"what": "Vệ sinh", "happened_at": "2026-11-10T06:30"},
        files={"voice": ("a.webm", pdf())},
    )
    assert (wrong.status_code, 'id="voice-error"' in wrong.text) == (422, True)
    paper = manager.say("/records", **said("other", cycle_id=crop, document_ids=[document(manager)["id"]]))
    assert paper.status_code == 409
    theirs = document(make.manager(), RECORDINGS["audio/ogg"])["id"]
    assert manager.say("/records", **said("other", cycle_id=crop, document_ids=[theirs])).status_code == 404
