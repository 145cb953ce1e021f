"""What is done beside the crops: the cooperative's books that belong to no cycle."""

import uuid
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from tests.farms.making import area, plot
from tests.people import Door, Factory
from tests.records.making import OWN, SITE, cycle, said, site
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry
from trace.records.models import Confided, Record

NOW = "2026-11-10T08:30"


def typed(kind: str, **given: Any) -> dict[str, Any]:
    own = {name: str(value).replace(".", ",") for name, value in SITE[kind].items()}
    return {"id": str(new_id()), "happened_at": NOW, "note": "", "plot_id": "", **own, **given}


@pytest.mark.parametrize("kind", SITE)
def test_every_book_is_written_with_its_form_as_through_the_api(manager: Door, kind: str) -> None:
    form = manager.get(f"/app/site/{kind}")
    assert form.status_code == 200
    for name in SITE[kind]:
        assert f'name="{name}"' in form.text
    assert manager.post(f"/app/site/{kind}", data=typed(kind)).status_code == 303
    site(manager, kind, happened_at=f"{NOW}:00+07:00")
    by_form, by_api = manager.ask("/site/records")["items"]
    own = {"id": None, "recorded_at": None}
    assert {**by_form, **own} == {**by_api, **own}
    assert (by_api["kind"], by_api["cycle_id"]) == (kind, None)
    assert manager.get(f"/app/site?book={kind}").text.count('id="r-') == 2


def test_site_work_may_name_a_plot_or_an_area_of_ones_own(manager: Door, make: Factory) -> None:
    on_plot = site(manager, "hygiene", plot_id=plot(manager)["id"])
    in_area = site(manager, "waste", area_id=area(manager)["id"])
    assert on_plot["plot_id"]
    assert in_area["area_id"]
    theirs = plot(make.manager())["id"]
    assert manager.say("/records", **said("hygiene", plot_id=theirs)).status_code == 404


def test_a_book_is_corrected_and_taken_back_like_the_diary(manager: Door) -> None:
    wrong = site(manager, "waste", weight="12")
    to = f"/app/records/{wrong['id']}/correct"
    assert 'value="12"' in manager.get(to).text
    sent = typed("waste", weight="1,2", correction_reason="Thừa số 0")
    assert manager.post(to, data=sent).headers["location"].startswith("/app/site")
    new, old = manager.ask("/site/records")["items"]
    assert (old["corrected_by_id"], new["corrects_id"]) == (new["id"], old["id"])
    taken_back = f"/app/records/{new['id']}/retract"
    answer = manager.post(taken_back, data={"id": str(new_id()), "correction_reason": "Ghi nhầm"})
    assert answer.status_code == 303
    assert "Ghi nhầm" in manager.get("/app/site").text


@pytest.mark.parametrize(
    ("kind", "belongs"), [("hygiene", "cycle_id"), ("irrigation", None), ("irrigation", "plot_id")]
)
def test_the_database_holds_what_belongs_to_a_crop(
    manager: Door, db: Session, kind: str, belongs: str | None
) -> None:
    opened = cycle(manager)
    ids = {"cycle_id": opened["id"], "plot_id": opened["plot_id"]}
    site(manager, "hygiene")
    made = db.exec(select(Record)).one().model_dump()
    made |= {"id": new_id(), "kind": kind, "cycle_id": None, "plot_id": None}
    if belongs:
        made[belongs] = uuid.UUID(ids[belongs])
    with pytest.raises(DBAPIError, match="belongs"), db.begin_nested():
        db.exec(insert(Record).values(**made))


def test_what_was_confided_is_not_changed_but_can_be_forgotten(manager: Door, db: Session) -> None:
    site(manager, "health")
    told = db.exec(select(Confided).where(Confided.name == "person")).one()
    with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
        db.exec(update(Confided).values(value="Người khác"))
    db.delete(told)
    db.flush()


def test_a_crop_takes_no_site_work_and_the_site_no_crop_work(manager: Door) -> None:
    opened = cycle(manager)
    assert manager.get(f"/app/log/{opened['id']}/hygiene").status_code == 404
    assert manager.get("/app/site/irrigation").status_code == 404
    assert manager.say("/records", **said("hygiene", cycle_id=opened["id"])).status_code == 422


def test_the_pages_of_the_books_follow_each_other(manager: Door) -> None:
    for day in range(1, 10):
        site(manager, "hygiene", happened_at=f"2026-11-0{day}T08:00:00+07:00")
    first = manager.ask("/site/records", limit=5)
    second = manager.ask("/site/records", limit=5, after=first["next"])
    assert (len(first["items"]), len(second["items"]), second["next"]) == (5, 4, None)
    days = [one["happened_at"][:10] for one in first["items"] + second["items"]]
    assert days == sorted(days, reverse=True)
    assert len(set(days)) == 9


def test_nothing_about_a_person_enters_the_journal(manager: Door, db: Session) -> None:
    secrets = {
        "training": {"people": "Lò Thị Bí Mật", "trainer": "Lò Thị Bí Mật", "note": "Lò Thị Bí Mật"},
        "health": {"person": "Lò Thị Bí Mật", "clinic": "Lò Thị Bí Mật", "note": "Lò Thị Bí Mật"},
        "complaint": {"complainant": "Lò Thị Bí Mật"},
        "audit": {"signed_by": "Lò Thị Bí Mật"},
        "sale": {"buyer": "Lò Thị Bí Mật", "place": "Lò Thị Bí Mật", "price": "76543"},
        "spraying": {"done_by": "Lò Thị Bí Mật"},
    }
    opened = cycle(manager)["id"]
    for kind, fields in secrets.items():
        where = {"cycle_id": opened} if kind in OWN else {}
        written = manager.tell("/records", **said(kind, sure=True, **where, **fields))
    taken_back = manager.ask("/site/records")["items"]
    for one in taken_back:
        manager.tell(
            "/records", kind="retraction", corrects_id=one["id"], correction_reason="Bí Mật ghi nhầm"
        )
    entries = [entry.said for entry in db.exec(select(JournalEntry)).all()]
    assert written
    assert not [said_ for said_ in entries if "Lò Thị" in said_ or "76543" in said_]
    # The reason of taking back is public for what members see, and kept out for what managers alone do.
    assert len([said_ for said_ in entries if "Bí Mật ghi nhầm" in said_]) == 2
