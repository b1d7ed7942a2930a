/** How `main.mjs` has the mutants of one room put to its tests. */

const { ROOM, TESTS } = process.env;
const FOLDER = ROOM === "assess" ? "answer/assess" : ROOM;
const FOUND = `coverage/mutation/${ROOM}`;

export default {
  mutate: [`src/${FOLDER}/*.ts`],
  testRunner: "vitest",
  vitest: { configFile: "test/mutation/vitest.config.ts", related: false },
  coverageAnalysis: TESTS === "all" ? "off" : "perTest",
  ignoreStatic: TESTS !== "all",
  // Stryker would rewrite a tsconfig.json with an API that TypeScript 7 no longer has; nothing here needs rewriting.
  tsconfigFile: "none",
  concurrency: 2,
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: `${FOUND}.report.json` },
  tempDirName: "coverage/mutation/sandbox",
  incremental: true,
  incrementalFile: `${FOUND}.found.json`,
  ignorePatterns: ["coverage", "dist"],
};
