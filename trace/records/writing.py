"""What the pages that write into the diary share: the form with its photographs, read and shown again."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.evidence.attachments import AUDIO
from trace.evidence.commands import keep_pictures
from trace.evidence.documents import keep_attachments
from trace.evidence.doors import Chosen, ChosenFiles
from trace.evidence.models import Document, Photo
from trace.farms import queries as farms
from trace.kit.clock import in_vietnam
from trace.kit.doors import Db, Files, Language, Now
from trace.kit.files import FileStore
from trace.kit.forms import Draft, Form, bind, carry_out
from trace.kit.ids import as_id
from trace.kit.pages import page
from trace.kit.problems import NotFound, Problem
from trace.kit.translation import Locale, say
from trace.records import commands, input_choice, privacy, words
from trace.records.calendar_queries import Planned
from trace.records.kinds import ALL_COMMANDS, COMMANDS
from trace.records.memory import Remembered
from trace.records.models import Record
from trace.records.privacy import Circle
from trace.records.queries import Cycle
from trace.records.several import Several
from trace.records.suggestions import address_of


@dataclass(frozen=True)
class SentForm:
    """A form of the diary as it arrived, and the means to carry it out."""

    request: Request
    by: Actor
    form: FormData
    chosen: ChosenFiles
    db: Session
    store: FileStore
    now: datetime
    language: Locale

    def bound(self, kind: str, **given: Any) -> tuple[Draft[Any], list[uuid.UUID]]:
        """The form as a command, and its photographs: files are kept even when something else is wrong.

        The ids of its voice notes stand in the draft, one after the other.
        """
        photo_ids, bad_photo = self._with_files("photo_ids", self._kept_photos)
        document_ids, bad_voice = self._with_files("document_ids", self._kept_voice)
        draft = bind(
            ALL_COMMANDS[kind],
            self.form,
            self.language,
            photo_ids=photo_ids,
            document_ids=document_ids,
            **given,
        )
        draft.values["document_ids"] = " ".join(map(str, document_ids))
        for problem in filter(None, (bad_photo, bad_voice)):
            draft.refuse(problem)
        return draft, photo_ids

    def _with_files(
        self, field: str, keep: Callable[[], Iterable[Photo | Document]]
    ) -> tuple[list[uuid.UUID], Problem | None]:
        """Those kept before, by the ids in the form, and those that came with it, each once."""
        before = [one for one in map(as_id, self.form.getlist(field)) if one]
        try:
            return list(dict.fromkeys([*before, *(one.id for one in keep())])), None
        except Problem as problem:
            return before, problem

    def _kept_photos(self) -> list[Photo]:
        return keep_pictures(self.db, self.store, self.chosen.of("photos"), by=self.by, now=self.now)

    def _kept_voice(self) -> list[Document]:
        spoken = self.chosen.documents("voice", AUDIO)
        return keep_attachments(self.db, self.store, spoken, by=self.by, now=self.now)

    def carried_out(self, draft: Draft[Any]) -> Record | None:
        """The record; None when the form has to come back."""
        return carry_out(
            self.db,
            draft,
            lambda command: commands.record_work(self.db, command, by=self.by, now=self.now),
        )


def _sent(
    request: Request, by: By, form: Form, chosen: Chosen, db: Db, store: Files, now: Now, language: Language
) -> SentForm:
    by.must_be(Role.RECORDER)
    return SentForm(request, by, form, chosen, db, store, now, language)


Sent = Annotated[SentForm, Depends(_sent)]


def work_form(
    request: Request,
    db: Session,
    by: Actor,
    cycle: Cycle,
    kind: str,
    draft: Draft[Any],
    *,
    now: datetime,
    language: Locale,
    photo_ids: Sequence[uuid.UUID] = (),
    earlier: Sequence[Remembered] = (),
    like: uuid.UUID | None = None,
    planned: Planned | None = None,
    several: Several | None = None,
    corrects: Record | None = None,
) -> Response:
    """The page on which a record of this kind is written or corrected."""
    return page(
        request,
        "records/work.html",
        status=draft.status,
        cycle=cycle,
        kind=kind,
        draft=draft,
        choices=_choices(kind, language),
        households=[(one.id, one.spoken) for one in farms.households(db, by)],
        photo_ids=photo_ids,
        earlier=earlier,
        like=like,
        planned=planned,
        several=several,
        corrects=corrects,
        inputs=input_choice.offered(db, by, kind, cycle.id, as_id(draft.values.get("input_id"))),
        **common(now),
    )


def site_form(
    request: Request,
    db: Session,
    by: Actor,
    kind: str,
    draft: Draft[Any],
    *,
    now: datetime,
    language: Locale,
    photo_ids: Sequence[uuid.UUID] = (),
    corrects: Record | None = None,
) -> Response:
    """The page on which site work of this kind is written or corrected."""
    return page(
        request,
        "records/site_work.html",
        status=draft.status,
        kind=kind,
        draft=draft,
        choices=_choices(kind, language),
        plots=[(plot.id, plot.code) for plot in farms.plots(db, by)],
        photo_ids=photo_ids,
        corrects=corrects,
        private=privacy.of_kind(kind) == Circle.MANAGERS,
        **common(now),
    )


def _choices(kind: str, language: Locale) -> dict[str, list[tuple[str, str]]]:
    return {
        field: [(value, say(word, language)) for value, word in pairs.items()]
        for field, pairs in words.CHOICES.get(kind, {}).items()
    }


def common(now: datetime) -> dict[str, Any]:
    """What every page of the diary shows times and work with."""
    return {
        "words": words,
        "here": in_vietnam,
        "now": now,
        "today": in_vietnam(now).date(),
        "step_address": address_of,
    }


def diary_of(record: Record) -> str:
    """The page that a record stands on."""
    return f"/app/cycles/{record.cycle_id}" if record.cycle_id else "/app/site"


def known(kind: str) -> str:
    """The kind named in an address."""
    if kind not in COMMANDS:
        raise NotFound
    return kind
