"""The documentation says what is there: links, dependencies, decisions."""

import json
import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = sorted(
    chain(ROOT.glob("*.md"), *(ROOT.glob(f"{at}/**/*.md") for at in ("docs", "deploy", "openapi")))
)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_PACKAGE = re.compile(r"^\| ([@\w./-]+) \| \S", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    links = [link for link in _LINK.findall(page.read_text()) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "backend" / "pyproject.toml").read_text())
    required = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    named = [re.split(r"[\[><=;~ ]", requirement)[0] for requirement in required]
    for package in ("frontend", "bench", "bench/collaboration"):
        manifest = json.loads((ROOT / package / "package.json").read_text())
        for kind in ("dependencies", "devDependencies", "optionalDependencies"):
            named += manifest.get(kind, {})
    page = (ROOT / "docs" / "decisions" / "0007-dependencies.md").read_text()
    explained = [name for name in _PACKAGE.findall(page) if name != "package"]
    assert sorted(explained) == sorted(set(named))


def test_readme_lists_every_decision() -> None:
    readme = (ROOT / "README.md").read_text()
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [page.name for page in decisions if f"docs/decisions/{page.name}" not in readme] == []
    numbers = [page.name[:4] for page in decisions]
    assert numbers == sorted(set(numbers))


def test_make_targets_named_in_the_documentation_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, re.MULTILINE))
    for page in PAGES:
        named = re.findall(r"(?:^|`)make ([a-z0-9-]+)", page.read_text(), re.MULTILINE)
        assert set(named) <= targets, page
