/** Puts a Brotli copy beside every text file of the build, so that the server need not pack on the fly. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const DIST = resolve(import.meta.dirname, "../dist");
const LEAST_BYTES = 1000;

for (const name of readdirSync(DIST, { recursive: true, encoding: "utf8" })) {
  // index.html is not among them: it gets a fresh nonce with every answer.
  if (!/\.(js|css|svg)$/.test(name)) continue;
  const content = readFileSync(join(DIST, name));
  if (content.length < LEAST_BYTES) continue;
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(join(DIST, `${name}.br`), brotliCompressSync(content, { params }));
}
