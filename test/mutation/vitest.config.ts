import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The tests of one room, from the sources and in this process, with fewer runs of each property. */

const TESTS: Readonly<Record<string, readonly string[]>> = {
  time: ["test/time"],
  calendar: ["test/calendar"],
  decide: ["test/decide", "test/payment", "test/answer/json.test.ts"],
  route: ["test/route"],
  answer: ["test/answer", "test/golden", "test/hostile/texts.test.ts"],
  assess: ["test/assess"],
};

/** Replace a module, which only a test file that loads its own modules can. */
const MOCKS = ["test/calendar/projection.test.ts"];

/** The first failure ends a run, so what takes long or opens the shipped rules comes last. */
const LONG =
  /(json|law|laws|json-rules-engine|payment-classes|check-limits|function|golden|luxon|far-back)\.test\.ts$/;

class ShortFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): number => (LONG.test(moduleId) ? 1 : 0);
    return Promise.resolve(files.toSorted((one, other) => isLong(one) - isLong(other)));
  }
}

const FAST_CHECK = fileURLToPath(new URL("./fast-check.ts", import.meta.url));

const fewerRuns: Plugin = {
  name: "fewer-runs",
  enforce: "pre",
  resolveId: (module, importer) =>
    module === "fast-check" && importer !== FAST_CHECK ? FAST_CHECK : undefined,
};

const { ROOM = "" } = process.env;
const include = (TESTS[ROOM] ?? []).map((name) => (name.endsWith(".ts") ? name : `${name}/**/*.test.ts`));

const alone = {
  extends: true as const,
  test: { name: "alone", include: MOCKS, sequence: { groupOrder: 1 } },
};

export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  plugins: [fewerRuns],
  test: {
    runner: "./test/mutation/runner.ts",
    sequence: { sequencer: ShortFirst },
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: [
      { extends: true, test: { name: "together", include, exclude: MOCKS, isolate: false } },
      ...(ROOM === "calendar" ? [alone] : []),
    ],
  },
});
