"""Pages that show where the kilograms went: of a batch, of a crop, of all crops."""

import uuid
from decimal import Decimal
from typing import Any, Final

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from trace.accounts.doors import By
from trace.batches import balances, flows, operation_words, queries
from trace.batches.flows import Flow
from trace.kit.doors import Language, Reads
from trace.kit.figures import number
from trace.kit.pages import page
from trace.kit.paging import Asked
from trace.kit.sankey import Band, Bar, sankey
from trace.kit.translation import N_, Locale, say
from trace.records import queries as records
from trace.records.rules import YIELD

router = APIRouter(prefix="/app", include_in_schema=False)
_MOST_DRAWN: Final = 60


@router.get("/batches/{batch_id}/flow")
def of_batch(request: Request, batch_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    batch = queries.access_batch(db, by, batch_id)
    title = say(N_("Where the kilograms of {name} went"), language, name=batch.lot_code)
    return _shown(request, flows.of_batch(db, batch.id), title, language, batch=batch, cycle=None)


@router.get("/cycles/{cycle_id}/flow")
def of_cycle(request: Request, cycle_id: uuid.UUID, by: By, db: Reads, language: Language) -> Response:
    cycle = records.cycle(db, by, cycle_id)
    name = f"{cycle.plot_code} · {cycle.name}"
    title = say(N_("Where the kilograms of {name} went"), language, name=name)
    return _shown(request, flows.of_cycle(db, cycle.id), title, language, batch=None, cycle=cycle)


@router.get("/balance")
def balance(request: Request, by: By, db: Reads, asked: Asked) -> Response:
    found, following = asked.cut(balances.balances(db, by, asked))
    return page(
        request,
        "batches/balance.html",
        found=found,
        products=balances.by_product(list(found)),
        following=following,
        is_first=asked.after is None,
        area=YIELD,
        plant=balances.PLANT_KG,
    )


def _shown(request: Request, flow: Flow, title: str, language: Locale, **about: Any) -> Response:
    return page(
        request,
        "batches/flow.html",
        flow=flow,
        title=title,
        picture=_picture(flow, title, language) if 1 < len(flow.nodes) <= _MOST_DRAWN else None,
        losses=operation_words.LOSSES,
        **about,
    )


def _picture(flow: Flow, title: str, language: Locale) -> Markup:
    description = say(
        N_(
            "{count} bars, as tall as what they weigh; the table below says the same in numbers. Lost: {lost} kg."
        ),
        language,
        count=len(flow.nodes),
        lost=number(flow.lost, language),
    )
    bars = [
        Bar(one.id, one.layer, float(one.kg), float(max(one.left, Decimal(0))), f"sankey--{one.kind}")
        for one in flow.nodes
    ]
    bands = [Band(one.start, one.end, float(one.kg)) for one in flow.links]
    return sankey(bars, bands, title=title, description=description)
