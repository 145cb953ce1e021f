"""A member of one cooperative never sees or touches another's: every route is tried with a stranger's ids.

The list of routes is the application's own. A new route with an id that is not classified here fails the test.
"""

import re
import uuid
from collections.abc import Iterator
from typing import Any, Final

import pytest
from sqlmodel import Session, func, select

from tests.batches.making import hold, published
from tests.catalogue.making import LISTED, input_, listed, partner, product, purchase
from tests.certificates.making import SAID as CERTIFICATE
from tests.certificates.making import certificate
from tests.codes.making import run
from tests.complaints.making import complaint
from tests.evidence.making import RECORDINGS, document, photo
from tests.farms.making import area, household, plot
from tests.laboratory.making import SAID as REPORT
from tests.laboratory.making import lab_test
from tests.people import Door, Factory
from tests.recalls.making import started
from tests.records.making import HAPPENED, OWN, SITE, cycle, said
from tests.routes import every_route
from tests.shipments.making import SAID as SHIPMENT
from tests.shipments.making import shipment
from trace.accounts.models import SignInSession
from trace.kit.ids import new_id
from trace.kit.shortcodes import SERIAL_LENGTH, new_code
from trace.ledger.models import JournalEntry

Ids = dict[str, str]
# Parameters that are no id of a cooperative's: what strangers may ask by, and words.
OPEN: Final = {
    "code",
    "gtin",
    "gln",
    "lot",
    "rest",
    "slug",
    "token",
    "size",
    "kind",
    "purpose",
    "crop",
    "step",
    "of",
}
WORDS: Final = {
    "code": "7K3M9Q2M",
    "size": "small",
    "kind": "irrigation",
    "purpose": "name",
    "crop": "dua-luoi",
    "step": "bees",
    "of": "batch",
}
ROLES: Final = ("manager", "recorder", "viewer")


def world(manager: Door, db: Session) -> Ids:
    """One of everything, by the name of the parameter that would ask for it."""
    ids: Ids = {
        "photo_id": photo(manager)["id"],
        "document_id": document(manager)["id"],
        "voice_id": document(manager, RECORDINGS["audio/webm"])["id"],
        "area_id": area(manager)["id"],
        "household_id": household(manager)["id"],
        "product_id": product(manager)["id"],
        "input_id": input_(manager, intervals=[{"crop": "Dưa lưới", "phi_days": 14}])["id"],
        "invitation_id": manager.tell("/invitations", role="viewer")["id"],
        "key_id": manager.tell("/keys", name="Cân", scope="read")["id"],
        "membership_id": manager.ask("/me")["membership_id"],
    }
    ids["sheet_id"] = photo(manager, seed=9)["id"]
    manager.tell(
        "/households/portrait", household_id=ids["household_id"], photo_id=photo(manager, seed=8)["id"]
    )
    ids["list_id"] = ids["replaces_id"] = listed(manager, LISTED)["id"]
    ids["purchase_id"] = purchase(manager, input_id=ids["input_id"])["id"]
    ids["plot_id"] = plot(manager, area_id=ids["area_id"])["id"]
    ids["cycle_id"] = cycle(manager, plot_id=ids["plot_id"], product_id=ids["product_id"])["id"]
    ids["record_id"] = manager.tell(
        "/records", **said("harvest", cycle_id=ids["cycle_id"], quantity="1500", pieces=880)
    )["id"]
    ids["corrects_id"] = manager.tell("/records", **said("other", cycle_id=ids["cycle_id"]))["id"]
    watered = said("irrigation", cycle_id=ids["cycle_id"], happened_at="2026-11-09T06:30:00+07:00")
    ids["watered_id"] = manager.tell("/records", **watered)["id"]
    manager.tell("/cycles/choose-calendar", cycle_id=ids["cycle_id"], crop="dua-luoi")
    fed = {"fertiliser": "KNO3", "amount": "2.5", "unit": "kg"}
    ids["recipe_id"] = manager.tell(
        "/recipes",
        name="Châm phân",
        lines=[fed],
        clock="06:15",
        from_on="2026-11-01",
        cycle_ids=[ids["cycle_id"]],
    )["id"]
    ids["harvest_id"] = ids["record_id"]
    ids["batch_id"] = published(manager, harvest_id=ids["harvest_id"])["id"]
    ids["thing_id"] = ids["batch_id"]
    ids["run_id"] = run(manager, batch_id=ids["batch_id"])["id"]
    ids["partner_id"] = partner(manager)["id"]
    ids["shipment_id"] = shipment(manager, ids["batch_id"], partner_id=ids["partner_id"])["id"]
    ids["link_id"] = manager.tell("/shipments/link", shipment_id=ids["shipment_id"])["id"]
    packed = {"happened_at": "2026-11-10T08:00:00+07:00"}
    content = {"batch_id": ids["batch_id"], "kg": "1"}
    ids["unit_id"] = ids["box_id"] = manager.tell("/boxes", contents=[content], **packed)["id"]
    ids["complaint_id"] = str(complaint(db, ids["batch_id"]))
    ids["hold_id"] = hold(manager, batch_id=ids["batch_id"])["id"]
    ids["certificate_id"] = certificate(manager)["id"]
    ids["operation_id"] = ids["takes_back_id"] = manager.tell(
        "/operations",
        kind="sample",
        happened_at="2026-11-10T08:00:00+07:00",
        inputs=[{"batch_id": ids["batch_id"], "kg": "1"}],
    )["id"]
    ids["recall_id"] = started(manager, "batch", ids["batch_id"])["id"]
    ids["cause_id"] = ids["batch_id"]
    ids["test_id"] = lab_test(manager, cycle_id=ids["cycle_id"])["id"]
    ids["session_id"] = str(
        db.exec(
            select(SignInSession.id).where(SignInSession.membership_id == uuid.UUID(ids["membership_id"]))
        ).first()
    )
    return ids


@pytest.fixture
def theirs(make: Factory, db: Session) -> Ids:
    return world(make.manager(), db)


PRIVATE: Final = [
    (m, p)
    for m, p in every_route()
    if not set(re.findall(r"{(\w+)}", p)) <= OPEN and not p.startswith(("/b/", "/en/b/"))
]
# Whoever is nobody here yet may do just this.
FOR_STRANGERS: Final = {
    "/register",
    "/sign-in",
    "/sign-out",
    "/join/{token}",
    "/reset/{token}",
    "/b/{code}/report",
    "/en/b/{code}/report",
    "/delivery/{token}",
    "/en/delivery/{token}",
}


def test_every_parameter_of_every_route_is_classified(theirs: Ids) -> None:
    asked = {name for _, path in every_route() for name in re.findall(r"{(\w+)}", path)}
    assert asked <= OPEN | set(theirs)


def filled(path: str, ids: Ids) -> str:
    return re.sub(r"{(\w+)}", lambda name: WORDS.get(name[1]) or ids[name[1]], path)


@pytest.mark.parametrize("role", ROLES)
def test_no_route_answers_to_the_ids_of_another_cooperative(
    make: Factory, theirs: Ids, db: Session, role: str
) -> None:
    mine = make.manager()
    me = mine if role == "manager" else make.member(mine, role)
    before = _said(db)
    answers = {}
    for method, path in PRIVATE:
        told, api = method == "POST", path.startswith("/api/")
        answer = me.request(
            method,
            filled(path, theirs),
            json={} if told and api else None,
            data={"role": "viewer"} if told and not api else None,
        )
        if (
            answer.status_code == 303 and method == "GET"
        ):  # an old address that leads to the page of its thing
            answer = me.get(answer.headers["location"])
        answers[method, path] = answer.status_code
    allowed = {404} if role == "manager" else {403, 404}
    assert {where: status for where, status in answers.items() if status not in allowed} == {}
    assert _said(db) == before


def test_nobody_signed_in_is_led_to_the_door(stranger: Door, theirs: Ids) -> None:
    for method, path in PRIVATE:
        answer = stranger.request(method, filled(path, theirs))
        assert answer.status_code in (303, 401), path


def test_nobody_changes_anything_without_saying_who_they_are(stranger: Door, db: Session) -> None:
    writing = {path for method, path in every_route() if method != "GET"}
    assert writing > FOR_STRANGERS
    for path in sorted(writing - FOR_STRANGERS):
        answer = stranger.post(filled(re.sub(r"{\w+_id}", str(new_id()), path), {}))
        expected = (401, None) if path.startswith("/api/") else (303, "/sign-in?next=/app")
        assert (answer.status_code, answer.headers.get("location")) == expected, path
    assert _said(db) == 0


def commands(ids: Ids) -> dict[str, list[dict[str, Any]]]:
    """For every command of the API that names something by id: a valid one, with ids of one's own."""
    of = {name: {name: value} for name, value in ids.items()}
    common = {
        **of["cycle_id"],
        **of["household_id"],
        "photo_ids": [ids["photo_id"]],
        "document_ids": [ids["voice_id"]],
    }
    product_ = {"name": "Dưa lê", "lot_prefix": "DL", **of["photo_id"]}
    bought = {"kind": "pesticide", "trade_name": "Anvil 5SC", "unit": "ml", **of["photo_id"]}
    circular = {"standing": "allowed", "circular": "A", "in_force_on": "2026-02-10", "file_sha256": "0" * 64}
    paid = {"bought_on": "2026-08-20", "content": "1", "unit": "ml"}
    done = {"happened_at": "2026-11-10T08:00:00+07:00"}
    plot_ = {"code": "NM-X", "kind": "greenhouse", "area": "900", **of["area_id"], **of["household_id"]}
    return {
        "/cooperative": [],
        "/members/change-role": [{**of["membership_id"], "role": "viewer"}],
        "/members/end": [of["membership_id"]],
        "/members/sign-out": [of["membership_id"]],
        "/password-resets": [of["membership_id"]],
        "/invitations/withdraw": [of["invitation_id"]],
        "/keys/revoke": [of["key_id"]],
        "/products": [product_],
        "/products/change": [{**product_, **of["product_id"]}],
        "/products/retire": [of["product_id"]],
        "/products/restore": [of["product_id"]],
        "/inputs": [bought],
        "/inputs/change": [{**bought, **of["input_id"]}],
        "/inputs/retire": [of["input_id"]],
        "/inputs/restore": [of["input_id"]],
        "/pesticide-lists": [{**circular, **of["replaces_id"]}],
        "/purchases": [
            {**paid, **of["input_id"], "photo_ids": [ids["photo_id"]]},
            {**paid, **of["input_id"], **of["corrects_id"], "correction_reason": "Nhầm"},
        ],
        "/partners/change": [{"kind": "buyer", "name": "Cửa hàng", **of["partner_id"]}],
        "/shipments": [
            {**SHIPMENT, "inputs": [{"batch_id": ids["batch_id"], "kg": "1"}], **of["partner_id"]},
            {**SHIPMENT, "unit_ids": [ids["unit_id"]], **of["partner_id"]},
        ],
        "/shipments/answer": [
            {**done, "verdict": "accepted", "photo_ids": [ids["photo_id"]], **of["shipment_id"]}
        ],
        "/shipments/return": [
            {**done, "lines": [{"batch_id": ids["batch_id"], "good_kg": "1"}], **of["shipment_id"]}
        ],
        "/shipments/link": [of["shipment_id"]],
        "/shipments/revoke-link": [of["link_id"]],
        "/consignments/answer": [],
        "/goods": [{**done, "lots": [{"kg": "1", **of["product_id"]}], **of["partner_id"]}],
        "/purchases/withdraw": [{**of["purchase_id"], "reason": "Nhầm"}],
        "/areas/change": [{"name": "Vùng", "commune_code": "11065", **of["area_id"]}],
        "/households": [{"code": "TV-78", "name": "Hộ", **of["membership_id"]}],
        "/households/change": [{"code": "TV-77", "name": "Hộ", **of["household_id"], **of["membership_id"]}],
        "/households/portrait": [{**of["household_id"], **of["photo_id"]}],
        "/households/erase": [{**of["household_id"], "reason": "asked"}],
        "/consents": [
            {**of["household_id"], "purpose": "name", "wording": 1, "channel": "paper", **of["sheet_id"]}
        ],
        "/consents/withdraw": [{**of["household_id"], "purpose": "name"}],
        "/plots/change": [{**plot_, **of["plot_id"]}],
        "/plots": [plot_],
        "/cycles": [{"name": "Vụ", "sure": True, **of["plot_id"], **of["product_id"]}],
        "/cycles/choose-calendar": [{"crop": "dua-luoi", **of["cycle_id"]}],
        "/cycles/skip-step": [{"step": "bees", "reason": "Bằng tay", **of["cycle_id"]}],
        "/cycles/resume-step": [{"step": "bees", **of["cycle_id"]}],
        "/confirmations": [of["record_id"]],
        "/records": [
            *({**said(kind), **common} for kind in OWN),
            {**said("spraying"), **common, **of["input_id"], **of["purchase_id"]},
            *({**said(kind), **of["plot_id"], **of["area_id"]} for kind in SITE),
            {**said("other"), **common, **of["corrects_id"], "correction_reason": "Nhầm"},
            {"kind": "retraction", **of["corrects_id"], "correction_reason": "Nhầm"},
        ],
        "/records/together": [],
        "/recipes": [
            {
                "name": "Châm phân",
                "clock": "06:15",
                "from_on": "2026-11-01",
                "lines": [{"fertiliser": "KNO3", "amount": "1", "unit": "kg"}],
                "cycle_ids": [ids["cycle_id"]],
            }
        ],
        "/recipes/confirm": [{**of["recipe_id"], "days": ["2026-11-09"], "cycle_ids": [ids["cycle_id"]]}],
        "/recipes/forgo": [
            {**of["recipe_id"], "days": ["2026-11-08"], "cycle_ids": [ids["cycle_id"]], "reason": "Mưa"}
        ],
        "/recipes/stop": [of["recipe_id"]],
        "/records/repeat": [{"happened_at": HAPPENED, "record_ids": [ids["watered_id"]]}],
        "/batches": [{"quantity": "10", **of["harvest_id"]}],
        "/batches/withdraw": [{"reason": "In nhầm", **of["batch_id"]}],
        "/batches/close": [{"reason": "Bán hết", **of["batch_id"]}],
        "/operations": [
            {**done, "kind": "make", **of["harvest_id"], "outputs": [{"kg": "10"}]},
            {**done, "kind": "move", **of["batch_id"], "place": "Kho lạnh"},
            {**done, "kind": "take_back", **of["takes_back_id"], "reason": "Nhầm"},
        ],
        "/labels": [{"stationery": "tomy-145", "count": 1, **of["batch_id"]}],
        "/labels/reprint": [
            {"stationery": "tomy-145", "first": 1, "last": 2, "reason": "Kẹt giấy", **of["run_id"]}
        ],
        "/labels/activate": [{**done, "first": new_code(SERIAL_LENGTH), **of["batch_id"]}],
        "/labels/void": [{"first": new_code(SERIAL_LENGTH), "reason": "Rách"}],
        "/pallets": [{**done, "box_ids": [ids["box_id"]]}],
        "/units/take-apart": [{**done, "reason": "Ướt", **of["unit_id"]}],
        "/holds": [{"reason": "Chờ", **of[name]} for name in ("plot_id", "cycle_id", "batch_id")],
        "/certificates": [
            {**CERTIFICATE, **of["document_id"], **of["photo_id"]},
            {**CERTIFICATE, "corrects_id": ids["certificate_id"], "correction_reason": "Nhầm"},
            *({**CERTIFICATE, f"{name}s": [ids[name]]} for name in ("product_id", "area_id", "plot_id")),
        ],
        "/tests": [
            {**REPORT, **of["batch_id"], **of["document_id"], **of["photo_id"]},
            {**REPORT, **of["cycle_id"], "corrects_id": ids["test_id"], "correction_reason": "Nhầm"},
            *({**REPORT, "sample": "soil", **of[name]} for name in ("area_id", "plot_id")),
        ],
        "/recalls": [{"cause": "batch", "reason": "Mùi lạ", **of["cause_id"]}],
        "/recalls/decide": [{"seen": "0", "action": "recall", "message": "Xin mang trả.", **of["recall_id"]}],
        "/complaints/reply": [{"text": "Đã sửa", **of["complaint_id"]}],
        "/tests/withdraw": [{"reason": "Nhầm mẫu", **of["test_id"]}],
        "/certificates/withdraw": [
            {"withdrawn_on": "2026-11-10", "reason": "Đình chỉ", **of["certificate_id"]}
        ],
        "/holds/decide": [{"decision": "kept", "reason": "Chờ", **of["hold_id"]}],
    }


def test_every_command_that_names_something_is_tried_below(stranger: Door, theirs: Ids) -> None:
    description = stranger.get("/api/openapi.json").json()
    tried = {f"/api/v1{path}" for path in commands(theirs)}
    naming = {path for path, name in _names(description) if name not in {"id"} and "{" not in path}
    assert naming <= tried


def _names(description: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for path, methods in description["paths"].items():
        body = methods.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json")
        if body:
            for schema in re.findall(r"#/components/schemas/(\w+)", str(body["schema"])):
                for name in description["components"]["schemas"][schema].get("properties", {}):
                    if name.endswith(("_id", "_ids")):
                        yield path, name


def test_no_command_takes_an_id_of_another_cooperative(make: Factory, theirs: Ids, db: Session) -> None:
    mine = make.manager()
    own = world(mine, db)
    before = _said(db)
    for path, bodies in commands(own).items():
        for body in bodies:
            for name in [name for name in body if name.endswith(("_id", "_ids"))]:
                listed = "watered_id" if name == "record_ids" else name.removesuffix("s")
                foreign = [theirs[listed]] if name.endswith("_ids") else theirs[name]
                answer = mine.post(f"/api/v1{path}", json={"id": str(new_id()), **body, name: foreign})
                assert answer.status_code == 404, f"{path} {name}: {answer.text}"
    assert _said(db) == before


@pytest.mark.parametrize(
    "query",
    [
        "/app/batches/new?harvest={harvest_id}",
        "/app/log?cycle={cycle_id}",
        "/app/purchases/new?bought={input_id}",
    ],
)
def test_a_page_filled_in_from_its_address_shows_nothing_of_others(
    make: Factory, theirs: Ids, query: str
) -> None:
    answer = make.manager().get(query.format(**theirs))
    assert answer.status_code == 404 or not any(one in answer.text for one in theirs.values())


def _said(db: Session) -> int:
    db.expire_all()
    return db.exec(select(func.count()).select_from(JournalEntry)).one()
