"""A person agrees, takes it back, is erased: who may say it, in which words, and what is kept of it."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from tests.evidence.making import jpeg, photo
from tests.farms.making import household
from tests.people import Door, Factory
from tests.records.making import record
from trace.farms.models import Purpose
from trace.farms.wordings import WORDINGS
from trace.ledger.models import JournalEntry
from trace.settings import Settings

# Digests of every version that was ever put to people: an edited wording would falsify what they agreed to.
PUBLISHED = {
    ("name", 1): "e3f3fb732f0d88ae",
    ("photo", 1): "a9cf6d3eca69059d",
}


def agree(door: Door, home: Any, purpose: str = "name", **given: Any) -> Any:
    said = {"household_id": home["id"], "purpose": purpose, "wording": 1, "channel": "spoken", **given}
    return door.say("/consents", **said)


def standing(door: Door, home: Any) -> list[str]:
    return [
        one["purpose"] for one in door.ask(f"/households/{home['id']}/consents") if one["ended_at"] is None
    ]


def test_nobody_agrees_until_asked_and_each_purpose_stands_alone(manager: Door) -> None:
    home = household(manager)
    assert standing(manager, home) == []
    assert agree(manager, home, "photo").status_code == 201
    assert standing(manager, home) == ["photo"]
    manager.tell("/consents/withdraw", household_id=home["id"], purpose="photo")
    assert standing(manager, home) == []
    (kept,) = manager.ask(f"/households/{home['id']}/consents")
    assert (kept["channel"], kept["wording"], kept["ended_because"]) == ("spoken", 1, "spoken")
    assert kept["given_at"] == kept["ended_at"] == "2026-11-10T01:30:00Z"


def test_what_stands_is_not_given_twice_and_taking_back_nothing_does_no_harm(manager: Door) -> None:
    home = household(manager)
    for _ in range(2):
        manager.tell("/consents/withdraw", household_id=home["id"], purpose="name")
    assert [agree(manager, home).status_code for _ in range(2)] == [201, 409]


def test_a_consent_on_paper_needs_the_sheet_and_no_other_one_has_one(manager: Door) -> None:
    home, sheet = household(manager), photo(manager)["id"]
    assert agree(manager, home, channel="paper").json()["errors"][0]["field"] == "sheet_id"
    assert agree(manager, home, channel="spoken", sheet_id=sheet).status_code == 409
    assert agree(manager, home, channel="paper", sheet_id=sheet).status_code == 201


@pytest.mark.parametrize("wording", [0, 2, -1])
def test_only_the_present_words_can_be_agreed_to(manager: Door, wording: int) -> None:
    answer = agree(manager, household(manager), wording=wording)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (409, "wording")


def test_the_words_that_were_put_to_people_are_never_edited() -> None:
    digests = {
        (purpose.value, one.version): hashlib.sha256(repr((one.vi, one.en)).encode()).hexdigest()[:16]
        for purpose, versions in WORDINGS.items()
        for one in versions
    }
    assert digests == PUBLISHED
    for purpose in Purpose:
        assert [one.version for one in WORDINGS[purpose]] == list(range(1, len(WORDINGS[purpose]) + 1))


def test_the_person_agrees_and_takes_it_back_alone_whatever_the_role(make: Factory) -> None:
    manager = make.manager()
    grower = make.member(manager, "viewer")
    home = household(manager, membership_id=grower.ask("/me")["membership_id"])
    other = household(manager)
    assert agree(manager, home, channel="in_app").status_code == 403
    assert agree(grower, other, channel="in_app").status_code == 403
    assert agree(grower, other).status_code == 403
    page = grower.get(grower.get("/app/consent").headers["location"] + "/consent/photo")
    assert "Tôi cho hợp tác xã đưa ảnh chân dung của tôi" in page.text
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    where = f"/app/households/{home['id']}/consent/photo"
    assert grower.post(where, data=sent).status_code == 303
    assert standing(manager, home) == ["photo"]
    assert grower.post(f"{where}/withdraw").status_code == 303
    assert standing(manager, home) == []
    (kept,) = manager.ask(f"/households/{home['id']}/consents")
    assert (kept["channel"], kept["ended_because"]) == ("in_app", "in_app")


def test_an_account_belongs_to_one_household(make: Factory) -> None:
    manager = make.manager()
    account = make.member(manager).ask("/me")["membership_id"]
    first = household(manager, membership_id=account)
    answer = manager.say("/households", code="TV-99", name="Lê Văn Ba", membership_id=account)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (409, "membership_id")
    manager.tell("/households/change", household_id=first["id"], code="TV-98", name="Lê Văn Tư")
    manager.tell("/households", code="TV-99", name="Lê Văn Ba", membership_id=account)


def test_a_recorder_writes_down_what_was_said_and_a_viewer_does_not(make: Factory) -> None:
    manager = make.manager()
    home = household(manager)
    assert agree(make.member(manager, "viewer"), home).status_code == 403
    assert agree(make.member(manager, "recorder"), home).status_code == 201


def test_a_form_without_an_answer_agrees_to_nothing_and_no_box_is_ticked_beforehand(manager: Door) -> None:
    home = household(manager)
    where = f"/app/households/{home['id']}/consent/name"
    page = manager.get(where).text
    assert re.search(r"<input[^>]*\bchecked\b", page) is None
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = manager.post(where, data=sent)
    assert (answer.status_code, 'href="#channel"' in answer.text) == (422, True)
    assert standing(manager, home) == []


def test_a_sheet_sent_with_a_form_that_comes_back_is_kept(manager: Door) -> None:
    home, sheet = household(manager), photo(manager)
    where = f"/app/households/{home['id']}/consent/name"
    answer = manager.post(where, data={"wording": "1", "sheet_id": sheet["id"]})
    assert answer.status_code == 422
    assert f'name="sheet_id" value="{sheet["id"]}"' in answer.text


def test_another_name_is_another_person_but_marks_are_not(manager: Door) -> None:
    home = household(manager, code="TV-07", name="Pham Thi Binh")
    agree(manager, home)
    said = {"household_id": home["id"], "code": "TV-07"}
    manager.tell("/households/change", **said, name="Phạm Thị Bình")
    assert standing(manager, home) == ["name"]
    manager.tell("/households/change", **said, name="Vũ Đình Cường")
    assert standing(manager, home) == []
    assert manager.ask(f"/households/{home['id']}/consents")[0]["ended_because"] == "renamed"


def test_erasing_leaves_the_code_and_nothing_of_the_person_anywhere(
    make: Factory, db: Session, app_settings: Settings
) -> None:
    manager = make.manager()
    account = make.member(manager).ask("/me")["membership_id"]
    said = {"code": "TV-07", "name": "Phạm Ẩn Danh", "phone": "0912 345 678", "membership_id": account}
    home = household(manager, **said)
    face = photo(manager, seed=5)
    manager.tell("/households/portrait", household_id=home["id"], photo_id=face["id"])
    for purpose in Purpose:
        agree(manager, home, purpose)
    assert {face["sha256"], face["small_sha256"], face["original_sha256"]} <= files(app_settings)
    manager.tell("/households/erase", household_id=home["id"], reason="asked")
    left = manager.ask(f"/households/{home['id']}")
    assert (left["code"], left["name"], left["phone"]) == ("TV-07", "", None)
    assert (left["membership_id"], left["portrait_id"], standing(manager, home)) == (None, None, [])
    assert not {face["sha256"], face["small_sha256"], face["original_sha256"]} & files(app_settings)
    assert manager.get(f"/app/photos/{face['id']}/small.webp").status_code == 404
    for entry in db.exec(select(JournalEntry)).all():
        assert "Danh" not in entry.said
        assert "345678" not in entry.said
        assert not (entry.kind.startswith("household") and account in entry.said)
    assert agree(manager, home).status_code == 409


def test_a_portrait_that_the_diary_shows_too_is_not_torn_out_of_it(manager: Door) -> None:
    home, face = household(manager), photo(manager, seed=6)
    record(manager, "pruning", photo_ids=[face["id"]])
    manager.tell("/households/portrait", household_id=home["id"], photo_id=face["id"])
    manager.tell("/households/erase", household_id=home["id"], reason="left")
    assert manager.get(f"/app/photos/{face['id']}/small.webp").status_code == 200


def test_a_portrait_is_put_up_and_replaced_with_a_form_and_stays_in_no_browser(manager: Door) -> None:
    home = household(manager)
    where = f"/app/households/{home['id']}/portrait"
    assert manager.get(f"{where}.webp").status_code == 404
    first = manager.post(where, files={"portrait": ("a.jpg", jpeg(seed=1), "image/jpeg")})
    assert first.status_code == 303
    before = manager.ask(f"/households/{home['id']}")["portrait_id"]
    seen = manager.get(f"{where}.webp")
    assert (seen.status_code, seen.headers["cache-control"]) == (200, "no-store")
    manager.post(where, files={"portrait": ("a.jpg", jpeg(seed=2), "image/jpeg")})
    assert manager.get(f"/app/photos/{before}/small.webp").status_code == 404
    wrong = manager.post(where, files={"portrait": ("a.jpg", b"no picture", "image/jpeg")})
    assert (wrong.status_code, 'id="portrait-error"' in wrong.text) == (422, True)
    assert manager.post(where, data={}).status_code == 422
    assert manager.get(f"{where}.webp").status_code == 200
    manager.post(where, data={"remove": "on"})
    assert manager.get(f"{where}.webp").status_code == 404


def test_what_was_said_cannot_be_rewritten(manager: Door, db: Session) -> None:
    home = household(manager)
    agree(manager, home)
    manager.tell("/consents/withdraw", household_id=home["id"], purpose="name")
    for sentence in (
        "UPDATE consent SET wording = 2",
        "DELETE FROM consent_withdrawal",
    ):
        with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
            db.execute(text(sentence))


def files(kept: Settings) -> set[str]:
    return {file.name for file in Path(kept.data).rglob("*") if file.is_file()}
