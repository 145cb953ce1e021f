"""The icons of one page, drawn inside it: a stranger's phone fetches no sprite for a dozen of them."""

import re
from functools import lru_cache

from markupsafe import Markup

from trace.kit.assets import FOLDER


class Icons:
    """Hands out references while a page is rendered, and at its end the drawings that were referred to."""

    def __init__(self) -> None:
        self.used: dict[str, None] = {}

    def __call__(self, name: str) -> str:
        if name not in symbols():
            raise LookupError(f"no icon {name}")
        self.used[name] = None
        return f"#{name}"

    def drawings(self) -> Markup:
        return Markup("").join(symbols()[name] for name in self.used)


@lru_cache
def symbols() -> dict[str, Markup]:
    sprite = (FOLDER / "icons" / "sprite.svg").read_text("utf-8")
    found = re.finditer(r'<symbol id="([\w-]+)".*?</symbol>', sprite, re.DOTALL)
    return {symbol[1]: Markup(symbol[0]) for symbol in found}  # noqa: S704 - our own file
