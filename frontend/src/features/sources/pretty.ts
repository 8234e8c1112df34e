/** A body as people read it: JSON indented, anything else as it came. */

export function pretty(body: string): string {
  try {
    JSON.parse(body);
  } catch {
    return body;
  }
  return indented(body);
}

/** Indents without reading numbers: senders use longer ones than JavaScript can keep. */
function indented(json: string): string {
  let depth = 0;
  const line = () => `\n${"  ".repeat(depth)}`;
  return json.replace(TOKEN, (token) => {
    if (/^\s+$/.test(token)) return "";
    if (/^[[{]\s*[\]}]$/.test(token)) return token.replace(/\s+/g, "");
    if (token === "{" || token === "[") {
      depth += 1;
      return token + line();
    }
    if (token === "}" || token === "]") {
      depth -= 1;
      return line() + token;
    }
    if (token === ",") return token + line();
    return token === ":" ? ": " : token;
  });
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[[{]\s*[\]}]|[{}[\],:]|\s+/g;
