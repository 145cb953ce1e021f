"""People, links and keys, made through the doors."""

import re
from typing import Any

from httpx2 import Response

from tests.people import PASSWORD, Door
from trace.kit.ids import new_id


def sign_in(door: Door, phone: str, password: str = PASSWORD, **typed: str) -> Response:
    return door.post("/sign-in", data={"phone": phone, "password": password, **typed})


def confirm(door: Door, password: str = PASSWORD) -> None:
    """Give the password once more, as before something that lasts."""
    assert door.post("/app/confirm", data={"password": password}).status_code == 303


def invitation(door: Door, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = door.tell("/invitations", **given)
    return found


def key(door: Door, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = door.tell("/keys", **{"name": "Cân điện tử", "scope": "write", **given})
    return found


def with_key(door: Door, made: dict[str, Any] | str) -> Door:
    """A program's way in: no cookies, no browser headers, only the key."""
    door.cookies.clear()
    del door.headers["sec-fetch-site"]
    door.headers["authorization"] = f"Bearer {made if isinstance(made, str) else made['key']}"
    return door


def member_of(door: Door, name: str) -> dict[str, Any]:
    """The manager's view of the member with this name."""
    return next(one for one in door.ask("/members")["items"] if one["name"] == name)


def press(door: Door, path: str, **typed: str) -> Response:
    """Send the form of one button."""
    return door.post(path, data={"id": str(new_id()), **typed})


def link_on(answer: Response) -> str:
    """The path of the one-time link that a page shows."""
    found = re.search(r"http://testserver(/(?:join|reset)/[\w-]+)", answer.text)
    assert found, answer.text
    return found[1]
