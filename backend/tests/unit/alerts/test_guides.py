"""How to set a sender up is told completely, and what is to be pasted is well-formed."""

import json
from pathlib import Path

import pytest
import yaml

from secondstory.alerts.formats.contract import Format, Signing
from secondstory.alerts.registry import FORMATS
from secondstory.alerts.sender_page import sender_page
from secondstory.alerts.severities import WORDS

DOCS = Path(__file__).parents[4] / "docs"
PAGE = DOCS / "alert-senders.md"
SENDERS = pytest.mark.parametrize("sender", FORMATS.values(), ids=lambda sender: sender.kind)


def test_the_page_is_as_the_code_makes_it() -> None:
    assert PAGE.read_text() == sender_page()


def test_the_usual_words_for_severities_are_told() -> None:
    told = (DOCS / "alerts.md").read_text()
    for severity, words in WORDS.items():
        assert f"| {severity} | {', '.join(words)} |" in told


@SENDERS
def test_the_address_is_among_the_steps(sender: Format) -> None:
    guide = sender.guide
    assert "{address}" in guide.steps + (guide.snippet or "")
    assert all([guide.proof, guide.identifier, guide.lifecycle, guide.severities])


@SENDERS
def test_a_secret_is_spoken_of_where_there_is_one(sender: Format) -> None:
    if sender.signing in {Signing.ALWAYS, Signing.OPTIONAL}:
        assert "secret" in sender.guide.steps.lower()


@SENDERS
def test_snippets_are_well_formed(sender: Format) -> None:
    snippet = sender.guide.snippet
    if sender.guide.language == "json":
        assert isinstance(json.loads(snippet or ""), dict)
    elif sender.guide.language == "yaml":
        assert isinstance(yaml.safe_load(snippet or ""), dict)
    else:
        assert snippet is None or sender.guide.language in {"shell", "text"}
