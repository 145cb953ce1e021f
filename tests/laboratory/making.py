"""Laboratory tests written down through the API."""

from typing import Any

from tests.people import Door

GOOD: dict[str, Any] = {"parameter": "Imidacloprid", "result": "0.01", "unit": "mg/kg", "limit": "0.5"}
BAD: dict[str, Any] = {**GOOD, "result": "0.82"}
SAID: dict[str, Any] = {
    "sample": "produce",
    "sampled_on": "2026-11-03",
    "laboratory": "Phòng thử nghiệm minh họa",
    "parameters": [GOOD],
}


def lab_test(door: Door, **given: Any) -> Any:
    """A test that passed; what it is of must be given, and may be a place."""
    sample = "soil" if {"plot_id", "area_id"} & set(given) else "produce"
    return door.tell("/tests", **{**SAID, "sample": sample, **given})


def failed(door: Door, **given: Any) -> Any:
    return lab_test(door, **{"parameters": [GOOD, BAD], **given})
