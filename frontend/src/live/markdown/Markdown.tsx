/** People's Markdown, read: React elements only, so nothing they write can become markup. */
import { memo, type ReactNode } from "react";
import { renderInline } from "./inline";
import styles from "./Markdown.module.css";
import { type MarkdownNode, markdownParser } from "./parser";

export const Markdown = memo(function Markdown({ source }: { source: string }) {
  return (
    <div className={styles.markdown}>
      {renderBlocks(markdownParser.parse(source).topNode, source)}
    </div>
  );
});

function renderBlocks(parent: MarkdownNode, source: string): ReactNode[] {
  const blocks: ReactNode[] = [];
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    const block = renderBlock(node, source);
    if (block !== null) blocks.push(<Block key={node.from}>{block}</Block>);
  }
  return blocks;
}

function Block({ children }: { children: ReactNode }) {
  return children;
}

function renderBlock(node: MarkdownNode, source: string): ReactNode {
  const { name } = node;
  if (/^(ATX|Setext)Heading/.test(name)) return renderHeading(node, source);
  switch (name) {
    case "Paragraph":
      return <p>{renderInline(node, source)}</p>;
    case "Task":
      return renderTask(node, source);
    case "Blockquote":
      return <blockquote>{renderBlocks(node, source)}</blockquote>;
    case "BulletList":
      return <ul>{renderBlocks(node, source)}</ul>;
    case "OrderedList":
      return <ol start={firstNumber(node, source)}>{renderBlocks(node, source)}</ol>;
    case "ListItem":
      return <li>{renderBlocks(node, source)}</li>;
    case "FencedCode":
    case "CodeBlock":
      return renderCode(node, source);
    case "HorizontalRule":
      return <hr />;
    case "Table":
      return renderTable(node, source);
    case "ListMark":
    case "QuoteMark":
    case "LinkReference":
      return null;
    default:
      return <p>{source.slice(node.from, node.to)}</p>;
  }
}

/** Passages stand under the page's own headings, so theirs start below those. */
function renderHeading(node: MarkdownNode, source: string): ReactNode {
  const words = renderInline(node, source);
  return /[12]$/.test(node.name) ? <h4>{words}</h4> : <h5>{words}</h5>;
}

function renderTask(node: MarkdownNode, source: string): ReactNode {
  const marker = node.getChild("TaskMarker");
  const done = marker ? /x/i.test(source.slice(marker.from, marker.to)) : false;
  return (
    <p>
      <span role="img" aria-label={done ? "Done:" : "To do:"}>
        {done ? "☑" : "☐"}
      </span>
      {renderInline(node, source)}
    </p>
  );
}

function renderCode(node: MarkdownNode, source: string): ReactNode {
  const text = node.getChildren("CodeText").map(({ from, to }) => source.slice(from, to));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wide code must scroll by keyboard
    <pre tabIndex={0}>
      <code>{text.join("")}</code>
    </pre>
  );
}

function renderTable(node: MarkdownNode, source: string): ReactNode {
  const cells = (row: MarkdownNode) => row.getChildren("TableCell");
  const head = node.getChild("TableHeader");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables must scroll by keyboard
    <div className={styles.wide} tabIndex={0}>
      <table>
        {head && (
          <thead>
            <tr>
              {cells(head).map((cell) => (
                <th key={cell.from}>{renderInline(cell, source)}</th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {node.getChildren("TableRow").map((row) => (
            <tr key={row.from}>
              {cells(row).map((cell) => (
                <td key={cell.from}>{renderInline(cell, source)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function firstNumber(list: MarkdownNode, source: string): number {
  const mark = list.getChild("ListItem")?.getChild("ListMark");
  return mark ? Number.parseInt(source.slice(mark.from, mark.to), 10) : 1;
}
