"""The command line's door to lists of pesticides: what would change, then the import."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import ValidationError
from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.catalogue import lists
from trace.catalogue.list_rules import Row, Standing
from trace.catalogue.lists import ImportList, Preview
from trace.kit.files import FileStore
from trace.kit.problems import Problem
from trace.kit.translation import say
from trace.kit.validation import faults_of

_SHOWN = 20


class CannotImportError(Exception):
    """One sentence that says why."""


def run(
    db: Session,
    store: FileStore,
    content: bytes,
    *,
    standing: str,
    circular: str,
    in_force_on: str,
    confirm: bool,
    by: Actor,
    now: datetime,
) -> Iterator[str]:
    """Lines for the operator. Without `confirm` nothing is imported."""
    try:
        found = lists.preview_list(db, store, content, Standing(standing), by=by)
        yield from _told(found)
        command = ImportList.model_validate(
            {
                "standing": standing,
                "circular": circular,
                "in_force_on": in_force_on,
                "file_sha256": found.file_sha256,
                "replaces_id": found.replaces.id if found.replaces else None,
            }
        )
        if confirm:
            made = lists.import_list(db, store, command, by=by, now=now)
            yield f"Imported: {made.line_count} lines of {made.circular}, in force from {made.in_force_on}."
        else:
            yield "Nothing was imported. Say --confirm to import it."
    except ValidationError as error:
        fault = faults_of(error)[0]
        raise CannotImportError(f"{fault.field}: {say(fault.message, 'en', **fault.values)}") from error
    except Problem as problem:
        fault_ = problem.faults[0] if problem.faults else None
        message, values = (fault_.message, fault_.values) if fault_ else (problem.message, problem.values)
        raise CannotImportError(say(message, "en", **values)) from problem


def _told(found: Preview) -> Iterator[str]:
    difference = found.difference
    yield f"{len(found.reading.rows)} lines; {difference.unchanged} products stay as they are."
    for name, rows in (("Added", difference.added), ("Removed", difference.removed)):
        yield f"{name}: {len(rows)}"
        yield from (f"  {_line(row)}" for row in rows[:_SHOWN])
    yield f"Changed: {len(difference.changed)}"
    for change in difference.changed[:_SHOWN]:
        yield from (f"  - {_line(row)}" for row in change.before)
        yield from (f"  + {_line(row)}" for row in change.after)
    yield f"Rows that cannot be read: {len(found.reading.unreadable)}"
    yield from (f"  row {one.number}: {say(one.reason, 'en')}" for one in found.reading.unreadable[:_SHOWN])


def _line(row: Row) -> str:
    return " · ".join(filter(None, row.said))
