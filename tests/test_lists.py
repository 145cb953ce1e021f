"""A list costs the same few SQL statements however long it is: no question is asked once a row."""

from typing import Final

from sqlalchemy import Engine
from sqlmodel import Session

from tests.accounts.making import key
from tests.batches.making import batch, harvest, hold
from tests.catalogue.making import input_, purchase
from tests.certificates.making import certificate
from tests.codes.making import run
from tests.complaints.making import complaint
from tests.evidence.making import document, pdf, photo
from tests.farms.making import household
from tests.laboratory.making import lab_test
from tests.people import Door, Factory
from tests.recalls.making import decided, started
from tests.records.making import record
from tests.routes import every_route
from tests.shipments.making import shipment
from tests.statements import counted

ADDRESSES: Final = sorted(
    path
    for method, path in every_route()
    if method == "GET" and path.startswith(("/app", "/api/v1")) and "{" not in path
)
# The busiest is the home page: the session, open cycles, their calendars, and today’s records with each kind’s facts.
MOST: Final = 32


def test_no_list_asks_once_a_row(manager: Door, make: Factory, engine: Engine, db: Session) -> None:
    grow(manager, make, db, rows=2)
    few = statements(manager, engine)
    grow(manager, make, db, rows=18)
    assert statements(manager, engine) == few
    assert {address: count for address, count in few.items() if count > MOST} == {}


def statements(manager: Door, engine: Engine) -> dict[str, int]:
    costs = {}
    for address in ADDRESSES:
        with counted(engine) as sent:
            answer = manager.get(address, params={"q": "truong tan"} if "places" in address else None)
        assert answer.status_code == 200, (address, answer.text)
        costs[address] = len(sent)
    return costs


def grow(manager: Door, make: Factory, db: Session, *, rows: int) -> None:
    """So many more of everything that a list shows; each harvest has its cycle, product, plot and area."""
    for number in range(rows):
        helper = make.member(manager)
        manager.tell("/invitations", role="viewer")
        key(manager)
        household(manager)
        bought = input_(manager, intervals=[{"crop": "Dưa lưới", "phi_days": 14}])["id"]
        purchase(manager, input_id=bought)
        shipment(manager, batch(manager)["id"])
        photo(manager, seed=rows * 100 + number)
        document(manager, pdf(f"{rows} {number}"))
        reaped = harvest(manager)
        record(manager, "irrigation", cycle_id=reaped["cycle_id"])
        certificate(manager, number=f"VG-{rows}-{number}", valid_to="2026-11-20")
        record(helper, "irrigation", cycle_id=reaped["cycle_id"], photo_ids=[photo(helper)["id"]])
        lab_test(manager, cycle_id=reaped["cycle_id"])
        held = batch(manager, harvest_id=reaped["id"])["id"]
        hold(manager, batch_id=held)
        complaint(db, held)
        decided(manager, started(manager, "batch", held))
        run(manager, batch_id=None, count=1)
        closed = harvest(manager)["cycle_id"]
        manager.tell(f"/cycles/{closed}/close", sure=True)
