"""What shoppers see of a person is what the person agrees to at this moment, on every surface at once."""

from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.evidence.making import photo
from tests.farms.making import household, plot
from tests.lookup.making import cycle, harvest, published, record, see
from tests.people import Door, Factory

CODE: Final = "TV-07"
ACTS: Final = ("give name", "give photo", "withdraw name", "withdraw photo", "erase", "rename", "portray")


@dataclass
class Grower:
    """A household with a published batch and a picture of work with a face; and what shoppers should see."""

    manager: Door
    home: str
    batch: Any
    at_work: str
    names: list[str] = field(default_factory=lambda: ["Phạm Thị Bình", "Vũ Đình Cường"])
    name: str = "Phạm Thị Bình"
    portrait: str | None = None
    stands: set[str] = field(default_factory=set)

    def act(self, what: str) -> None:
        verb, _, purpose = what.partition(" ")
        if verb == "give":
            said = {"household_id": self.home, "purpose": purpose, "wording": 1, "channel": "spoken"}
            possible = bool(self.name) and purpose not in self.stands
            assert self.manager.say("/consents", **said).status_code == (201 if possible else 409)
            self.stands |= {purpose} if possible else set()
        elif verb == "withdraw":
            self.manager.tell("/consents/withdraw", household_id=self.home, purpose=purpose)
            self.stands -= {purpose}
        elif verb == "portray" and self.name:
            self.portrait = photo(self.manager, seed=77)["id"]
            self.manager.tell("/households/portrait", household_id=self.home, photo_id=self.portrait)
        elif verb == "erase":
            self.manager.tell("/households/erase", household_id=self.home, reason="asked")
            self.lose()
        elif verb == "rename":
            self.name = self.names[self.name == self.names[0]]
            self.manager.tell("/households/change", household_id=self.home, code=CODE, name=self.name)
            self.lose(self.name)

    def lose(self, name: str = "") -> None:
        self.name, self.portrait, self.stands = name, None, set()


def grower(manager: Door) -> Grower:
    home = household(manager, code=CODE, name="Phạm Thị Bình", phone="0912 345 678")["id"]
    crop = cycle(manager, plot_id=plot(manager, household_id=home)["id"])["id"]
    at_work = photo(manager, seed=78)["id"]
    record(manager, "pruning", cycle_id=crop, photo_ids=[at_work], photos_public=True, faces=True)
    batch = published(manager, harvest_id=harvest(manager, cycle_id=crop)["id"])
    return Grower(manager, home, batch, at_work)


def shown_photos(stranger: Door, it: Grower) -> dict[str, set[bool]]:
    """For each picture of the person, whether the page, its twin and the picture's own addresses show it."""
    texts = [see(stranger, it.batch, language).text for language in ("", "en")]
    texts.append(stranger.get(f"/b/{it.batch['code']}.json").text)
    return {
        one: {one in text for text in texts}
        | {
            stranger.get(f"/b/{it.batch['code']}/photos/{one}/{size}.webp").status_code == 200
            for size in ("small", "large")
        }
        for one in (it.at_work, it.portrait)
        if one
    }


def test_after_whatever_happened_everything_shows_what_the_newest_decision_says(
    manager: Door, stranger: Door
) -> None:
    it = grower(manager)

    @settings(max_examples=15)
    @given(some.lists(some.sampled_from(ACTS), min_size=1, max_size=6))
    def shown(acts: list[str]) -> None:
        for what in acts:
            it.act(what)
        for text in (see(stranger, it.batch).text, stranger.get(f"/b/{it.batch['code']}.json").text):
            assert CODE in text
            for name in it.names:
                assert (name in text) == (name == it.name and "name" in it.stands), acts
        assert all(one == {"photo" in it.stands} for one in shown_photos(stranger, it).values()), acts

    shown()


def test_taking_it_back_reaches_those_who_have_the_page_already(manager: Door, stranger: Door) -> None:
    it = grower(manager)
    for what in ("portray", "give name", "give photo"):
        it.act(what)
    for address in (f"/b/{it.batch['code']}", f"/b/{it.batch['code']}.json"):
        held = stranger.get(address)
        assert held.headers["cache-control"] == "no-cache"
        asking = {"if-none-match": held.headers["etag"]}
        assert stranger.get(address, headers=asking).status_code == 304
        it.act("withdraw name")
        fresh = stranger.get(address, headers=asking)
        assert (fresh.status_code, "Phạm Thị Bình" in fresh.text) == (200, False)
        it.act("give name")


@pytest.mark.parametrize("whose", ["at_work", "portrait"])
def test_a_picture_of_a_person_is_stored_by_no_browser_and_no_proxy(
    manager: Door, stranger: Door, whose: str
) -> None:
    it = grower(manager)
    for what in ("portray", "give photo"):
        it.act(what)
    address = f"/b/{it.batch['code']}/photos/{getattr(it, whose)}/large.webp"
    seen = stranger.get(address)
    assert (seen.status_code, seen.headers["cache-control"], "etag" in seen.headers) == (
        200,
        "no-store",
        False,
    )
    it.act("withdraw photo")
    for asked in ({}, {"if-none-match": "*"}):
        gone = stranger.get(address, headers=asked)
        assert (gone.status_code, gone.headers["cache-control"]) == (404, "no-store")


def test_a_search_engine_keeps_no_copy_of_a_page_with_a_person(manager: Door, stranger: Door) -> None:
    it = grower(manager)
    assert "noarchive" not in see(stranger, it.batch).text
    it.act("give name")
    assert "noarchive" in see(stranger, it.batch).text


def test_faces_count_for_the_household_that_did_the_work(make: Factory, stranger: Door) -> None:
    manager = make.manager()
    it = grower(manager)
    helper = household(manager, code="TV-08")
    picture = photo(manager, seed=79)["id"]
    said = {"photo_ids": [picture], "photos_public": True, "faces": True, "household_id": helper["id"]}
    record(manager, "pruning", cycle_id=it.batch["cycle_id"], **said)
    address = f"/b/{it.batch['code']}/photos/{picture}/small.webp"
    it.act("give photo")
    assert stranger.get(address).status_code == 404
    agreed = {"purpose": "photo", "wording": 1, "channel": "spoken"}
    manager.tell("/consents", household_id=helper["id"], **agreed)
    assert stranger.get(address).status_code == 200
    assert picture in see(stranger, it.batch).text


def test_where_nobody_could_agree_faces_are_not_shown(manager: Door, stranger: Door) -> None:
    crop = cycle(manager)["id"]
    picture = photo(manager)["id"]
    record(manager, "pruning", cycle_id=crop, photo_ids=[picture], photos_public=True, faces=True)
    made = published(manager, harvest_id=harvest(manager, cycle_id=crop)["id"])
    assert picture not in see(stranger, made).text
    assert stranger.get(f"/b/{made['code']}/photos/{picture}/small.webp").status_code == 404


def test_the_tick_about_faces_is_never_set_beforehand(manager: Door) -> None:
    crop = cycle(manager)["id"]
    page = manager.get(f"/app/log/{crop}/pruning").text
    for name in ("faces", "photos_public"):
        (box,) = [line for line in page.split("<input") if f'name="{name}"' in line]
        assert "checked" not in box.split(">")[0]
