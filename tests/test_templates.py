"""Every template compiles in every language, and none reaches around the Content-Security-Policy."""

import re
from pathlib import Path

import pytest

from trace.kit.pages import TEMPLATES, environment
from trace.kit.translation import LOCALES, Locale

ALL = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("template", ALL)
def test_it_compiles(template: str, locale: Locale) -> None:
    assert environment(locale).get_template(template)


@pytest.mark.parametrize("template", ALL)
def test_it_has_no_inline_style_or_script_and_asks_nobody_else(template: str) -> None:
    text = Path(TEMPLATES / template).read_text("utf-8")
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son\w+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//(?!zalo\.me/)", text)
