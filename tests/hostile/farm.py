"""One of everything that has a form somewhere, and every form of the pages about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from tests.batches.making import batch, harvest
from tests.catalogue.making import input_, partner, product
from tests.hostile.forms import Form, Page
from tests.people import Door, Factory, phone, tax_code
from tests.records.making import OWN, SITE, said
from tests.routes import every_route
from tests.shipments.making import consignment, shipment
from tests.test_strangers import Ids, filled, world

# Addresses that answer with something else than a page, or are reached with more than an id of the world.
_NO_PAGE: Final = (
    ".webp",
    ".pdf",
    ".xlsx",
    "/file",
    "/original",
    "/role",
    "/reset",
    "{kind}",
    "/incoming/{code}",
)


@dataclass
class Farm:
    """A manager with one of everything, somebody who is not signed in, and the pages that each may open."""

    manager: Door
    stranger: Door
    ids: Ids
    signed_out: list[str]
    signed_in: list[str]

    def forms(self) -> Iterator[tuple[Door, Form]]:
        """Who may send it, and every form that the pages have; the first of several alike."""
        known: set[str] = set()
        for door, addresses in ((self.stranger, self.signed_out), (self.manager, self.signed_in)):
            for address in addresses:
                answer = door.get(address)
                assert answer.status_code == 200, f"{address}: {answer.status_code}"
                for form in Page(answer.text, address.partition("?")[0]).forms:
                    if form.action not in known:
                        known.add(form.action)
                        yield door, form


def farm(make: Factory, db: Session) -> Farm:
    """The manager belongs to two cooperatives, so that the page to switch between them has its form, too."""
    number, registered = phone(), tax_code(9_001)
    make.manager(phone=number)
    manager = make.manager(phone=number, tax_code=registered)
    ids = world(manager, db)
    member = make.member(manager)
    # Somebody else's work waits for confirmation, on the diary's page and on the list; a consent can be taken back.
    member.tell("/records", **said("other", cycle_id=ids["cycle_id"]))
    agreed = {"purpose": "name", "wording": 1, "channel": "paper"}
    manager.tell("/consents", household_id=ids["household_id"], sheet_id=ids["sheet_id"], **agreed)
    other = next(one["id"] for one in manager.ask("/members")["items"] if one["id"] != ids["membership_id"])
    retired = product(manager, name="Dưa lê cũ")["id"]
    manager.tell("/products/retire", product_id=retired)
    gone = input_(manager, trade_name="Thuốc cũ")["id"]
    manager.tell("/inputs/retire", input_id=gone)
    manager.tell("/cycles/skip-step", cycle_id=ids["cycle_id"], step="train", reason="Chưa cần")
    step = {"kind": "inspection", "opens": 40, "closes": 42, "title": "Đo vân lưới"}
    manager.tell("/calendars/steps", crop="dua-luoi", **step)
    whole = batch(manager, harvest_id=harvest(manager)["id"])["id"]
    partner(manager, kind="supplier", name="Nhà vườn bên cạnh")
    back = shipment(manager, whole, "2")["id"]
    refused = {"verdict": "rejected", "reason": "Quả dập", "happened_at": "2026-11-10T08:20:00+07:00"}
    manager.tell("/shipments/answer", shipment_id=back, **refused)
    link = manager.tell("/shipments/link", shipment_id=ids["shipment_id"])["address"].rpartition("/")[2]
    code = manager.ask(f"/batches/{ids['batch_id']}")["code"]
    return Farm(
        manager=manager,
        stranger=make.door(),
        ids=ids,
        signed_out=[
            f"/b/{code}/report",
            f"/en/b/{code}/report",
            f"/delivery/{link}",
            f"/en/delivery/{link}",
            "/register",
            "/sign-in",
            f"/join/{manager.tell('/invitations', role='recorder')['token']}",
            manager.tell("/password-resets", membership_id=other)["link"].removeprefix("http://testserver"),
        ],
        signed_in=[
            *pages(ids),
            *(f"/app/log/{ids['cycle_id']}/{kind}" for kind in OWN),
            *(f"/app/site/{kind}" for kind in SITE),
            f"/app/records/{ids['corrects_id']}/correct",
            f"/app/recalls/new?cause=batch&of={whole}",
            f"/app/batches/new?harvest={harvest(manager)['id']}",
            f"/app/shipments/new?batch={whole}",
            f"/app/units/new?batch={whole}",
            f"/app/units/pallet?box={ids['box_id']}",
            f"/app/shipments/{back}/return",
            f"/app/incoming/{consignment(make, registered)['code']}",
            *(f"/app/operations/new/{kind}?batch={whole}" for kind in ("transform", "loss", "move")),
            f"/app/batches/{batch(manager, harvest_id=harvest(manager)['id'])['id']}",
            f"/app/products/{retired}",
            "/app/inputs/new?kind=pesticide",
            f"/app/inputs/{gone}",
            f"/app/members/{other}",
            f"/app/members/{other}/end",
        ],
    )


def pages(ids: Ids) -> Iterator[str]:
    """Every page for members, by the application's own list of routes."""
    for method, path in every_route():
        if method == "GET" and path.startswith("/app") and not path.endswith(_NO_PAGE):
            yield filled(path, ids)


def form_routes() -> set[str]:
    """Every route that takes a form."""
    return {path for method, path in every_route() if method == "POST" and not path.startswith("/api/")}
