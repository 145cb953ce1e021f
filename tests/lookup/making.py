"""Published batches with a past, as strangers meet them."""

import gzip
import re
from typing import Any

from httpx2 import Response

from tests.batches.making import batch, harvest, published
from tests.catalogue.making import gtin, product
from tests.evidence.making import photo
from tests.farms.making import area, household, plot
from tests.people import Door
from tests.records.making import cycle, record

__all__ = ["batch", "cycle", "gtin", "harvest", "photo", "product", "published", "record"]


def full(door: Door, **given: Any) -> Any:
    """A published batch of which everything is declared; answers the batch with its `cycle_id`."""
    picture = photo(door, seed=1)
    sold = product(
        door,
        **{
            "name": "Dưa lưới ruột cam",
            "variety": "TL3",
            "brand": "Tân Minh Đức",
            "gtin": gtin("952123456001"),
            "net_content": "1 quả, từ 1,5 kg",
            "storage": "Nơi thoáng mát",
            "shelf_life_days": 14,
            "lot_prefix": "TMD-DL",
            "photo_id": picture["id"],
            **given,
        },
    )
    grower = household(door, code="TV-07", name="Phạm Thị Bình", phone="0912 345 678")
    place = plot(
        door,
        code="NM-A1",
        household_id=grower["id"],
        area_id=area(door, name="Khu nhà màng A", puc="VN-HDOR-9001")["id"],
    )
    crop = cycle(
        door, plot_id=place["id"], product_id=sold["id"], sown_on="2026-08-16", planted_on="2026-08-28"
    )
    made = published(
        door,
        harvest_id=harvest(door, cycle_id=crop["id"])["id"],
        packed_on="2026-11-10",
        lot_code="TMD-DL-261110-01",
    )
    return {**made, "cycle_id": crop["id"]}


def see(stranger: Door, made: Any, language: str = "", **headers: str) -> Response:
    """The public page of a batch."""
    prefix = "/en" if language == "en" else ""
    return stranger.get(f"{prefix}/b/{made['code']}", headers=headers)


def words(page: Response) -> str:
    """What a person reads on a page: no tags, single spaces."""
    body = re.sub(r"<style>.*?</style>", " ", page.text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def zipped_size(page: Response) -> int:
    """Bytes on the wire; the test client unpacks what it is sent."""
    return len(gzip.compress(page.content, 6))
