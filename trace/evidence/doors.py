"""How a route takes photographs in: looked at before its transaction begins."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import FormData, UploadFile

from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.evidence.commands import look_at_all
from trace.evidence.pictures import Picture
from trace.kit.forms import Form, files
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


def _chosen(by: By, form: Form) -> ChosenPictures:
    chosen = ChosenPictures({}, {})
    if not by.can(Role.RECORDER):  # refused by the command in a moment; nothing is decoded for nobody
        return chosen
    for field in _fields(form):
        try:
            chosen.pictures[field] = look_at_all(files(form, field), field=field)
        except Malformed as problem:
            chosen.problems[field] = problem
    return chosen


def _fields(form: FormData) -> list[str]:
    return list(dict.fromkeys(name for name, value in form.multi_items() if isinstance(value, UploadFile)))


# Stands before `Db` among a route's parameters: they are solved in their order, and a transaction that
# waits for a picture keeps every other writer of the embedded database waiting.
Chosen = Annotated[ChosenPictures, Depends(_chosen)]
