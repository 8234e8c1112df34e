"""People's Markdown inside the report's."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from secondstory.reports.passages import (
    contained,
    first_words,
    indented,
    inline,
    is_one_paragraph,
    to_html,
)

READER = MarkdownIt("commonmark", {"maxNesting": 200})
line = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1)


@given(st.lists(line, min_size=1).map(" ".join))
def test_a_title_reads_as_it_is(title: str) -> None:
    assert unescape(READER.renderInline(f"x {inline(title)} x")) == f"x {title} x"


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("# One", "#### One"),
        ("### Three ###", "###### Three ###"),
        ("###### Six", "###### Six"),
        ("#", "####"),
        ("> - # In a list", "> - #### In a list"),
        ("One\n===\ntwo", "#### One\n\ntwo"),
        ("One\n  line\n---", "##### One line\n\n"),
        ("- > One\n  > ===\n- two", "- > #### One\n\n- two"),
        ("#hashtag and C#", "#hashtag and C#"),
        ("`# code`", "`# code`"),
        ("```\n# code\n```", "```\n# code\n```"),
        ("    # code", "    # code"),
        ("```\nopen", "```\nopen\n```"),
        ("```\n    ```", "```\n    ```\n```"),
        ("~~~~ x\nopen\n~~~", "~~~~ x\nopen\n~~~\n~~~~"),
        ("<!-- open", "&lt;!-- open"),
        ("<script>\n```\n</script>", "&lt;script>\n```\n&lt;/script>\n```"),
        ("a <b>bold</b> word", "a <b>bold</b> word"),
        ("\n   ```\n   log\n   ```", "```\n   log\n   ```"),
        ("-\tone\n\n\t# code", "-   one\n\n    #### code"),
        ("\n \n    code\n text \n\n", "    code\n text"),
    ],
)
def test_passages_keep_to_themselves(passage: str, expected: str) -> None:
    assert contained(passage) == expected


def test_a_block_moves_to_the_right() -> None:
    assert indented("one\n\n  two\n \nthree", 2) == "  one\n\n    two\n\n  three"


FRAGMENTS = [
    *("```\n", "~~~~ x\n", "<!-- ", "<div>\n", "<script>", "<pre>\n", "<?", "<![CDATA[", "</"),
    *("# ", "\n===\n", "\n---\n", "\n> ", "\n- ", "\n1. ", "\n    ", "\t", "\n\n", "\n"),
    *("*", "_", "`", "[", "](", "!", "|", "\\", "&", "<b>", "a ", " "),
]


@st.composite
def passages(draw: st.DrawFn) -> str:
    """Fragments that like to run on, with the word `marker` in between."""
    parts = draw(st.lists(st.sampled_from(FRAGMENTS), max_size=8))
    parts.insert(draw(st.integers(0, len(parts))), "marker")
    return "".join(parts)


@given(passages())
def test_nothing_runs_on_into_what_follows(passage: str) -> None:
    page = READER.render(f"{contained(passage)}\n\n## After\n\nend\n")
    assert page.endswith("<h2>After</h2>\n<p>end</p>\n")
    assert "<!--" not in page
    item = READER.render(f"- {indented(contained(passage), 2)[2:]}\n\n## After\n")
    assert item.endswith("<h2>After</h2>\n")


@given(passages())
def test_rendered_it_is_all_there_and_safe(passage: str) -> None:
    page = to_html(passage)
    assert "marker" in page
    for opening in ("<script", "<div", "<!--", "<h1", "<h2", "<h3", "<img", "<b>"):
        assert opening not in page


def test_images_become_links() -> None:
    page = to_html("![A <graph>](https://example.org/a.png?x=1&y=2) ![](https://example.org/b)")
    assert page == (
        '<p><a href="https://example.org/a.png?x=1&amp;y=2">A &lt;graph&gt;</a> '
        '<a href="https://example.org/b">https://example.org/b</a></p>\n'
    )


def test_links_that_do_something_stay_text() -> None:
    for link in ("javascript:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd"):
        assert "href" not in to_html(f"[x]({link})")


def test_first_words_are_plain() -> None:
    assert first_words("# We *saw* `it`\nand\\\n[more](http://x.org) &amp; ![alt](http://y)") == (
        "We saw it and more & alt"
    )
    assert first_words("```\nsome log\n```\n\n- item") == "some log item"
    assert first_words("  \n") == ""
    assert first_words("word " * 50, 20) == "word word word word …"


@pytest.mark.parametrize(
    ("passage", "one"),
    [("Text.", True), ("Two\nlines.", True), ("A\n\nB", False), ("- A", False), ("# A", False)],
)
def test_one_paragraph_goes_on_in_its_line(*, passage: str, one: bool) -> None:
    assert is_one_paragraph(passage) == one
