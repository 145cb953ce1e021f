"""A person who asks learns what is held about them; nobody else does."""

import pytest

from tests.farms.making import household, plot
from tests.people import Door, Factory
from tests.records.making import cycle, record
from tests.reports.making import pdf, words
from trace.farms.models import Purpose
from trace.farms.wordings import current


def test_the_person_and_a_manager_see_everything_under_the_household(make: Factory) -> None:
    manager = make.manager()
    grower = make.member(manager, "viewer", name="Phạm Thị Bình", phone="0912 345 678")
    said = {"name": "Phạm Thị Bình", "phone": "0912 345 678"}
    home = household(manager, code="TV-07", membership_id=grower.ask("/me")["membership_id"], **said)
    crop = cycle(manager, plot_id=plot(manager, code="NM-A1", household_id=home["id"])["id"])["id"]
    for faces in (True, False):
        record(manager, "pruning", cycle_id=crop, household_id=home["id"], faces=faces)
    agreed = {"purpose": "name", "wording": 1, "channel": "spoken"}
    manager.tell("/consents", household_id=home["id"], **agreed)
    held = grower.ask(f"/households/{home['id']}/held")
    assert held == manager.ask(f"/households/{home['id']}/held")
    assert (held["household"]["name"], held["account_phone"]) == ("Phạm Thị Bình", "+84912345678")
    assert (held["plots"], [one["purpose"] for one in held["consents"]]) == (["NM-A1"], ["name"])
    day = "2026-11-10"
    assert held["work"] == [{"kind": "pruning", "count": 2, "with_faces": 1, "first": day, "last": day}]
    assert [one["kind"] for one in held["said"]] == ["household.added", "consent.given"]
    page = grower.get(f"/app/households/{home['id']}/held").text
    for shown in ("Phạm Thị Bình", "0912 345 678", "NM-A1", "Tôi cho hợp tác xã ghi họ tên của tôi"):
        assert shown in page


def test_other_members_do_not(make: Factory) -> None:
    manager = make.manager()
    home, recorder = household(manager), make.member(manager)
    assert recorder.get(f"/app/households/{home['id']}/held").status_code == 403
    assert recorder.get(f"/api/v1/households/{home['id']}/held").status_code == 403


@pytest.mark.parametrize("purpose", Purpose)
def test_the_sheet_to_sign_has_the_very_words_and_no_name(make: Factory, purpose: Purpose) -> None:
    manager = make.manager()
    home = household(manager, code="TV-07", name="Phạm Thị Bình")
    address = f"/app/households/{home['id']}/consent/{purpose}"
    assert f'href="{address}/sheet.pdf"' in manager.get(address).text
    text = words(pdf(manager.get(f"{address}/sheet.pdf")))
    assert all(paragraph in text for paragraph in current(purpose).vi)
    assert "TV-07" in text
    assert "Bình" not in text
    assert make.member(manager, "viewer").get(f"{address}/sheet.pdf").status_code == 403


def test_of_an_erased_person_nothing_is_held(manager: Door) -> None:
    home = household(manager, name="Phạm Thị Bình", phone="0912 345 678")
    manager.tell("/households/erase", household_id=home["id"], reason="asked")
    page = manager.get(f"/app/households/{home['id']}/held").text
    assert "Bình" not in page
    assert "345 678" not in page
