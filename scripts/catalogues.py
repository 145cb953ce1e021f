"""Brings a room's Vietnamese catalogue up to what its code and templates say.

    python -m scripts.catalogues [room …]     without a room: all of them

New messages are added untranslated, vanished ones are dropped, translations are kept. A message that a lower
room (see `ROOMS`) says too stands in that room's catalogue only. `tests/test_translation.py` fails while one is missing.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).parent.parent / "trace"
ROOMS: Final = (
    "kit",
    "places",
    "ledger",
    "gs1",
    "accounts",
    "evidence",
    "catalogue",
    "farms",
    "records",
    "batches",
    "certificates",
    "laboratory",
    "codes",
    "shipments",
    "tracing",
    "complaints",
    "recalls",
    "reports",
    "lookup",
    "today",
    "demo",
)
_KEYWORDS: Final = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}

# A date would change the file each time.
_NO_DATE: Final = datetime(2026, 1, 1, tzinfo=UTC)

Message = str | tuple[str, ...]


def said_by(room: str) -> Iterator[Message]:
    """Every message in the code and the templates of a room, in the order it stands there."""
    for file in files_of(room):
        method = "python" if file.suffix == ".py" else "jinja2"
        options = {"trimmed": "true", "silent": "false"} if method == "jinja2" else {}
        with file.open("rb") as source:
            for _line, message, _comments, _context in extract(method, source, _KEYWORDS, options=options):
                yield message


def files_of(room: str) -> list[Path]:
    files = [*sorted((ROOT / room).rglob("*.py")), *sorted((ROOT / "templates" / room).rglob("*.html"))]
    return files + sorted((ROOT / "templates").glob("*.html")) if room == "kit" else files


def read(room: str) -> Catalog:
    file = _file(room)
    if not file.exists():
        return Catalog(locale="vi", fuzzy=False)
    with file.open("rb") as source:
        return read_po(source, locale="vi")


def bring_up_to_date(room: str) -> int:
    """Write the room's catalogue anew and answer how many messages still want a translation."""
    known = read(room)
    made = Catalog(
        locale="vi", fuzzy=False, project="trace", header_comment=f"# Vietnamese for the room “{room}”."
    )
    made.creation_date = made.revision_date = _NO_DATE
    lower = {message for below in ROOMS[: ROOMS.index(room)] for message in said_by(below)}
    for message in dict.fromkeys(said_by(room)):
        if message not in lower:
            old = known.get(message if isinstance(message, str) else message[0])
            made.add(message, old.string if old else None)
    if len(made):
        _file(room).parent.mkdir(parents=True, exist_ok=True)
        with _file(room).open("wb") as target:
            write_po(target, made, width=110, omit_header=False, no_location=True)
    return sum(1 for message in made if message.id and not _has_text(message.string))


def _has_text(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _file(room: str) -> Path:
    return ROOT / "locale" / "vi" / f"{room}.po"


def main() -> int:
    wanting = {room: bring_up_to_date(room) for room in sys.argv[1:] or ROOMS}
    for room, count in wanting.items():
        if count:
            print(f"{room}: {count} messages want a Vietnamese translation in trace/locale/vi/{room}.po")
    return 1 if any(wanting.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
