/** Renders what stands inside a line of Markdown, as React elements and never as raw HTML. */
import { Fragment, type ReactNode } from "react";
import { safeHref } from "./links";
import type { MarkdownNode } from "./parser";

/** Marks that the reader does not see. */
const HIDDEN = new Set([
  "EmphasisMark",
  "StrikethroughMark",
  "CodeMark",
  "HeaderMark",
  "QuoteMark",
  "LinkMark",
  "TaskMarker",
]);

/** Renders the text of a node between two places, with its children in their own looks. */
export function renderInline(
  node: MarkdownNode,
  source: string,
  from = node.from,
  to = node.to,
): ReactNode[] {
  const pieces: ReactNode[] = [];
  let at = from;
  for (let child = node.firstChild; child && at < to; child = child.nextSibling) {
    if (child.to <= from || child.from < at) continue;
    pieces.push(plain(source, at, child.from));
    pieces.push(<Fragment key={child.from}>{renderChild(child, source)}</Fragment>);
    at = HIDDEN.has(child.name) ? skipMark(child, source) : child.to;
  }
  pieces.push(plain(source, at, to));
  return pieces;
}

function renderChild(node: MarkdownNode, source: string): ReactNode {
  if (HIDDEN.has(node.name)) return null;
  switch (node.name) {
    case "Emphasis":
      return <em>{renderInline(node, source)}</em>;
    case "StrongEmphasis":
      return <strong>{renderInline(node, source)}</strong>;
    case "Strikethrough":
      return <s>{renderInline(node, source)}</s>;
    case "InlineCode":
      return <code>{renderInline(node, source)}</code>;
    case "Link":
    case "Image":
      return renderLink(node, source);
    case "URL":
    case "Autolink":
      return linked(source.slice(node.from, node.to), [plainLink(source, node.from, node.to)]);
    case "HardBreak":
      return <br />;
    case "Escape":
      return plain(source, node.from + 1, node.to);
    case "Entity":
      return decoded(source.slice(node.from, node.to));
    default:
      // HTML and whatever a later grammar knows: shown as it was written.
      return plain(source, node.from, node.to);
  }
}

/** Pictures become links too: the page loads nothing from other places. */
function renderLink(node: MarkdownNode, source: string): ReactNode {
  const marks = node.getChildren("LinkMark");
  const [open, close] = marks;
  const url = node.getChild("URL");
  if (!open || !close) return plain(source, node.from, node.to);
  const words = renderInline(node, source, open.to, close.from);
  return linked(url ? source.slice(url.from, url.to) : "", words);
}

function linked(address: string, words: ReactNode[]): ReactNode {
  const href = safeHref(address);
  if (href === null) return words;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {words}
    </a>
  );
}

function plainLink(source: string, from: number, to: number): ReactNode {
  return source.slice(from, to).replace(/^<|>$/g, "");
}

/** Text as written; `data-at` leads a click back to its place, and line ends stay line ends. */
function plain(source: string, from: number, to: number): ReactNode {
  if (to <= from) return null;
  const lines = source.slice(from, to).split("\n");
  let at = from;
  return lines.map((line, index) => {
    const start = at;
    at += line.length + 1;
    return (
      <Fragment key={start}>
        {index > 0 && <br />}
        <span data-at={start}>{line}</span>
      </Fragment>
    );
  });
}

/** "> " and "# " take the space after them along. */
function skipMark(mark: MarkdownNode, source: string): number {
  const takesSpace = mark.name === "QuoteMark" || mark.name === "HeaderMark";
  return takesSpace && source[mark.to] === " " ? mark.to + 1 : mark.to;
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };

function decoded(entity: string): string {
  const [, name = ""] = /^&(#?\w+);$/.exec(entity) ?? [];
  if (!name.startsWith("#")) return NAMED[name] ?? entity;
  const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}
