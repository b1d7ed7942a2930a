import { describe, expect, test } from "vitest";
import { decisionInterner } from "../../src/decide/decision.js";
import { compileTimetable, QuestionError } from "../../src/index.js";
import { documentFromText } from "../../src/load/document.js";
import { linkRulebook } from "../../src/load/link.js";
import type { ChannelRule, WindowRule } from "../../src/model/rulebook.js";
import type { Book } from "../fuzz/books.js";
import { smallBook } from "../fuzz/books.js";
import { brokenBook, type Json, loadError, loadErrorAfter, paramsOf, rulesOf } from "./broken-book.js";

/** Each limit is tested at its value and one above it. */

const CHANNEL = "channels/a.json";
const WINDOWS = "maintenance/w.json";
const DAY_MS = 86_400_000;

const many = <T>(count: number, one: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => one(index));
const title = { zh: "名", en: "name" };
const iso = (ms: number): string => new Date(ms).toISOString();

const refusing = (name: string, all: Json[]): Json => ({
  name,
  priority: 5,
  conditions: { all },
  event: { type: "refuse", params: { reason: title } },
});

/** Only the first problem; the others are missing examples. */
const firstProblem = (message: string): string => message.split("\n").slice(0, 3).join("\n");

describe("conditions", () => {
  test("a tree of depth 1000", () => {
    const deep = (levels: number): Json =>
      many(levels, () => 0).reduce<Json>((inside) => ({ not: inside }), {
        fact: "amount",
        operator: "equal",
        value: 1,
      });
    const errorFor = (levels: number): string =>
      loadErrorAfter((book) =>
        rulesOf(book, CHANNEL).push({ ...refusing("x", []), conditions: { all: [deep(levels)] } }),
      );
    expect(errorFor(1000)).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[3].conditions.all
        more than 64 levels of objects and lists in one another
        flatten it; named conditions go into a conditions file"
    `);
    expect(errorFor(100_000)).toBe(errorFor(1000));
    expect(errorFor(40)).toContain("no example is decided by `x`");
  });

  test("a cycle of named conditions", () => {
    const message = loadErrorAfter((book) => {
      const { conditions } = book.rules["conditions.json"] as { conditions: Json };
      for (let index = 0; index < 500; index++)
        conditions[`c${index}`] = { all: [{ condition: `c${(index + 1) % 500}` }] };
    });
    expect(message).toContain("these conditions go round in a circle");
  });

  test("named conditions that double at each level", () => {
    const message = loadErrorAfter((book) => {
      const { conditions } = book.rules["conditions.json"] as { conditions: Json };
      conditions.c0 = { all: [{ fact: "amount", operator: "equal", value: 1 }] };
      for (let index = 1; index < 60; index++)
        conditions[`c${index}`] = { all: [{ condition: `c${index - 1}` }, { condition: `c${index - 1}` }] };
    });
    expect(message).toContain("more than 10000 conditions in one, named ones counted each time");
  });

  test("many rules with many named conditions", () => {
    const message = loadErrorAfter((book) => {
      const { conditions } = book.rules["conditions.json"] as { conditions: Json };
      conditions.c0 = { all: [{ fact: "amount", operator: "greaterThan", value: 1e9 }] };
      for (let index = 1; index < 12; index++)
        conditions[`c${index}`] = { all: [{ condition: `c${index - 1}` }, { condition: `c${index - 1}` }] };
      rulesOf(book, CHANNEL).push(...many(20, (index) => refusing(`x${index}`, [{ condition: "c11" }])));
    });
    expect(message).toMatchInlineSnapshot(`
      "rules/conditions.json  conditions.c11  (c11)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[3].conditions  (x0)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[4].conditions  (x1)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[5].conditions  (x2)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[6].conditions  (x3)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[7].conditions  (x4)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[8].conditions  (x5)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[9].conditions  (x6)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[10].conditions  (x7)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[11].conditions  (x8)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[12].conditions  (x9)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[13].conditions  (x10)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[14].conditions  (x11)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[15].conditions  (x12)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[16].conditions  (x13)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[17].conditions  (x14)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[18].conditions  (x15)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[19].conditions  (x16)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[20].conditions  (x17)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[21].conditions  (x18)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others
      rules/channels/a.json  rules[22].conditions  (x19)
        more than 10000 conditions in one, named ones counted each time
        name fewer conditions that name others"
    `);
  });

  test("comparisons of one fact with many values", () => {
    const errorFor = (count: number): string =>
      loadErrorAfter((book) =>
        rulesOf(book, CHANNEL).push(
          refusing(
            "x",
            many(count, (index) => ({ fact: "amount", operator: "lessThan", value: index })),
          ),
        ),
      );
    expect(errorFor(2000)).toContain("no example is decided by `x`");
    expect(errorFor(3000)).toMatchInlineSnapshot(`
      "rules/channels/a.json  (a.pay)
        this channel makes 3002 comparisons of \`amount\` with 3002 values, too many to tell payments apart by
        split the channel, or let rules that do the same share one \`in\`; a list may have some thousand values"
    `);
  });

  test("a list of thousands of values is one comparison", () => {
    const errorFor = (count: number): string =>
      loadErrorAfter((book) =>
        rulesOf(book, CHANNEL).push(
          refusing("x", [{ fact: "payee.bank", operator: "in", value: many(count, (index) => `b${index}`) }]),
        ),
      );
    expect(errorFor(7000)).toContain("no example is decided by `x`");
    expect(errorFor(100_000)).toContain("1 comparisons of `payee.bank` with 100000 values, too many");
  });

  test("conditions that change at many times of day", () => {
    const errorFor = (count: number): string =>
      loadErrorAfter((book) =>
        rulesOf(book, CHANNEL).push(
          refusing("x", [
            { fact: "kind", operator: "equal", value: "x" },
            ...many(count, (index) => ({
              fact: "initiated.time",
              operator: "before",
              value: iso(index * 60_000).slice(11, 19),
            })),
          ]),
        ),
      );
    expect(errorFor(400)).toContain("no example is decided by `x`");
    expect(errorFor(600)).toMatchInlineSnapshot(`
      "rules/channels/a.json  (a.pay)
        the conditions of this channel turn at 602 times of day, more than 500
        let rules turn at the same times, or split the channel"
    `);
  });

  test("a regular expression is only a text, as no operator takes patterns", () => {
    for (const operator of ["matches", "regex", "regexp", "test", "like", "match"]) {
      const message = loadErrorAfter((book) =>
        rulesOf(book, CHANNEL).push(refusing("x", [{ fact: "kind", operator, value: "(a+)+$" }])),
      );
      expect(message).toContain(`there is no operator \`${operator}\``);
    }
    const book = brokenBook((one) => {
      const { facts } = one.rules["facts.json"] as { facts: Record<string, Json> };
      facts.kind = { title, type: "string" };
      rulesOf(one, CHANNEL).push(refusing("x", [{ fact: "kind", operator: "equal", value: "(a+)+$" }]));
      (one.rules[CHANNEL] as { examples: Json[] }).examples.push({
        payment: { amount: 1, kind: "(a+)+$", initiatedAt: "2026-03-02T10:00:00+08:00" },
        expect: { rule: "a.pay.t1" },
      });
    });
    expect(loadError(book)).toContain("no example is decided by `x`");
    expect(loadError(book)).not.toContain("the example wants");
  });
});

describe("rules, windows and holds", () => {
  test("rules and examples of one channel", () => {
    const rules = loadErrorAfter((book) =>
      rulesOf(book, CHANNEL).push(...many(2000, (index) => refusing(`x${index}`, [{ condition: "large" }]))),
    );
    expect(rules).toMatchInlineSnapshot(`
      "rules/channels/a.json  (a.pay)
        2003 rules of one channel, more than 2000
        split the channel into several"
    `);
    const examples = loadErrorAfter((book) => {
      const channel = book.rules[CHANNEL] as { examples: Json[] };
      channel.examples.push(...many(5000, () => structuredClone(channel.examples[0] as Json)));
    });
    expect(examples).toMatchInlineSnapshot(`
      "rules/channels/a.json  (a.pay)
        5003 examples of one channel, more than 5000
        keep the examples that tell rules apart, on each side of their boundaries"
    `);
  });

  const daily = (index: number, systems = ["bank"]): Json => {
    const from = Date.UTC(2026, 5, 1) + index * 60_000;
    return {
      name: `z${index}`,
      event: {
        type: "maintenance",
        params: { systems, effect: "closed", interval: { from: iso(from), until: iso(from + 30_000) } },
      },
    };
  };

  test("windows of one system on one day", () => {
    const full = brokenBook((book) => rulesOf(book, WINDOWS).push(...many(290, (index) => daily(index))));
    const timetable = compileTimetable(full);
    const payment = { channel: "a.pay", amount: 70000, initiatedAt: "2026-06-01T10:00:00+08:00" };
    expect(timetable.when(payment).outcome).toBe("credited");
    expect(
      loadErrorAfter((book) => rulesOf(book, WINDOWS).push(...many(301, (index) => daily(index)))),
    ).toMatchInlineSnapshot(`
      "rules/maintenance/w.json  rules[104]  (bank)
        301 windows of one system, more than 300
        write windows with the same hours as one, with \`dates\` or \`recurs\`"
    `);
  });

  test("holds, verdicts, hours, runs and dates", () => {
    const hold = (book: Book): Json => rulesOf(book, "holds.json")[0] as Json;
    expect(
      loadErrorAfter((book) =>
        rulesOf(book, "holds.json").push(
          ...many(200, (index) => ({ ...structuredClone(hold(book)), name: `x${index}` })),
        ),
      ),
    ).toMatchInlineSnapshot(`
      "rules/holds.json  rules[100]  (x99)
        201 holds, more than 200
        let one hold apply to all that it is for, by its conditions"
    `);
    expect(
      loadErrorAfter((book) => {
        const rules = rulesOf(book, "verdicts.json");
        rules.push(...many(1000, (index) => ({ ...structuredClone(rules[0] as Json), name: `x${index}` })));
      }),
    ).toContain("rules that judge delays, more than 1000");
    expect(
      loadErrorAfter((book) => {
        const { systems } = book.rules["systems.json"] as { systems: { rail: { hours: Json[] } } };
        systems.rail.hours = many(101, () => structuredClone(systems.rail.hours[0] as Json));
      }),
    ).toContain("rules/systems.json  systems.rail.hours  (rail)\n  more than 100 are in it");
    expect(
      loadErrorAfter((book) => {
        (paramsOf(book, CHANNEL, 1).steps as { runs: Json[] }[])[1] = {
          ...(paramsOf(book, CHANNEL, 1).steps as { runs: Json[] }[])[1],
          runs: many(289, () => ({ cutoff: "09:00", lag: "T+0", at: "10:00" })),
        };
      }),
    ).toContain("more than 288 are in it");
    expect(
      loadErrorAfter((book) =>
        Object.assign(paramsOf(book, WINDOWS, 1), {
          dates: { on: many(4001, () => "2026-03-05"), from: "00:00", until: "08:00" },
        }),
      ),
    ).toContain("more than 4000 are in it");
  });

  test("systems that stand for facts", () => {
    const message = loadErrorAfter((book) => {
      const { systems } = book.rules["systems.json"] as { systems: Json };
      const { facts } = book.rules["facts.json"] as { facts: Json };
      for (let index = 0; index < 400; index++) systems[`s${index}`] = { title };
      for (let index = 0; index < 4; index++) {
        facts[`f${index}`] = { title, type: "string" };
        systems[`t${index}`] = { title, fact: `f${index}` };
      }
    });
    expect(message).toContain("combinations of the systems that a payment may name, more than 100000000");
  });

  test("lags and durations of a million days", () => {
    const step = (key: string, value: unknown) => (book: Book) => {
      const steps = paramsOf(book, CHANNEL).steps as Json[];
      (steps[key === "lag" ? 0 : 1] as Json)[key] = value;
    };
    expect(loadErrorAfter(step("takes", "P1000000D"))).toMatchInlineSnapshot(`
      "rules/channels/a.json  rules[0].event.params.steps[1].takes  (a.pay.t1)
        \`P1000000D\` is not a length of time
        write ISO 8601 without months and years, at most 3660 days, as in \`PT2H\`, \`PT30M\` or \`P1D\`"
    `);
    expect(loadErrorAfter(step("takes", "P99999999999999999999D"))).toContain("is not a length of time");
    expect(loadErrorAfter(step("lag", "T+1000000"))).toContain("`T+1000000` is not a lag");
    expect(loadErrorAfter(step("lag", "D+1000000"))).toContain("`D+1000000` is not a lag");
    expect(firstProblem(loadErrorAfter(step("lag", "T+999")))).toContain(
      "calendar `a.days` is known until 2027-12-31",
    );
  });

  test("allowed durations whose sum is beyond all years", () => {
    const book = brokenBook((one) => {
      paramsOf(one, CHANNEL).steps = many(32, () => ({
        kind: "process",
        milestone: "credited",
        takes: "P3660D",
      }));
      const channel = one.rules[CHANNEL] as { examples: Json[] };
      channel.examples[0] = {
        payment: { amount: 1, initiatedAt: "2026-03-02T10:00:00+08:00" },
        expect: { error: "outside-coverage" },
      };
    });
    expect(firstProblem(loadError(book))).toContain("no example is decided by `a.pay.t1`");
  });

  test("hours that never open", () => {
    const message = loadErrorAfter((book) => {
      const calendar = book.calendars["a.json"] as Json;
      calendar.weekend = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
      calendar.weekendWork = false;
      calendar.years = Object.fromEntries(
        ["2025", "2026", "2027"].map((year) => [year, { holidays: [], workdays: [] }]),
      );
    });
    expect(message).toContain("the example has no answer (outside-coverage): ");
  });
});

describe("calendars", () => {
  const calendarOf = (book: Book): Json => book.calendars["a.json"] as Json;
  const notice = (form: Json): Json => ({
    published: "2026-01-01",
    source: { title: "x" },
    holidays: [],
    workdays: [],
    ...form,
  });

  test("amendments, their days, and breaks of centuries", () => {
    expect(
      loadErrorAfter((book) => Object.assign(calendarOf(book), { amendments: many(201, () => notice({})) })),
    ).toMatchInlineSnapshot(`
      "calendars/a.json  (a.days)
        201 amendments of one calendar, more than 200
        write what they come to into \`years\`"
    `);
    const long = { name: "x", from: "1900-01-01", to: "2199-12-31" };
    expect(
      loadErrorAfter((book) =>
        Object.assign(calendarOf(book), { amendments: [notice({ holidays: [long] })] }),
      ),
    ).toMatchInlineSnapshot(`
      "calendars/a.json  amendments[0].holidays[0]  (a.days)
        \`1900-01-01\` to \`2199-12-31\` is longer than 62 days
        correct the date that is mistyped, or write several holidays"
    `);
    const lists = {
      holidays: many(367, () => ({ name: "x", from: "2026-03-02", to: "2026-03-02" })),
      workdays: many(367, () => "2026-03-07"),
    };
    const message = loadErrorAfter((book) =>
      Object.assign(calendarOf(book), { amendments: [notice(lists)] }),
    );
    expect(message.match(/more than 366 are in it/g)).toHaveLength(2);
  });

  test("the maximum number of amendments, each of maximum length", () => {
    const day = (index: number): string => iso(Date.UTC(2026, 0, 1) + index * DAY_MS).slice(0, 10);
    const full = notice({
      holidays: many(366, (index) => ({ name: "x", from: day(index % 300), to: day((index % 300) + 61) })),
      workdays: [],
    });
    expect(
      loadErrorAfter((book) =>
        Object.assign(calendarOf(book), { amendments: many(200, () => structuredClone(full)) }),
      ),
    ).toBe("");
  });

  test("a chain and a cycle of calendars", () => {
    const chain = (book: Book, count: number): void => {
      for (let index = 0; index < count; index++)
        book.calendars[`c${index}.json`] = {
          ...structuredClone(book.calendars["b.json"]),
          id: `c${index}`,
          extends: index === 0 ? "a.days" : `c${index - 1}`,
        };
    };
    expect(loadErrorAfter((book) => chain(book, 14))).toBe("");
    expect(firstProblem(loadErrorAfter((book) => chain(book, 1000)))).toMatchInlineSnapshot(`
      "calendars/c100.json  extends  (c100)
        this calendar extends more than 15 others, one through another
        let it extend one of the last ones"
    `);
    expect(loadErrorAfter((book) => Object.assign(calendarOf(book), { extends: "b.days" }))).toContain(
      "this calendar extends itself",
    );
  });

  test("projections and lists of centuries", () => {
    const projection = { country: "CN", until: "2199-12-31", blocks: [] };
    expect(loadErrorAfter((book) => Object.assign(calendarOf(book), { projection }))).toMatchInlineSnapshot(`
      "calendars/a.json  projection.until  (a.days)
        172 years are projected, more than 20
        let there be fewer: nobody knows the holidays of a year so far away"
    `);
    const listed = {
      holidaysFrom: { country: "HK", types: ["public"] },
      coverage: { from: "1950-01-01", to: "2040-12-31" },
    };
    expect(loadErrorAfter((book) => Object.assign(calendarOf(book), listed))).toContain(
      "91 years are listed at run time, more than 60",
    );
  });
});

describe("problems", () => {
  const textsOf = (book: Book) =>
    (["rules", "calendars"] as const).flatMap((folder) =>
      Object.entries(book[folder]).map(([path, json]) =>
        documentFromText(`${folder}/${path}`, JSON.stringify(json, null, 1)),
      ),
    );

  test("of a hundred thousand unknown keys, a thousand are reported and the rest are counted", () => {
    const book = brokenBook((one) => {
      for (let index = 0; index < 100_000; index++) (one.rules["facts.json"] as Json)[`key-${index}`] = 1;
    });
    const { problems } = linkRulebook(textsOf(book));
    expect(problems).toHaveLength(1001);
    expect(problems.map(({ what }) => what)).toContain("99000 more problems of this file are not told");
    expect(problems.at(-1)).toMatchObject({ file: "rules/facts.json", path: "key-999", column: 2 });
  });

  test("a hundred thousand duplicate keys", () => {
    const keys = many(100_000, () => '"a": 1').join(",\n");
    const { problems } = documentFromText("x.json", `{ ${keys} }`);
    expect(problems).toHaveLength(1001);
    expect(problems[999]).toMatchObject({ line: 1001, column: 1 });
  });

  test("ten thousand undeclared references", () => {
    const book = brokenBook((one) =>
      rulesOf(one, WINDOWS).push(
        ...many(10_000, (index) => ({
          name: `z${index}`,
          event: {
            type: "incident",
            params: {
              systems: [`nowhere-${index}`],
              effect: "closed",
              interval: { from: "2026-01-01T00:00:00Z", until: "2026-01-02T00:00:00Z" },
            },
          },
        })),
      ),
    );
    expect(linkRulebook(textsOf(book)).problems).toHaveLength(1001);
  });

  test("very long names are not compared letter by letter", () => {
    const message = loadErrorAfter((book) => {
      const { systems } = book.rules["systems.json"] as { systems: Json };
      systems[`a${"ab".repeat(50_000)}`] = { title };
      (paramsOf(book, CHANNEL).steps as Json[])[1] = {
        kind: "process",
        system: `b${"ba".repeat(50_000)}`,
        takes: "PT0S",
      };
    });
    expect(message).toContain("is declared nowhere");
    expect(message.length).toBeLessThan(1000);
  });
});

describe("values that are not JSON", () => {
  const inPlaceOf = (value: unknown): string =>
    loadError({ ...smallBook(), rules: { "x.json": value as Json } });

  test("a getter is not called", () => {
    let called = 0;
    const trap = {
      get $schema() {
        called++;
        throw new Error("called");
      },
    };
    expect(inPlaceOf(trap)).toContain("rules/x.json  $schema\n");
    expect(called).toBe(0);
  });

  test("maps, dates, instances, symbols, functions, holes", () => {
    class Rules {
      readonly $schema = "facts.schema.json";
    }
    for (const value of [
      new Map(),
      new Date(),
      new Rules(),
      Symbol("x"),
      () => 1,
      10n,
      Array(3),
      /a/,
      new Proxy(() => 1, {}),
    ])
      expect(inPlaceOf(value)).toContain("is a value that JSON does not have");
  });

  test("shared objects that double at each level", () => {
    let value: Json = { a: 1 };
    for (let level = 0; level < 60; level++) value = { one: value, two: value };
    expect(inPlaceOf(value)).toMatchInlineSnapshot(`
      "rules/x.json
        more than 1000000 values stand in this file
        split it into several files"
    `);
  });

  test("an object with its own `toString` instead of a text", () => {
    const own = { toString: 1, valueOf: 1, constructor: 1 };
    const edits: readonly ((book: Book) => void)[] = [
      (book) => Object.assign(book.calendars["a.json"] as Json, { replaces: [own, own] }),
      (book) =>
        Object.assign(book.calendars["a.json"] as Json, {
          amendments: [{ published: own }, { published: own }],
        }),
      (book) => Object.assign(rulesOf(book, CHANNEL)[0] as Json, { name: own }),
      (book) => Object.assign(book.rules["texts/en.json"] as Json, { locale: own, replaces: ["x"] }),
      (book) => Object.assign(book.rules[CHANNEL] as Json, { channel: own }),
      (book) => {
        book.rules["r.json"] = { $schema: "rulebook.schema.json", extends: own };
        book.calendars["d.json"] = { $schema: "calendar-addition.schema.json", addsTo: own, years: {} };
        book.rules["d.json"] = { $schema: "channel-addition.schema.json", addsTo: own };
      },
    ];
    for (const edit of edits) expect(loadErrorAfter(edit)).not.toBe("");
  });

  test("a missing folder", () => {
    for (const folder of [undefined, null, [], "rules", 1])
      expect(loadError({ ...smallBook(), rules: folder as unknown as Book["rules"] })).toContain(
        "is not a folder of parsed files",
      );
  });
});

test("cached decisions of different windows are bounded", () => {
  const decide = decisionInterner();
  const rule = { name: "x" } as unknown as ChannelRule;
  const firstProblem = decide(rule, [], []);
  expect(decide(rule, [], [])).toBe(firstProblem);
  for (let index = 0; index < 6000; index++)
    decide(rule, [{ name: `w${index}` } as unknown as WindowRule], []);
  expect(decide(rule, [], [])).not.toBe(firstProblem);
  expect(decide(rule, [], [])).toEqual(firstProblem);
});

describe("questions", () => {
  const timetable = compileTimetable(smallBook());
  const payment = { channel: "a.pay", amount: 1, initiatedAt: "2026-03-02T10:00:00+08:00" };
  const errorFor = (ask: () => unknown): string => {
    try {
      ask();
    } catch (error) {
      if (error instanceof QuestionError) return `${error.code} ${error.message}`;
      throw error;
    }
    throw new Error("it was answered");
  };

  test("thousands of events", () => {
    const events = (count: number) =>
      many(count, (index) => ({ at: Date.parse(payment.initiatedAt) + index, code: `C${index}` }));
    const now = "2026-03-03T10:00:00+08:00";
    expect(timetable.assess(payment, { now, events: events(1000) }).codes).toHaveLength(1000);
    expect(errorFor(() => timetable.assess(payment, { now, events: events(1001) }))).toMatchInlineSnapshot(
      `"bad-payment events: 1001 events are more than 1000; leave out what was reported again"`,
    );
  });

  test("a profile of centuries", () => {
    expect(
      errorFor(() =>
        timetable.profile(payment, { from: "1970-01-01T00:00:00Z", to: "2199-01-01T00:00:00Z" }),
      ),
    ).toMatchInlineSnapshot(
      `"bad-time to: 83641 days lie between \`from\` and \`to\`, more than 3660; ask for a shorter time, or several times"`,
    );
  });
});
