/** Import directions of the page: a folder may import what stands to its right, never back. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

const SOURCE = resolve(import.meta.dirname, "../src");
// main and router stand in `app`; `ui` and `api` know nothing of each other.
const MAY_IMPORT = {
  app: ["features", "live", "domain", "api", "ui"],
  features: ["live", "domain", "api", "ui"],
  live: ["domain", "api", "ui"],
  domain: ["api", "ui"],
  api: [],
  ui: [],
};
const IMPORT = /(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;

function layer(path) {
  const [folder, feature] = relative(SOURCE, path).split(sep);
  if (folder === "features") return { folder, feature };
  return { folder: folder in MAY_IMPORT ? folder : "app", feature: null };
}

function breach(from, to) {
  const [here, there] = [layer(from), layer(to)];
  if (here.folder === there.folder) return here.feature !== there.feature;
  return !MAY_IMPORT[here.folder].includes(there.folder);
}

const breaches = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  // Tests stand outside: they put the whole page together.
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
  .flatMap((name) => {
    const file = join(SOURCE, name);
    return [...readFileSync(file, "utf8").matchAll(IMPORT)]
      .map(([, target]) => resolve(dirname(file), target))
      .filter((target) => breach(file, target))
      .map((target) => `src/${name} must not import ${relative(SOURCE, target)}`);
  });

for (const line of breaches) console.error(line);
process.exitCode = breaches.length > 0 ? 1 : 0;
