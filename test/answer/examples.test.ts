import { describe, expect, test } from "vitest";
import { answerFieldsOf, checkExamples, differences } from "../../src/answer/examples.js";
import type { Problem } from "../../src/errors.js";
import type { Locate } from "../../src/model/place.js";
import type { ChannelFile, ChannelRule, Example, Rulebook, Step } from "../../src/model/rulebook.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { compileSnapshots } from "../../src/pieces/snapshots.js";
import { closing, is, returning, route, rulebookOf } from "../decide/fixture.js";

/** Examples held against the rules, on the calendar of `decide/fixture.ts`. */

const timedRule = (name: string, hours: number, more: Partial<ChannelRule> = {}): ChannelRule =>
  route(name, {
    event: {
      type: "route",
      params: {
        steps: [
          { kind: "process", takes: "PT0S" },
          { kind: "process", takes: "PT1H", milestone: "sent" },
          {
            kind: "process",
            takes: { earliest: "PT1H", expected: `PT${hours}H`, latest: "PT48H" },
            milestone: "credited",
          },
        ] as Step[],
      },
    },
    ...more,
  });
const closed: ChannelRule = {
  name: "closed",
  priority: 5,
  conditions: is("initiated.time", "before", "06:00"),
  event: { type: "refuse", params: { reason: { zh: "停", en: "closed" } } },
};
const large = { conditions: is("amount", "greaterThan", 100), priority: 2 };

const book = (rules: readonly ChannelRule[], examples: readonly Example[] = [], more = {}): Rulebook => {
  const plain = rulebookOf({ rules, ...more });
  const channel = { ...(plain.channels["cn.test"] as ChannelFile), examples: [...examples] };
  return { ...plain, channels: { "cn.test": channel } };
};

const example = (
  hhmm: string,
  expected: Example["expect"],
  more: { payment?: object; asOf?: string } = {},
): Example => ({
  payment: { amount: "1.00", initiatedAt: `2026-02-13T${hhmm}:00+08:00`, ...more.payment },
  ...(more.asOf === undefined ? {} : { asOf: more.asOf }),
  expect: expected,
});

const fieldsOf = (rulebook: Rulebook, one: Example) =>
  answerFieldsOf(
    compileSnapshots(rulebook),
    compileReader(rulebook),
    rulebook.channels["cn.test"] as ChannelFile,
    one,
  );

describe("the fields of an answer", () => {
  test("are the rule, the three instants with their dates, and the milestones", () => {
    expect(fieldsOf(book([timedRule("way", 20)]), example("10:00", {}))).toStrictEqual({
      rule: "way",
      outcome: "credited",
      earliest: "2026-02-13T12:00:00+08:00",
      expected: "2026-02-14T07:00:00+08:00",
      latest: "2026-02-15T11:00:00+08:00",
      earliestDate: "2026-02-13",
      expectedDate: "2026-02-14",
      latestDate: "2026-02-15",
      retryAt: undefined,
      certainty: "official",
      "milestones.sent": "2026-02-13T11:00:00+08:00",
      "milestones.credited": "2026-02-14T07:00:00+08:00",
    });
  });

  test("have dates in the zone of the channel, whatever the offset of the payment", () => {
    const payment = { initiatedAt: "2026-02-13T20:30:00Z" };
    const { expectedDate, expected } = fieldsOf(book([timedRule("way", 1)]), example("", {}, { payment }));
    expect([expectedDate, expected]).toEqual(["2026-02-14", "2026-02-14T06:30:00+08:00"]);
  });

  test("have `retryAt` and no milestones for a refused payment", () => {
    const rulebook = book([timedRule("way", 1), closed]);
    const refused = fieldsOf(rulebook, example("05:00", {}));
    expect(refused).toMatchObject({
      ...{ rule: "closed", outcome: "refused", retryAt: "2026-02-13T06:00:00+08:00" },
      expected: "2026-02-13T08:00:00+08:00",
    });
    expect(Object.keys(refused).filter((key) => key.startsWith("milestones"))).toEqual([]);
    const never = fieldsOf(book([{ ...closed, conditions: is("amount", "equal", 1) }]), example("05:00", {}));
    expect([never.expected, never.retryAt]).toEqual(["2026-02-13T05:00:00+08:00", undefined]);
  });

  test("are those of the return if the example expects a return", () => {
    const rulebook = book([timedRule("way", 1), returning("back")]);
    expect(fieldsOf(rulebook, example("10:00", { outcome: "returned" }))).toMatchObject({
      ...{ rule: "back", outcome: "returned", expected: "2026-02-14T10:00:00+08:00" },
    });
    expect(fieldsOf(rulebook, example("10:00", { outcome: "credited" })).rule).toBe("way");
  });

  test("are as known at `asOf`", () => {
    const params = { systems: ["hvps"], effect: "closed", zone: "Asia/Shanghai" };
    const interval = { from: "2026-02-13T00:00:00+08:00", until: "2026-02-14T00:00:00+08:00" };
    const event = { type: "maintenance", params: { ...params, interval } } as never;
    const windows = [{ name: "stop", published: "2026-02-10", event }];
    const params2 = { steps: [{ kind: "process", system: "hvps", takes: "PT1H" }] as Step[] };
    const rulebook = {
      ...book([route("way", { event: { type: "route", params: params2 } })], [], { windows }),
      systems: { hvps: { title: { zh: "名", en: "name" } } },
    };
    const expected = (asOf?: string): string | undefined =>
      fieldsOf(rulebook, example("10:00", {}, asOf === undefined ? {} : { asOf })).expected;
    expect(expected()).toBe("2026-02-14T01:00:00+08:00");
    expect(expected("2026-02-10T00:00:00+08:00")).toBe("2026-02-14T01:00:00+08:00");
    expect(expected("2026-02-09T23:59:59+08:00")).toBe("2026-02-13T11:00:00+08:00");
  });

  test("are a QuestionError; other errors are passed on", () => {
    expect(fieldsOf(book([timedRule("large", 1, large)]), example("10:00", {}))).toEqual({
      error: "no-rule",
      detail: expect.stringMatching(/^cn\.test: .*; /),
      what: expect.any(String),
      help: expect.any(String),
    });
    const rulebook = book([timedRule("way", 1)]);
    const broken = (): never => {
      throw new TypeError("broken");
    };
    expect(() =>
      answerFieldsOf(compileSnapshots(rulebook), broken, rulebook.channels["cn.test"] as never, {} as never),
    ).toThrow(TypeError);
  });
});

describe("an expectation", () => {
  const wants = (expected: object, got: Record<string, string>) => differences(expected as never, got);

  test("is met by the same instant with another offset, and by the same text", () => {
    const got = { expected: "2026-02-13T10:00:00+08:00", expectedDate: "2026-02-13", rule: "run.T1" };
    expect(
      wants({ expected: "2026-02-13T02:00:00Z", expectedDate: "2026-02-13", rule: "run.T1" }, got),
    ).toEqual([]);
    expect(wants({ expected: "2026-02-13T10:00:00.001+08:00" }, got)).toEqual([
      ["expected", "2026-02-13T10:00:00.001+08:00", "2026-02-13T10:00:00+08:00"],
    ]);
    expect(wants({ expectedDate: "2026-02-14" }, got)).toEqual([
      ["expectedDate", "2026-02-14", "2026-02-13"],
    ]);
    expect(wants({ rule: "run.T2" }, got)).toEqual([["rule", "run.T2", "run.T1"]]);
  });

  test("of a missing field is not met, and a note is ignored", () => {
    const sent = "2026-02-13T10:00:00+08:00";
    expect(wants({ retryAt: sent, certainty: "official", note: "n" }, { certainty: "official" })).toEqual([
      ["retryAt", sent, undefined],
    ]);
    const milestones = { sent, credited: sent };
    expect(wants({ milestones }, { "milestones.sent": sent })).toEqual([
      ["milestones.credited", sent, undefined],
    ]);
  });
});

describe("checking examples reports", () => {
  const locate: Locate = (entity, path = "") => ({
    file: "name" in entity ? `rule ${entity.name}` : "example",
    path,
  });
  const problems = (rulebook: Rulebook, where: Locate = locate): Problem[] =>
    checkExamples(compileSnapshots(rulebook), compileReader(rulebook), where);
  const problemTexts = (rulebook: Rulebook, where?: Locate): string[] =>
    problems(rulebook, where).map(({ file, path, name = "", what }) => `${file} ${path} ${name}: ${what}`);
  const rules = [timedRule("way", 1), timedRule("large", 2, large)];
  const right = [
    example("10:00", { rule: "way" }),
    example("10:00", { expected: "2026-02-13T13:00:00+08:00" }, { payment: { amount: "101.00" } }),
  ];

  test("nothing if all examples are met and each rule decides one", () => {
    expect(problemTexts(book(rules, right))).toEqual([]);
    expect(problemTexts(book(rules, right.slice(0, 1)))).toEqual([
      "rule large  large: no example is decided by `large`",
    ]);
  });

  test("each key that is not met, at its place", () => {
    const wrong = { expected: "2026-02-13T13:00:00+08:00", milestones: { accepted: "2026-02-13T10:00:00Z" } };
    expect(problems(book(rules, [...right, example("10:00", wrong as never)]))).toEqual([
      {
        ...{ file: "example", path: "expect.expected" },
        what: "the example wants `expected` to be `2026-02-13T13:00:00+08:00`, but the rules give `2026-02-13T12:00:00+08:00`",
        help: expect.stringContaining("correct the rule"),
      },
      {
        ...{ file: "example", path: "expect.milestones.accepted" },
        what: "the example wants `milestones.accepted` to be `2026-02-13T10:00:00Z`, but the rules give none",
        help: expect.stringContaining("correct the rule"),
      },
    ]);
  });

  test("how to leave out an example of a lower layer: by its rule or its channel", () => {
    const below: Locate = (_, path = "") => ({ path, layer: "pack" });
    const helps = (wanted: Example["expect"]): string =>
      problems(book(rules, [...right, example("10:00", wanted)]), below)[0]?.help ?? "";
    const wrong = { expected: "2026-02-13T13:00:00+08:00" };
    expect(helps(wrong)).toContain("name `way` or `cn.test` in");
    expect(helps({ rule: "cn.test" })).toContain("name `cn.test` in");
    expect(helps({ ...wrong, rule: "large" })).toContain("name `large` or `cn.test` in");
    expect(helps({ error: "no-rule" })).toContain("name `way` or `cn.test` in");
    const some = [timedRule("large", 2, large)];
    expect(problems(book(some, [example("10:00", { error: "outside-coverage" })]), below)[0]).toMatchObject({
      what: expect.stringContaining("an example of pack wants `error` to be `outside-coverage`"),
      help: expect.stringContaining("name `cn.test` in"),
    });
    expect(problems(book(some, [example("10:00", wrong)]), below)[0]?.what).toContain(
      "an example of pack has no answer (no-rule): ",
    );
  });

  test("an example without an answer once, and not its rule as untested", () => {
    const some = [timedRule("large", 2, large)];
    const [first, ...more] = problems(book(some, [example("10:00", { rule: "large", outcome: "credited" })]));
    expect([first?.path, first?.what, more]).toEqual([
      "payment",
      expect.stringMatching(/^the example has no answer \(no-rule\): .*cn\.test/),
      [],
    ]);
    expect(first?.help).toMatch(/./);
    expect(problemTexts(book(some, [example("10:00", { outcome: "credited" })])).slice(1)).toEqual([
      "rule large  large: no example is decided by `large`",
    ]);
    expect(problemTexts(book(some, [example("10:00", { error: "no-rule" })]))).toEqual([
      "rule large  large: no example is decided by `large`",
    ]);
  });

  test("contradictions by maintenance, but not by incidents", () => {
    const interval = { from: "2026-02-13T00:00:00+08:00", until: "2026-02-14T00:00:00+08:00" };
    const steps = [{ kind: "process", system: "hvps", takes: "PT1H" }] as Step[];
    const withWindow = (type: string): Rulebook => {
      const { event, ...plain } = closing("stop");
      const params = { ...event.params, interval, zone: "Asia/Shanghai" };
      return {
        ...book(
          [route("way", { event: { type: "route", params: { steps } } })],
          [example("10:00", { rule: "way", expected: "2026-02-13T11:00:00+08:00" })],
          { windows: [{ ...plain, event: { type, params } }] },
        ),
        systems: { hvps: { title: { zh: "名", en: "name" } } },
      };
    };
    expect(problemTexts(withWindow("incident"))).toEqual([]);
    expect(problemTexts(withWindow("maintenance"))).toEqual([
      "example expect.expected : the example wants `expected` to be `2026-02-13T11:00:00+08:00`, but the rules give `2026-02-14T01:00:00+08:00`",
    ]);
  });
});
