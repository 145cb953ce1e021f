"""The JSON door to places: public, because whoever signs up has no account yet."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from trace.places.queries import Match, legacy_names, search
from trace.places.rules import legacy_label

router = APIRouter(prefix="/api/v1/places", tags=["places"])

EXAMPLE: dict[str, JsonValue] = {
    "code": "11065",
    "label": "xã Trường Tân, TP Hải Phòng",
    "name": "Trường Tân",
    "kind": "xã",
    "province_code": "31",
    "province_name": "Hải Phòng",
    "former_names": ["xã Phạm Trấn, huyện Gia Lộc, tỉnh Hải Dương"],
    "matched_former_code": "11053",
    "note": "trước 1/7/2025: xã Phạm Trấn, huyện Gia Lộc, tỉnh Hải Dương",
    "split": False,
    "split_among": [],
}


class PlaceRead(BaseModel):
    """A commune of today that fits what was typed."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    code: str = Field(description="Code of the statistics office; text, because it may start with 0.")
    label: str = Field(description="The address line as it is written today.")
    name: str
    kind: str = Field(description="`xã`, `phường` or `đặc khu`.")
    province_code: str
    province_name: str
    former_names: list[str] = Field(description="The units of before 1 July 2025 that went into it.")
    matched_former_code: str | None = Field(
        description="Code of the old unit whose name was typed, if one was."
    )
    note: str = Field(
        description="The old unit whose name was typed, as a second address line; may be empty."
    )
    split: bool = Field(
        description="Whether that old unit went to several communes, so that a person must choose."
    )
    split_among: list[str] = Field(description="Codes of all those communes, when there are several.")


@router.get(
    "",
    operation_id="places_search_communes",
    summary="Find communes by a present or former name",
    response_description="Nearest first; no more than `limit`.",
)
def search_communes(
    response: Response,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=80,
            description="The beginning of a name, with or without marks, kind or place.",
            examples=["pham tran"],
        ),
    ],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> list[PlaceRead]:
    """Typing a name of before 1 July 2025 finds the communes of today; `note` then says which old unit it was."""
    response.headers["Cache-Control"] = "public, max-age=3600"
    return [read(match) for match in search(q, limit)]


def read(match: Match) -> PlaceRead:
    commune, formerly = match.commune, match.formerly
    return PlaceRead(
        code=commune.code,
        label=match.label,
        name=commune.name,
        kind=commune.kind,
        province_code=commune.province_code,
        province_name=match.province.name,
        former_names=[legacy_label(unit) for unit in legacy_names(commune.code)],
        matched_former_code=formerly.code if formerly else None,
        note=match.note,
        split=match.split,
        split_among=list(formerly.becomes) if formerly and match.split else [],
    )
