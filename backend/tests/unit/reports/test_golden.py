"""Whole reports, as they are meant to read. `UPDATE_GOLDEN=1 make test-unit` writes them anew."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from secondstory.reports.markdown import to_markdown
from secondstory.reports.schemas import ReportRead
from secondstory.reports.style import CSS
from secondstory.reports.webpage import to_page
from tests.unit.reports.sample import full_report, report

GOLDEN = Path(__file__).parent / "golden"


def page_without_style(made: ReportRead) -> str:
    return to_page(made).replace(CSS, "")


@pytest.mark.parametrize("name", ["full", "empty"])
@pytest.mark.parametrize(
    ("ending", "render"), [("md", to_markdown), ("html", page_without_style)], ids=["md", "html"]
)
def test_reads_as_agreed(name: str, ending: str, render: Callable[[ReportRead], str]) -> None:
    made = {"full": full_report, "empty": report}[name]()
    path = GOLDEN / f"{name}.{ending}"
    if "UPDATE_GOLDEN" in os.environ:
        path.write_text(render(made))
    assert render(made) == path.read_text()
