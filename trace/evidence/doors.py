"""How a route takes photographs in: looked at before its transaction begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import FormData, UploadFile

from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.evidence.commands import look_at_all
from trace.evidence.pictures import Picture
from trace.kit.forms import Form
from trace.kit.problems import Malformed, Problem


@dataclass(frozen=True)
class ChosenPictures:
    """The photographs of a form by the name of their field, decoded or refused."""

    pictures: dict[str, list[Picture]]
    problems: dict[str, Problem]

    def of(self, field: str) -> list[Picture]:
        """Raises what was wrong with them, now that the form can say so beside the field."""
        if field in self.problems:
            raise self.problems[field]
        return self.pictures.get(field, [])


def _chosen(by: By, form: Form) -> Iterator[ChosenPictures]:
    uploads = _uploads(form)
    # Whoever may not add photographs is refused by the command in a moment: nothing is decoded for that.
    try:
        yield _looked_at(uploads if by.can(Role.RECORDER) else {})
    finally:
        for upload in chain.from_iterable(uploads.values()):
            upload.file.close()


def _looked_at(uploads: dict[str, list[UploadFile]]) -> ChosenPictures:
    chosen = ChosenPictures({}, {})
    for field, files in uploads.items():
        try:
            chosen.pictures[field] = look_at_all([file for file in files if file.filename], field=field)
        except Malformed as problem:
            chosen.problems[field] = problem
    return chosen


def _uploads(form: FormData) -> dict[str, list[UploadFile]]:
    """By field; a browser sends an empty one without a name where none was chosen."""
    found: dict[str, list[UploadFile]] = {}
    for field, value in form.multi_items():
        if isinstance(value, UploadFile):
            found.setdefault(field, []).append(value)
    return found


# Stands before `Db` among a route's parameters: they are solved in their order, and a transaction that
# waits for a picture keeps every other writer of the embedded database waiting.
Chosen = Annotated[ChosenPictures, Depends(_chosen)]
