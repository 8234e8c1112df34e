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
_ATX = re.compile(r"(#{1,6})(?=\s|$)")


def inline(text: str) -> str:
    """Return a title or a name so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def contained(passage: str) -> str:
    """Return a passage with its headings lowered, HTML shown as text, and no fence left open."""
    lines = passage.strip("\n").split("\n")
    for token in _READER.parse("\n".join(lines)):
        if token.type == "html_block":
            first, end = _lines_of(token)
            lines[first:end] = [line.replace("<", "&lt;") for line in lines[first:end]]
    for token in _READER.parse("\n".join(lines)):
        if token.type == "heading_open":
            _lower(lines, token)
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


def _lowered(level: int) -> int:
    return min(level + LOWERED_BY, _DEEPEST)


def _lines_of(token: Token) -> tuple[int, int]:
    first, end = token.map or (0, 0)
    return first, end


def _lower(lines: list[str], token: Token) -> None:
    first, end = _lines_of(token)
    marks = "#" * _lowered(int(token.tag[1]))
    if token.markup.startswith("#"):
        lines[first] = _ATX.sub(marks, lines[first], count=1)
    elif token.level == 0:
        # Underlined headings have but two levels: they become one line behind marks.
        heading = " ".join(line.strip() for line in lines[first : end - 1])
        lines[first:end] = [f"{marks} {heading}", *[""] * (end - first - 1)]


def _is_closed(lines: list[str], token: Token) -> bool:
    first, end = _lines_of(token)
    last = lines[end - 1].strip()
    return end - 1 > first and last.startswith(token.markup) and not last.strip(token.markup[0])
