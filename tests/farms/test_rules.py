"""Areas in people's units, growing-area codes and the codes of plots and households."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.farms.models import PlotKind
from trace.farms.rules import (
    AreaUnit,
    doubt_about_puc,
    is_usual_area,
    is_usual_plot,
    next_code,
    same_code,
    square_metres,
    taken,
)
from trace.kit.tables import Thousandths

AREAS = st.decimals("0.001", "999999999.999", places=3)
METRES = {AreaUnit.M2: 1, AreaUnit.SAO: 360, AreaUnit.MAU: 3600, AreaUnit.HECTARE: 10_000}


@given(AREAS, st.sampled_from(AreaUnit))
def test_every_unit_becomes_square_metres_without_rounding(area: Decimal, unit: AreaUnit) -> None:
    metres = square_metres(area, unit)
    assert Fraction(metres) == Fraction(area) * METRES[unit]
    stored = Thousandths().process_bind_param(metres, None)  # type: ignore[arg-type]
    assert stored is not None
    assert stored < 2**63  # the column holds it
    assert Thousandths().process_result_value(stored, None) == metres  # type: ignore[arg-type]


def test_ten_sao_are_a_mau() -> None:
    assert square_metres(Decimal(10), AreaUnit.SAO) == square_metres(Decimal(1), AreaUnit.MAU) == 3600


@pytest.mark.parametrize("code", ["VN-HDOR-9001", "VN-TGOR0095", "VN-DLOR-128"])
def test_a_growing_area_code_as_it_was_seen_raises_no_doubt(code: str) -> None:
    assert doubt_about_puc(code) is None


@pytest.mark.parametrize("code", ["VN-TGPH-0012", "CVNM2401240001", "VN-HDOR-90011", "HD-9001", "VNHDOR9001"])
def test_any_other_code_is_asked_about(code: str) -> None:
    doubt = doubt_about_puc(code)
    assert doubt
    assert ("packing house" in doubt) == ("PH" in code)


@given(st.decimals("0.001", "100000000", places=3))
def test_what_is_usual_is_one_range(area: Decimal) -> None:
    assert is_usual_plot(Decimal(1000), PlotKind.GREENHOUSE)
    assert is_usual_area(Decimal(12_000))
    for kind in PlotKind:
        assert is_usual_plot(area, kind) <= (100 <= area <= 200_000)


def test_codes_that_look_the_same_on_a_label_are_the_same() -> None:
    assert same_code("NM-A1", "nm-a1")
    assert same_code("NM-A1", "NM–A1")
    assert same_code("Nhà  Hoà", "nhà Hòa")
    assert not same_code("A1-1", "A11")
    assert not same_code("NM-A1", "NM-A2")
    assert taken("tv-1", ["TV-2", "TV-1"])


@given(st.text(max_size=20))
def test_a_code_is_the_same_as_itself_in_capitals(code: str) -> None:
    assert same_code(code, code)


def test_the_next_code_goes_on_after_the_last_in_its_series() -> None:
    assert next_code([], "TV-01") == "TV-01"
    assert next_code(["NM-30", "TV-01", "tv-09", "TV-02"], "TV-01") == "TV-10"
    assert next_code(["TV-01", "NM-A1"], "TV-01") == "NM-A2"
    assert next_code(["TV-99"], "TV-01") == "TV-100"
    assert next_code(["TV-01", "Nhà bà Bảy"], "TV-01") == "TV-02"


@given(st.lists(st.integers(0, 500)))
def test_the_next_code_is_free(numbers: list[int]) -> None:
    codes = [f"TV-{number:02}" for number in numbers]
    assert not taken(next_code(codes, "TV-01"), codes)


@given(st.lists(st.text(max_size=12)))
def test_whatever_the_codes_look_like_the_next_one_is_free(codes: list[str]) -> None:
    assert not taken(next_code(codes, "TV-01"), codes)
