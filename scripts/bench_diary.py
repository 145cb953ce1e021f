"""The pages of a diary, short and long: one cooperative, one run, the median of many tries in turn."""

import logging
import statistics
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from httpx2 import Response
from sqlmodel import Session
from starlette.testclient import TestClient

from trace.app import create_app
from trace.kit import migrations
from trace.kit.database import make_engine
from trace.kit.ids import new_id
from trace.records.models import Fertilising, Irrigation, Pruning, Record, Spraying
from trace.settings import Settings

SHORT: Final = 50
TRIES: Final = 15
# What a member opens about one crop.
PAGES: Final = {
    "its diary": "/app/cycles/{cycle}",
    "from the middle": "/app/cycles/{cycle}?from={middle}",
    "the API": "/api/v1/cycles/{cycle}/records",
    "choose the work": "/app/log?cycle={cycle}",
    "water it": "/app/log/{cycle}/irrigation",
    "spray it": "/app/log/{cycle}/spraying",
    "the public page": "/b/{code}",
}


def main(long: int) -> None:
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), log_level="error")
        migrations.upgrade(settings.database)
        client = TestClient(create_app(settings), follow_redirects=False)
        client.headers["sec-fetch-site"] = "same-origin"
        with client:
            short_addresses = _diary(client, settings, SHORT)
            long_addresses = _diary(client, settings, long)
            _compare(client, short_addresses, long_addresses, long)


def _compare(client: TestClient, short: dict[str, str], long: dict[str, str], length: int) -> None:
    print(f"{'page':<18}{SHORT:>10,}{length:>10,}   ratio   (ms, median of {TRIES})")
    for name in PAGES:
        times: dict[str, list[float]] = {"short": [], "long": []}
        for _ in range(TRIES + 1):  # the first one warms up and is left out
            times["short"].append(_milliseconds(client, short[name]))
            times["long"].append(_milliseconds(client, long[name]))
        few, many = (statistics.median(found[1:]) for found in times.values())
        print(f"{name:<18}{few:>10.1f}{many:>10.1f}{many / few:>8.2f}")


def _milliseconds(client: TestClient, address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address)
    _expect(answer, 200)
    return (time.perf_counter() - began) * 1000


def _diary(client: TestClient, settings: Settings, length: int) -> dict[str, str]:
    """A crop with so many records, and the addresses of its pages."""
    if not client.cookies:
        sign_in(client)
    plot = tell(client, "/plots", area_id=area(client), code=f"NM-{length}", kind="greenhouse", area="1000")
    product = tell(client, "/products", name=f"Dưa {length}", lot_prefix=f"D{length}")
    cycle = tell(client, "/cycles", plot_id=plot["id"], product_id=product["id"], name=str(length))
    first = tell(
        client,
        "/records",
        kind="irrigation",
        cycle_id=cycle["id"],
        happened_at=(datetime.now(UTC) - timedelta(hours=1)).isoformat(),
        method="drip",
    )
    reaped = tell(
        client,
        "/records",
        kind="harvest",
        cycle_id=cycle["id"],
        happened_at=datetime.now(UTC).isoformat(),
        quantity="2640",
        unit="kg",
        sure=True,
    )
    batch = tell(client, "/batches", harvest_id=reaped["id"], quantity="2000", sure=True)
    _expect(client.post(f"/api/v1/batches/{batch['id']}/publish", json={"id": str(new_id())}), 200)
    ids = _fill(settings, uuid.UUID(first["id"]), length - 1)
    return {
        name: address.format(cycle=cycle["id"], middle=ids[len(ids) // 2], code=batch["code"])
        for name, address in PAGES.items()
    }


def _fill(settings: Settings, of: uuid.UUID, number: int) -> list[uuid.UUID]:
    """More records of four daily kinds, put in directly: writing thousands through the door is not the point."""
    engine = make_engine(settings.database)
    ids = []
    with Session(engine) as db, db.begin():
        like = db.get_one(Record, of).model_dump()
        for place in range(number):
            kind, detail = _work(place)
            happened = like["happened_at"] - timedelta(minutes=20 * place)
            made = Record(**{**like, "id": new_id(), "kind": kind, "happened_at": happened})
            ids.append(made.id)
            db.add(made)
            db.flush()
            detail.record_id = made.id
            db.add(detail)
    engine.dispose()
    return ids


def _work(place: int) -> tuple[str, Any]:
    """Water and feed daily, prune weekly; every fortieth record is a spraying."""
    if place % 40 == 39:
        return "spraying", _row(
            Spraying, trade_name="Anvil", target="nấm", amount=Decimal(60), unit="ml", phi_days=3
        )
    if place % 7 == 6:
        return "pruning", _row(Pruning, work="topping")
    if place % 2:
        return "fertilising", _row(
            Fertilising, fertiliser="KNO3", amount=Decimal(2), unit="kg", method="drip"
        )
    return "irrigation", _row(Irrigation, method="drip", litres=Decimal(400))


def _row(table: Any, **said: Any) -> Any:
    """With nothing in the fields that nobody filled in."""
    return table(**{**dict.fromkeys(table.model_fields), **said})


def area(client: TestClient) -> str:
    found: str = tell(client, "/areas", name="Vùng", commune_code="11065")["id"]
    return found


def sign_in(client: TestClient) -> None:
    answer = client.post(
        "/register",
        data={
            "name": "HTX đo đạc",
            "tax_code": "9000000006",
            "hotline": "0900 000 000",
            "commune_code": "11065",
            "manager_name": "Người đo",
            "phone": "0900000001",
            "password": "do cho biet thoi",
        },
    )
    _expect(answer, 303)


def _expect(answer: Response, status: int) -> None:
    if answer.status_code != status:
        raise SystemExit(f"{answer.url} answered {answer.status_code}: {answer.text[:500]}")


def tell(client: TestClient, path: str, **said: Any) -> Any:
    answer = client.post(f"/api/v1{path}", json={"id": str(new_id()), **said})
    _expect(answer, 201)
    return answer.json()


if __name__ == "__main__":
    main(int(sys.argv[1]))
