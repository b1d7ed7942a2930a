import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The tests that exercise the mutated rooms in this process, from the sources, with fewer runs of each property. */

const FAST_CHECK = fileURLToPath(new URL("./fast-check.ts", import.meta.url));

const fewerRuns: Plugin = {
  name: "fewer-runs",
  enforce: "pre",
  resolveId: (module, importer) =>
    module === "fast-check" && importer !== FAST_CHECK ? FAST_CHECK : undefined,
};

/** The first failure ends a run: what is read and asked in no time comes first, the whole library last. */
const ORDER = ["time", "route", "years", "calendar", "decide", "laws.test.ts", "assess", "answer", "golden"];
const LAST = ["calendar/projection.test.ts", "decide/law9.test.ts", "decide/classes.test.ts"];

function rank({ moduleId }: TestSpecification): number {
  const last = LAST.findIndex((name) => moduleId.endsWith(name));
  return last < 0 ? ORDER.findIndex((room) => moduleId.includes(`/test/${room}`)) : ORDER.length + last;
}

class QuickestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((one, other) => rank(one) - rank(other)));
  }
}

const MOCKS = "test/calendar/projection.test.ts";

export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  plugins: [fewerRuns],
  test: {
    runner: "./test/mutation/runner.ts",
    sequence: { sequencer: QuickestFirst },
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          include: [
            "test/laws.test.ts",
            "test/{time,calendar,years,decide,route,answer,assess,golden}/**/*.test.ts",
          ],
          exclude: [MOCKS],
          isolate: false,
        },
      },
      // It replaces a module, which only a test file that loads its own modules can.
      { extends: true, test: { name: "alone", include: [MOCKS], sequence: { groupOrder: 1 } } },
    ],
  },
});
