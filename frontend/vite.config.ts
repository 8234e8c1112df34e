/** Build, development server and unit tests of the page. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const api = process.env.SECONDSTORY_DEV_API ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react()],
  server: { proxy: { "/api": { target: api, ws: true } } },
  build: {
    target: "es2022",
    // Read by the bundle budget, which must tell first-load chunks from lazy ones.
    manifest: true,
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
