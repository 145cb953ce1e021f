"""What a request would rather have: the kind of document and the language, by its headers; no I/O."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from trace.kit.translation import DEFAULT, Locale

_Q: Final = re.compile(r"[01](\.[0-9]{0,3})?")
_SECOND: Final = 0.002  # the language of the house, where the one that is wished for is not there
_LAST: Final = 0.001


class Variant(Protocol):
    """One of several answers to the same question."""

    @property
    def media(self) -> str | None: ...

    @property
    def language(self) -> Locale | None: ...


Choice = TypeVar("Choice", bound=Variant)


@dataclass(frozen=True, slots=True)
class Wish:
    """`said` is the language that the address itself asks for."""

    accept: dict[str, float]
    languages: dict[str, float]
    said: Locale | None

    @classmethod
    def read(cls, accept: str, languages: str, *, said: Locale | None) -> "Wish":
        return cls(_weights(accept), _weights(languages), said)

    def names(self, media: str) -> bool:
        """Whether this very kind is asked for, and not merely anything."""
        return self.accept.get(media, 0) > 0

    def media(self, media: str | None) -> float:
        """How much this kind of document is wanted; without a header, everything is."""
        if media is None or not self.accept:
            return 1
        group = media.partition("/")[0] + "/*"
        return next((self.accept[one] for one in (media, group, "*/*") if one in self.accept), 0)

    def language(self, language: Locale | None) -> float:
        if language is None:
            return 1
        if self.said:
            return 1 if language == self.said else _LAST
        known = [weight for tag, weight in self.languages.items() if tag.partition("-")[0] == language]
        wanted = max(known, default=0)
        return wanted or (_SECOND if language == DEFAULT else _LAST)

    def best(self, choices: Sequence[Choice]) -> list[Choice]:
        """What fits best, one as a rule; several only where neither kind nor language tells them apart."""
        wanted = max((self.media(one.media) for one in choices), default=0)
        fitting = [one for one in choices if self.media(one.media) == wanted]
        first = fitting[0].media if fitting else None
        alike = [one for one in fitting if one.media == first]
        spoken = max((self.language(one.language) for one in alike), default=0)
        return [one for one in alike if self.language(one.language) == spoken]


def _weights(header: str) -> dict[str, float]:
    """Each value with its q; what cannot be read counts as nothing. Of two that weigh the same, the first is meant."""
    found: dict[str, float] = {}
    for place, offer in enumerate(header.lower().split(",")):
        value, *said = (part.strip() for part in offer.split(";"))
        weight = next((part[2:] for part in said if part.startswith("q=")), "1")
        if value:
            found[value] = (float(weight) if _Q.fullmatch(weight) else 0) * (1 - min(place, 99) / 100_000)
    return found
