/** Fails when the built page is heavier than its budgets (kB, gzip); index.html says what loads first. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const DIST = resolve(import.meta.dirname, "../dist");
const FIRST_JS = 190;
const FIRST_CSS = 40;
// Most visits only read: all that an incident's page loads until somebody writes.
const INCIDENT_JS = 305;
// The first whose name fits; what is lazy and named nowhere else gets the last.
const LAZY = [
  [/^IncidentPage/, INCIDENT_JS],
  [/^PassageEditor|^editor|^codemirror/i, 120],
  [/^WhysMap|^map|^xyflow/i, 75],
  [/./, 60],
];

const size = (file) => gzipSync(readFileSync(file), { level: 9 }).length / 1000;
const html = readFileSync(join(DIST, "index.html"), "utf8");
const first = new Set(
  [...html.matchAll(/\/assets\/([\w.-]+\.(?:js|css))/g)].map(([, name]) => name),
);
const files = readdirSync(join(DIST, "assets")).filter((name) => /\.(js|css)$/.test(name));
const total = (ending) =>
  [...first]
    .filter((name) => name.endsWith(ending))
    .reduce((sum, name) => sum + size(join(DIST, "assets", name)), 0);

/** What a chunk needs before it runs: itself and everything it imports, but not what it may load later. */
const closure = (name, seen = new Set()) => {
  if (seen.has(name)) return seen;
  seen.add(name);
  const code = readFileSync(join(DIST, "assets", name), "utf8");
  for (const [, needed] of code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g))
    closure(needed, seen);
  return seen;
};
const incident = files.find((name) => /^IncidentPage.*\.js$/.test(name));
const reading = new Set(
  [...first].filter((name) => name.endsWith(".js")).concat([...closure(incident)]),
);

const checks = [
  [
    "an incident's page before the editor, JavaScript",
    [...reading].reduce((sum, name) => sum + size(join(DIST, "assets", name)), 0),
    INCIDENT_JS,
  ],
  ["first load, JavaScript", total(".js"), FIRST_JS],
  ["first load, CSS", total(".css"), FIRST_CSS],
  ...files
    .filter((name) => name.endsWith(".js") && !first.has(name))
    .map((name) => [
      basename(name),
      size(join(DIST, "assets", name)),
      LAZY.find(([like]) => like.test(name))[1],
    ]),
].sort((one, other) => other[1] - one[1]);

for (const [name, kilobytes, budget] of checks) {
  const over = kilobytes > budget;
  if (over || kilobytes > 10)
    console.log(
      `${over ? "OVER" : "  ok"} ${kilobytes.toFixed(1).padStart(6)} / ${budget} kB  ${name}`,
    );
  if (over) process.exitCode = 1;
}
