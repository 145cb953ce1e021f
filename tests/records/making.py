"""Crop cycles and records made through the API."""

from typing import Any

from tests.catalogue.making import product
from tests.farms.making import plot
from tests.people import Door

HAPPENED = "2026-11-10T06:30:00+07:00"  # two hours before the tests' clock starts

# The smallest valid record of each kind.
OWN: dict[str, dict[str, Any]] = {
    "sowing": {},
    "planting": {},
    "irrigation": {"method": "drip"},
    "fertilising": {"fertiliser": "KNO3", "amount": "5", "unit": "kg", "method": "drip"},
    "spraying": {
        "trade_name": "Anvil 5SC",
        "target": "phấn trắng",
        "amount": "60",
        "unit": "ml",
        "phi_days": 14,
    },
    "pollination": {"method": "bees"},
    "traps": {"trap": "sticky", "count": 40},
    "pruning": {"work": "topping"},
    "inspection": {"subject": "lá", "finding": "không có sâu"},
    "harvest": {"quantity": "2640", "unit": "kg", "pieces": 1520},
    "handling": {"work": "sorting", "quantity_in": "2640"},
    "sale": {"quantity": "1980", "unit": "kg"},
    "other": {"what": "Vệ sinh nhà màng"},
}
# The smallest valid record of each kind of site work.
SITE: dict[str, dict[str, Any]] = {
    "hygiene": {"cleaned": "tools"},
    "waste": {"waste": "pesticide_packaging", "weight": "1.2"},
    "training": {"topic": "Sử dụng thuốc an toàn"},
    "health": {"person": "Nguyễn Thị Khỏe", "result": "fit"},
    "audit": {"subject": "Kho thuốc", "finding": "Thiếu biển cảnh báo"},
    "complaint": {"complaint": "Một quả bị dập"},
}


def cycle(door: Door, **given: Any) -> Any:
    """An open cycle, on a plot of 1,000 m² and with a product of its own unless they are given."""
    if "plot_id" not in given:
        given["plot_id"] = plot(door)["id"]
    if "product_id" not in given:
        given["product_id"] = product(door)["id"]
    return door.tell("/cycles", **{"name": "Thu đông 2026", **given})


def said(kind: str, **given: Any) -> dict[str, Any]:
    """What is sent to write a record of this kind."""
    return {"kind": kind, "happened_at": HAPPENED, **(OWN | SITE)[kind], **given}


def record(door: Door, kind: str, **given: Any) -> Any:
    """A record, in a cycle of its own unless one is given."""
    if "cycle_id" not in given:
        given["cycle_id"] = cycle(door)["id"]
    return door.tell("/records", **said(kind, **given))


def site(door: Door, kind: str, **given: Any) -> Any:
    """A record of site work."""
    return door.tell("/records", **said(kind, **given))


def harvest(door: Door, **given: Any) -> Any:
    """A harvest of 2,640 kg, 1,520 fruits."""
    return record(door, "harvest", **given)


def diary(door: Door, cycle_id: str) -> Any:
    """Every record of a cycle by the time of the work."""
    return door.ask(f"/cycles/{cycle_id}/records", limit=200)["items"][::-1]


def facts(written: Any) -> dict[str, str]:
    """What a record says, by name."""
    return {fact["name"]: fact["value"] for fact in written["facts"]}
