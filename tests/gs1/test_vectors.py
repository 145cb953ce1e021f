"""What GS1 publishes about its syntax: every vector gets the published verdict."""

import json
import os
from collections.abc import Callable, Iterable
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest

from scripts.make_identifiers import HEAD, TARGET, rows
from trace.gs1 import digital_link, elements
from trace.gs1.dictionary import identifiers
from trace.gs1.elements import Element
from trace.gs1.faults import Misspelt
from trace.gs1.linters import LINTERS

Answer = TypeVar("Answer")
ROOT = Path(__file__).resolve().parents[2]
RULES = {
    "validateAIrepeats": elements.refuse_repeats,
    "validateAImutex": elements.refuse_conflicts,
    "validateAIrequisites": elements.refuse_alone,
    "validateDigSigRequiresSerialisedKey": elements.refuse_signed_kinds,
}
# Upstream tests these with a list of company prefixes plugged in; GS1 gives nobody such a list.
NEED_PREFIXES = {"GS1_LINTER_INVALID_GCP_PREFIX", "GS1_LINTER_GCP_DATASOURCE_OFFLINE"}
STANDARD = {
    "zeroSuppressedGtin": False,
    "alphas": False,
    "permitUnknownAIs": False,
    "unknownAIsNotAttributes": True,
}


@pytest.fixture(scope="session")
def conformance() -> Path:
    named = os.environ.get("TRACE_CONFORMANCE")
    folder = Path(named) if named else ROOT.parent / "shared" / "conformance"
    if folder.is_dir():
        return folder
    if named:
        pytest.fail(f"TRACE_CONFORMANCE names {folder}, which does not exist")
    pytest.skip("conformance data not found: set TRACE_CONFORMANCE or place it at ../shared/conformance")


@pytest.fixture(scope="session")
def syntax(conformance: Path) -> Any:
    return json.loads((conformance / "syntax" / "ai-vectors.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def links(conformance: Path) -> Any:
    return json.loads((conformance / "digital-link" / "dl-vectors.json").read_text("utf-8"))


def answer(ask: Callable[..., Answer], *said: Any) -> Answer | None:
    """What came of it, or nothing where it was refused."""
    with suppress(Misspelt):
        return ask(*said)
    return None


def test_the_table_of_identifiers_says_what_the_dictionary_says(conformance: Path) -> None:
    dictionary = (conformance / "syntax" / "gs1-syntax-dictionary.txt").read_text("utf-8")
    assert (ROOT / TARGET).read_text("utf-8") == HEAD + "".join(f"{row}\n" for row in rows(dictionary))


def test_every_linter_judges_as_published(syntax: Any) -> None:
    judged = {name: told for name, told in syntax["linters"].items() if not name.startswith("gcppos")}
    wrong = [
        (name, text)
        for name, told in judged.items()
        for text, good in [
            *((text, True) for text in told["pass"]),
            *((text, False) for text, error in told["fail"] if error not in NEED_PREFIXES),
        ]
        if LINTERS[name](text) is not good
    ]
    assert wrong == []


def test_bracketed_strings_are_read_as_published(syntax: Any) -> None:
    for one in syntax["parseBracketed"]:
        read = answer(elements.from_brackets, one["ai"])
        assert (read and elements.for_symbol(read)) == one["expect"], one


def test_what_stands_together_is_judged_as_published(syntax: Any) -> None:
    for one in syntax["associations"]:
        with nullcontext() if one["valid"] else pytest.raises(Misspelt):
            RULES[one["rule"]](elements.split_brackets(one["ai"]))


def test_digital_links_are_read_as_published(links: Any) -> None:
    for one in links["parse"]:
        if {option: one[option] for option in STANDARD} == STANDARD:
            read = answer(digital_link.read, one["uri"])
            assert (read and elements.for_symbol(read.elements)) == one["expect"], one


def test_digital_links_are_written_as_published(links: Any) -> None:
    for one in links["generate"]:
        said = elements.split_brackets(one["ai"])
        if not _all_known(said):
            continue  # upstream allows identifiers here that GS1 has not given
        built = answer(digital_link.build, one["stem"], said)
        assert (built and built.uri) == one["expect"], one


def _all_known(said: Iterable[Element]) -> bool:
    return all(one.ai in identifiers() for one in said)


def test_characters_are_escaped_as_published(links: Any) -> None:
    functions = {"URIescape": digital_link.escape, "URIunescape": digital_link.unescape}
    for one in links["escape"]:
        function = functions[one["fn"]]
        assert (function(one["in"]), function(one["in"], query=True)) == (one["path"], one["query"]), one


def test_qualifiers_stand_in_the_published_order(links: Any) -> None:
    for good, sequences in (
        (True, links["pathSequences"]["valid"]),
        (False, links["pathSequences"]["invalid"]),
    ):
        for key, *qualifiers in sequences:
            paths = identifiers()[key].paths or ()
            assert any(digital_link.follows(qualifiers, path) for path in paths) is good
