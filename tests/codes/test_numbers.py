"""A manager sees how many numbers GS1's company prefix still holds."""

from typing import Any

from tests.batches.making import batch
from tests.catalogue.making import gtin, product
from tests.people import Door, Factory

PREFIX = "95212345"


def own(door: Door, prefix: str | None) -> None:
    door.tell("/cooperative", name="HTX A", hotline="0220 3888 999", commune_code="11065", gs1_prefix=prefix)


def numbers(door: Door) -> Any:
    return door.ask("/gs1/numbers")


def test_numbers_are_counted_once_and_a_former_one_stays_spent(manager: Door) -> None:
    own(manager, PREFIX)
    fruit, carton = gtin(f"{PREFIX}0001"), gtin(f"1{PREFIX}0001")
    made = product(manager, gtin=fruit)
    product(manager, name="Thùng 6 quả", gtin=carton)  # of the same fruit: the same number inside
    product(manager, name="Hàng của bạn hàng", gtin=gtin("893123456001"))
    assert numbers(manager)["gtins"] == {"held": 10_000, "used": 1, "left": 9_999}
    manager.tell(
        "/products/change", product_id=made["id"], name="Dưa", lot_prefix="D", gtin=gtin(f"{PREFIX}0002")
    )
    assert numbers(manager)["gtins"]["used"] == 2
    packed = {"happened_at": "2026-11-10T08:00:00+07:00"}
    content = {"batch_id": batch(manager)["id"], "kg": "1"}
    for _ in range(2):
        manager.tell("/boxes", contents=[content], **packed)
    told = numbers(manager)
    assert told["ssccs"] == {"held": 1_000_000_000, "used": 2, "left": 999_999_998}
    assert {one["name"]: one["is_own"] for one in told["products"] if one["gtin"]} == {
        "Dưa": True,
        "Thùng 6 quả": True,
        "Hàng của bạn hàng": False,
    }
    page = manager.get("/app/gs1").text
    assert PREFIX in page
    assert "<dt>Còn lại</dt><dd>9.998</dd>" in page
    assert "không thuộc tiền tố của hợp tác xã" in page


def test_a_prefix_that_runs_out_is_noticed(manager: Door) -> None:
    own(manager, f"{PREFIX}9999")
    assert "Còn chưa đến một phần mười" not in manager.get("/app/gs1").text
    product(manager, gtin=gtin(f"{PREFIX}9999"))
    assert numbers(manager)["gtins"] == {"held": 1, "used": 1, "left": 0}
    assert "Còn chưa đến một phần mười" in manager.get("/app/gs1").text


def test_without_a_prefix_nothing_is_counted_and_only_managers_look(make: Factory) -> None:
    manager = make.manager()
    told = numbers(manager)
    assert (told["prefix"], told["gtins"], told["ssccs"]) == (None, None, None)
    assert "mã QR" in manager.get("/app/gs1").text
    assert make.member(manager).get("/app/gs1").status_code == 403


def test_a_prefix_of_a_shop_or_a_coupon_is_refused(manager: Door) -> None:
    for prefix in ("2012345", "0212345", "0412345", "9812345", "9912345"):
        said = {"name": "HTX A", "hotline": "0220 3888 999", "commune_code": "11065", "gs1_prefix": prefix}
        answer = manager.say("/cooperative", **said)
        assert answer.status_code == 422
        assert [one["field"] for one in answer.json()["errors"]] == ["gs1_prefix"]
