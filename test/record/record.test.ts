import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DecisionQuestion, openTimetable, QuestionError, record, replay } from "../../src/index.js";
import { readRecord } from "../../src/record.js";

/** Compiled twice, so that the second one has cold caches. */
const [timetable, other] = await Promise.all([openTimetable(), openTimetable()]);

const AT = "2026-02-13T23:00:00+08:00";
const payment = { channel: "cn.acquiring", settlement: "t1", amount: "1000", initiatedAt: AT };
const NOW = "2026-02-24T20:00:00+08:00";

const QUERIES: readonly (readonly [string, DecisionQuestion])[] = [
  ["an arrival", { kind: "when", payment }],
  ["an arrival as it was known then", { kind: "when", payment, options: { asOf: "2026-01-01T00:00:00Z" } }],
  ["a payment with a Date", { kind: "when", payment: { ...payment, initiatedAt: new Date(AT) } }],
  ["a payment with references", { kind: "when", payment: { ...payment, references: { order: "42" } } }],
  ["a verdict", { kind: "assess", payment, options: { now: NOW } }],
  [
    "a verdict with events",
    {
      kind: "assess",
      payment,
      options: { now: NOW, events: [{ at: "2026-02-24T10:00:00+08:00", milestone: "settled" }] },
    },
  ],
  ["a verdict on what arrived", { kind: "assess", payment, options: { now: NOW, arrivedAt: NOW } }],
  ["the latest sending", { kind: "latestSend", payment, options: { by: NOW, bound: "latest" } }],
  ["no latest sending", { kind: "latestSend", payment, options: { by: "2026-02-13T23:00:01+08:00" } }],
  ["a channel that is not there", { kind: "when", payment: { ...payment, channel: "cn.acquirin" } }],
  ["an amount that is none", { kind: "when", payment: { ...payment, amount: Number.NaN } }],
];

describe("a record", () => {
  test.each(QUERIES)("of %s has the same line when repeated", (_, question) => {
    const line = JSON.stringify(record(timetable, question));
    expect(line).not.toContain("\n");
    const { kind, payment, options } = readRecord(JSON.parse(line));
    expect(JSON.stringify(record(other, { kind, payment, options } as DecisionQuestion))).toBe(line);
    expect(replay(other, JSON.parse(line))).toEqual({
      same: true,
      version: { old: timetable.version, new: timetable.version },
    });
  });

  test.each(QUERIES.slice(0, 9))("of %s has the answer of the query", (_, question) => {
    const asked = (): unknown => {
      if (question.kind === "when") return timetable.when(question.payment, question.options);
      if (question.kind === "assess") return timetable.assess(question.payment, question.options);
      return timetable.latestSend(question.payment, question.options) ?? null;
    };
    expect(JSON.stringify(record(timetable, question).answer)).toBe(JSON.stringify(asked()));
  });

  test("has a fixed key order", () => {
    expect(Object.keys(record(timetable, { kind: "when", payment }))).toEqual([
      ...["record", "kind", "payment", "options", "answer", "version"],
    ]);
  });

  test("does not depend on the queries before it", () => {
    const instant = fc.integer({ min: Date.parse("2025-06-01"), max: Date.parse("2026-11-01") });
    const channel = fc.constantFrom("cn.hvps", "cn.beps", "cn.acquiring", "cn.atm", "cn.cips");
    fc.assert(
      fc.property(instant, channel, (initiatedAt, channel) => {
        const asked: DecisionQuestion = { kind: "when", payment: { channel, amount: 100, initiatedAt } };
        expect(JSON.stringify(record(other, asked))).toBe(JSON.stringify(record(timetable, asked)));
      }),
      { numRuns: 200 },
    );
  });

  test("requires a query that JSON can express", () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(() => record(timetable, { kind: "when", payment: { ...payment, circle } })).toThrow(QuestionError);
    expect(() => record(timetable, { kind: "when", payment: { ...payment, amount: 1n as never } })).toThrow(
      /cannot be written as JSON/,
    );
  });
});

describe("a replay", () => {
  const recorded = record(timetable, { kind: "when", payment });

  test("lists each difference, and the versions separately", () => {
    const answer = structuredClone(recorded.answer) as { expected: string; timeline: { cause: string }[] };
    const expected = answer.expected;
    answer.expected = "2026-02-25T10:00:00+08:00";
    const dropped = answer.timeline.pop();
    const last = answer.timeline.length;
    expect(replay(timetable, { ...recorded, answer, version: "older" })).toEqual({
      same: false,
      differences: [
        { path: "expected", old: "2026-02-25T10:00:00+08:00", new: expected },
        { path: `timeline[${last}]`, old: undefined, new: dropped },
      ],
      version: { old: "older", new: timetable.version },
    });
  });

  test("ignores key order, which a database may change", () => {
    const reversed = Object.fromEntries(Object.entries(recorded.answer as object).reverse());
    expect(replay(timetable, { ...recorded, answer: reversed }).same).toBe(true);
  });

  test("ignores a different version alone", () => {
    const assessed = record(timetable, { kind: "assess", payment, options: { now: NOW } });
    const older = JSON.parse(JSON.stringify(assessed).replaceAll(timetable.version, "older"));
    expect(replay(timetable, older)).toEqual({
      same: true,
      version: { old: "older", new: timetable.version },
    });
  });

  test("reports an answer that becomes an error, and the reverse", () => {
    const lost = { ...recorded, payment: { ...payment, channel: "cn.acquirin" } };
    expect(replay(timetable, lost)).toMatchObject({
      same: false,
      differences: [
        { path: "answer", new: undefined },
        { path: "error", old: undefined, new: { code: "unknown-channel" } },
      ],
    });
    const { answer, ...rest } = recorded;
    const error = { code: "no-rule" as const, where: "", what: "", help: "" };
    expect(replay(timetable, { ...rest, error })).toMatchObject({
      same: false,
      differences: [
        { path: "error", old: error },
        { path: "answer", new: answer },
      ],
    });
  });

  test.each([
    [[], "record"],
    [{ ...recorded, record: 2 }, "record.record"],
    [{ ...recorded, kind: "profile" }, "record.kind"],
    [{ ...recorded, kind: "constructor" }, "record.kind"],
    [{ ...recorded, options: null }, "record.options"],
    [{ ...recorded, options: { bound: "soonest" } }, "record.options.bound"],
    [{ ...recorded, version: 7 }, "record.version"],
    [{ ...recorded, error: {} }, "record.answer"],
  ])("of an invalid record names the invalid part: %#", (value, where) => {
    const replayed = (): unknown => replay(timetable, value as typeof recorded);
    expect(replayed).toThrow(QuestionError);
    expect(replayed).toThrow(expect.objectContaining({ where }));
  });
});
