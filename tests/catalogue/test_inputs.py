"""Inputs are added as their labels describe them, corrected and retired through the API."""

import uuid

from sqlmodel import Session, col, select

from tests.catalogue.making import input_
from tests.catalogue.test_products import errors
from tests.evidence.making import photo
from tests.people import Door, Factory
from trace.catalogue.models import Input
from trace.catalogue.queries import label_interval
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry

LABEL = {
    "active_ingredient": "hexaconazole 50 g/L",
    "formulation": "SC",
    "registration_number": "123/CNĐKT-BVTV",
    "maker": "Công ty minh họa",
    "kills_insects": False,
    "re_entry_hours": 24,
    "max_applications": 3,
    "max_dose": "100",
    "max_dose_unit": "ml",
    "intervals": [{"crop": "Dưa lưới", "phi_days": 14}, {"crop": "Vải", "phi_days": 21}],
}


def kinds(db: Session) -> list[str]:
    wanted = select(JournalEntry.kind).where(col(JournalEntry.kind).startswith("input."))
    return list(db.exec(wanted.order_by(col(JournalEntry.id))).all())


def test_an_input_is_added_once_however_often_it_is_sent(manager: Door, db: Session) -> None:
    sent = {"id": str(new_id()), "kind": "pesticide", "trade_name": "Anvil 5SC", "unit": "ml", **LABEL}
    answers = [manager.post("/api/v1/inputs", json=sent) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    assert answers[0].json() | LABEL == answers[0].json()
    assert db.exec(select(Input)).one().trade_name == "Anvil 5SC"
    assert answers[0].json()["listing"] == {"verdict": "no_list", "circular": None, "in_force_on": None}
    assert kinds(db) == ["input.added"]
    assert answers[2].json() == manager.ask(f"/inputs/{sent['id']}") == manager.ask("/inputs")["items"][0]


def test_an_interval_is_what_the_label_says_for_that_crop_and_never_a_default(
    manager: Door, db: Session
) -> None:
    made = uuid.UUID(input_(manager, **LABEL)["id"])
    asked = {
        crop: label_interval(db, made, crop) for crop in ("Dưa lưới", "DUA LUOI", "vải", "Dưa", "Ổi", None)
    }
    assert asked == {"Dưa lưới": 14, "DUA LUOI": 14, "vải": 21, "Dưa": None, "Ổi": None, None: None}


def test_a_crop_has_one_interval_however_it_is_spelled(manager: Door) -> None:
    twice = [{"crop": "Dưa lưới", "phi_days": 7}, {"crop": "dua luoi", "phi_days": 14}]
    answer = manager.say("/inputs", kind="pesticide", trade_name="A", unit="ml", intervals=twice)
    assert (answer.status_code, list(errors(answer))) == (422, ["intervals"])


def test_a_correction_replaces_every_fact_and_keeps_the_old_one_in_the_journal(
    manager: Door, db: Session
) -> None:
    made = input_(manager, **LABEL)
    kept = photo(manager)["id"]
    changed = manager.tell(
        "/inputs/change",
        input_id=made["id"],
        kind="pesticide",
        trade_name="Anvil 5 SC",
        unit="l",
        photo_id=kept,
        intervals=[{"crop": "Dưa lưới", "phi_days": 7}],
    )
    assert (changed["trade_name"], changed["unit"], changed["photo_id"]) == ("Anvil 5 SC", "l", kept)
    assert changed["intervals"] == [{"crop": "Dưa lưới", "phi_days": 7}]
    assert changed["active_ingredient"] is changed["kills_insects"] is changed["max_dose"] is None
    assert kinds(db) == ["input.added", "input.changed"]
    first = db.exec(select(JournalEntry.said).where(JournalEntry.kind == "input.added")).one()
    assert '"phi_days":21' in first.replace(" ", "")


def test_a_dose_comes_with_its_unit_and_only_pesticides_have_intervals(manager: Door) -> None:
    dose = manager.say("/inputs", kind="pesticide", trade_name="A", unit="ml", max_dose="5")
    assert (dose.status_code, list(errors(dose))) == (409, ["max_dose_unit"])
    for name, value in (("intervals", LABEL["intervals"]), ("kills_insects", True), ("max_applications", 2)):
        answer = manager.say("/inputs", kind="fertiliser", trade_name="KNO3", unit="kg", **{name: value})
        assert (answer.status_code, list(errors(answer))) == (409, [name])


def test_a_retired_input_can_be_brought_back(manager: Door, db: Session) -> None:
    made = input_(manager)
    assert manager.tell("/inputs/retire", input_id=made["id"])["retired_at"] == "2026-11-10T01:30:00Z"
    assert manager.tell("/inputs/restore", input_id=made["id"]) == made
    assert kinds(db) == ["input.added", "input.retired", "input.restored"]


def test_only_a_manager_writes_and_every_member_reads(make: Factory, manager: Door) -> None:
    made = input_(manager)
    for role in ("recorder", "viewer"):
        member = make.member(manager, role=role)
        assert member.ask("/inputs")["items"] == [made]
        assert member.say("/inputs", kind="other", trade_name="A", unit="kg").status_code == 403
        assert member.say("/inputs/retire", input_id=made["id"]).status_code == 403


def test_a_product_says_what_crop_it_is(manager: Door) -> None:
    assert manager.tell("/products", name="Dưa hộp", crop=" Dưa  lưới ")["crop"] == "Dưa lưới"
    assert manager.say("/products", name="Dưa hộp", crop="…").status_code == 422
