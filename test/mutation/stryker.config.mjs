/**
 * Mutation testing of the rooms that work out an answer. `npm run mutate -- --mutate "src/time/**"` takes one room; what
 * a run found is kept, and the next one asks only what changed.
 *
 * What runs once, when a file is loaded, can only be mutated by loading everything anew, with all tests. It is left
 * out unless MUTATE=loading is set, and a run with it takes up what the run without found.
 */
export default {
  mutate: ["src/{time,calendar,decide,route,answer}/**/*.ts"],
  testRunner: "vitest",
  vitest: { configFile: "test/mutation/vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  ignoreStatic: process.env.MUTATE !== "loading",
  // Stryker would rewrite a tsconfig.json with an API that TypeScript 7 no longer has; nothing here needs rewriting.
  tsconfigFile: "none",
  concurrency: 2,
  reporters: ["clear-text", "json", "progress-append-only"],
  clearTextReporter: { reportTests: false, logTests: false },
  jsonReporter: { fileName: "coverage/mutation/report.json" },
  tempDirName: "coverage/mutation/sandbox",
  incremental: true,
  incrementalFile: "coverage/mutation/found.json",
  ignorePatterns: ["coverage", "dist"],
};
