"""The machine stops in the middle of an operation: afterwards none of it was done, and it can be done."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.batches.databases import doors_to, own_database
from tests.batches.making import batch, harvest
from tests.batches.operating import taken, told
from tests.conftest import START, StandingClock
from tests.records.making import cycle
from trace.kit.ids import new_id

# The last thing that an operation writes before its journal entry; all else of it is there by then.
IN_THE_MIDDLE = "INSERT INTO operation_output"

KILLED = f"""
import json, os, signal, sys, uuid
from datetime import datetime
from pydantic import TypeAdapter
from sqlalchemy import event
from trace import tables
from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Role
from trace.batches.operation_kinds import AnyOperation
from trace.batches.operations import operate
from trace.kit.database import Database

given = json.loads(sys.argv[1])
database = Database(given["url"])

def die(connection, cursor, statement, *rest):
    if statement.startswith("{IN_THE_MIDDLE}"):
        print("reached", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(database.engine, "after_cursor_execute", die)
with database.write() as db:
    member = db.get_one(Membership, uuid.UUID(given["member"]))
    by = Actor(
        membership_id=member.id, person_id=member.person_id, cooperative_id=member.cooperative_id,
        role=Role.MANAGER, name="", cooperative_name="", illustration=False,
    )
    command = TypeAdapter(AnyOperation).validate_python(given["command"])
    operate(db, command, by=by, now=datetime.fromisoformat(given["now"]))
"""


@pytest.mark.parametrize("kind", ["merge", "split"])
def test_nothing_is_half_done_when_the_machine_stops(
    engine: Engine, tmp_path: Path, clock: StandingClock, kind: str
) -> None:
    with (
        own_database(engine, tmp_path) as url,
        doors_to(url, tmp_path, clock, count=1) as (manager,),
    ):
        crop = cycle(manager)["id"]
        parts = [batch(manager, harvest_id=harvest(manager, cycle_id=crop)["id"]) for _ in range(2)]
        inputs = [taken(one, "20") for one in (parts if kind == "merge" else parts[:1])]
        outputs = [{"kg": "40"}] if kind == "merge" else [{"kg": "12"}, {"kg": "8"}]
        command = told(kind, id=str(new_id()), inputs=inputs, outputs=outputs)
        before = _state(manager.ask("/batches"), manager.ask("/operations"))
        given = {
            "url": url,
            "member": manager.ask("/me")["membership_id"],
            "command": command,
            "now": START.isoformat(),
        }
        done = subprocess.run(
            [sys.executable, "-c", KILLED, json.dumps(given)], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout.strip()) == (-signal.SIGKILL, "reached"), done.stderr
        assert _state(manager.ask("/batches"), manager.ask("/operations")) == before
        answer = manager.post("/api/v1/operations", json=command)
        assert answer.status_code == 201, answer.text


def _state(batches: Any, operations: Any) -> list[Any]:
    return [[(one["id"], one["left_kg"]) for one in batches["items"]], operations["items"]]
