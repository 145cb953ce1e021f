"""Products made through the API."""

from typing import Any

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


def purchase(door: Door, **given: Any) -> Any:
    """A purchase of one pack of 100 ml, of a new input unless one is named."""
    input_id = given.pop("input_id", None) or input_(door)["id"]
    return door.tell(
        "/purchases",
        **{"input_id": input_id, "bought_on": "2026-08-20", "content": "100", "unit": "ml", **given},
    )
