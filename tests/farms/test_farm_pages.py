"""The members' pages of growing areas, households and plots."""

import re

from tests.farms.making import area, household, plot
from tests.people import Door, Factory
from trace.kit.ids import new_id

SCRIPT = "<script>alert('dưa')</script>"


def typed(**given: str) -> dict[str, str]:
    return {"id": str(new_id()), "area_unit": "m2", **given}


def a_plot(land: str, **given: str) -> dict[str, str]:
    sent = {"area_id": land, "household_id": "", "code": "NM-A1", "kind": "greenhouse", "area": "1000"}
    return typed(**{**sent, **given})


def value_of(name: str, page: str) -> str:
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)
    assert found
    return found[1]


def test_an_area_is_added_by_choosing_among_the_communes_found(manager: Door) -> None:
    assert manager.get("/app/areas/new").status_code == 200
    sent = typed(name="Vùng A", commune="ha nam", commune_code="", area="3,5", area_unit="sao")
    asked = manager.post("/app/areas/new", data=sent)
    assert asked.status_code == 422
    assert 'value="10843"' in asked.text
    assert 'value="Vùng A"' in asked.text
    answer = manager.post("/app/areas/new", data={**sent, "commune_code": "10843"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/app/areas")
    made = manager.ask("/areas")["items"][0]
    assert (made["commune_label"], made["area_m2"]) == ("xã Hà Nam, TP Hải Phòng", "1260")


def test_a_commune_typed_anew_is_not_overruled_by_the_code_that_was_there(manager: Door) -> None:
    made = area(manager)
    path = f"/app/areas/{made['id']}/edit"
    form = manager.get(path).text
    assert (value_of("commune", form), value_of("commune_code", form)) == (made["commune_label"], "11065")
    sent = typed(name="Vùng A", commune_code="11065", commune="xã Thanh Hà")
    assert manager.post(path, data=sent).status_code == 422
    sent["commune"] = value_of("commune", form)
    assert manager.post(path, data=sent).status_code == 303
    assert manager.ask(f"/areas/{made['id']}")["name"] == "Vùng A"


def test_an_unusual_area_is_asked_about_and_saved_when_confirmed(manager: Door) -> None:
    sent = typed(name="Vùng A", commune="", commune_code="11065", area="9", puc="ABC-1")
    sent.pop("commune")
    asked = manager.post("/app/areas/new", data=sent)
    assert asked.status_code == 409
    assert re.search(r'id="puc-doubt".*VN-HDOR-0001', asked.text)
    assert re.search(r'id="area-doubt".*9 m²', asked.text)
    assert 'name="sure"' in asked.text
    assert manager.post("/app/areas/new", data={**sent, "sure": "on"}).status_code == 303


def test_a_plot_needs_an_area_first(manager: Door) -> None:
    assert "Cần có vùng trồng trước" in manager.get("/app/plots/new").text
    land = area(manager)["id"]
    form = manager.get("/app/plots/new").text
    assert value_of("code", form) == "NM-01"
    assert f'value="{land}" selected' in form
    answer = manager.post("/app/plots/new", data=a_plot(land))
    assert (answer.status_code, answer.headers["location"]) == (303, "/app/plots")
    listed = manager.get("/app/plots").text
    assert "NM-A1" in listed
    assert "1.000 m²" in listed
    assert value_of("code", manager.get("/app/plots/new").text) == "NM-A2"


def test_a_plot_is_changed_on_a_form_that_holds_what_stands_there(manager: Door) -> None:
    house = household(manager, code="TV-07")
    made = plot(manager, household_id=house["id"], area="1234.5")
    path = f"/app/plots/{made['id']}/edit"
    form = manager.get(path).text
    assert value_of("area", form) == "1234,5"
    assert f'value="{house["id"]}" selected' in form
    sent = a_plot(made["area_id"], code=value_of("code", form), area="1,5", area_unit="mau")
    assert manager.post(path, data=sent).status_code == 303
    changed = manager.ask(f"/plots/{made['id']}")
    assert (changed["area_m2"], changed["household_id"]) == ("5400", None)


def test_a_wrong_plot_comes_back_with_what_was_typed(manager: Door) -> None:
    land = area(manager)["id"]
    plot(manager, area_id=land, code="NM-A1")
    answer = manager.post("/app/plots/new", data=a_plot(land, area="-4", kind=""))
    assert answer.status_code == 422
    assert 'value="-4"' in answer.text
    assert 'id="kind-error"' in answer.text
    taken = manager.post("/app/plots/new", data=a_plot(land, code="nm-a1"))
    assert taken.status_code == 409
    assert 'id="code-error"' in taken.text


def test_a_household_gets_the_next_code_and_its_number_is_shown_to_members(manager: Door) -> None:
    assert value_of("code", manager.get("/app/households/new").text) == "TV-01"
    sent = typed(code="TV-01", name="Hộ bà Bình", phone="+84912345678")
    assert manager.post("/app/households/new", data=sent).status_code == 303
    assert "0912 345 678" in manager.get("/app/households").text
    assert value_of("code", manager.get("/app/households/new").text) == "TV-02"
    made = manager.ask("/households")["items"][0]
    path = f"/app/households/{made['id']}/edit"
    assert value_of("phone", manager.get(path).text) == "0912 345 678"
    assert manager.post(path, data=typed(code="TV-1A", name="Hộ bà Bình", phone="")).status_code == 303
    assert manager.ask(f"/households/{made['id']}")["phone"] is None
    wrong = manager.post(path, data=typed(code="TV-1A", name="", phone="12"))
    assert wrong.status_code == 422
    assert wrong.text.count('aria-invalid="true"') == 2


def test_a_form_sent_twice_makes_one_thing(manager: Door) -> None:
    land = area(manager)["id"]
    for path, sent in (
        ("plots", a_plot(land)),
        ("households", typed(code="TV-01", name="A")),
        ("areas", typed(name="Vùng B", commune_code="11065")),
    ):
        assert [manager.post(f"/app/{path}/new", data=sent).status_code for _ in "ab"] == [303, 303]
    assert len(manager.ask("/plots")["items"]) == len(manager.ask("/households")["items"]) == 1
    assert len(manager.ask("/areas")["items"]) == 2


def test_a_script_in_any_field_is_only_ever_text(manager: Door) -> None:
    land = area(manager, name=SCRIPT, crop=SCRIPT, puc=SCRIPT, sure=True)
    house = household(manager, code=SCRIPT[:20], name=SCRIPT)
    made = plot(manager, area_id=land["id"], household_id=house["id"], code=SCRIPT[:20])
    paths = ["/app/plots", "/app/areas", "/app/households", "/app/plots/new", f"/app/plots/{made['id']}/edit"]
    paths += [f"/app/areas/{land['id']}/edit", f"/app/households/{house['id']}/edit"]
    answers = [manager.get(path) for path in paths]
    names = ("name", "puc", "crop", "area", "area_unit", "commune", "commune_code", "code", "kind", "area_id")
    for path in ("areas", "plots", "households"):
        texts = dict.fromkeys((*names, "household_id", "phone", "id"), SCRIPT)
        answers.append(manager.post(f"/app/{path}/new", data=texts))
    for answer in answers:
        assert "<script>alert" not in answer.text.lower()
        assert "&lt;script&gt;" in answer.text.lower()


def test_members_who_do_not_manage_see_and_do_not_change(make: Factory, manager: Door) -> None:
    made = plot(manager, household_id=household(manager)["id"])
    ids = {"plots": made["id"], "areas": made["area_id"], "households": made["household_id"]}
    for role in ("recorder", "viewer"):
        member = make.member(manager, role=role)
        for path, found in ids.items():
            listed = member.get(f"/app/{path}")
            assert listed.status_code == 200
            assert "/edit" not in listed.text
            assert "/new" not in listed.text
            for closed in (f"/app/{path}/new", f"/app/{path}/{found}/edit"):
                assert member.get(closed).status_code == 403
                assert member.post(closed, data=typed()).status_code == 403


def test_another_cooperatives_things_have_no_page(make: Factory, manager: Door) -> None:
    other = make.manager()
    theirs = plot(other, household_id=household(other)["id"])
    for path, found in (
        ("plots", theirs["id"]),
        ("areas", theirs["area_id"]),
        ("households", theirs["household_id"]),
    ):
        assert manager.get(f"/app/{path}/{found}/edit").status_code == 404
        assert manager.post(f"/app/{path}/{found}/edit", data=typed()).status_code == 404
    mine = area(manager)["id"]
    for sent in (a_plot(theirs["area_id"]), a_plot(mine, household_id=theirs["household_id"])):
        assert manager.post("/app/plots/new", data=sent).status_code == 404
    assert manager.ask("/plots")["items"] == []


def test_plots_are_found_without_marks_and_without_a_script(manager: Door) -> None:
    plot(manager, code="NM-A1", household_id=household(manager, name="Vũ Đình Cường")["id"])
    plot(manager, code="NM-B2")
    page = manager.get("/app/plots?q=vu dinh").text
    assert "NM-A1" in page
    assert "NM-B2" not in page
    assert 'name="q" type="search" value="vu dinh"' in page
    assert "Không có gì tên như vậy" in manager.get("/app/plots?q=zzz").text
