"""What stands on the labels of a batch, in Vietnamese as the law asks, and what of the mandatory content is missing.

Decree 37/2026, articles 42, 46 and 47: name, who is responsible with the address, origin, quantity, day of production
and best before, how to keep it. NSX and HSD are the decree's own abbreviations.
"""

import uuid
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from babel import Locale as BabelLocale
from sqlmodel import Session

from trace.accounts import queries as accounts
from trace.batches.models import Batch
from trace.batches.rules import produced_on
from trace.catalogue.models import Product
from trace.codes.designs import Design, Item
from trace.codes.laying import Laid

CALL: Final = {"vi": "Quét mã để xem nguồn gốc", "en": "Scan to see where it is from"}
_CAPTIONS: Final[dict[Item, tuple[str, str]]] = {
    Item.ORIGIN: ("Xuất xứ", "Origin"),
    Item.QUANTITY: ("Khối lượng", "Net weight"),
    Item.LOT: ("Số lô", "Lot"),
    Item.MADE: ("NSX", "Produced"),
    Item.BEST_BEFORE: ("HSD", "Best before"),
    Item.STORAGE: ("Bảo quản", "Storage"),
}
_MANDATORY: Final = (
    Item.NAME,
    Item.WHO,
    Item.ADDRESS,
    Item.ORIGIN,
    Item.QUANTITY,
    Item.MADE,
    Item.BEST_BEFORE,
    Item.STORAGE,
)

Content = Mapping[Item, str]


def of_batch(db: Session, batch: Batch) -> Content:
    """What is known of it; what nobody said is left out and not made up."""
    product = db.get_one(Product, batch.product_id)
    made = produced_on(harvested_on=batch.harvested_on, packed_on=batch.packed_on)
    said = {
        Item.NAME: product.name,
        Item.LOT: batch.lot_code,
        Item.MADE: f"{made:%d/%m/%Y}",
        Item.BEST_BEFORE: f"{batch.best_before:%d/%m/%Y}" if batch.best_before else None,
        Item.ORIGIN: BabelLocale("vi").territories.get(product.origin, product.origin),
        Item.QUANTITY: product.net_content,
        Item.STORAGE: product.storage,
        **of_cooperative(db, batch.cooperative_id),
    }
    return {item: text for item, text in said.items() if text}


def of_cooperative(db: Session, cooperative_id: uuid.UUID) -> dict[Item, str]:
    """All that can be printed before anybody knows which batch it will be."""
    cooperative = accounts.cooperative(db, cooperative_id)
    address = ", ".join(filter(None, (cooperative.street, cooperative.commune_label)))
    return {Item.WHO: cooperative.name, Item.ADDRESS: address}


def written(content: Content, design: Design) -> dict[Item, str]:
    """The lines of a label of this design, each with its caption; the last asks to scan."""
    second = "en" in design.languages
    said = {**content, Item.CALL: " · ".join(CALL[one] for one in design.languages)}
    lines: dict[Item, str] = {}
    for item in design.items:
        if text := said.get(item):
            caption = _CAPTIONS.get(item)
            lines[item] = f"{' / '.join(caption[: 1 + second])}: {text}" if caption else text
    return lines


class Where(StrEnum):
    """Where something mandatory stands."""

    PRINTED = "printed"
    BEHIND = "behind"  # on the page to which the code leads
    UNKNOWN = "unknown"


class Asked(NamedTuple):
    item: Item
    where: Where


def mandatory(content: Content, laid: Laid, design: Design) -> list[Asked]:
    """What article 42 asks of packed food, and where it stands; nothing of fruit that is sold loose."""
    if design.loose:
        return []
    printed = set(design.items) - set(laid.left_out)
    return [
        Asked(
            item,
            Where.UNKNOWN if item not in content else Where.PRINTED if item in printed else Where.BEHIND,
        )
        for item in _MANDATORY
    ]
