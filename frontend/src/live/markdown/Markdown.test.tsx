import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { safeHref } from "./links";
import { Markdown } from "./Markdown";

function rendered(source: string): HTMLElement {
  const { container } = render(<Markdown source={source} />);
  return container.firstElementChild as HTMLElement;
}

/** Its HTML without the marks that lead a click back to its place. */
function html(source: string): string {
  return rendered(source)
    .innerHTML.replace(/<span data-at="\d+">(.*?)<\/span>/gs, "$1")
    .replace(/ class="[^"]*"/g, "");
}

describe("people's Markdown", () => {
  it("keeps the lines people wrote", () => {
    expect(html("First line\nsecond *line*")).toBe("<p>First line<br>second <em>line</em></p>");
  });

  it("knows emphasis, code, deletions, entities and escapes", () => {
    expect(html("**a** `b*` ~~c~~ &lt; \\*d\\*")).toBe(
      "<p><strong>a</strong> <code>b*</code> <s>c</s> &lt; *d*</p>",
    );
  });

  it("renders lists, tasks, quotes, headings, code and tables", () => {
    expect(html("- a\n- b\n")).toBe("<ul><li><p>a</p></li><li><p>b</p></li></ul>");
    expect(html("3. a")).toBe('<ol start="3"><li><p>a</p></li></ol>');
    expect(html("- [x] done")).toContain("☑");
    expect(html("> said\n> twice")).toBe("<blockquote><p>said<br>twice</p></blockquote>");
    expect(html("# Big\n\n### Small")).toBe("<h4>Big</h4><h5>Small</h5>");
    expect(html("```sh\nls -l\n```")).toBe('<pre tabindex="0"><code>ls -l</code></pre>');
    expect(rendered("| a | b |\n|---|---|\n| 1 | 2 |").querySelectorAll("th, td")).toHaveLength(4);
  });

  it("links what is safe to follow, and nothing else", () => {
    const link = rendered("[graph](https://example.org/d) ").querySelector("a");
    expect(link?.getAttribute("href")).toBe("https://example.org/d");
    expect(link?.rel).toBe("noopener noreferrer nofollow");
    expect(rendered("see https://example.org/x.").querySelector("a")?.textContent).toBe(
      "https://example.org/x",
    );
    expect(
      rendered("[a](javascript:alert(1)) <javascript:alert(1)>").querySelector("a"),
    ).toBeNull();
    expect(safeHref("data:text/html,x")).toBeNull();
    expect(safeHref("www.example.org")).toBe("https://www.example.org");
    expect(safeHref("ada@example.org")).toBe("mailto:ada@example.org");
  });

  it("shows HTML as text and loads no pictures", () => {
    const written = rendered(
      '<img src=x onerror="alert(1)">\n\na <b>b</b> ![alt](https://e.org/i.png)',
    );
    expect(written.querySelector("img, b")).toBeNull();
    expect(written.textContent).toContain("<b>b</b>");
    expect(written.querySelector("a")?.textContent).toBe("alt");
  });

  it("leads a click back to the place in the text", () => {
    expect(rendered("one **two**").querySelector("strong span")?.getAttribute("data-at")).toBe("6");
  });
});
