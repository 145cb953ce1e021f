"""What the demo's batches were sent to whom, and what came in, comes out as told."""

from tests.people import Factory
from trace.demo import story
from trace.kit.database import Database


def test_partners_got_accepted_and_sent_back_what_the_story_says(told: Database, make: Factory) -> None:
    sender, receiver = make.door(), make.door()
    for door, phone in ((sender, story.RECORDER[1]), (receiver, story.RECEIVER[1])):
        door.post("/sign-in", data={"phone": phone, "password": story.PASSWORD})
    sent = {one["document"]: one for one in sender.ask("/shipments")["items"]}
    assert {
        name: one["answer"] and (one["answer"]["verdict"], one["answer"]["channel"])
        for name, one in sent.items()
    } == {
        "PX-0147": ("accepted", "told"),
        "PX-0148": ("partly", "link"),
        "PX-0149": ("accepted", "platform"),
        "PX-0152": ("accepted", "told"),
        "PX-0153": ("partly", "told"),
        "PX-0154": None,
        "PX-0161": None,
        "PX-0162": None,
    }
    assert len(sent["PX-0148"]["answer"]["photo_ids"]) == 1
    assert [one["sscc"] is not None for one in sent["PX-0147"]["units"]] == [True] * 5
    lines = {name: one["lines"][0]["batch_id"] for name, one in sent.items()}
    left = {name: sender.ask(f"/batches/{lines[name]}")["left_kg"] for name in ("PX-0147", "PX-0152")}
    assert left == {"PX-0147": "12.18", "PX-0152": "900"}  # seven fruits came back, and what D still has
    assert len(sender.ask(f"/batches/{lines['PX-0152']}/consignees")) == 3
    came = receiver.ask("/consignments")["items"]
    assert [one["answer"] is None for one in came] == [True, False]
    (made,) = receiver.ask("/batches")["items"]
    assert receiver.ask(f"/batches/{made['id']}/suppliers")[0]["their_lot"] == "TMD-DL-261108-01"
    bought = [one["id"] for one in sender.ask("/batches")["items"] if one["lot_code"].startswith("TMD-DH")]
    assert [sender.ask(f"/batches/{one}/suppliers")[0]["their_lot"] for one in bought] == ["L-07"] * 2
