"""A stranger reports what is wrong; the cooperative answers; nothing typed is lost and nobody can flood it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from tests.batches.making import batch, harvest, published
from tests.complaints.making import SAID, handed_out, hidden, send
from tests.people import Clock, Door, Factory
from trace.complaints import rules
from trace.ledger.models import JournalEntry


def test_the_sender_reads_the_answer_behind_the_link_and_nobody_else_reads_the_rest(
    manager: Door, make: Factory, stranger: Door, clock: Clock, db: Session
) -> None:
    made = published(manager, harvest_id=harvest(manager)["id"])
    assert f'href="/b/{made["code"]}/report"' in stranger.get(f"/b/{made['code']}").text
    sent = send(stranger, clock, made["code"])
    assert sent.status_code == 303
    link = sent.headers["location"]
    assert SAID["text"] in stranger.get(link).text
    [told] = manager.ask("/complaints")["items"]
    assert (told["text"], told["contact"], told["is_open"]) == (SAID["text"], SAID["contact"], True)
    assert "Phản ánh đang chờ: 1" in manager.get("/app").text

    recorder, viewer = make.member(manager), make.member(manager, "viewer")
    assert recorder.get(f"/app/complaints/{told['id']}").status_code == 200
    assert recorder.say("/complaints/reply", complaint_id=told["id"], text="x").status_code == 403
    assert viewer.get("/app/complaints").status_code == 403

    manager.tell("/complaints/reply", complaint_id=told["id"], text="Chúng tôi đang cân lại.")
    closing = {"text": "Đã sửa nhãn.", "closes": "on"}
    assert manager.post(f"/app/complaints/{told['id']}", data=closing).status_code == 303
    page = stranger.get(f"/en{link}").text
    assert "Chúng tôi đang cân lại." in page
    assert "Closed: what was done" in page
    assert SAID["contact"] not in page
    again = manager.say("/complaints/reply", complaint_id=told["id"], text="Thêm nữa")
    assert again.status_code == 409
    assert manager.ask("/complaints")["items"] == []
    assert len(manager.ask("/complaints", closed=True)["items"]) == 1

    journal = " ".join(entry.said for entry in db.exec(select(JournalEntry)).all())
    public = stranger.get(f"/b/{made['code']}").text + stranger.get(f"/b/{made['code']}.json").text
    for secret in (SAID["text"], SAID["contact"]):
        assert secret not in journal + public
    assert stranger.get("/complaint/khong-co").status_code == 404


def test_only_what_is_published_can_be_reported_on(manager: Door, stranger: Door) -> None:
    draft = batch(manager, harvest_id=harvest(manager)["id"])
    for code in (draft["code"], "7K3M9Q2M", "nonsense"):
        assert stranger.get(f"/b/{code}/report").status_code == 404
        assert stranger.post(f"/b/{code}/report", data=SAID).status_code == 404


def test_what_a_program_sends_comes_back_and_what_a_person_sends_twice_is_kept_once(
    manager: Door, stranger: Door, clock: Clock
) -> None:
    code = published(manager, harvest_id=harvest(manager)["id"])["code"]
    form = handed_out(stranger, code)
    for wrong in ({}, {"website": "http://spam.example"}, {"sheet": "1.x.y"}, {"text": ""}):
        back = stranger.post(f"/b/{code}/report", data={**form, **SAID, **wrong})
        assert back.status_code in (409, 422), wrong
        assert SAID["contact"] in back.text
    assert manager.ask("/complaints")["items"] == []

    clock.pass_(hours=25)
    late = stranger.post(f"/b/{code}/report", data={**form, **SAID})
    assert late.status_code == 409
    assert SAID["text"] in late.text
    clock.pass_(seconds=5)
    fresh = hidden(late)
    links = {stranger.post(f"/b/{code}/report", data={**fresh, **SAID}).headers["location"] for _ in range(2)}
    assert len(links) == 1
    assert len(manager.ask("/complaints")["items"]) == 1


def test_over_a_limit_it_says_so_with_the_telephone_and_keeps_what_was_typed(
    manager: Door, stranger: Door, clock: Clock
) -> None:
    code = published(manager, harvest_id=harvest(manager)["id"])["code"]
    for _ in range(2):  # an address has ten an hour; a batch twenty a day
        for _ in range(10):
            assert send(stranger, clock, code).status_code == 303
        full = send(stranger, clock, code)
        assert full.status_code == 429
        assert int(full.headers["retry-after"]) > 0
        assert SAID["text"] in full.text
        assert "0220 3888 999" in full.text
        clock.pass_(hours=1)
    assert send(stranger, clock, code).status_code == 429
    clock.pass_(hours=23)
    assert send(stranger, clock, code).status_code == 303


@settings(max_examples=60)
@given(st.lists(st.integers(0, 200_000), max_size=8), st.integers(1, 6))
def test_whoever_waits_as_long_as_told_is_taken(ages: list[int], most: int) -> None:
    now = datetime(2026, 11, 10, tzinfo=UTC)
    times = [now - timedelta(seconds=one) for one in sorted(ages)]
    left = rules.wait(times, most, now)
    if left is None:
        assert sum(one > now - rules.WINDOW for one in times) < most
    else:
        assert timedelta(0) < left <= rules.WINDOW
        assert rules.wait(times, most, now + left) is None
