"""A script typed into every field that takes free words stays words on every page, label and answer."""

import re
from typing import Any, Final

from sqlmodel import Session

from tests.catalogue.making import gtin, listed
from tests.codes.making import numbers, run
from tests.complaints.making import complaint
from tests.evidence.making import document, photo
from tests.hostile.farm import pages
from tests.hostile.values import SCRIPT
from tests.people import Door, Factory, phone, tax_code
from tests.records.making import HAPPENED, OWN, said
from tests.shipments.making import consignment
from tests.test_strangers import Ids

SHORT: Final = "<script>a()</script>"  # as long as a code may be
RUNS: Final = "<script>a"
TOLD: Final = "&lt;script&gt;a"
REGISTERED: Final = tax_code(9_001)
GTIN: Final = gtin("952123456888")
# Fields of text that have a shape of their own; a script in them is refused elsewhere.
SHAPED: Final = {
    "check_url",
    "commune_code",
    "correction_reason",
    "gln",
    "gtin",
    "hotline",
    "lot_prefix",
    "origin",
    "phone",
    "tax_code",
}
Body = dict[str, Any]


class Writer:
    """The manager of a cooperative who writes script wherever words may stand."""

    def __init__(self, make: Factory) -> None:
        words = dict.fromkeys(("name", "manager_name", "street", "former_label"), SCRIPT)
        self.door = make.manager(**words, tax_code=REGISTERED)
        self.schemas: Body = self.door.get("/api/openapi.json").json()["components"]["schemas"]
        make.member(self.door, name=SCRIPT)

    def tell(self, path: str, command: str, **shaped: Any) -> str:
        """Carry the command out with script in it; answers the id of what it made."""
        told: Body = self.door.tell(path, **self.as_script(command), **shaped)
        return str(told["id"])

    def record(self, kind: str, **shaped: Any) -> str:
        command = next(
            name
            for name, schema in self.schemas.items()
            if name.startswith("Record") and schema["properties"].get("kind", {}).get("const") == kind
        )
        told: Body = self.door.tell("/records", **(said(kind) | self.as_script(command) | shaped))
        return str(told["id"])

    def as_script(self, command: str) -> dict[str, str]:
        """Script for each field of the command that takes free words."""
        properties = self.schemas[command]["properties"]
        return {
            name: fitting(about)
            for name, about in properties.items()
            if name not in SHAPED and is_free(about)
        }


def is_free(about: Body) -> bool:
    """Whether the field takes any text: no number or date that may be written as text, no list of answers."""
    kinds = [kind for kind in about.get("anyOf", [about]) if kind.get("type") != "null"]
    closed = {"format", "const", "enum", "pattern"}
    return all(kind.get("type") == "string" and not closed & kind.keys() for kind in kinds)


def fitting(about: Body) -> str:
    longest = re.search(r"'maxLength': (\d+)", str(about))
    return SHORT if longest and int(longest[1]) < len(SCRIPT) else SCRIPT


def grown(writer: Writer) -> Ids:
    """A published batch and all that stands behind it; answers the ids for the addresses of the pages."""
    door, picture = writer.door, photo(writer.door)["id"]
    ids = {
        "photo_id": picture,
        "area_id": writer.tell("/areas", "AddArea", commune_code="11065", sure=True),
        "household_id": writer.tell("/households", "AddHousehold", phone=phone()),
        "product_id": writer.tell("/products", "AddProduct", gtin=GTIN, photo_id=picture),
        "input_id": writer.tell(
            "/inputs",
            "AddInput",
            kind="pesticide",
            unit="ml",
            photo_id=picture,
            intervals=[{"crop": SHORT, "phi_days": 14}],
        ),
        "key_id": writer.tell("/keys", "MakeKey", scope="read"),
        "membership_id": door.ask("/me")["membership_id"],
    }
    place = {"area_id": ids["area_id"], "household_id": ids["household_id"]}
    header, script = ["Hoạt chất", "Tên thương phẩm", "Đối tượng phòng trừ"], [SCRIPT] * 3
    ids["list_id"] = listed(door, [header, script])["id"]
    ids["purchase_id"] = writer.tell(
        "/purchases",
        "RecordPurchase",
        input_id=ids["input_id"],
        bought_on="2026-08-20",
        content="1",
        unit="ml",
        photo_ids=[picture],
    )
    ids["plot_id"] = writer.tell("/plots", "AddPlot", **place, kind="greenhouse", area="1000")
    ids["cycle_id"] = writer.tell(
        "/cycles", "OpenCycle", plot_id=ids["plot_id"], product_id=ids["product_id"]
    )
    harvested(writer, ids)
    labelled(writer, ids)
    sent = sent_out(writer, ids)  # before the batch is held
    return ids | sent | vouched_for(writer, ids)


def harvested(writer: Writer, ids: Ids) -> None:
    """A recipe, and a record of every kind in its crop; one corrected, one taken back."""
    fed = [{"fertiliser": SCRIPT, "amount": "2.5", "unit": "kg"}]
    ids["recipe_id"] = writer.tell(
        "/recipes",
        "StartRecipe",
        lines=fed,
        clock="06:15",
        from_on=HAPPENED[:10],
        cycle_ids=[ids["cycle_id"]],
    )
    common = {"cycle_id": ids["cycle_id"], "household_id": ids["household_id"], "sure": True}
    shown = {"photo_ids": [ids["photo_id"]], "photos_public": True}
    records = {kind: writer.record(kind, **common, **shown) for kind in OWN}
    writer.record("other", **common, corrects_id=records["other"], correction_reason=SCRIPT)
    writer.door.tell("/records", kind="retraction", corrects_id=records["pruning"], correction_reason=SCRIPT)
    ids["record_id"], ids["harvest_id"] = records["sowing"], records["harvest"]


def labelled(writer: Writer, ids: Ids) -> None:
    """A published batch whose labels were printed, printed once more and set aside."""
    door = writer.door
    made = door.tell("/batches", harvest_id=ids["harvest_id"], quantity="100", sure=True)
    door.tell(f"/batches/{made['id']}/publish")
    printed = run(door, batch_id=made["id"], count=2)
    again = {"run_id": printed["id"], "stationery": printed["stationery"], "first": 1, "last": 2}
    writer.tell("/labels/reprint", "ReprintLabels", **again)
    door.tell("/labels/void", first=numbers(door, printed)[0], reason=SCRIPT)
    ids |= {
        "run_id": printed["id"],
        "batch_id": made["id"],
        "of": "batch",
        "thing_id": made["id"],
        "code": made["code"],
        "lot": made["lot_code"],
    }


def sent_out(writer: Writer, ids: Ids) -> Ids:
    """Some of it lies in a box, and some went to a buyer."""
    buyer = writer.tell("/partners", "AddPartner", kind="buyer", phone=phone())
    drawn = {"inputs": [{"batch_id": ids["batch_id"], "kg": "1"}], "happened_at": HAPPENED}
    return {
        "partner_id": buyer,
        "shipment_id": writer.tell("/shipments", "Dispatch", partner_id=buyer, **drawn),
        "unit_id": writer.tell("/boxes", "PackBox", contents=drawn["inputs"], happened_at=HAPPENED),
    }


def vouched_for(writer: Writer, ids: Ids) -> Ids:
    """What certifiers and laboratories say about the batch, why it is held, and what was done with it."""
    period = {"valid_from": "2026-01-01", "valid_to": "2026-12-31"}
    result = {"parameter": SCRIPT, "result": "0.82", "unit": SHORT, "limit": "0.5"}
    sample = {"sample": "produce", "sampled_on": "2026-11-03", "parameters": [result]}
    drawn = {"inputs": [{"batch_id": ids["batch_id"], "kg": "1"}], "happened_at": HAPPENED}
    return {
        "document_id": document(writer.door)["id"],
        "operation_id": writer.tell("/operations", "TakeSample", kind="sample", **drawn),
        "certificate_id": writer.tell("/certificates", "StateCertificate", kind="other", sure=True, **period),
        "test_id": writer.tell("/tests", "RecordTest", cycle_id=ids["cycle_id"], sure=True, **sample),
        "hold_id": writer.tell("/holds", "PlaceHold", batch_id=ids["batch_id"]),
        "recall_id": writer.tell("/recalls", "StartRecall", cause="batch", cause_id=ids["batch_id"]),
    }


def test_a_script_in_every_field_is_only_words_on_every_page(
    make: Factory, stranger: Door, db: Session
) -> None:
    writer = Writer(make)
    ids = grown(writer)
    ids["note"] = consignment(make, REGISTERED, SCRIPT)["code"]
    ids["complaint_id"] = str(complaint(db, ids["batch_id"], SCRIPT))
    link = writer.door.tell("/invitations", role="viewer")["token"]
    for language in ("vi", "en"):
        for door, addresses in ((writer.door, for_members(ids)), (stranger, for_strangers(ids, link))):
            door.cookies.set("lang", language)
            for address in addresses:
                answer = door.get(address)
                assert answer.status_code in (200, 307, 400, 404), f"{address}: {answer.status_code}"
                # Of JSON see below; a browser saves a table as a file and shows none of it.
                if not re.search("json|csv", answer.headers["content-type"]):
                    assert RUNS not in answer.text.lower(), address


def for_members(ids: Ids) -> list[str]:
    forms = [f"/app/log/{ids['cycle_id']}/{kind}" for kind in OWN]
    further = [f"/app/batches/new?harvest={ids['harvest_id']}", f"/app/incoming/{ids['note']}"]
    return [*pages(ids), *forms, *further]


def for_strangers(ids: Ids, link: str) -> list[str]:
    typed = [f"/find?code={SCRIPT}", f"/b/{SCRIPT}", f"/01/{SCRIPT}/10/{SCRIPT}", f"/sign-in?next={SCRIPT}"]
    batch = [f"/b/{ids['code']}", f"/en/b/{ids['code']}", f"/b/{ids['code']}/qr.svg"]
    sold = [f"/p/{GTIN}", f"/p/{GTIN}/10/{SCRIPT}", f"/01/{GTIN}", f"/01/0{GTIN}?linkType=linkset"]
    return [*typed, *batch, *sold, f"/join/{link}"]


def test_it_is_really_there_as_words(make: Factory, stranger: Door) -> None:
    writer = Writer(make)
    ids = grown(writer)
    for door, address in ((writer.door, f"/app/cycles/{ids['cycle_id']}"), (stranger, f"/b/{ids['code']}")):
        assert door.get(address).text.count(TOLD) > 20, address


def test_json_with_a_script_in_it_is_never_taken_for_a_page(make: Factory, stranger: Door) -> None:
    writer = Writer(make)
    ids = grown(writer)
    for door, address, kind in (
        (stranger, f"/b/{ids['code']}.json", "application/json"),
        (stranger, f"/01/0{GTIN}?linkType=linkset", "application/linkset+json"),
        (writer.door, "/api/v1/products", "application/json"),
    ):
        answer = door.get(address)
        assert RUNS in answer.text
        assert answer.headers["content-type"] == kind
        assert answer.headers["x-content-type-options"] == "nosniff"
