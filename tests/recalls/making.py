"""Recalls made through the API."""

from typing import Any, Final

from tests.people import Door

MESSAGE: Final = "Dư lượng thuốc vượt mức. Xin đừng ăn, mang trả nơi mua."


def started(door: Door, cause: str, cause_id: str, **given: Any) -> Any:
    said = {"reason": "Mẫu vượt mức cho phép", **given}
    return door.tell("/recalls", cause=cause, cause_id=cause_id, **said)


def decided(door: Door, recall: Any, **given: Any) -> Any:
    """What was read last is what is decided about."""
    said = {"action": "recall", "message": MESSAGE, **given}
    return door.tell("/recalls/decide", recall_id=recall["id"], seen=recall["seen"], **said)
