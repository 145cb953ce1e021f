"""The GS1 Digital Link resolver: from what a barcode says to the page, the papers or the facts about it.

One address answers for every key and qualifier, because the path must be read as it came: a decoded one would lose
the slash inside a lot number. Nobody has to ask twice: whatever is known of the thing, its lot or its product, in this
order, is where a scan leads.
"""

import json
from itertools import chain
from typing import Any, Final
from urllib.parse import quote, unquote_plus

from fastapi import APIRouter, Request
from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse, Response

from trace.gs1 import digital_link
from trace.gs1.elements import Element
from trace.gs1.faults import Misspelt
from trace.gs1.keys import gtin14, gtin_for_people
from trace.kit import http
from trace.kit.doors import Config, Reads
from trace.kit.problems import NotFound, Problem, Unreadable
from trace.kit.translation import N_, Locale
from trace.lookup import answers, entries, linksets, rules
from trace.lookup.linksets import Kind, Level, Link
from trace.lookup.wishes import Wish

router = APIRouter(include_in_schema=False)
METHODS: Final = ["GET", "HEAD", "OPTIONS"]
KEYS: Final = ("00", "01", "414", "417")
_CONTEXT_LINK: Final = (
    f'<{linksets.CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
)


@router.api_route("/.well-known/gs1resolver", methods=METHODS)
def description(config: Config) -> Response:
    """What this resolver can be asked for, as GS1 describes resolvers."""
    said = {
        "name": "Trace",
        "resolverRoot": config.public_url,
        "supportedPrimaryKeys": list(KEYS),
        "supportedLinkType": [{"namespace": linksets.VOCABULARY, "prefix": "gs1:"}],
        "linkTypeDefaultCanBeLinkset": False,
        "jsonLdContextLocation": linksets.CONTEXT,
    }
    return _open(JSONResponse(said))


@router.api_route("/00/{rest:path}", methods=METHODS)
@router.api_route("/en/00/{rest:path}", methods=METHODS)
@router.api_route("/01/{rest:path}", methods=METHODS)
@router.api_route("/en/01/{rest:path}", methods=METHODS)
@router.api_route("/414/{rest:path}", methods=METHODS)
@router.api_route("/en/414/{rest:path}", methods=METHODS)
@router.api_route("/417/{rest:path}", methods=METHODS)
@router.api_route("/en/417/{rest:path}", methods=METHODS)
def resolve(request: Request, db: Reads, config: Config) -> Response:
    path = _path(request)
    if request.method == "OPTIONS":
        answer = Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
        return _open(answer, config.public_url + path)
    wish = _wish(request)
    try:
        elements = _read(path, request.url.query)
    except Misspelt as refusal:
        return _open(_misspelt(request, path, refusal, wish))
    link_type = _link_type(request)
    everything = linksets.wants_all(link_type) or _wants_linkset(wish, link_type)
    kind = linksets.kind_of(link_type)
    known = entries.levels(db, elements[0].ai, dict(elements), only=None if everything else kind or Kind.PAGE)
    finest = next(known, None)
    if finest is None:
        answer = _unknown(request, elements, wish)
    elif everything:
        answer = _linkset(request, path, [finest, *known], wish, config.public_url)
    else:
        found = wish.best(linksets.nearest(chain([finest], known), kind)) if kind else []
        answer = _led(request, path, finest, found, wish, config.public_url)
    return _open(answer, config.public_url + path)


def _led(
    request: Request, path: str, finest: Level, found: list[Link], wish: Wish, public_url: str
) -> Response:
    """The way to the one link that fits."""
    if not found:
        return _problem(request, NotFound(N_("Nothing of this kind is known about it here.")), wish)
    if len(found) > 1:
        several = Level(finest.identifiers, finest.description, found)
        return _linkset(request, path, [several], wish, public_url, status=300)
    address = public_url + found[0].path + (f"?{request.url.query}" if request.url.query else "")
    # The header is set by hand: a RedirectResponse would spell the query anew.
    return Response(status_code=307, headers={"Location": address, "Cache-Control": "no-cache"})


def _wants_linkset(wish: Wish, link_type: str | None) -> bool:
    """By the header: a linkset by its own name, or any JSON rather than a page where no link is named."""
    if wish.names(linksets.LINKSET):
        return True
    page = wish.media(linksets.HTML)
    return link_type is None and any(
        wish.names(one) and wish.media(one) > page for one in linksets.FORMS[1:3]
    )


def _linkset(
    request: Request, path: str, levels: list[Level], wish: Wish, public_url: str, *, status: int = 200
) -> Response:
    form = max(linksets.FORMS, key=wish.media)
    anchored = [(public_url + _anchor(path, level), level) for level in levels]
    made: dict[str, Any] = linksets.as_linkset(anchored, public_url)
    if form == linksets.HTML:
        return answers.page(request, "lookup/links.html", status=status, linkset=made["linkset"])
    if form == "application/ld+json":
        made = {"@context": linksets.CONTEXT, **made}
    answer = answers.text(request, json.dumps(made, ensure_ascii=False), form, status=status)
    answer.headers["Link"] = _CONTEXT_LINK
    return answer


def _read(path: str, query: str) -> tuple[Element, ...]:
    before, elements = digital_link.read_path(path)
    if before:
        raise Misspelt(N_("The GS1 key must be the first thing in this address."))
    digital_link.read_query(query, elements)
    return elements


def _path(request: Request) -> str:
    """As it came over the wire, without our prefix for the language and without a slash at its end."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    path = raw.partition(b"?")[0].decode("latin-1").removeprefix("/en").removesuffix("/")
    # It goes into headers and addresses again: what cannot stand there is encoded, an octet stays one.
    return quote(path, safe="/%!$&'()*+,;=:@~")


def _anchor(path: str, level: Level) -> str:
    """The address of a level in the spelling in which it was asked for."""
    segments = path.split("/")[1:]
    said = dict(zip(segments[::2], segments[1::2], strict=False))
    return "".join(f"/{ai}/{said[ai]}" for ai in level.identifiers)


def _link_type(request: Request) -> str | None:
    """Read from the query as it is: a parser of forms would join what a semicolon parts."""
    for pair in request.url.query.replace(";", "&").split("&"):
        key, _, value = pair.partition("=")
        if key == "linkType" and value:
            return unquote_plus(value)
    return None


def _wish(request: Request) -> Wish:
    said: Locale | None = "en" if request.url.path.startswith("/en/") else None
    headers = request.headers
    return Wish.read(headers.get("accept", ""), headers.get("accept-language", ""), said=said)


def _misspelt(request: Request, path: str, refusal: Misspelt, wish: Wish) -> Response:
    """400. A person who typed the number under the bars is shown the address that was meant."""
    if _is_for_programs(wish):
        return http.as_json(request, Unreadable(refusal.message, **refusal.values))
    meant = rules.understood(path)
    right = meant.path if isinstance(meant, rules.TradeItemLot) else _product_path(path)
    return answers.page(
        request,
        "lookup/wrong_link.html",
        status=400,
        refusal=refusal,
        meant=right if right != path and right and gtin14(right.split("/")[2]) else None,
        typed=digital_link.unescape(path)[:60],
    )


def _product_path(path: str) -> str | None:
    item = gtin14(path.split("/")[2]) if path.count("/") == 2 else None
    return f"/01/{item}" if item else None


def _unknown(request: Request, elements: tuple[Element, ...], wish: Wish) -> Response:
    if _is_for_programs(wish):
        return http.as_json(request, NotFound(N_("Nothing is known here about this number.")))
    named = dict(elements)
    key = elements[0]
    if "10" in named:
        return answers.page(
            request,
            "lookup/unknown_lot.html",
            status=404,
            gtin=gtin_for_people(named["01"]),
            lot=named["10"],
        )
    number = gtin_for_people(key.value) if key.ai == "01" else key.value
    return answers.page(request, "lookup/unknown_key.html", status=404, ai=key.ai, number=number)


def _problem(request: Request, problem: Problem, wish: Wish) -> Response:
    return http.as_json(request, problem) if _is_for_programs(wish) else http.as_page(request, problem)


def _is_for_programs(wish: Wish) -> bool:
    return any(wish.names(one) and wish.media(one) > wish.media(linksets.HTML) for one in linksets.FORMS[:3])


def _open(answer: Response, anchor: str | None = None) -> Response:
    """For any website, and with the way to all the links, whatever the answer is."""
    headers: MutableHeaders = answer.headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type"
    headers["Access-Control-Expose-Headers"] = "Link, Location"
    headers.add_vary_header("Accept")
    headers.add_vary_header("Accept-Language")
    if anchor:
        way = f'<{anchor}?linkType=linkset>; rel="linkset"; type="{linksets.LINKSET}"'
        # In one line: some programs keep only the last of several.
        headers["Link"] = ", ".join(filter(None, (headers.get("Link"), way)))
    return answer
