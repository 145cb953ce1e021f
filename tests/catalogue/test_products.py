"""Products are added, corrected and retired through the API."""

from typing import Any

from sqlmodel import Session, col, select

from tests.catalogue.making import gtin, product
from tests.evidence.making import photo
from tests.people import Door, Factory
from trace.catalogue.models import Product
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry

GTIN = gtin("952123456001")


def kinds(db: Session) -> list[str]:
    wanted = select(JournalEntry.kind).where(col(JournalEntry.kind).startswith("product."))
    return list(db.exec(wanted.order_by(col(JournalEntry.id))).all())


def errors(answer: Any) -> dict[str, str]:
    return {error["field"]: error["detail"] for error in answer.json()["errors"]}


def test_a_product_is_added_once_however_often_it_is_sent(manager: Door, db: Session) -> None:
    sent = {"id": str(new_id()), "name": "Dưa lưới", "gtin": GTIN, "shelf_life_days": 14}
    answers = [manager.post("/api/v1/products", json=sent) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    made = db.exec(select(Product)).one()
    assert (str(made.id), made.gtin, made.origin) == (sent["id"], f"0{GTIN}", "VN")
    assert kinds(db) == ["product.added"]
    assert answers[2].json() == manager.ask(f"/products/{made.id}")


def test_an_empty_prefix_is_made_of_initials(make: Factory) -> None:
    manager = make.manager(name="HTX Tân Minh Đức (minh họa)")
    assert product(manager, name="Dưa lưới")["lot_prefix"] == "TMD-DL"
    assert product(manager, name="Đậu lăng")["lot_prefix"] == "TMD-DL2"
    assert product(manager, lot_prefix=" tmd-dl ")["lot_prefix"] == "TMD-DL"


def test_no_gtin_is_ever_invented(manager: Door) -> None:
    assert product(manager)["gtin"] is None


def test_a_gtin_belongs_to_one_product_of_one_cooperative(make: Factory) -> None:
    one, other = make.manager(), make.manager()
    product(one, gtin=GTIN, name="Dưa vàng")
    again = one.say("/products", name="Dưa xanh", gtin=f"0{GTIN}")
    assert (again.status_code, errors(again)) == (409, {"gtin": "Sản phẩm “Dưa vàng” đã có mã GTIN này."})
    elsewhere = other.say("/products", name="Dưa xanh", gtin=GTIN)
    assert elsewhere.status_code == 409
    assert "Dưa vàng" not in elsewhere.text


def test_a_wrong_gtin_is_named(manager: Door) -> None:
    answer = manager.say("/products", name="Dưa", gtin="9521234560013")
    assert answer.status_code == 422
    assert "Chữ số cuối" in errors(answer)["gtin"]
    assert "GS1" in errors(manager.say("/products", name="Dưa", gtin=gtin("200000000001")))["gtin"]


def test_a_correction_replaces_every_fact_and_keeps_the_old_one_in_the_journal(
    manager: Door, db: Session
) -> None:
    made = product(manager, gtin=GTIN, variety="TL3", lot_prefix="A")
    kept = photo(manager)["id"]
    changed = manager.tell(
        "/products/change", product_id=made["id"], name="Dưa lưới", gtin=GTIN, photo_id=kept
    )
    assert changed == {**made, "name": "Dưa lưới", "variety": None, "photo_id": kept}
    assert kinds(db) == ["product.added", "product.changed"]


def test_a_retired_product_can_be_brought_back(manager: Door, db: Session) -> None:
    made = product(manager)
    assert manager.tell("/products/retire", product_id=made["id"])["retired_at"] == "2026-11-10T01:30:00Z"
    assert manager.tell("/products/restore", product_id=made["id"]) == made
    assert kinds(db) == ["product.added", "product.retired", "product.restored"]


def test_only_a_manager_writes_and_every_member_reads(make: Factory, manager: Door) -> None:
    made = product(manager)
    for role in ("recorder", "viewer"):
        member = make.member(manager, role=role)
        assert member.ask("/products")["items"] == [made]
        assert member.say("/products", name="Dưa").status_code == 403
        for act in ("change", "retire", "restore"):
            said = {"product_id": made["id"]} | ({"name": "Dưa"} if act == "change" else {})
            assert member.say(f"/products/{act}", **said).status_code == 403


def test_another_cooperatives_product_is_not_found(make: Factory, manager: Door) -> None:
    theirs = product(make.manager())
    assert manager.get(f"/api/v1/products/{theirs['id']}").status_code == 404
    assert manager.ask("/products") == {"items": [], "next": None}
    assert manager.say("/products/change", product_id=theirs["id"], name="Dưa").status_code == 404
    for act in ("retire", "restore"):
        assert manager.say(f"/products/{act}", product_id=theirs["id"]).status_code == 404


def test_another_cooperatives_photograph_is_not_found(make: Factory, manager: Door) -> None:
    theirs = photo(make.manager())["id"]
    assert manager.say("/products", name="Dưa", photo_id=theirs).status_code == 404
    assert manager.ask("/products")["items"] == []


def test_both_ways_of_composing_a_letter_are_one(manager: Door) -> None:
    decomposed = "Du\u031ba lu\u031bo\u031b\u0301i"
    assert product(manager, name=f"  {decomposed}\u200b ")["name"] == "Dưa lưới"


def test_absurd_values_are_refused_field_by_field(manager: Door) -> None:
    answer = manager.say(
        "/products",
        name="ả" * 10_000,
        variety="x" * 121,
        origin="XX",
        shelf_life_days=0,
        lot_prefix="TMĐ_DL",
        photo_id="7",
    )
    assert answer.status_code == 422
    assert set(errors(answer)) == {
        *("name", "variety", "origin", "shelf_life_days", "lot_prefix", "photo_id"),
    }
    assert manager.say("/products", name=" \u200b ").status_code == 422
    assert manager.say("/products", name="Dưa", price=3).status_code == 422
