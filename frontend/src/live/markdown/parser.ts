/** The Markdown that people write here: one grammar for reading and for the editor. */
import { GFM, parser } from "@lezer/markdown";

export const markdownParser = parser.configure([GFM]);

export type MarkdownNode = ReturnType<typeof markdownParser.parse>["topNode"];
