"""How a route takes photographs and documents in: looked at before its transaction begins."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import FormData, UploadFile

from trace.accounts.doors import By
from trace.accounts.models import Role
from trace.evidence import uploads
from trace.evidence.attachments import AUDIO, PDF, Attachment
from trace.evidence.models import MediaType
from trace.evidence.pictures import Picture
from trace.evidence.uploads import Found
from trace.kit.forms import Form


@dataclass(frozen=True)
class ChosenFiles:
    """The files of a form by the name of their field; what each is was found out already."""

    found: dict[str, list[Found]]

    def of(self, field: str) -> list[Picture]:
        """Raises what was wrong with the photographs, now that the form can say so beside the field."""
        return uploads.pictures(self.found.get(field, []), field=field)

    def documents(self, field: str, wanted: Collection[MediaType] = PDF | AUDIO) -> list[Attachment]:
        """PDFs, recordings or both, for `documents.keep_attachments`; raises what was wrong with them."""
        return uploads.attachments(self.found.get(field, []), field=field, wanted=wanted)


def _chosen(by: By, form: Form) -> Iterator[ChosenFiles]:
    sent = _uploads(form)
    # Whoever may not add files is refused by the command in a moment: nothing is decoded for that.
    looked_at = sent if by.can(Role.RECORDER) else {}
    try:
        yield ChosenFiles({field: uploads.look_at_all(files) for field, files in looked_at.items()})
    finally:
        for upload in chain.from_iterable(sent.values()):
            upload.file.close()


def _uploads(form: FormData) -> dict[str, list[UploadFile]]:
    """By field; a browser sends an empty one without a name where none was chosen."""
    found: dict[str, list[UploadFile]] = {}
    for field, value in form.multi_items():
        if isinstance(value, UploadFile) and value.filename:
            found.setdefault(field, []).append(value)
    return found


# Stands before `Db` among a route's parameters: they are solved in their order, and a transaction that
# waits for a picture keeps every other writer of the embedded database waiting.
Chosen = Annotated[ChosenFiles, Depends(_chosen)]
