"""A diary of any length is read in pages that cost the same."""

import re
import uuid

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests.people import Door
from tests.records.making import cycle, record
from tests.records.test_timeline import copies
from tests.statements import counted

PAGES = ("/app/cycles/{cycle}", "/app/cycles/{cycle}?from={middle}", "/api/v1/cycles/{cycle}/records")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_a_long_diary_costs_what_one_of_a_short_one_does(
    manager: Door, db: Session, engine: Engine, address: str
) -> None:
    watered = record(manager, "irrigation")
    copies(db, watered["id"], 59)
    where = address.format(cycle=watered["cycle_id"], middle=watered["id"])
    with counted(engine) as few:
        assert manager.get(where).status_code == 200
    copies(db, watered["id"], 240)
    with counted(engine) as many:
        assert manager.get(where).status_code == 200
    assert len(few) == len(many)


def test_the_pages_hold_every_record_once_and_link_to_each_other(manager: Door, db: Session) -> None:
    watered = record(manager, "irrigation")
    copies(db, watered["id"], 129)  # all at the same moment: the id decides
    where, seen = f"/app/cycles/{watered['cycle_id']}", []
    address = where
    while address:
        page = manager.get(address).text
        seen += re.findall(r'id="r-([\w-]+)"', page)
        older = re.search(r'href="\?from=([\w-]+)"', page)
        address = f"{where}?from={older[1]}" if older else ""
    assert len(seen) == len(set(seen)) == 130
    assert f'href="{where}"' in page or 'href="?"' in page


def test_what_was_corrected_on_another_page_is_shown_struck_with_who_and_why(
    manager: Door, db: Session
) -> None:
    opened = cycle(manager)["id"]
    old = record(manager, "fertilising", cycle_id=opened, happened_at="2026-11-01T06:00:00+07:00")
    watered = record(manager, "irrigation", cycle_id=opened, happened_at="2026-11-05T06:00:00+07:00")
    copies(db, watered["id"], 60)
    record(
        manager,
        "fertilising",
        cycle_id=opened,
        happened_at="2026-11-09T06:00:00+07:00",
        corrects_id=old["id"],
        correction_reason="Nhầm ngày",
    )
    page = manager.get(f"/app/cycles/{opened}?from={old['id']}").text
    assert page.count('id="r-') == 1
    assert "entry--struck" in page
    assert "Nhầm ngày" in page


def test_a_page_begins_at_no_record_of_somebody_else(manager: Door) -> None:
    opened = cycle(manager)["id"]
    assert manager.get(f"/app/cycles/{opened}?from={uuid.uuid4()}").status_code == 404
    assert manager.get(f"/app/cycles/{opened}?from=x").status_code in {404, 422}
