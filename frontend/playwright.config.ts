/** End-to-end tests: the built page and the real backend in a real Chromium. `npm run e2e` starts them. */
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // Two cores: one browser and one backend keep them busy, and times stay comparable.
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    launchOptions: {
      executablePath: process.env.SECONDSTORY_CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-dev-shm-usage"],
    },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    actionTimeout: 7_000,
    trace: "retain-on-failure",
  },
});
