import { describe, expect, it } from "vitest";
import { fromBase64, readNotice } from "./frames";

function framed(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const length = [];
  for (let rest = bytes.length; ; rest = Math.floor(rest / 128)) {
    length.push(rest > 127 ? (rest % 128) | 128 : rest);
    if (rest <= 127) break;
  }
  return Uint8Array.from([...length, ...bytes]);
}

describe("frames beside the text", () => {
  it("are read, short and long", () => {
    const saved = { type: "saved", state_vector: "AQID", updates: 2 };
    expect(readNotice(framed(JSON.stringify(saved)))).toEqual(saved);
    const long = { ...saved, state_vector: "A".repeat(20_000) };
    expect(readNotice(framed(JSON.stringify(long)))).toEqual(long);
    expect(readNotice(framed('{"type":"missed"}'))).toEqual({ type: "missed" });
    expect([...fromBase64("AQID")]).toEqual([1, 2, 3]);
  });

  it("are passed over when this page does not know them", () => {
    for (const text of ["{", "7", '{"type":"later"}', '{"type":"saved"}'])
      expect(readNotice(framed(text))).toBeNull();
  });
});
