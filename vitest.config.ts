import { defineConfig } from "vitest/config";

/** Tests with real audio in real time, browsers, or gateways as processes: they must not compete with computing ones. */
const REALTIME = [
  "calls",
  "doors",
  "nodes",
  "browser",
  "runtime/live",
  "runtime/deep-path",
  "vendors/openai",
  "lab",
].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 90_000,
    // Two cores are what there is everywhere. Realtime tests mostly wait for speech, but with three files at a time one run in
    // a few was late for a reason that was not the gateway's.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "computing", include: ["test/**/*.test.ts"], exclude: REALTIME } },
      { extends: true, test: { name: "realtime", include: REALTIME } },
    ],
  },
});
