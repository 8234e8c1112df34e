"""Passages inside a longer text: people's Markdown, kept from running into its surroundings."""

import html
import re
from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

# The report's own headings reach down to the third level.
LOWERED_BY: Final = 3
_DEEPEST: Final = 6
# As far to the right as this, a line is text of the fence and not its end.
_CODE_INDENT: Final = 4

# Lists in lists and quotes in quotes; what is nested deeper is left out by the parser.
_NESTING: Final = 60
# HTML is recognised here only to be shown as the text it is.
_READER: Final = MarkdownIt("commonmark", {"maxNesting": _NESTING})


def _image_link(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object
) -> str:
    """Render an image as a link: a report loads nothing."""
    image = tokens[index]
    source = html.escape(str(image.attrs["src"]))
    return f'<a href="{source}">{html.escape(image.content) or source}</a>'


_WRITER: Final = MarkdownIt("commonmark", {"html": False, "maxNesting": _NESTING}).enable("table")
_WRITER.add_render_rule("image", _image_link)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_START = re.compile(r"\A(?: *\n)*(?: {1,3}(?=\S))?")
_ATX = re.compile(r"(#{1,6})(?=\s|$)")


def inline(text: str) -> str:
    """Return a title or a name so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def contained(passage: str) -> str:
    """Return a passage with its headings lowered, HTML shown as text, and no fence left open."""
    # Tabs reach to the next of fixed columns, which moving to the right would change.
    lines = _START.sub("", passage.expandtabs(4)).rstrip().split("\n")
    for token in _READER.parse("\n".join(lines)):
        if token.type == "html_block":
            first, end = _lines_of(token)
            lines[first:end] = [line.replace("<", "&lt;") for line in lines[first:end]]
    tokens = _READER.parse("\n".join(lines))
    for token, following in zip(tokens, tokens[1:] + tokens[-1:], strict=True):
        if token.type == "heading_open":
            _lower(lines, token, following.content)
        elif token.type == "fence" and token.level == 0 and not _is_closed(lines, token):
            lines.append(token.markup)
    return "\n".join(lines)


def indented(text: str, spaces: int) -> str:
    """Move a block to the right, so that it belongs to the list item above it."""
    return "\n".join(" " * spaces + line if line.strip() else "" for line in text.split("\n"))


def to_html(passage: str) -> str:
    """Render a passage: headings lowered, HTML escaped, images as links."""
    tokens = _WRITER.parse(passage)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{_lowered(int(token.tag[1]))}"
    rendered: str = _WRITER.renderer.render(tokens, _WRITER.options, {})
    return rendered


def first_words(passage: str, longest: int = 120) -> str:
    """Return how a passage begins, on one line and without marks."""
    said = " ".join(" ".join(_plain(block) for block in _WRITER.parse(passage)).split())
    return said if len(said) <= longest else said[:longest].rsplit(" ", 1)[0] + " …"


def is_one_paragraph(passage: str) -> bool:
    """Tell whether a passage can go on in the line that names it."""
    return [token.type for token in _WRITER.parse(passage)] == [
        *("paragraph_open", "inline", "paragraph_close")
    ]


def _plain(block: Token) -> str:
    if block.children is None:
        return block.content
    return "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in block.children
    )


def _lowered(level: int) -> int:
    return min(level + LOWERED_BY, _DEEPEST)


def _lines_of(token: Token) -> tuple[int, int]:
    first, end = token.map or (0, 0)
    return first, end


def _lower(lines: list[str], token: Token, heading: str) -> None:
    first, end = _lines_of(token)
    marks = "#" * _lowered(int(token.tag[1]))
    if token.markup.startswith("#"):
        lines[first] = _ATX.sub(marks, lines[first], count=1)
        return
    # Underlined headings have but two levels: they become one line behind marks.
    start = lines[first].find(heading.split("\n", maxsplit=1)[0])
    lines[first] = f"{lines[first][:start]}{marks} {' '.join(heading.split())}"
    lines[first + 1 : end] = [""] * (end - first - 1)


def _is_closed(lines: list[str], token: Token) -> bool:
    first, end = _lines_of(token)
    last = lines[end - 1]
    if end - 1 == first or len(last) - len(last.lstrip(" ")) >= _CODE_INDENT:
        return False
    mark = last.strip()
    return mark.startswith(token.markup) and not mark.strip(token.markup[0])
