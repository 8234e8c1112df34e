"""Nothing that people wrote is left out of a report, and nothing of it runs into the rest."""

import re
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from secondstory.reports.markdown import to_markdown
from secondstory.reports.schemas import ReportRead
from secondstory.reports.style import CONTENT_POLICY, CSS
from secondstory.reports.webpage import to_page
from tests.unit.reports.sample import connected, event, incident, report, takeaway, why
from tests.unit.reports.test_outline import graphs
from tests.unit.reports.test_passages import passages

READER = MarkdownIt("commonmark", {"maxNesting": 200})
HEADINGS = ["A. Recap", "B. Discussion", "C. Takeaways"]


@st.composite
def reports(draw: st.DrawFn) -> tuple[ReportRead, list[str]]:
    """Any graph of whys with any texts; each passage holds a word of its own."""
    written: list[str] = []

    def passage() -> str:
        written.append(f"word{len(written)}x")
        return draw(passages()).replace("marker", written[-1])

    graph = draw(graphs())
    whys = connected(
        *(
            why(
                n,
                f"Question {n}?",
                causes=causes,
                answer=passage(),
                expectation=passage(),
                assumption=passage(),
            )
            for n, causes in graph.items()
        )
    )
    made = report(
        incident=incident(summary=passage()),
        events=[event(n, text=passage()) for n in range(100, 102)],
        whys=whys,
        learnings=[takeaway(200, passage())],
    )
    return made, [*written, *(each.question for each in whys)]


@settings(max_examples=60)
@given(reports())
def test_every_text_of_every_branch_is_in_both(made: tuple[ReportRead, list[str]]) -> None:
    whole, written = made
    page, rendered = to_page(whole), READER.render(to_markdown(whole))
    for text in written:
        assert text in page
        assert text in rendered
    for rendering in (page, rendered):
        assert re.findall("<h2>(.*?)</h2>", rendering) == HEADINGS
        assert rendering.count("<h1>") == 1


def test_the_whys_deep_down_are_there_too() -> None:
    whys = connected(
        *(why(n, f"Question {n}?", causes=(n + 1,) if n < 300 else ()) for n in range(1, 301))
    )
    made = report(whys=whys)
    page, rendered = to_page(made), READER.render(to_markdown(made))
    for each in whys:
        assert each.question in page
        assert each.question in rendered
    assert page.count('<ol class="whys">') == page.count("</ol>") == 9


def test_names_and_titles_cannot_add_markup() -> None:
    nasty = "<img src=x onerror=alert(1)> & *bold* [x](http://x)"
    page = to_page(report(incident=incident(title=nasty), whys=[why(1, nasty)]))
    assert "<img" not in page
    assert unescape(page).count(nasty) == 3
    rendered = READER.render(to_markdown(report(incident=incident(title=nasty))))
    assert "<img" not in rendered
    assert unescape(rendered).count(nasty) == 1


def test_a_page_carries_all_it_needs_and_loads_nothing() -> None:
    page = to_page(report())
    assert f"<style>{CSS}</style>" in page
    assert "url(" not in page
    for loading in ("<script", "<img", "<link", "@import", " style=", " on"):
        assert loading not in page.replace(CSS, "")
    assert "default-src 'none'" in CONTENT_POLICY
    assert "unsafe" not in CONTENT_POLICY
