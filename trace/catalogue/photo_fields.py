"""The one photograph of a form, kept before anything else is looked at."""

from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.evidence.commands import keep_pictures
from trace.evidence.doors import ChosenFiles
from trace.kit.commands import Command
from trace.kit.files import FileStore
from trace.kit.forms import Draft
from trace.kit.problems import Malformed, Problem

C = TypeVar("C", bound=Command)


def kept_photo(
    db: Session, store: FileStore, chosen: ChosenFiles, *, by: Actor, now: datetime
) -> tuple[dict[str, Any], Problem | None]:
    """The photograph of the form, kept at once, so that a fault elsewhere in the form does not lose it."""
    try:
        kept = keep_pictures(db, store, chosen.of("photo")[:1], by=by, now=now)
    except Malformed as problem:
        return {}, problem
    return ({"photo_id": kept[0].id} if kept else {}), None


def with_photo(draft: Draft[C], photo: dict[str, Any], problem: Problem | None) -> Draft[C]:
    draft.values |= {name: str(value or "") for name, value in photo.items()}
    return draft.refuse(problem) if problem else draft
