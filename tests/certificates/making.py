"""Certificates stated through the API."""

from typing import Any

from tests.people import Door

SAID: dict[str, Any] = {
    "kind": "vietgap",
    "number": "VietGAP-TT-13-2026-0042",
    "issuer": "Trung tâm Chứng nhận minh họa",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "sure": True,
}


def certificate(door: Door, **given: Any) -> Any:
    """A VietGAP certificate of 2026 for everything, unless a scope is given."""
    return door.tell("/certificates", **SAID | given)


def withdraw(door: Door, of: Any, **given: Any) -> Any:
    said = {"withdrawn_on": "2026-11-10", "reason": "Tổ chức chứng nhận đình chỉ", **given}
    return door.tell("/certificates/withdraw", certificate_id=of["id"], **said)


def claims(door: Door, batch: Any) -> dict[str, str]:
    """What each certificate is to a batch, by its id."""
    return {one["certificate_id"]: one["standing"] for one in door.ask(f"/batches/{batch['id']}/claims")}
