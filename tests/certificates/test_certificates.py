"""Managers state certificates, correct them, and say when they were withdrawn."""

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from tests.batches.making import published
from tests.certificates.making import certificate, withdraw
from tests.evidence.making import document, jpeg, pdf, photo
from tests.people import Clock, Door, Factory
from trace.kit.ids import new_id

TYPED = {
    "kind": "vietgap",
    "number": "VG-1",
    "issuer": "Trung tâm minh họa",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "unit": "kg",
}


@pytest.mark.parametrize("role", ["recorder", "viewer"])
def test_only_a_manager_states_one(make: Factory, manager: Door, role: str) -> None:
    member = make.member(manager, role)
    said = {**TYPED, "sure": True}
    assert member.say("/certificates", **said).status_code == 403
    assert member.get("/app/certificates/new").status_code == 403
    stated = certificate(manager)
    assert member.get(f"/app/certificates/{stated['id']}").status_code == 200


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "globalgap", "number": "405285200001"}, "number"),
        ({"kind": "ocop"}, "stars"),
        ({"stars": 4}, "stars"),
        ({"kind": "other"}, "title"),
        ({"valid_to": None}, "valid_to"),
        ({"valid_to": "2025-12-31"}, "valid_to"),
        ({"file_public": True}, "file_public"),
        ({"correction_reason": "Nhầm"}, "correction_reason"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    manager: Door, given: dict[str, object], field: str
) -> None:
    refused = manager.say("/certificates", **{**TYPED, "sure": True, **given})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, field)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "growing_area", "number": "HD 123"}, "number"),
        ({"kind": "packing_house", "number": "VN-HDOR-0001"}, "number"),
        ({"kind": "globalgap", "number": "4052852000099"}, "number"),
        ({}, "product_ids"),
        ({"valid_to": "2062-12-31"}, "valid_to"),
    ],
)
def test_what_looks_strange_is_asked_about(manager: Door, given: dict[str, object], field: str) -> None:
    doubted = manager.say("/certificates", **{**TYPED, **given})
    assert doubted.json()["type"] == "/problems/doubtful"
    assert field in {one["field"] for one in doubted.json()["errors"]}
    assert manager.say("/certificates", **{**TYPED, **given, "sure": True}).status_code == 201


def test_a_code_of_a_growing_area_is_kept_as_it_stands_in_the_lists(manager: Door) -> None:
    stated = certificate(manager, kind="growing_area", number=" vn-hdor–9001", valid_to=None)
    assert stated["number"] == "VN-HDOR-9001"


def test_a_correction_keeps_what_it_corrects_and_is_made_once(manager: Door) -> None:
    wrong = certificate(manager, number="VG-1")
    told = {"corrects_id": wrong["id"], "correction_reason": "Chép nhầm số"}
    right = certificate(manager, number="VG-2", **told)
    assert manager.ask(f"/certificates/{wrong['id']}")["corrected_by_id"] == right["id"]
    assert manager.say("/certificates", **{**TYPED, "sure": True, **told}).status_code == 409
    assert "Chép nhầm số" in manager.get(f"/app/certificates/{right['id']}").text


def test_a_withdrawn_one_is_neither_corrected_nor_withdrawn_again(manager: Door) -> None:
    stated = certificate(manager)
    withdraw(manager, stated)
    again = {"certificate_id": stated["id"], "withdrawn_on": "2026-11-10", "reason": "Lần nữa"}
    assert manager.say("/certificates/withdraw", **again).status_code == 409
    told = {"corrects_id": stated["id"], "correction_reason": "Nhầm"}
    assert manager.say("/certificates", **{**TYPED, "sure": True, **told}).status_code == 409
    later = certificate(manager, number="VG-3")
    future = {"certificate_id": later["id"], "withdrawn_on": "2026-11-11", "reason": "Mai"}
    assert manager.say("/certificates/withdraw", **future).status_code == 409


def test_nobody_rewrites_a_certificate(manager: Door, db: Session) -> None:
    withdraw(manager, certificate(manager))
    for statement in ("UPDATE certificate SET number = 'x'", "DELETE FROM certificate_withdrawal"):
        with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
            db.execute(text(statement))


def test_what_ends_is_told_in_time_and_no_more_once_it_is_followed(manager: Door, clock: Clock) -> None:
    certificate(manager, valid_to="2026-11-20")
    certificate(manager, number="VG-9", kind="organic", valid_to="2027-12-31")
    page = manager.get("/app/certificates").text
    assert page.count("Hãy xin gia hạn kịp thời") == 1
    assert "Còn 10 ngày là hết hạn" in page
    clock.pass_(days=11)
    assert "Đã hết hạn 1 ngày" in manager.get("/app/certificates").text
    certificate(manager, number="VG-10", valid_from="2026-11-21", valid_to="2028-11-20")
    assert "Đã hết hạn 1 ngày" not in manager.get("/app/certificates").text


def test_the_file_is_private_until_a_manager_releases_it_and_then_only_a_download(
    manager: Door, stranger: Door
) -> None:
    made, paper = published(manager), document(manager)["id"]
    stated = certificate(manager, document_id=paper)
    address = f"/b/{made['code']}/certificates/{{}}/file"
    assert stranger.get(address.format(stated["id"])).status_code == 404
    told = {"corrects_id": stated["id"], "correction_reason": "Cho xem", "file_public": True}
    open_ = certificate(manager, document_id=paper, **told)
    answer = stranger.get(address.format(open_["id"]))
    assert (answer.status_code, answer.content) == (200, pdf())
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert stranger.get(address.format(stated["id"])).status_code == 404
    withdraw(manager, open_)
    assert stranger.get(address.format(open_["id"])).status_code == 404


def test_a_photograph_of_the_paper_is_as_good(manager: Door, stranger: Door) -> None:
    made = published(manager)
    stated = certificate(manager, photo_id=photo(manager)["id"], file_public=True)
    answer = stranger.get(f"/b/{made['code']}/certificates/{stated['id']}/file")
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "Bên thứ ba" in stranger.get(f"/b/{made['code']}").text


@pytest.mark.parametrize("content", [pdf(), jpeg()])
def test_a_manager_adds_corrects_and_withdraws_with_forms(manager: Door, content: bytes) -> None:
    product_id = published(manager)["product_id"]
    sent = {"id": str(new_id()), **TYPED, f"product_ids_{product_id}": "on", "quantity": "1,5", "unit": "tan"}
    files = {"file": ("giay", content)}
    wrong = manager.post("/app/certificates/new", data=sent | {"issuer": ""}, files=files)
    assert wrong.status_code == 422
    kept = re.search(r'name="(document|photo)_id" value="([0-9a-f-]{36})"', wrong.text)
    assert kept, "the file is kept though the form came back"
    assert f'name="product_ids_{product_id}" value="on" checked' in wrong.text
    answer = manager.post("/app/certificates/new", data=sent | {f"{kept[1]}_id": kept[2]})
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    page = manager.get(address).text
    assert "1.500 kg" in page
    assert kept[2] in page
    form = manager.get(f"{address}/correct").text
    assert f'name="product_ids_{product_id}" value="on" checked' in form
    again = sent | {"id": str(new_id()), "number": "VG-2", "correction_reason": "Chép nhầm"}
    address = manager.post(f"{address}/correct", data=again).headers["location"]
    assert "VG-2" in manager.get(address).text
    back = {"id": str(new_id()), "withdrawn_on": "2026-11-09", "reason": "Đình chỉ"}
    assert manager.post(f"{address}/withdraw", data=back).status_code == 303
    assert "Đình chỉ" in manager.get(address).text
