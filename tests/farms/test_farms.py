"""Growing areas, households and plots are added and corrected through the API."""

from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.farms.making import area, household, plot
from tests.people import Door, Factory
from trace.farms.models import Household, Plot
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry


def entries(db: Session, kind: str) -> list[JournalEntry]:
    return list(db.exec(select(JournalEntry).where(JournalEntry.kind == kind)).all())


def errors(answer: Any) -> dict[str, str]:
    return {error["field"]: error["detail"] for error in answer.json()["errors"]}


def test_an_area_is_added_with_its_commune_and_its_size_in_square_metres(manager: Door, db: Session) -> None:
    made = area(manager, puc="vn-hdor 9001", area="3.5", area_unit="mau", crop="Dưa lưới")
    assert (made["area_m2"], made["commune_label"]) == ("12600", "xã Trường Tân, TP Hải Phòng")
    assert manager.ask(f"/areas/{made['id']}") == made
    assert len(entries(db, "area.added")) == 1


def test_a_plot_is_added_once_however_often_it_is_sent(manager: Door, db: Session) -> None:
    sent = {
        "id": str(new_id()),
        "area_id": area(manager)["id"],
        "household_id": household(manager)["id"],
        "code": "NM-A1",
        "kind": "greenhouse",
        "area": "1000",
    }
    answers = [manager.post("/api/v1/plots", json=sent) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    made = db.exec(select(Plot)).one()
    assert (str(made.id), made.code, made.area_m2) == (sent["id"], "NM-A1", Decimal(1000))
    assert len(entries(db, "plot.added")) == 1
    other = manager.post("/api/v1/plots", json={**sent, "code": "NM-A2"})
    assert (other.status_code, list(errors(other))) == (409, ["id"])


def test_the_journal_holds_neither_name_nor_number_of_a_household(manager: Door, db: Session) -> None:
    made = household(manager, code="TV-07", name="Phạm Thị Bình", phone="0912 345 678")
    manager.tell("/households/change", household_id=made["id"], code="TV-08", name="Vũ Đình Cường")
    said = [entry.said for kind in ("household.added", "household.changed") for entry in entries(db, kind)]
    assert said == ['{"code":"TV-07"}', f'{{"code":"TV-08","household_id":"{made["id"]}"}}']
    stored = db.exec(select(Household)).one()
    assert (stored.code, stored.name, stored.phone) == ("TV-08", "Vũ Đình Cường", None)


def test_a_code_is_used_once_in_a_cooperative_however_it_is_spelled(make: Factory, manager: Door) -> None:
    land = area(manager)["id"]
    made = plot(manager, area_id=land, code="Nhà Hoà-1")
    for code in ("nhà hòa-1", "Nha\u0300 Hoa\u0300–1", " NHÀ  HÒA-1 "):
        answer = manager.say("/plots", area_id=land, code=code, kind="greenhouse", area="1000")
        assert (answer.status_code, list(errors(answer))) == (409, ["code"])
    keeps = {"plot_id": made["id"], "area_id": land, "kind": "greenhouse", "area": "1200"}
    assert manager.tell("/plots/change", **keeps, code="NHÀ HÒA-1")["code"] == "NHÀ HÒA-1"
    household(manager, code="TV-07")
    assert list(errors(manager.say("/households", code="tv-07", name="Bình"))) == ["code"]
    other = make.manager()
    assert plot(other, code="Nhà Hoà-1")["code"] == "Nhà Hoà-1"


def test_what_is_unusual_is_asked_and_then_believed(manager: Door) -> None:
    said = {"name": "Vùng B", "commune_code": "11065", "puc": "VN-TGPH-0012", "area": "3"}
    asked = manager.say("/areas", **said)
    assert (asked.status_code, asked.json()["type"]) == (409, "/problems/doubtful")
    assert set(errors(asked)) == {"puc", "area"}
    assert "đóng gói" in errors(asked)["puc"]
    made = manager.tell("/areas", **said, sure=True)
    assert (made["puc"], made["area_m2"]) == ("VN-TGPH-0012", "3")
    for size in ("2", "90000"):
        house = {"area_id": made["id"], "code": "X", "kind": "greenhouse", "area": size}
        assert list(errors(manager.say("/plots", **house))) == ["area"]
        assert manager.say("/plots", **house).json()["type"] == "/problems/doubtful"


@pytest.mark.parametrize("size", ["-1", "0", "1.2345", "1e9", "NaN", "Infinity", "một sào", "9999999999999"])
def test_an_area_that_is_none_is_refused(manager: Door, size: str) -> None:
    answer = manager.say("/areas", name="A", commune_code="11065", area=size)
    assert (answer.status_code, list(errors(answer))) == (422, ["area"])


def test_absurd_values_are_refused_field_by_field(manager: Door) -> None:
    answer = manager.say(
        "/plots", area_id="7", household_id="x", code="ả" * 10_000, kind="castle", area="-4", area_unit="km"
    )
    assert answer.status_code == 422
    assert set(errors(answer)) == {"area_id", "household_id", "code", "kind", "area", "area_unit"}
    answer = manager.say("/areas", name="x" * 10_000, commune_code="99999", puc="x" * 41, crop="x" * 121)
    assert set(errors(answer)) == {"name", "commune_code", "puc", "crop"}
    answer = manager.say("/households", code="", name="", phone="12")
    assert set(errors(answer)) == {"code", "name", "phone"}


def test_only_a_manager_writes_and_every_member_reads(make: Factory, manager: Door) -> None:
    house = plot(manager, household_id=household(manager)["id"])
    for role in ("recorder", "viewer"):
        member = make.member(manager, role=role)
        assert member.ask("/plots")["items"] == [house]
        assert member.ask(f"/plots/{house['id']}") == house
        assert member.say("/areas", name="A", commune_code="11065").status_code == 403
        assert member.say("/households", code="A", name="A").status_code == 403
        sent = {"area_id": house["area_id"], "code": "A", "kind": "open_field", "area": "500"}
        assert member.say("/plots", **sent).status_code == 403
        assert member.say("/plots/change", plot_id=house["id"], **sent).status_code == 403


def test_another_cooperatives_things_are_not_found(make: Factory, manager: Door) -> None:
    other = make.manager()
    theirs = plot(other, household_id=household(other)["id"])
    mine = area(manager)["id"]
    house = {"code": "A", "kind": "greenhouse", "area": "1000"}
    for path in ("plots", "areas", "households"):
        key = "id" if path == "plots" else f"{path[:-1]}_id"
        assert manager.get(f"/api/v1/{path}/{theirs[key]}").status_code == 404
    assert manager.say("/plots", **house, area_id=theirs["area_id"]).status_code == 404
    with_theirs = {**house, "area_id": mine, "household_id": theirs["household_id"]}
    assert manager.say("/plots", **with_theirs).status_code == 404
    for path, said in {
        "plots": {"plot_id": theirs["id"], "area_id": mine, **house},
        "areas": {"area_id": theirs["area_id"], "name": "A", "commune_code": "11065"},
        "households": {"household_id": theirs["household_id"], "code": "A", "name": "A"},
    }.items():
        assert manager.say(f"/{path}/change", **said).status_code == 404
    assert manager.ask("/plots")["items"] == manager.ask("/households")["items"] == []


def test_a_changed_commune_changes_its_label(manager: Door) -> None:
    made = area(manager)
    changed = manager.tell("/areas/change", area_id=made["id"], name="Vùng ổi", commune_code="10813")
    assert (changed["name"], changed["commune_label"]) == ("Vùng ổi", "xã Thanh Hà, TP Hải Phòng")


def test_the_lists_go_on_where_they_stopped(manager: Door) -> None:
    made = [household(manager)["id"] for _ in range(3)][::-1]
    first = manager.ask("/households", limit=2)
    rest = manager.ask("/households", limit=2, after=first["next"])
    assert [item["id"] for item in first["items"] + rest["items"]] == made
