"""An example of every kind of record, as the API's description shows it."""

from typing import Any, Final

from fastapi.openapi.models import Example

_CYCLE: Final = "019a5b7e-0000-7000-8000-000000000001"
_RECORD: Final = "019a5b7e-0000-7000-8000-000000000002"


def _work(kind: str, happened_at: str, **own: Any) -> Example:
    return {"summary": kind, "value": {"kind": kind, "cycle_id": _CYCLE, "happened_at": happened_at, **own}}


def _site(kind: str, happened_at: str, **own: Any) -> Example:
    return {"summary": kind, "value": {"kind": kind, "happened_at": happened_at, **own}}


EXAMPLES: Final[dict[str, Example]] = {
    "sowing": _work(
        "sowing",
        "2026-08-16T07:00:00+07:00",
        variety="TL3",
        seed_count=2100,
        seed_lot="TL3-0426",
        treatment="ngâm nước ấm 4 giờ",
        tray="khay 84 lỗ",
        germination="96",
    ),
    "planting": _work(
        "planting",
        "2026-08-28T06:30:00+07:00",
        plant_count=2000,
        substrate="xơ dừa, trấu hun",
        spacing="40 × 120 cm",
    ),
    "irrigation": _work(
        "irrigation", "2026-09-02T06:10:00+07:00", method="drip", litres="450", water_source="giếng khoan"
    ),
    "fertilising": _work(
        "fertilising",
        "2026-10-25T07:00:00+07:00",
        fertiliser="KNO3",
        composition="13-0-46",
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
        active_ingredient="hexaconazole",
        strength="50 g/l",
        target="phấn trắng",
        label_dose="20 ml / bình 16 lít",
        amount="60",
        unit="ml",
        tanks="3",
        tank_litres="16",
        area="2.5",
        area_unit="sao",
        weather="cloudy",
        protection="full",
        packaging="collected",
        phi_days=14,
        re_entry_hours=24,
    ),
    "pollination": _work(
        "pollination", "2026-09-15T06:00:00+07:00", method="bees", bees="released", colonies=2
    ),
    "traps": _work("traps", "2026-09-02T08:00:00+07:00", trap="sticky", count=40, what="bẫy dính vàng"),
    "pruning": _work("pruning", "2026-09-29T08:00:00+07:00", work="fruit_selection"),
    "inspection": _work(
        "inspection", "2026-10-06T09:00:00+07:00", subject="mặt dưới lá", finding="3 bọ trĩ trên 20 lá"
    ),
    "harvest": _work(
        "harvest",
        "2026-11-08T06:30:00+07:00",
        quantity="2.64",
        unit="tan",
        pieces=1520,
        brix="13.6",
        brix_readings=["13.2", "13.8", "14.1"],
        brix_count=10,
        tools="kéo cắt, sọt nhựa",
    ),
    "handling": _work(
        "handling",
        "2026-11-08T15:30:00+07:00",
        work="sorting",
        quantity_in="2640",
        pieces_in=1520,
        grade1="1980",
        grade1_pieces=1140,
        grade2="530",
        grade2_pieces=305,
        loss="130",
        loss_pieces=75,
        packing_house="VN-HDPH-0001",
    ),
    "sale": _work(
        "sale",
        "2026-11-09T20:00:00+07:00",
        lot_code="TMD-DL-261108-01",
        quantity="1980",
        unit="kg",
        pieces=1140,
        price="52000",
        buyer="Siêu thị minh họa",
    ),
    "other": _work("other", "2026-11-01T08:00:00+07:00", what="Ngừng bón đạm"),
    "hygiene": _site("hygiene", "2026-09-01T16:00:00+07:00", cleaned="tools", means="nước và xà phòng"),
    "waste": _site(
        "waste",
        "2026-10-15T09:00:00+07:00",
        waste="pesticide_packaging",
        weight="1.2",
        pieces=14,
        handed_to="Tổ thu gom xã (minh họa)",
    ),
    "training": _site("training", "2026-08-05T08:00:00+07:00", topic="Sử dụng thuốc an toàn", headcount=12),
    "health": _site(
        "health",
        "2026-08-06T08:00:00+07:00",
        person="Nguyễn Văn A (minh họa)",
        birth_year=1970,
        result="fit",
        valid_until="2027-08-06",
    ),
    "audit": _site(
        "audit",
        "2026-10-01T08:00:00+07:00",
        subject="Kho thuốc",
        finding="Thiếu biển cảnh báo",
        remedy="Đã treo biển",
        due_on="2026-10-08",
    ),
    "complaint": _site(
        "complaint",
        "2026-11-12T10:00:00+07:00",
        lot_code="TMD-DL-261108-01",
        complaint="Một quả bị dập",
        answer="Đổi quả khác trong ngày",
    ),
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
