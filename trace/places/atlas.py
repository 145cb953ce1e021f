"""The stored list of units, read from its file once and kept."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from trace.places.rules import TWO_LEVELS_SINCE, Centre, Commune, LegacyUnit, Province, fold

UNITS = Path(__file__).with_name("units.json.gz")

Stored = dict[str, Any]
Unit = TypeVar("Unit", Province, Commune)
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Atlas:
    """All units; each by its code, those of today in the order of their names."""

    provinces: Mapping[str, Province]
    communes: Mapping[str, Commune]
    legacy: Mapping[str, LegacyUnit]
    legacy_by_commune: Mapping[str, tuple[LegacyUnit, ...]]


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    stored: Stored = json.loads(gzip.decompress(UNITS.read_bytes()))
    changes = _changes(stored)
    provinces = _in_order(
        Province(code, name, **_kind(code, kind, changes)) for code, kind, name in stored["provinces"]
    )
    communes = _in_order(
        Commune(code, name, province_code=province_code, centre=_centre(*at), **_kind(code, kind, changes))
        for province_code, rows in stored["communes"].items()
        for code, kind, name, *at in rows
    )
    legacy = tuple(
        LegacyUnit(code, commune, district, province, tuple(becomes))
        for province, districts in stored["legacy"].items()
        for district, rows in districts.items()
        for code, commune, *becomes in rows
    )
    return Atlas(
        provinces={one.code: one for one in provinces},
        communes={one.code: one for one in communes},
        legacy={unit.code: unit for unit in legacy},
        legacy_by_commune=_grouped((code, unit) for unit in legacy for code in unit.becomes),
    )


def _changes(stored: Stored) -> dict[str, tuple[str, date]]:
    """The later kind of a unit, and since when, by its code."""
    return {
        code: (kind, date.fromisoformat(change["valid_from"]))
        for change in stored["changes"]
        for kind, codes in (("thành phố", change["to_city"]), ("phường", change["to_ward"]))
        for code in codes
    }


def _kind(code: str, kind: str, changes: dict[str, tuple[str, date]]) -> dict[str, Any]:
    if code not in changes:
        return {"kind": kind, "valid_from": TWO_LEVELS_SINCE, "earlier_kind": ""}
    later, since = changes[code]
    return {"kind": later, "valid_from": since, "earlier_kind": kind}


def _centre(latitude: int = 0, longitude: int = 0, km2: int = 0) -> Centre | None:
    return Centre(latitude / 100, longitude / 100, km2) if km2 else None


def _in_order(units: Iterable[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: (fold(unit.name), unit.code))


def _grouped(rows: Iterable[tuple[str, Row]]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for code, row in rows:
        found[code].append(row)
    return {code: tuple(rows) for code, rows in found.items()}
