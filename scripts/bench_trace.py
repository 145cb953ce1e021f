"""Up and down in a large graph of batches, on both databases, against the bare recursive query of the same run.

Ten layers; an operation takes of up to 50 batches of one layer and makes up to 50 of the next, most of one or a few.
Batches stay among their neighbours, as those of one packing house do.
"""

import gc
import logging
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, select, text
from sqlmodel import Session
from starlette.testclient import TestClient

from scripts.bench_diary import area, sign_in, tell
from tests.databases import postgresql_url
from trace.app import create_app
from trace.batches import ancestry
from trace.batches.models import Batch
from trace.batches.operation_models import Operation, OperationInput, OperationOutput
from trace.kit import migrations
from trace.kit.database import for_reading, make_engine
from trace.settings import Settings
from trace.tracing.scope import downstream, upstream
from trace.tracing.things import Of, Start

LAYERS: Final = 10
SAMPLE: Final = 200
NEIGHBOURS: Final = 2_000
CHUNK: Final = 5_000
# How many batches an operation takes, and how many it makes: (at most, how often).
FANS: Final = ((1, 70), (5, 20), (20, 9), (50, 1))
_FIRST: Final = 0x01A0_0000_0000_7000_8000_0000_0000_0000


@dataclass(frozen=True, slots=True)
class Tried:
    """One batch: how many it reaches, and the milliseconds of the bare query and of the whole trace."""

    reach: int
    bare: float
    full: float


def main(batches: int) -> None:
    logging.disable(logging.CRITICAL)
    print(f"{batches:,} batches in {LAYERS} layers; {SAMPLE} traced up and down; medians in ms")
    print(f"{'':<26}{'reaches':>9}{'bare SQL':>10}{'trace':>10}   ratio")
    with tempfile.TemporaryDirectory() as folder:
        _measure("SQLite", Settings(data=Path(folder), log_level="error"), batches)
    with tempfile.TemporaryDirectory() as folder, postgresql_url() as url:
        _measure("PostgreSQL", Settings(data=Path(folder), database_url=url, log_level="error"), batches)


def _measure(name: str, settings: Settings, batches: int) -> None:
    migrations.upgrade(settings.database)
    like = _first_batch(settings)
    engine = make_engine(settings.database)
    ids = _fill(engine, like, batches)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    chosen = random.Random(7).sample(ids, SAMPLE)  # noqa: S311 - the same in every run
    gc.collect()
    gc.freeze()  # as the server does when it has started
    with Session(for_reading(engine)) as db, db.begin():
        cooperative_id = db.get_one(Batch, like).cooperative_id
        tried = sorted((_try(db, cooperative_id, one) for one in chosen), key=lambda one: one.reach)
    engine.dispose()
    middle = tried[SAMPLE * 4 // 10 : SAMPLE * 6 // 10]
    for title, found in (("a typical batch", middle), ("the worst decile", tried[-SAMPLE // 10 :])):
        reach = round(statistics.median(one.reach for one in found))
        bare, full = (
            statistics.median(times) for times in zip(*((one.bare, one.full) for one in found), strict=True)
        )
        print(f"{name + ', ' + title:<26}{reach:>9,}{bare:>10.1f}{full:>10.1f}{full / bare:>8.2f}")


def _try(db: Session, cooperative_id: uuid.UUID, batch_id: uuid.UUID) -> Tried:
    """The second of two tries of each, so that both read from memory."""
    start = Start(Of.BATCH, batch_id)
    for _ in range(2):
        began = time.perf_counter()
        reach = sum(
            len(db.execute(select(walk.c.id)).all())
            for walk in (ancestry.above(batch_id), ancestry.below(batch_id))
        )
        between = time.perf_counter()
        upstream(db, cooperative_id, start)
        downstream(db, cooperative_id, start)
        ended = time.perf_counter()
    return Tried(reach, (between - began) * 1000, (ended - between) * 1000)


def _first_batch(settings: Settings) -> uuid.UUID:
    """A batch that was made through the door; the others are like it."""
    client = TestClient(create_app(settings), follow_redirects=False)
    client.headers["sec-fetch-site"] = "same-origin"
    with client:
        sign_in(client)
        plot = tell(client, "/plots", area_id=area(client), code="NM-1", kind="greenhouse", area="1000")
        product = tell(client, "/products", name="Dưa", lot_prefix="D")
        cycle = tell(client, "/cycles", plot_id=plot["id"], product_id=product["id"], name="Thu đông")
        cut = tell(
            client,
            "/records",
            kind="harvest",
            cycle_id=cycle["id"],
            happened_at=(datetime.now(UTC) - timedelta(hours=1)).isoformat(),
            quantity="2640",
            unit="kg",
            sure=True,
        )
        made = tell(client, "/batches", harvest_id=cut["id"], quantity="100", sure=True)
    return uuid.UUID(made["id"])


def _fill(engine: Engine, of: uuid.UUID, batches: int) -> list[uuid.UUID]:
    """The graph, put in directly, operation by operation; the first layer is of the harvest."""
    with Session(engine) as db, db.begin():
        like = db.get_one(Batch, of)
        made = db.execute(select(Operation).limit(1)).scalars().one()
        harvest_id = like.harvest_id
        operations = _Writing(db, Operation, made.model_dump(), "id", "kind")
        products = _Writing(db, Batch, like.model_dump(), "id", "code", "lot_code")
        inputs = _Writing(db, OperationInput, {}, "operation_id", "position", "batch_id", "harvest_id", "kg")
        outputs = _Writing(db, OperationOutput, {}, "operation_id", "position", "batch_id", "kg")
        ids: list[uuid.UUID] = []
        for number, (took, makes) in enumerate(_deeds(batches)):
            operation_id = _id(1, number)
            operations.add(operation_id, "merge" if took else "make")
            if not took:
                inputs.add(operation_id, 0, None, harvest_id, Decimal(1))
            for position, source in enumerate(took):
                inputs.add(operation_id, position, _id(2, source), None, Decimal(len(makes)))
            for position, one in enumerate(makes):
                ids.append(_id(2, one))
                products.add(ids[-1], f"{one:08}", f"D-{one:08}")
                outputs.add(operation_id, position, ids[-1], Decimal(max(len(took), 1)))
            if len(products.rows) > CHUNK:
                for table in (operations, products, inputs, outputs):
                    table.flush()
        for table in (operations, products, inputs, outputs):
            table.flush()
    return ids


class _Writing:
    """Rows of one table that are all alike but for a few columns, handed to the driver as it wants them."""

    def __init__(self, db: Session, model: Any, like: dict[str, Any], *varying: str) -> None:
        self.db, self.rows = db, list[dict[str, Any]]()
        table = model.__table__
        dialect = db.get_bind().dialect
        names = [column.name for column in table.c]
        self.processors = {
            name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names
        }
        self.same = {name: self._bound(name, like.get(name)) for name in names}
        self.varying = varying
        self.statement = str(table.insert().compile(dialect=dialect))
        self.order = names if dialect.positional else None

    def add(self, *values: Any) -> None:
        given = zip(self.varying, values, strict=True)
        self.rows.append({**self.same, **{name: self._bound(name, value) for name, value in given}})

    def flush(self) -> None:
        order = self.order
        rows: list[Any] = [tuple(row[name] for name in order) for row in self.rows] if order else self.rows
        if rows:
            self.db.connection().exec_driver_sql(self.statement, rows)
            self.rows = []

    def _bound(self, name: str, value: Any) -> Any:
        process = self.processors[name]
        return process(value) if process else value


def _deeds(batches: int) -> Iterator[tuple[list[int], list[int]]]:
    """What each operation takes and makes, batches by number, one layer after the other."""
    chance = random.Random(1)  # noqa: S311 - the same in every run
    size = batches // LAYERS
    for one in range(size):
        yield [], [one]
    for layer in range(1, LAYERS):
        before = list(range((layer - 1) * size, layer * size))
        for at in range(0, size, NEIGHBOURS):
            near = before[at : at + NEIGHBOURS]
            chance.shuffle(near)
            before[at : at + NEIGHBOURS] = near
        taken, next_one, end = 0, layer * size, (layer + 1) * size
        while next_one < end:
            makes = min(_fan(chance), end - next_one)
            fan = min(_fan(chance), size)
            if taken + fan > size:
                taken = chance.randrange(size - fan + 1)
            # So many as are made are used up in the long run; what is made lies where what it is of lay.
            yield before[taken : taken + fan], list(range(next_one, next_one + makes))
            taken, next_one = taken + fan, next_one + makes


def _fan(chance: random.Random) -> int:
    (most,) = chance.choices([one for one, _ in FANS], [often for _, often in FANS])
    return chance.randint(1, most)


def _id(kind: int, number: int) -> uuid.UUID:
    return uuid.UUID(int=_FIRST + (kind << 48) + number)


if __name__ == "__main__":
    main(int(sys.argv[1]))
