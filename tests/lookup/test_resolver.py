"""GS1's resolver standard, restated: the names are those of its own test suite."""

import json
import os
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from httpx2 import Response

from tests.batches.making import batch
from tests.certificates.making import certificate
from tests.evidence.making import document, pdf
from tests.lookup.making import full, gtin
from tests.people import Door

GTIN = "0" + gtin("952123456001")
PRODUCT = f"/01/{GTIN}"
LOT = f"{PRODUCT}/10/TMD-DL-261110-01"
SERIAL = f"{LOT}/21/0042"
HERE = "http://testserver"
VOC = "https://ref.gs1.org/voc/"
LINKSET = "application/linkset+json"


def linkset(stranger: Door, path: str, **headers: str) -> Any:
    answer = stranger.get(f"{path}?linkType=linkset", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["linkset"]


def schema(name: str) -> Any:
    named = os.environ.get("TRACE_CONFORMANCE")
    root = Path(__file__).resolve().parents[2].parent
    folder = Path(named) if named else root / "shared" / "conformance"
    if not folder.is_dir() and not named:
        pytest.skip("conformance data not found: set TRACE_CONFORMANCE or place it at ../shared/conformance")
    return json.loads((folder / "resolver" / name).read_text("utf-8"))


def links(answer: Response) -> list[str]:
    """All of them stand in one line."""
    (line,) = answer.headers.get_list("link")
    return line.split(", ")


def test_rdfile(stranger: Door) -> None:
    answer = stranger.get("/.well-known/gs1resolver")
    assert answer.headers["access-control-allow-origin"] == "*"
    told = answer.json()
    jsonschema_rs.validate(schema("description-file-schema.json"), told)
    assert told["resolverRoot"] == HERE
    assert told["jsonLdContextLocation"]


def test_methods_cors_and_the_way_to_the_linkset(manager: Door, stranger: Door) -> None:
    """methodsCheck, corsCheck, linkOnRedirect, legacyLinkHeaders."""
    full(manager)
    for path in (PRODUCT, LOT, SERIAL, f"/en{LOT}"):
        _is_open(stranger, path)


def _is_open(stranger: Door, path: str) -> None:
    asked = {"origin": "https://shop.example", "access-control-request-method": "GET,HEAD,OPTIONS"}
    options = stranger.options(path, headers=asked)
    assert options.status_code == 204
    way = f'<{HERE}{path.removeprefix("/en")}?linkType=linkset>; rel="linkset"; type="{LINKSET}"'
    for answer in (options, stranger.get(path), stranger.head(path)):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["access-control-allow-methods"].split(", "))
        assert links(answer) == [way]


def test_report_with_400_and_never_with_200(manager: Door, stranger: Door) -> None:
    """reportWith400, noErrorWith200."""
    full(manager)
    for path in (PRODUCT, LOT, SERIAL):
        answer = stranger.get(f"{path}/foo")
        assert answer.status_code == 400
        assert answer.headers["access-control-allow-origin"] == "*"


def test_trailing_slash_and_basic_walk_up(manager: Door, stranger: Door) -> None:
    made = full(manager)
    for path in (LOT, SERIAL):
        for slash in ("", "/"):
            assert stranger.get(path + slash).headers["location"] == f"{HERE}/b/{made['code']}"
    assert stranger.get(f"{PRODUCT}/10/KL8G").status_code == 307
    assert stranger.get(f"{PRODUCT}/21/7").headers["location"] == f"{HERE}/p/{GTIN}"


def test_the_linkset_is_valid_and_has_every_level(manager: Door, stranger: Door) -> None:
    """validLinkset, ltLinksetNoRedirect, ltAllNoRedirect, linksetJsonldCheck, declaredContentType."""
    full(manager)
    for path in (PRODUCT, LOT, SERIAL, f"{LOT}/", f"{PRODUCT}/10/KL8G"):
        _has_linksets(stranger, path)


def _has_linksets(stranger: Door, path: str) -> None:
    valid = jsonschema_rs.validator_for(schema("linkset-schema.json"))
    for query, accept, media in (
        ("?linkType=linkset", "*/*", LINKSET),
        ("?linkType=all", LINKSET, LINKSET),
        ("?linkType=linkset", "application/json", "application/json"),
        ("", LINKSET, LINKSET),
        ("", "application/json", "application/json"),
    ):
        answer = stranger.get(path + query, headers={"accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, media)
        told = answer.json()
        valid.validate(told)
        assert any('rel="http://www.w3.org/ns/json-ld#context"' in one for one in links(answer))
        anchors = [one["anchor"] for one in told["linkset"]]
        assert anchors == ([HERE + LOT] if "TMD" in path else []) + [HERE + PRODUCT]
    ld = stranger.get(f"{path}?linkType=linkset", headers={"accept": "application/ld+json"})
    assert ld.json()["@context"].startswith("https://ref.gs1.org/")
    page = stranger.get(f"{path}?linkType=linkset", headers={"accept": "text/html,*/*;q=0.8"})
    assert "gs1:pip" in page.text


def test_one_default_which_is_also_under_a_kind_of_its_own(manager: Door, stranger: Door) -> None:
    """defaultLinkExists, singleDefaulLink, defaultTarget, linkTypesDefined."""
    full(manager)
    for path in (PRODUCT, LOT):
        found = linkset(stranger, path)[0]
        (default,) = found[f"{VOC}defaultLink"]
        assert set(default) == {"href", "title"}
        assert default["href"] in [one["href"] for one in found[f"{VOC}pip"]]
        assert stranger.get(path).headers["location"] == default["href"]
        assert {one["hreflang"][0] for one in found[f"{VOC}defaultLinkMulti"]} == {"vi", "en"}
        assert all(one.startswith(VOC) for one in found if one not in ("anchor", "itemDescription"))


def test_each_link_is_where_its_own_description_leads(manager: Door, stranger: Door) -> None:
    """loFor<type>[n], and every place it leads to answers."""
    full(manager)
    for path in (PRODUCT, LOT):
        for kind, told in linkset(stranger, path)[0].items():
            for one in told if isinstance(told, list) else ():
                name = kind.removeprefix(VOC)
                wished = {"accept": one.get("type", "*/*"), "accept-language": one.get("hreflang", ["vi"])[0]}
                for link_type in (f"gs1:{name}", kind, f"https://gs1.org/voc/{name}"):
                    answer = stranger.get(path, params={"linkType": link_type}, headers=wished)
                    where = answer.headers["location"].partition("?")[0]
                    assert (answer.status_code, where) == (307, one["href"])
                assert stranger.get(one["href"]).status_code == 200


def test_the_language_of_the_reader_chooses(manager: Door, stranger: Door) -> None:
    made = full(manager)
    for languages, prefix in (
        ("en-GB,en;q=0.9", "/en"),
        ("vi-VN,vi;q=0.9,en;q=0.8", ""),
        ("en;q=0.2,vi;q=0.9", ""),
        ("fr", ""),
        ("*", ""),
    ):
        answer = stranger.get(LOT, headers={"accept-language": languages})
        assert answer.headers["location"] == f"{HERE}{prefix}/b/{made['code']}"
        assert "Accept-Language" in answer.headers["vary"]


def test_specific_link_type_not_found(manager: Door, stranger: Door) -> None:
    full(manager)
    for kind in ("gs1:epcis", "gs1:certificationInfo", "gs1:nonsense", "pip", "https://evil.example/pip"):
        assert stranger.get(LOT, params={"linkType": kind}).status_code == 404
    assert stranger.get(f"{LOT}?linkType=").status_code == 307
    answer = stranger.get(f"/01/0{gtin('952123456077')}", headers={"accept": LINKSET})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_several_papers_that_nothing_tells_apart_are_offered_with_300(manager: Door, stranger: Door) -> None:
    made = full(manager)
    for number in ("VIETGAP-TT-26-0147", "HCVN-2611"):
        certificate(
            manager,
            kind="vietgap",
            number=number,
            product_ids=[made["product_id"]],
            document_id=document(manager, pdf(number))["id"],
            file_public=True,
        )
    answer = stranger.get(f"{LOT}?linkType=gs1:certificationInfo", headers={"accept": "application/pdf"})
    assert answer.status_code == 300
    (found,) = answer.json()["linkset"]
    assert [one["title"] for one in found[f"{VOC}certificationInfo"]] == ["VIETGAP-TT-26-0147", "HCVN-2611"]
    page = stranger.get(f"{LOT}?linkType=gs1:certificationInfo", headers={"accept": "text/html"})
    assert page.headers["location"].startswith(f"{HERE}/b/{made['code']}?")


def test_a_box_leads_to_its_page_and_a_draft_says_no_more_than_that_it_is_one(
    manager: Door, stranger: Door
) -> None:
    told = {"name": "HTX A", "hotline": "0220 3888 999", "commune_code": "11065", "gs1_prefix": "952123456"}
    manager.tell("/cooperative", **told)
    draft = batch(manager, lot_code="NHAP-1")
    manager.tell(
        "/products/change", product_id=draft["product_id"], name="Dưa lưới", gtin=GTIN, lot_prefix="DL"
    )
    found = linkset(stranger, f"{PRODUCT}/10/NHAP-1")
    assert [set(one) for one in found] == [
        {"anchor", "itemDescription", *(VOC + kind for kind in ("pip", "defaultLink", "defaultLinkMulti"))}
    ]
    packed = {"happened_at": "2026-11-10T08:00:00+07:00"}
    box = manager.tell("/boxes", contents=[{"batch_id": draft["id"], "kg": "1"}], **packed)
    answer = stranger.get(f"/00/{box['sscc']}")
    assert (answer.status_code, answer.headers["location"]) == (307, f"{HERE}/b/{box['code']}")
    page = stranger.get(answer.headers["location"])
    assert page.status_code == 200
    assert "1 lô chưa công bố" in page.text
    assert "NHAP-1" not in page.text
    unknown = stranger.get(f"/00/{box['sscc'][:16]}99")
    assert unknown.status_code in (400, 404)


def test_a_location_number_leads_to_the_cooperative_that_sells_something(
    manager: Door, stranger: Door
) -> None:
    gln = "9521234561002"
    told = {"name": "HTX A", "hotline": "0220 3888 999", "commune_code": "11065", "gln": gln}
    manager.tell("/cooperative", **told)
    assert stranger.get(f"/414/{gln}").status_code == 404
    assert "Không tìm thấy hợp tác xã" in stranger.get(f"/g/{gln}").text
    full(manager)
    valid = jsonschema_rs.validator_for(schema("linkset-schema.json"))
    for path in (f"/414/{gln}", f"/414/{gln}/254/KL8G", f"/417/{gln}"):
        assert stranger.get(path).headers["location"] == f"{HERE}/g/{gln}"
        answer = stranger.get(f"{path}?linkType=linkset")
        valid.validate(answer.json())
        assert answer.json()["linkset"][0]["anchor"] == HERE + path.removesuffix("/254/KL8G")
        assert stranger.get(f"{path}/foo").status_code == 400
    page = stranger.get(f"/en/g/{gln}").text
    assert "HTX A" in page
    assert f'href="/en/p/{GTIN}"' in page
