import { describe, expect, test } from "vitest";
import { stageRulesOf } from "../../src/assess/delay-stages.js";
import { CERTAINTIES, type Findings, findingsKey } from "../../src/assess/findings.js";
import { judgeOf } from "../../src/assess/judge.js";
import { positionMatters } from "../../src/assess/verdict-rule.js";
import { CAUSES, PHASES, STATUSES } from "../../src/model/assessment.js";
import { compileSnapshots } from "../../src/pieces/snapshots.js";
import { is } from "../decide/fixture.js";
import { closure, smallRulebook, verdict } from "./small-rulebook.js";

/** Cached verdicts are reused only for delays that no rule distinguishes. */

const judge = (conditions: Parameters<typeof verdict>[3], parts = {}) =>
  judgeOf(
    compileSnapshots(
      smallRulebook({
        ...parts,
        verdicts: [verdict("own", 2, "anomalous", conditions), verdict("rest", 1, "normal")],
      }),
    ).latest,
    "cn.test",
  );

const STATUS_CERTAINTIES = STATUSES.flatMap((status) =>
  CERTAINTIES.map((certainty) => ({ status, certainty })),
);

test("findings have equal keys if no rule distinguishes them, and different keys otherwise", () => {
  const findings = (late: number, system: string, more: Partial<Findings> = {}): Findings => ({
    "assessment.phase": "overdue",
    "assessment.overdueMinutes": late,
    "assessment.cause": "none",
    "assessment.status": "none",
    "assessment.system": system,
    "assessment.certainty": "official",
    ...more,
  });
  const minutes = [30, 31, 60];
  const lates = [0, 30, 31, 60].flatMap((late) =>
    ["none", "rail", "bank"].map((system) => ({ late, system })),
  );
  const all = lates.flatMap(({ late, system }) =>
    PHASES.flatMap((phase) =>
      CAUSES.flatMap((cause) =>
        STATUS_CERTAINTIES.map(({ status, certainty }) =>
          findings(late, system, {
            "assessment.phase": phase,
            "assessment.cause": cause,
            "assessment.status": status,
            "assessment.certainty": certainty,
          }),
        ),
      ),
    ),
  );
  expect(new Set(all.map((one) => findingsKey(one, minutes))).size).toBe(all.length);
  const key = (late: number): number | string => findingsKey(findings(late, "none"), minutes);
  expect([key(0), key(30), key(31), key(60)]).toEqual([key(29), key(30), key(59), key(9000)]);
  expect(typeof key(0)).toBe("number");
});

test("stage rules are cached by status, cause and certainty", () => {
  const one = judge(undefined);
  const asked = () =>
    STATUS_CERTAINTIES.flatMap(({ status, certainty }) =>
      CAUSES.map((cause) => stageRulesOf(one, status, cause, certainty)),
    );
  const first = asked();
  expect(new Set(first).size).toBe(STATUSES.length * CAUSES.length * CERTAINTIES.length);
  for (const [index, stages] of asked().entries()) expect(stages).toBe(first[index]);
});

describe("whether the position may change a verdict", () => {
  const status = is("assessment.status", "equal", "settled");
  const certainty = is("assessment.certainty", "equal", "projected");
  const early = is("assessment.phase", "equal", "before-latest");
  const cause = (value: string) => is("assessment.cause", "equal", value);
  const windows = [closure("w", "rail", "01:30", "03:30", { cause: "platform" })];

  test("depends on status and certainty", () => {
    for (const asked of [STATUS_CERTAINTIES, STATUS_CERTAINTIES.toReversed()]) {
      const one = judge({ all: [status, cause("holiday")] });
      const other = judge({ all: [certainty, early, cause("maintenance")] });
      for (let twice = 0; twice < 2; twice++) {
        for (const standing of asked) {
          expect(positionMatters(one, standing.status, standing.certainty)).toBe(
            standing.status === "settled",
          );
          expect(positionMatters(other, standing.status, standing.certainty)).toBe(
            standing.certainty === "projected",
          );
        }
      }
    }
  });

  test.each([
    ["none", true],
    ["holiday", true],
    ["maintenance", true],
    ["bank-processing", true],
    ["platform", true],
    ["risk-hold", true],
    ["regulatory", true],
    ["force-majeure", false],
    ["customer", false],
  ])("depends on causes that a position can have: %s", (value, matters) => {
    expect(positionMatters(judge(cause(value), { windows }), "none", "official")).toBe(matters);
    expect(positionMatters(judge(is("assessment.phase", "equal", "overdue")), "none", "official")).toBe(
      false,
    );
  });

  test("is true if rules test the system or the payment", () => {
    expect(positionMatters(judge(is("assessment.system", "equal", "x")), "none", "official")).toBe(true);
    expect(positionMatters(judge(is("amount", "equal", 7)), "none", "official")).toBe(true);
    expect(positionMatters(judge(is("channel", "equal", "cn.test")), "none", "official")).toBe(false);
  });
});

test("a channel has one judge", () => {
  const snapshots = compileSnapshots(smallRulebook());
  expect(judgeOf(snapshots.latest, "cn.test")).toBe(judgeOf(snapshots.latest, "cn.test"));
});
