"""How the Serial Shipping Container Code of a unit is made; no I/O."""

from typing import Final

_BODY: Final = 17  # the extension digit, the company prefix and the serial reference; the check digit follows


def sscc(prefix: str, number: int) -> str | None:
    """The 18 digits of the unit with this number under the company prefix, or None when all are used up.

    The extension digit comes before the prefix and counts on where the serial reference is full.
    """
    places = _BODY - 1 - len(prefix)
    extension, serial = divmod(number, 10**places)
    if extension > 9:
        return None
    body = f"{extension}{prefix}{serial:0{places}}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Of any GS1 number: from the right, every other digit counts three times."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-total % 10)
