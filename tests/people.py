"""The smallest valid things, made through the product's own doors, as keyword overrides ask."""

import itertools
from collections.abc import Callable
from typing import Any, Protocol

from httpx2 import Response
from starlette.testclient import TestClient

from trace.kit.ids import new_id

PASSWORD = "dưa lưới ngọt lành"
_numbers = itertools.count(1)


class Clock(Protocol):
    def pass_(self, **time: float) -> None: ...


class Door(TestClient):
    """One person's browser, and their way to the JSON API."""

    def ask(self, path: str, **query: Any) -> Any:
        """GET from the API; fails the test unless it answers 200."""
        answer = self.get(f"/api/v1{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def tell(self, path: str, **said: Any) -> Any:
        """POST a command to the API; fails the test unless it was carried out."""
        answer = self.say(path, **said)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def say(self, path: str, **said: Any) -> Response:
        """POST a command to the API, whatever comes of it."""
        return self.post(f"/api/v1{path}", json={"id": str(new_id()), **said})


def tax_code(number: int) -> str:
    """A number with the right check digit, made up."""
    for tail in itertools.count(number * 7):
        nine = f"{100_000_000 + tail % 900_000_000:09}"
        digits = zip((31, 29, 23, 19, 17, 13, 7, 5, 3), nine, strict=True)
        check = 10 - sum(weight * int(digit) for weight, digit in digits) % 11
        if 0 <= check <= 9:
            return nine + str(check)
    raise AssertionError


def phone() -> str:
    return f"09{next(_numbers):08}"


def registration(**given: Any) -> dict[str, Any]:
    """What a manager types into the form on which a cooperative is registered."""
    number = next(_numbers)
    return {
        "name": f"HTX số {number:05}",  # never a year, for which some tests look
        "tax_code": tax_code(number),
        "hotline": "0220 3888 999",
        "commune_code": "11065",
        "street": "Thôn Côi Hạ",
        "former_label": "xã Phạm Trấn, huyện Gia Lộc, tỉnh Hải Dương",
        "manager_name": "Nguyễn Văn An",
        "phone": phone(),
        "password": PASSWORD,
        **given,
    }


class Factory:
    """Makes cooperatives and what they have. Each method answers what the API answered."""

    def __init__(self, door: Callable[[], Door], clock: Clock) -> None:
        self.door = door
        self.clock = clock

    def manager(self, **given: Any) -> Door:
        """The browser of the manager of a new cooperative."""
        browser = self.door()
        answer = browser.post("/register", data=registration(**given))
        assert answer.status_code == 303, answer.text
        return browser

    def member(self, manager: Door, role: str = "recorder", **given: Any) -> Door:
        """The browser of somebody who accepted the manager's invitation."""
        link = manager.tell("/invitations", role=role)
        browser = self.door()
        said = {"name": "Phạm Thị Bình", "phone": phone(), "password": PASSWORD, **given}
        answer = browser.post(f"/join/{link['token']}", data=said)
        assert answer.status_code == 303, answer.text
        return browser
