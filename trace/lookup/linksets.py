"""Links of a thing and of what it is of, as GS1's resolver standard and RFC 9264 write them; no I/O."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from trace.kit.translation import Locale

VOCABULARY: Final = "https://ref.gs1.org/voc/"
_NAMESPACES: Final = (VOCABULARY, "https://gs1.org/voc/", "http://gs1.org/voc/", "gs1:")
CONTEXT: Final = "https://ref.gs1.org/standards/resolver/linkset-context"
LINKSET: Final = "application/linkset+json"
HTML: Final = "text/html"
# What a linkset can be had as; of several that are wanted alike, the first.
FORMS: Final = (LINKSET, "application/json", "application/ld+json", HTML)
_ALL: Final = ("linkset", "all")  # the second is deprecated, and still asked for


class Kind(StrEnum):
    """Link types of GS1's vocabulary that something here leads to."""

    DEFAULT = "defaultLink"
    DEFAULT_BY_LANGUAGE = "defaultLinkMulti"
    PAGE = "pip"
    TRACEABILITY = "traceability"
    CERTIFICATES = "certificationInfo"
    RECALL = "recallStatus"
    LOGISTICS = "logisticsInfo"
    LOCATION = "locationInfo"


@dataclass(frozen=True, slots=True)
class Link:
    """`path` is one of ours. It has no fragment: GS1's suite compares what stands before the query that goes along."""

    kind: Kind
    path: str
    title: str
    language: Locale | None = None
    media: str | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """What is registered for a key with some of its qualifiers: `identifiers` says which."""

    identifiers: tuple[str, ...]
    description: str
    links: list[Link]


def wants_all(link_type: str | None) -> bool:
    return link_type is not None and link_type.removeprefix("gs1:").lower() in _ALL


def kind_of(link_type: str | None) -> Kind | None:
    """The kind that was asked for, by its CURIE or its whole address; None: nothing here is of that kind."""
    if link_type is None:
        return Kind.DEFAULT_BY_LANGUAGE
    for namespace in _NAMESPACES:
        name = link_type.removeprefix(namespace)
        if name != link_type and name in list(Kind):
            return Kind(name)
    return None


def nearest(levels: Iterable[Level], kind: Kind) -> list[Link]:
    """The links of this kind at the finest level that has any."""
    for level in levels:
        if found := [one for one in level.links if one.kind == kind]:
            return found
    return []


def with_defaults(page: Kind, links: Sequence[Link]) -> list[Link]:
    """The links of a level, and beside them which of its pages is the one to open when nothing more is asked."""
    pages = [one for one in links if one.kind == page and one.language]
    default = Link(Kind.DEFAULT, pages[0].path, pages[0].title)
    variants = [Link(Kind.DEFAULT_BY_LANGUAGE, one.path, one.title, one.language, one.media) for one in pages]
    return [*links, default, *variants]


def as_linkset(levels: Iterable[tuple[str, Level]], public_url: str) -> dict[str, Any]:
    """Each level with its anchor, the finest first."""
    return {"linkset": [_context_object(anchor, level, public_url) for anchor, level in levels]}


def _context_object(anchor: str, level: Level, public_url: str) -> dict[str, Any]:
    made: dict[str, Any] = {"anchor": anchor, "itemDescription": level.description}
    for link in level.links:
        told: dict[str, Any] = {"href": public_url + link.path, "title": link.title}
        if link.media:
            told["type"] = link.media
        if link.language:
            told["hreflang"] = [link.language]
        made.setdefault(VOCABULARY + link.kind, []).append(told)
    return made
