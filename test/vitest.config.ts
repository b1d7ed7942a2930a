import { defineConfig } from "vitest/config";

/**
 * `npm test` runs all but the deep tests; `npm run test:deep` runs those alone: the oracle, long fuzzing, and storms of
 * threads and processes. Test files share one module graph in each of two processes, because loading the library again
 * for each file took longer than most of their tests. Files that replace modules or change what a process loads have
 * their own graph.
 */
const DEEP = ["test/**/*.deep.test.ts"];
const ISOLATED = ["test/calendar/projection.test.ts"];
const all = process.env.DEEP === undefined ? ["test/**/*.test.ts"] : DEEP;
const left = process.env.DEEP === undefined ? DEEP : [];

const root = new URL("..", import.meta.url).pathname;
const shared = { setupFiles: ["test/support/seed.ts"], testTimeout: 60_000 };

export default defineConfig({
  root,
  test: {
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        root,
        test: { ...shared, name: "shared", isolate: false, include: all, exclude: [...left, ...ISOLATED] },
      },
      { root, test: { ...shared, name: "isolated", include: left.length > 0 ? ISOLATED : [] } },
    ],
    coverage: {
      include: ["src/**/*.ts"],
      reporter: ["text", "json-summary"],
      reportsDirectory: "coverage/lines",
    },
  },
});
