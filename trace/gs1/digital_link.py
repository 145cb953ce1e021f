"""GS1 Digital Link: the same elements as an address on the web, read strictly and written canonically."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address
from typing import Final

from trace.gs1.dictionary import Group, identifier, identifiers
from trace.gs1.elements import Element
from trace.gs1.faults import Misspelt
from trace.kit.translation import N_

CANONICAL_STEM: Final = "https://id.gs1.org"
# RFC 3986; a percent sign that begins no octet is left as it is, as GS1's own reader does.
_WRITTEN: Final = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")
_ADDRESS: Final = re.compile(r"(https?|HTTPS?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?")
_HOST: Final = re.compile(r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?")
_HIGHEST_PORT: Final = 65535
_OCTET: Final = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class DigitalLink:
    """A primary key with its qualifiers in order, and the attributes that came as a query."""

    stem: str
    path: tuple[Element, ...]
    attributes: tuple[Element, ...] = ()

    @property
    def key(self) -> Element:
        return self.path[0]

    @property
    def elements(self) -> tuple[Element, ...]:
        return self.path + self.attributes

    @property
    def uri(self) -> str:
        return self.stem + path_of(self.path) + _query_of(self.attributes)

    @property
    def canonical(self) -> str:
        """By which two links are compared: whoever resolves them, and in whatever order the attributes came."""
        return CANONICAL_STEM + path_of(self.path) + _query_of(sorted(self.attributes))


def read(uri: str) -> DigitalLink:
    """An address as it was scanned; raises Misspelt where it is no uncompressed GS1 Digital Link."""
    found = _ADDRESS.fullmatch(uri) if _WRITTEN.fullmatch(uri) else None
    if found is None:
        raise Misspelt(N_("This is no web address."))
    scheme, authority, path, query = found.groups()
    _refuse_authority(authority)
    before, elements = read_path(path)
    return DigitalLink(f"{scheme}://{authority}{before}", elements, read_query(query or "", elements))


def _refuse_authority(authority: str) -> None:
    found = _HOST.fullmatch(authority)
    if found is None or int(found["port"] or 0) > _HIGHEST_PORT:
        raise Misspelt(N_("This is no web address."))
    if authority.startswith("["):
        try:
            IPv6Address(found["host"].strip("[]"))
        except ValueError as error:
            raise Misspelt(N_("This is no web address.")) from error


def read_path(path: str) -> tuple[str, tuple[Element, ...]]:
    """What stands before the primary key, and the elements from there on. Values are told from an encoded path."""
    before, *segments = path.split("/")
    if before or len(segments) < 2:
        raise Misspelt(_NO_KEY)
    for start in range(len(segments) - 2, -1, -2):
        known = identifiers().get(segments[start])
        if known and known.paths is not None:
            elements = tuple(_pairs(segments[start:]))
            _refuse_order(elements)
            return "".join(f"/{one}" for one in segments[:start]), elements
    raise Misspelt(_NO_KEY)


_NO_KEY: Final = N_("This address names nothing by a GS1 key.")


def _pairs(segments: Sequence[str]) -> Iterator[Element]:
    for ai, written in zip(segments[::2], segments[1::2], strict=True):
        value = unescape(written)
        identifier(ai).refuse(value)
        yield Element(ai, value)


def _refuse_order(elements: Sequence[Element]) -> None:
    key, *qualifiers = (one.ai for one in elements)
    if not any(follows(qualifiers, path) for path in identifier(key).paths or ()):
        wrong = "".join(f"({ai})" for ai in qualifiers)
        raise Misspelt(N_("After ({ai}) these cannot stand in this order: {wrong}"), ai=key, wrong=wrong)


def follows(qualifiers: Iterable[str], path: Group) -> bool:
    """Qualifiers may be left out, but never change places."""
    places = iter(path)
    return all(one in places for one in qualifiers)


def read_query(query: str, path: Sequence[Element]) -> tuple[Element, ...]:
    """The attributes among what the query says; everything else is nothing of GS1's and left alone."""
    said = {one.ai for one in path}
    attributes: list[Element] = []
    for pair in re.split("[&;]", query):
        key, is_pair, written = pair.partition("=")
        ai = unescape(key, query=True)
        if not is_pair or not (ai.isascii() and ai.isdigit()):
            continue
        known, value = identifier(ai), unescape(written, query=True)
        if not known.attribute:
            raise Misspelt(N_("({ai}) cannot stand behind the question mark."), ai=ai)
        if ai in said:
            raise Misspelt(N_("({ai}) is written twice."), ai=ai)
        known.refuse(value)
        said.add(ai)
        attributes.append(Element(ai, value))
    return tuple(attributes)


def build(stem: str, elements: Iterable[Element]) -> DigitalLink:
    """The address of these elements: the first primary key among them leads, what cannot follow it is an attribute."""
    distinct = list(dict.fromkeys(elements))
    for ai, value in distinct:
        identifier(ai).refuse(value)
    key = next((one for one in distinct if identifier(one.ai).paths is not None), None)
    if key is None:
        raise Misspelt(_NO_KEY)
    others = {one.ai: one for one in distinct if one != key}
    if len(others) < len(distinct) - 1:
        raise Misspelt(N_("({ai}) is written twice."), ai=_repeated(distinct))
    # The longest path first: what can be a qualifier should not be an attribute.
    choices = sorted(identifier(key.ai).paths or (), key=lambda path: -sum(ai in others for ai in path))
    for path in choices:
        attributes = [one for ai, one in others.items() if ai not in path]
        if all(identifier(one.ai).attribute for one in attributes):
            qualifiers = [others[ai] for ai in path if ai in others]
            return DigitalLink(stem.rstrip("/"), (key, *qualifiers), tuple(attributes))
    raise Misspelt(N_("These identifiers do not fit into one address."))


def _repeated(elements: Sequence[Element]) -> str:
    names = [one.ai for one in elements]
    return next(ai for ai in names if names.count(ai) > 1)


def path_of(elements: Iterable[Element]) -> str:
    return "".join(f"/{ai}/{escape(value)}" for ai, value in elements)


def _query_of(attributes: Iterable[Element]) -> str:
    written = "&".join(f"{ai}={escape(value, query=True)}" for ai, value in attributes)
    return f"?{written}" if written else ""


def escape(text: str, *, query: bool = False) -> str:
    written = "".join(one if one in _UNRESERVED else f"%{ord(one):02X}" for one in text)
    return written.replace("%20", "+") if query else written


def unescape(text: str, *, query: bool = False) -> str:
    """Octets become characters one by one: what GS1 allows is ASCII, and everything else is refused afterwards."""
    plain = text.replace("+", " ") if query else text
    return _OCTET.sub(lambda found: chr(int(found[1], 16)), plain)
