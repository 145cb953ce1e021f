"""Vietnamese is complete: every message is translated, every placeholder survives, nothing is left over."""

import re
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scripts.catalogues import ROOMS, Message, read, said_by
from trace.kit.translation import LOCALES, say

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def said() -> dict[str, list[Message]]:
    """The messages of each room that no lower room says too."""
    known: set[Message] = set()
    own: dict[str, list[Message]] = {}
    for room in ROOMS:
        own[room] = [message for message in dict.fromkeys(said_by(room)) if message not in known]
        known.update(own[room])
    return own


@pytest.mark.parametrize("room", ROOMS)
def test_every_message_of_a_room_stands_in_its_catalogue_and_no_other(room: str) -> None:
    wanted = {message if isinstance(message, str) else message[0] for message in said()[room]}
    held = {
        message.id if isinstance(message.id, str) else message.id[0] for message in read(room) if message.id
    }
    assert held == wanted, "run: python -m scripts.catalogues"


@pytest.mark.parametrize("room", ROOMS)
def test_every_message_is_translated_with_all_its_values(room: str) -> None:
    for message in read(room):
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        for text in texts if message.id else ():
            assert text, f"not translated: {message.id}"
            assert set(_PLACEHOLDER.findall(text)) <= set(_PLACEHOLDER.findall("".join(ids))), message.id
            assert "fuzzy" not in message.flags
        if message.id and isinstance(message.id, str):
            assert sorted(_PLACEHOLDER.findall(str(message.string))) == sorted(
                _PLACEHOLDER.findall(message.id)
            )


def test_no_english_is_left_by_accident() -> None:
    same = defaultdict(list)
    for room in ROOMS:
        for message in read(room):
            if message.id and message.id == message.string:
                same[room].append(message.id)
    allowed = {
        "API",
        "OCOP",
        "VietGAP",
        "GlobalG.A.P.",
        "Brix",
        "EC",
        "pH",
        "GLN",
        "GTIN",
        "Zalo",
        "Trace",
        "kg",
        "g",
        "l",
        "ml",
        "°Bx",
        "mS/cm",
        "m²",
        "ha",
        "N-P-K",
        "cân (1 kg)",
        "sào (360 m²)",
    }
    assert {text for texts in same.values() for text in texts} <= allowed


@pytest.mark.parametrize("locale", LOCALES)
def test_values_are_filled_in(locale: str) -> None:
    assert "12" in say("At most {max_length} characters.", locale, max_length=12)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (Decimal("1234.50"), "1.234,5", "1,234.5"),
        (2640, "2.640", "2,640"),
        (date(2026, 10, 28), "28/10/2026", "28 Oct 2026"),
        (datetime(2026, 10, 28, 1, 5, tzinfo=UTC), "08:05, 28/10/2026", "28 Oct 2026, 08:05"),
        ("TMD-DL-261108-01", "TMD-DL-261108-01", "TMD-DL-261108-01"),
    ],
)
def test_values_in_messages_are_written_as_the_reader_writes_them(
    value: object, vietnamese: str, english: str
) -> None:
    assert say("{value}", "vi", value=value) == vietnamese
    assert say("{value}", "en", value=value) == english
