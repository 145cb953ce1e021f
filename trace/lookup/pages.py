"""Pages for strangers: the home page with its box for a code, and the page of one batch."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from babel import Locale as BabelLocale
from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from trace.accounts import queries as accounts
from trace.accounts.doors import Somebody
from trace.accounts.rules import phone_for_people
from trace.certificates import words as certificates
from trace.codes import run_queries as labels
from trace.codes.rules import Standing
from trace.gs1.keys import gtin_for_people
from trace.kit import shortcodes
from trace.kit.clock import day_in_vietnam
from trace.kit.doors import Config, Files, Language, Now, Reads
from trace.kit.pages import FLASH
from trace.kit.problems import NotFound
from trace.kit.translation import Locale
from trace.laboratory import words as laboratory
from trace.lookup import answers, boxes, queries, rules
from trace.lookup.facts import BatchFacts
from trace.records import words
from trace.settings import Settings

router = APIRouter(include_in_schema=False)
GETS: Final = ["GET", "HEAD"]
_SHOWN_BACK: Final = 60

Typed = Annotated[str, Query()]


@router.api_route("/b/{code}/photos/{photo_id}/{size}.webp", methods=GETS)
def photo(
    request: Request, db: Reads, files: Files, code: str, photo_id: uuid.UUID, size: Literal["small", "large"]
) -> Response:
    """A photograph that belongs to a published batch and was released for strangers."""
    examined = shortcodes.examine(code)
    if not examined.valid:
        raise NotFound
    found = queries.public_photo(db, examined.code, photo_id)
    digest = found.small if size == "small" else found.large
    try:
        return answers.picture(request, digest, files.read(digest), kept=not found.by_consent)
    except FileNotFoundError as error:
        raise NotFound from error


@router.api_route("/b/{code}", methods=GETS)
@router.api_route("/en/b/{code}", methods=GETS)
def batch(request: Request, db: Reads, now: Now, config: Config, language: Language, code: str) -> Response:
    """The public page of one batch, of a box or a pallet, or why there is none."""
    if _is_of_label(code):
        return _label(request, db, now, config, language, code)
    examined = shortcodes.examine(code)
    if not examined.valid:
        return _mistyped(request, code, examined)
    try:
        facts = queries.public_facts(db, examined.code, today=day_in_vietnam(now))
    except queries.Unpublished as problem:
        return answers.page(
            request, "lookup/unpublished.html", status=404, code=examined.code, recalled=problem.recalled
        )
    except queries.UnknownCode:
        if found := boxes.box(db, examined.code):
            return answers.page(request, "lookup/box.html", box=found, stands=boxes.STANDS)
        return answers.page(request, "lookup/unknown.html", status=404, code=examined.code)
    return answers.page(request, "lookup/batch.html", **_seen(facts, config.public_url, language))


@router.api_route("/find", methods=GETS)
@router.api_route("/en/find", methods=GETS)
def find(
    request: Request, language: Language, code: Typed = "", gtin: Typed = "", lot: Typed = ""
) -> Response:
    """The box: go to the page of what was typed, or say what is wrong with it."""
    start = answers.prefix(language)
    if gtin and lot.strip():
        return _see(start + rules.TradeItemLot(gtin, lot.strip()).path)
    meant = rules.understood(code)
    if isinstance(meant, rules.TradeItemLot):
        return _see(start + meant.path)
    if not meant.typed:
        return _see(start or "/")
    examined = shortcodes.examine(meant.typed)
    if _is_of_label(meant.typed):
        examined = shortcodes.examine(meant.typed, length=shortcodes.SERIAL_LENGTH)
    if not examined.valid:
        return _mistyped(request, meant.typed, examined)
    return _see(f"{start}/b/{examined.code}")


@router.api_route("/", methods=GETS)
@router.api_route("/en", methods=GETS)
def home(request: Request, language: Language, config: Config, who: Somebody) -> Response:
    """Where shoppers type a code and members come in; `who` puts the signed-in person into the request."""
    other = "/en" if language == "vi" else "/language?to=vi&back=/"
    answer = answers.page(
        request, "lookup/home.html", who=who, public_url=config.public_url, other_language_url=other
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    if FLASH in request.cookies:
        answer.delete_cookie(FLASH, path="/")
    return answer


def _is_of_label(typed: str) -> bool:
    """Whether it is as long as the number of a single label."""
    return len(shortcodes.normalise(typed)) == shortcodes.SERIAL_LENGTH


def _label(
    request: Request, db: Session, now: datetime, config: Settings, language: Locale, code: str
) -> Response:
    """The page of its batch for a label that is on goods; for any other, what is wrong with it."""
    examined = shortcodes.examine(code, length=shortcodes.SERIAL_LENGTH)
    if not examined.valid:
        return _mistyped(request, code, examined)
    label = labels.told(db, examined.code)
    if label is None:
        return answers.page(request, "lookup/label_unknown.html", status=404, code=examined.code)
    cooperative = accounts.cooperative(db, label.cooperative_id)
    if label.batch_code is None:
        return answers.page(
            request,
            f"lookup/label_{label.standing}.html",
            status=410 if label.standing is Standing.VOID else 404,
            code=label.code,
            cooperative=cooperative.name,
            hotline=None if cooperative.illustration else phone_for_people(cooperative.hotline),
        )
    try:
        facts = queries.public_facts(db, label.batch_code, today=day_in_vietnam(now))
    except queries.Unpublished as problem:
        return answers.page(
            request, "lookup/unpublished.html", status=404, code=label.batch_code, recalled=problem.recalled
        )
    seen = {**_seen(facts, config.public_url, language), "label": label}
    other = answers.prefix("en" if language == "vi" else "vi")
    return answers.page(
        request, "lookup/batch.html", **{**seen, "other_language_url": f"{other}/b/{label.code}"}
    )


def _seen(facts: BatchFacts, public_url: str, locale: Locale) -> dict[str, Any]:
    """The facts, and beside them what only a page needs: addresses, and a telephone number as it is said."""
    zalo = rules.zalo_number(facts.cooperative.hotline)
    return {
        "facts": facts,
        "label": None,
        "other_language_url": answers.prefix("en" if locale == "vi" else "vi") + facts.path,
        "kinds": words.KINDS,
        "kind_icons": words.ICONS,
        "levels": words.LEVELS,
        "level_meanings": words.LEVEL_MEANINGS,
        "level_icons": words.LEVEL_ICONS,
        "units": words.WEIGHTS,
        "certificate_kinds": certificates.KINDS,
        "samples": laboratory.SAMPLES,
        "public_url": public_url,
        # As it stands under the barcode.
        "gtin": gtin_for_people(facts.product.gtin) if facts.product.gtin else None,
        "hotline": phone_for_people(facts.cooperative.hotline),
        # Nobody shall call a made-up number: it may be a stranger's.
        "callable": not facts.cooperative.illustration,
        "zalo": f"https://zalo.me/{zalo}" if zalo else None,
        "origin": BabelLocale.parse(locale).territories.get(facts.product.origin, facts.product.origin),
    }


def _mistyped(request: Request, typed: str, examined: shortcodes.Examination) -> Response:
    """404, as for every code without a page: whoever indexes addresses shall not keep this one."""
    return answers.page(
        request,
        "lookup/mistyped.html",
        status=404,
        typed=typed[:_SHOWN_BACK],
        cut=len(typed) > _SHOWN_BACK,
        examined=examined,
        length=shortcodes.LENGTH,
        is_lot=rules.looks_like_lot(typed),
    )


def _see(address: str) -> Response:
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-cache"})
