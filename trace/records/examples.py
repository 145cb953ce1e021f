"""An example of every kind of record, as the API's description shows it."""

from typing import Any, Final

from fastapi.openapi.models import Example

_CYCLE: Final = "019a5b7e-0000-7000-8000-000000000001"
_RECORD: Final = "019a5b7e-0000-7000-8000-000000000002"


def _work(kind: str, happened_at: str, **own: Any) -> Example:
    return {"summary": kind, "value": {"kind": kind, "cycle_id": _CYCLE, "happened_at": happened_at, **own}}


EXAMPLES: Final[dict[str, Example]] = {
    "sowing": _work("sowing", "2026-08-16T07:00:00+07:00", seed_count=2100, seed_lot="TL3-0426"),
    "planting": _work(
        "planting", "2026-08-28T06:30:00+07:00", plant_count=2000, substrate="xơ dừa, trấu hun"
    ),
    "irrigation": _work(
        "irrigation", "2026-09-02T06:10:00+07:00", method="drip", litres="450", water_source="giếng khoan"
    ),
    "fertilising": _work(
        "fertilising",
        "2026-10-25T07:00:00+07:00",
        fertiliser="KNO3",
        amount="5",
        unit="kg",
        method="drip",
        ec="2.4",
        ph="6.2",
    ),
    "spraying": _work(
        "spraying",
        "2026-10-14T16:00:00+07:00",
        trade_name="Anvil 5SC",
        active_ingredient="hexaconazole 50 g/l",
        target="phấn trắng",
        amount="60",
        unit="ml",
        water_litres="48",
        phi_days=14,
    ),
    "pollination": _work("pollination", "2026-09-15T06:00:00+07:00", method="bees", colonies=2),
    "pruning": _work("pruning", "2026-09-29T08:00:00+07:00", work="fruit_selection"),
    "inspection": _work(
        "inspection", "2026-10-06T09:00:00+07:00", subject="mặt dưới lá", finding="3 bọ trĩ trên 20 lá"
    ),
    "harvest": _work(
        "harvest", "2026-11-08T06:30:00+07:00", quantity="2.64", unit="tan", pieces=1520, brix="13.6"
    ),
    "other": _work("other", "2026-11-01T08:00:00+07:00", what="Ngừng bón đạm"),
    "correction": _work(
        "fertilising",
        "2026-10-25T07:00:00+07:00",
        fertiliser="KNO3",
        amount="5",
        unit="kg",
        method="drip",
        corrects_id=_RECORD,
        correction_reason="5 kg, không phải 50 kg",
    ),
    "retraction": {
        "summary": "retraction",
        "value": {"kind": "retraction", "corrects_id": _RECORD, "correction_reason": "Ghi nhầm nhà màng"},
    },
}
