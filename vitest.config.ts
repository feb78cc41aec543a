import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: call tests run real audio in real time, so files must not starve each other.
    maxWorkers: 2,
  },
});
