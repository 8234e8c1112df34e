/** Runs the end-to-end tests where there is a Chromium; elsewhere says so in one line and passes. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

const KNOWN = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const chromium = process.env.SECONDSTORY_CHROMIUM ?? KNOWN.find((path) => existsSync(path));

if (!chromium) {
  console.log("No Chromium found (SECONDSTORY_CHROMIUM names one): end-to-end tests are skipped.");
} else {
  const playwright = resolve(import.meta.dirname, "../node_modules/@playwright/test/cli.js");
  const { status } = spawnSync(process.execPath, [playwright, "test", ...process.argv.slice(2)], {
    cwd: resolve(import.meta.dirname, ".."),
    env: { ...process.env, SECONDSTORY_CHROMIUM: chromium },
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}
