"""Pictures of where something went are drawn to scale, with numbers that the table explains."""

import re
from xml.etree import ElementTree

from trace.kit.sankey import Band, Bar, sankey

SVG = "{http://www.w3.org/2000/svg}"
BARS = [Bar("a", 0, 60, 10), Bar("b", 0, 40, 0), Bar("c", 1, 85, 85), Bar("lost", 1, 5, look="sankey--loss")]
BANDS = [Band("a", "c", 47), Band("a", "lost", 3), Band("b", "c", 38), Band("b", "lost", 2)]


def drawn(title: str = "Lô A", description: str = "4 cột") -> ElementTree.Element:
    picture = sankey(BARS, BANDS, title=title, description=description)
    named = str(picture).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return ElementTree.fromstring(named)  # noqa: S314 - our own picture


def test_bars_are_as_tall_as_what_they_weigh_and_numbered_in_order() -> None:
    svg = drawn()
    bars = [one for one in svg.iter(f"{SVG}rect") if "sankey__bar" in one.attrib["class"]]
    tall = [float(one.attrib["height"]) for one in bars]
    assert [round(one / tall[0], 2) for one in tall] == [1.0, 0.67, 1.42, 0.08]
    assert [one.text for one in svg.iter(f"{SVG}text")] == ["1", "2", "3", "4"]
    assert len(list(svg.iter(f"{SVG}path"))) == 4


def test_it_says_what_it_is_and_lets_nobody_write_into_it() -> None:
    svg = drawn(title='<script>alert("x")</script>', description="a & b")
    assert svg.find(f"{SVG}title").text == '<script>alert("x")</script>'  # type: ignore[union-attr]
    assert svg.attrib["role"] == "img"
    assert "style" not in str(sankey(BARS, BANDS, title="", description=""))


def test_it_fits_a_narrow_phone_and_nothing_lies_outside_of_it() -> None:
    width, height = (float(one) for one in drawn().attrib["viewBox"].split()[2:])
    assert width <= 340
    for one in drawn().iter(f"{SVG}rect"):
        assert 0 <= float(one.attrib["x"]) <= width - 10
        assert -0.1 <= float(one.attrib["y"]) <= height - float(one.attrib["height"]) + 0.1
    numbers = re.findall(r"-?\d+\.?\d*", " ".join(one.attrib["d"] for one in drawn().iter(f"{SVG}path")))
    assert all(-1 <= float(one) <= max(width, height) + 1 for one in numbers)


def test_nothing_at_all_is_an_empty_picture() -> None:
    assert "<svg" in sankey([], [], title="", description="")
