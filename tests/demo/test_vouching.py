"""What certifiers and laboratories say about the demo's batches comes out as told."""

import re
from typing import Any

from tests.demo.test_story import _page_of
from tests.people import Door
from trace.kit.database import Database


def facts(stranger: Door, told: Database, lot: str) -> Any:
    return stranger.get(f"/b/{_page_of(told, lot)}.json").json()


def test_batch_a_passed_and_carries_a_certificate_with_their_papers(told: Database, stranger: Door) -> None:
    code = _page_of(told, "TMD-DL-261108-01")
    page = stranger.get(f"/b/{code}").text
    for said in ("Đạt: 5/5 chỉ tiêu dưới giới hạn", "VietGAP-MH-26-0117", "Còn hiệu lực khi thu hoạch"):
        assert said in page
    papers = re.findall(rf'href="(/b/{code}/(?:certificates|tests)/[^"]+)"', page)
    assert len(papers) == 3
    for address in papers:
        assert stranger.get(address).content.startswith(b"%PDF-")


def test_batch_d_failed_and_is_on_hold(told: Database, stranger: Door) -> None:
    found = facts(stranger, told, "TMD-DL-261112-04")
    assert found["on_hold"]
    assert "Imidacloprid 0,46 mg/kg (giới hạn 0,2)" in str(found["holds"])


def test_the_certificate_of_batch_e_had_ended(told: Database, stranger: Door) -> None:
    [stated] = facts(stranger, told, "TMD-DL-261106-05")["certificates"]
    assert stated["standing"] == "expired"
