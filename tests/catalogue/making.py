"""Products made through the API."""

import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook

from tests.people import Door


def product(door: Door, **given: Any) -> Any:
    """A product of the cooperative whose manager this is, as the API answers it."""
    return door.tell("/products", **{"name": "Dưa lưới ruột cam", **given})


def gtin(payload: str) -> str:
    """The number with its check digit: the weights 3 and 1 alternate from the right (GS1 General Specifications 7.9)."""
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(payload)))
    return payload + str(-total % 10)


def input_(door: Door, **given: Any) -> Any:
    """A pesticide of the cooperative whose manager this is, as the API answers it."""
    return door.tell("/inputs", **{"kind": "pesticide", "trade_name": "Anvil 5SC", "unit": "ml", **given})


def partner(door: Door, **given: Any) -> Any:
    """A buyer, as the API answers it."""
    return door.tell("/partners", **{"kind": "buyer", "name": "Cửa hàng Nông sản Sạch", **given})


def purchase(door: Door, **given: Any) -> Any:
    """A purchase of one pack of 100 ml, of a new input unless one is named."""
    input_id = given.pop("input_id", None) or input_(door)["id"]
    return door.tell(
        "/purchases",
        **{"input_id": input_id, "bought_on": "2026-08-20", "content": "100", "unit": "ml", **given},
    )


# Made up for tests, in the shape of the ministry's list.
LISTED = [
    ["Hoạt chất", "Tên thương phẩm", "Đối tượng phòng trừ", "Tổ chức đăng ký"],
    ["Hexaconazole", "Anvil® 5SC", "phấn trắng/ dưa lưới, khô vằn/ lúa", "Công ty minh họa"],
    ["Spinetoram", "Radiant 60SC", "bọ trĩ/ ớt", "Công ty minh họa"],
    ["Imidacloprid", "Confidor 100SL", "rệp/ cam", "Công ty minh họa"],
]
BANNED = [["Hoạt chất"], ["Aldrin (Aldrex, Aldrite…)"], ["Paraquat"]]


def spreadsheet(lines: Iterable[Iterable[object]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines:
        sheet.append(list(line))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def preview(door: Door, lines: Iterable[Iterable[object]], standing: str = "allowed") -> Any:
    """What importing these lines would change, as the API answers it."""
    answer = door.post(
        "/api/v1/pesticide-lists/preview",
        data={"standing": standing},
        files={"file": ("danh muc.xlsx", spreadsheet(lines))},
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def listed(door: Door, lines: Iterable[Iterable[object]], standing: str = "allowed", **given: Any) -> Any:
    """A list that was looked at and imported."""
    look = preview(door, lines, standing)
    said = {"circular": "75/2025/TT-BNNMT", "in_force_on": "2026-02-10", **given}
    kept = {name: look[name] for name in ("file_sha256", "replaces_id")}
    return door.tell("/pesticide-lists", standing=standing, **kept, **said)
