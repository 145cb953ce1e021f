"""How numbers and addresses of certificates are read, and when one speaks for a batch; no I/O."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import BeforeValidator

from trace.kit.text import digits, one_line
from trace.kit.translation import N_
from trace.kit.validation import wrong

# Days before the end on which somebody should be reminded.
STAGES: Final = (7, 30, 60)
LONGEST_URL: Final = 500
_HOST: Final = re.compile(
    r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])"
)


class Standing(StrEnum):
    """What a certificate is to one batch. Only a claimed one speaks for it."""

    CLAIMED = "claimed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    USED_UP = "used_up"
    NOT_YET = "not_yet"
    OTHER_PRODUCT = "other_product"
    OTHER_PLACE = "other_place"


@dataclass(frozen=True, slots=True)
class Period:
    """From its first day to its last, both included; without a last day until it is withdrawn."""

    valid_from: date
    valid_to: date | None
    withdrawn_on: date | None

    def standing(self, harvested_on: date) -> Standing:
        """What it is to a harvest in its scope. A withdrawal takes back what was claimed before it, too."""
        if harvested_on < self.valid_from:
            return Standing.NOT_YET
        if self.valid_to and harvested_on > self.valid_to:
            return Standing.EXPIRED
        return Standing.WITHDRAWN if self.withdrawn_on else Standing.CLAIMED

    def ended(self, today: date) -> bool:
        return self.valid_to is not None and self.valid_to < today


def claiming(quantity_kg: Decimal, published: Iterable[tuple[uuid.UUID, Decimal]]) -> set[uuid.UUID]:
    """Which batches a limited certificate speaks for: in the order in which they were published.

    A batch that does not fit whole into what is left claims nothing, and takes nothing from the next one.
    """
    left, claimed = quantity_kg, set()
    for batch_id, kg in published:
        if kg <= left:
            left -= kg
            claimed.add(batch_id)
    return claimed


def stage(days_left: int) -> int | None:
    """Which reminder is due: the nearest of 7, 30 and 60 days, 0 once it has ended; None while there is time."""
    if days_left < 0:
        return 0
    return next((one for one in STAGES if days_left <= one), None)


def ggn(number: str) -> str | None:
    """The 13 digits of a GGN, however they were grouped."""
    found = digits(number)
    return found if re.fullmatch(r"[0-9]{13}", found) else None


def check_url(typed: object) -> object:
    """An https address of a public host; a stranger's browser is sent there."""
    if not isinstance(typed, str):
        return typed
    address = one_line(typed)
    if not address:
        return None
    if not is_public_address(address):
        raise wrong("check_url", N_("Write a whole address that begins with https://, without spaces."))
    return address


def is_public_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # a bracket that opens no IPv6 address, a port that is no number
        return False
    readable = (
        len(address) <= LONGEST_URL and address.isascii() and not re.search(r"[\s\"<>\\^`{|}]", address)
    )
    return (
        readable
        and parts.scheme == "https"
        and "@" not in parts.netloc
        and port in (None, 443)
        and _HOST.fullmatch(host) is not None
    )


CheckUrl = Annotated[str | None, BeforeValidator(check_url)]
