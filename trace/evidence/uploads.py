"""Files as they come in: what each of them is, found out before a transaction begins."""

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import UploadFile

from trace.evidence.attachments import AUDIO, LIMIT_MB, PDF, Attachment, recognised
from trace.evidence.models import MediaType
from trace.evidence.pictures import LIMIT_MB as PICTURE_LIMIT_MB
from trace.evidence.pictures import NotAPictureError, Picture, look_at, not_readable, too_large
from trace.kit.problems import Fault, Malformed
from trace.kit.translation import N_

AT_MOST: Final = 20
_READ_MB: Final = max(PICTURE_LIMIT_MB, *LIMIT_MB.values())
_WANTED: Final = {
    PDF: N_("This file is not a PDF, or not a whole one. Send the PDF as you received it."),
    AUDIO: N_("This file is not a voice recording that can be kept. Please record it with the phone."),
}
_EITHER: Final = N_("This file is neither a PDF nor a voice recording, or it is damaged.")


@dataclass(frozen=True)
class Oversized:
    """Larger than any file may be: it was not read to its end."""


Found = Picture | Attachment | NotAPictureError | Oversized


def look_at_all(uploads: Sequence[UploadFile]) -> list[Found]:
    """What each is, by its bytes.

    It takes about a third of a second a photograph, so it comes before the transaction begins (see `doors.Chosen`).
    Beyond the number that may be sent at once nothing is looked at: whoever takes the files refuses them all.
    """
    return [_look_at(upload) if len(uploads) <= AT_MOST else Oversized() for upload in uploads]


def _look_at(upload: UploadFile) -> Found:
    # Asked for one byte more than the limit, so that a size nobody declared is noticed too.
    content = upload.file.read(_READ_MB * 1024 * 1024 + 1)
    if len(content) > _READ_MB * 1024 * 1024:
        return Oversized()
    if attachment := recognised(content):
        return attachment
    try:
        # The upload's own file, on the disk: forty originals of a form are not held in memory.
        return dataclasses.replace(look_at(content), original=upload.file)
    except NotAPictureError as error:
        return error


def pictures(found: Sequence[Found], *, field: str) -> list[Picture]:
    """Raises Malformed that names `field`, with a fault for each that cannot be shown."""
    _not_too_many(found, N_("At most {limit} photos at once."), field=field)
    kept, faults = [], []
    for one in found:
        if isinstance(one, Picture):
            kept.append(one)
        else:
            error = _no_picture(one)
            faults.append(Fault(field, error.message, error.values, "photo"))
    if faults:
        raise Malformed(faults)
    return kept


def _no_picture(found: Attachment | NotAPictureError | Oversized) -> NotAPictureError:
    if isinstance(found, NotAPictureError):
        return found
    return too_large() if isinstance(found, Oversized) else not_readable()


def attachments(
    found: Sequence[Found], *, field: str, wanted: Collection[MediaType] = PDF | AUDIO
) -> list[Attachment]:
    """Raises Malformed that names `field`, with a fault for each that is none of the kinds wanted."""
    _not_too_many(found, N_("At most {limit} files at once."), field=field)
    kept, faults = [], []
    for one in found:
        if isinstance(one, Attachment) and one.media_type in wanted and not one.too_large:
            kept.append(one)
        else:
            faults.append(_unfit(one, frozenset(wanted), field=field))
    if faults:
        raise Malformed(faults)
    return kept


def _unfit(found: Found, wanted: frozenset[MediaType], *, field: str) -> Fault:
    limits = [LIMIT_MB[kind] for kind in wanted]
    if isinstance(found, Oversized):
        return _too_large(max(limits), field=field)
    if isinstance(found, Attachment) and found.media_type in wanted:
        return _too_large(LIMIT_MB[found.media_type], field=field)
    return Fault(field, _WANTED.get(wanted, _EITHER), {}, "document")


def _too_large(limit_mb: int, *, field: str) -> Fault:
    message = N_("This file is larger than {limit_mb} MB. Please choose a smaller one.")
    return Fault(field, message, {"limit_mb": limit_mb}, "document")


def _not_too_many(found: Sequence[Found], message: str, *, field: str) -> None:
    if len(found) > AT_MOST:
        raise Malformed([Fault(field, message, {"limit": AT_MOST}, "too_many")])
