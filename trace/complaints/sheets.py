"""The signed sheet of a stranger's form: when it was handed out, and the link that its sender will have.

The link is made with the form and not at its arrival, so that a form sent twice over a bad line has one link.
"""

import hmac
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from trace.accounts.secrets import keyed, new_token, server_key


@dataclass(frozen=True)
class Sheet:
    handed_out: datetime
    token: str


def hand_out(folder: Path, *, code: str, form_id: str, now: datetime) -> str:
    """A fresh sheet, good for this batch and this form only."""
    body = f"{int(now.timestamp())}.{new_token()}"
    return f"{body}.{_signature(folder, body, code, form_id)}"


def read(folder: Path, written: str, *, code: str, form_id: uuid.UUID) -> Sheet | None:
    """The sheet, or None where it is none of ours."""
    body, _, signature = written.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(folder, body, code, str(form_id)).encode()):
        return None
    moment, _, token = body.partition(".")
    return Sheet(datetime.fromtimestamp(int(moment), UTC), token)


def _signature(folder: Path, body: str, code: str, form_id: str) -> str:
    return keyed(server_key(folder), "complaint", body, code, form_id)
