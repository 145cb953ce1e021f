"""Complaints, as strangers send them."""

import re
import uuid
from typing import Any

from httpx2 import Response
from sqlmodel import Session

from tests.people import Clock, Door
from trace.accounts.secrets import new_token
from trace.batches.models import Batch
from trace.complaints import commands
from trace.complaints.models import Matter
from trace.kit.clock import wall_clock

SAID = {"matter": "label", "text": "Nhãn ghi 60 kg, trang ghi 50 kg.", "contact": "0912 345 678"}


def handed_out(stranger: Door, code: str, prefix: str = "") -> dict[str, str]:
    """The hidden fields of a form that somebody opens."""
    page = stranger.get(f"{prefix}/b/{code}/report")
    assert page.status_code == 200, page.text
    return hidden(page)


def hidden(page: Response) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))


def send(stranger: Door, clock: Clock, code: str, **given: Any) -> Response:
    """Open the form, take the time of a person, and send it."""
    form = handed_out(stranger, code)
    clock.pass_(seconds=20)
    return stranger.post(f"/b/{code}/report", data={**form, **SAID, **given})


def complaint(db: Session, batch_id: str, text: str = "Nhãn khác trang.") -> uuid.UUID:
    """One, without the way through the form, where only its being there counts."""
    said = commands.Report(matter=Matter.LABEL, text=text, contact="0912 345 678")
    batch = db.get_one(Batch, uuid.UUID(batch_id))
    made = commands.report(db, said, batch=batch, token=new_token(), now=wall_clock())
    db.flush()  # the application reads on the same connection
    return made.id
