/** Build, development server and unit tests of the page. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const api = process.env.SECONDSTORY_DEV_API ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react()],
  server: { proxy: { "/api": { target: api, ws: true } } },
  build: {
    target: "es2022",
    // Older ones would get light-dark() rewritten, which then ignores the theme people chose.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // The page promises a strict CSP: no data: fonts or images slipped into the bundle.
    assetsInlineLimit: 0,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testSetup.ts"],
    css: false,
  },
});
