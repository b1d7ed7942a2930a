import { describe, expect, test } from "vitest";
import { arrivalFor, arrive } from "../../src/answer/arrival.js";
import type { Decider } from "../../src/decide/decider.js";
import type { Facts } from "../../src/model/payment.js";
import type { ChannelRule, Rulebook, SystemDefinition, WindowRule } from "../../src/model/rulebook.js";
import { compileClassifiers } from "../../src/payment/classifier.js";
import { compileReader } from "../../src/payment/parsed-payment.js";
import { queryFor, queryOf, representative, returnQuery } from "../../src/pieces/query.js";
import { compileSnapshot, routeOf, type Snapshot } from "../../src/pieces/snapshot.js";
import { compileSnapshots, snapshotAt } from "../../src/pieces/snapshots.js";
import type { Route } from "../../src/route/route.js";
import type { Instant } from "../../src/time/instant.js";
import { at, hold, is, returning, route, rulebookOf } from "../decide/fixture.js";

/** What a rulebook was known to say at some instant, compiled, and the payments that are put to it. */

const title = { zh: "名", en: "name" };
const NOON = at("2026-02-12T12:00:00+08:00");
const feb = (day: number): string => `2026-02-${String(day).padStart(2, "0")}`;

/** Closed from one instant to another, both of February. */
const closed = (name: string, systems: string[], more: object = {}): WindowRule =>
  ({
    name,
    ...more,
    event: {
      type: "maintenance",
      params: {
        ...{ systems, effect: "closed", zone: "Asia/Shanghai" },
        interval: { from: "2026-02-12T00:00:00+08:00", until: "2026-02-13T00:00:00+08:00" },
      },
    },
  }) as unknown as WindowRule;

const on = (system: string): ChannelRule =>
  route("way", {
    event: { type: "route", params: { steps: [{ kind: "process", system, takes: "PT1H" }] } },
  } as never);

const SYSTEMS: Record<string, SystemDefinition> = {
  "payer.bank": { title, fact: "payer.bank" },
  "payee.bank": { title, fact: "payee.bank" },
  icbc: { title },
  abc: { title },
  hvps: { title },
};

const book = (parts: Parameters<typeof rulebookOf>[0], systems = SYSTEMS): Rulebook => ({
  ...rulebookOf(parts),
  systems,
});

const expected = (view: Snapshot, facts: Facts): string =>
  arrive(queryOf(view, "cn.test", facts), NOON).expected;

describe("a window", () => {
  const windows = [
    closed("for-all", ["hvps"]),
    closed("for-some", ["icbc"], { conditions: is("speed", "equal", "regular") }),
  ];

  test("without conditions holds up every payment, and one with conditions those that meet them", () => {
    const onHvps = compileSnapshot(book({ rules: [on("hvps")], windows }));
    expect(onHvps.windows.map(({ name }) => name)).toEqual(["for-all"]);
    expect(expected(onHvps, { amount: 1 })).toBe("2026-02-13T01:00:00+08:00");
    const onBank = compileSnapshot(book({ rules: [on("icbc")], windows }));
    expect(expected(onBank, { amount: 1, speed: "realtime" })).toBe("2026-02-12T13:00:00+08:00");
    expect(expected(onBank, { amount: 1, speed: "regular" })).toBe("2026-02-13T01:00:00+08:00");
  });
});

describe("a system that stands for a bank of the payment", () => {
  const windows = [closed("bank", ["icbc"]), closed("unknown", ["payer.bank"])];
  const view = compileSnapshot(book({ rules: [on("payer.bank")], windows }));

  test("is that bank where it is declared, and itself where it is not, or none is named", () => {
    expect(expected(view, { amount: 1, "payer.bank": "abc" })).toBe("2026-02-12T13:00:00+08:00");
    expect(expected(view, { amount: 1, "payer.bank": "icbc" })).toBe("2026-02-13T01:00:00+08:00");
    for (const facts of [
      {},
      { "payer.bank": "nobody" },
      { "payee.bank": "abc" },
      { "payer.bank": "toString" },
    ])
      expect(expected(view, { amount: 1, ...facts } as Facts)).toBe("2026-02-13T01:00:00+08:00");
  });

  test("is the bank of its own fact, and a system without one stays itself", () => {
    const banks = { amount: 1, "payer.bank": "icbc", "payee.bank": "abc" };
    expect(expected(compileSnapshot(book({ rules: [on("payee.bank")], windows })), banks)).toBe(
      "2026-02-12T13:00:00+08:00",
    );
    expect(expected(compileSnapshot(book({ rules: [on("hvps")], windows })), banks)).toBe(
      "2026-02-12T13:00:00+08:00",
    );
  });

  test("is told by the answer", () => {
    const { timeline } = arrive(queryOf(view, "cn.test", { amount: 1, "payer.bank": "abc" }), NOON);
    expect(timeline.map(({ system }) => system)).toEqual(["abc"]);
  });

  test("is not asked for where no step runs there", () => {
    const systems = { hvps: { title }, odd: { title, fact: "payer.bank" } };
    const plain = compileSnapshot(book({ rules: [on("hvps")] }, systems));
    expect(plain.standIns).toEqual([["odd", "payer.bank"]]);
    expect(expected(plain, { amount: 1, "payer.bank": "hvps" })).toBe("2026-02-12T13:00:00+08:00");
  });
});

describe("a route", () => {
  const windows = ["one", "two"].map((name, index) =>
    closed(name, ["payer.bank", "icbc", "abc"], { conditions: is("count", "equal", index + 1) }),
  );
  const holds = ["risk", "review"].map((name, index) =>
    hold(name, { conditions: is("amount", "equal", index + 2) }),
  );
  const view = compileSnapshot(
    book({
      rules: [on("payer.bank")],
      windows,
      holds,
    }),
  );
  const decider = view.deciders.get("cn.test") as Decider;
  const taken = (facts: Facts): Route => routeOf(view, decider, decider.decide(facts, NOON), facts);

  test("is one for all payments of one decision and one bank, and another for any other", () => {
    const payments: Facts[] = [
      { amount: 1 },
      { amount: 1, "payer.bank": "icbc" },
      { amount: 1, "payer.bank": "abc" },
      { amount: 1, count: 1 },
      { amount: 1, count: 2 },
      { amount: 2 },
      { amount: 3 },
      { amount: 2, count: 2, "payer.bank": "icbc" },
    ];
    const routes = payments.map(taken);
    expect(new Set(routes).size).toBe(payments.length);
    for (const [index, facts] of payments.entries()) expect(taken(facts)).toBe(routes[index]);
    for (const facts of payments) expect(taken({ ...facts, sameName: true })).toBe(taken(facts));
    expect(taken({ amount: 1, "payer.bank": "nobody" })).toBe(taken({ amount: 1 }));
  });

  test("is compiled anew past 2000 of them", () => {
    const first = taken({ amount: 1 });
    for (let other = view.routes.size; other < 2000; other++) view.routes.set(`${other}`, first);
    expect(taken({ amount: 1 })).toBe(first);
    expect(view.routes.size).toBe(2000);
    taken({ amount: 2, "payer.bank": "abc" });
    expect(view.routes.size).toBe(1);
    expect(taken({ amount: 1 })).not.toBe(first);
  });
});

describe("the way back", () => {
  const rules = [on("hvps"), returning("back")];
  const view = compileSnapshot(book({ rules }));

  test("has a number of its own, and the same payment", () => {
    const there = queryOf(view, "cn.test", { amount: 1 });
    const back = returnQuery(there);
    expect([there.purpose, back.purpose]).toEqual(["credited", "returned"]);
    expect(back.cacheId).toBe(queryOf(view, "cn.test", { amount: 1 }, "returned").cacheId);
    expect(back.cacheId).toBe(there.cacheId + 1);
    expect(back.facts).toEqual({ amount: 1 });
    expect(returnQuery(back).cacheId).toBe(back.cacheId);
    expect(arrive(there, NOON).expected).toBe("2026-02-12T13:00:00+08:00");
    expect(arrive(back, NOON)).toMatchObject({ outcome: "returned", expected: "2026-02-13T12:00:00+08:00" });
  });

  test("is another for every payment that is told apart", () => {
    const apart = [
      on("hvps"),
      { ...on("abc"), name: "large", priority: 9, conditions: is("count", "equal", 3) },
    ];
    const large = compileSnapshot(book({ rules: [...apart, returning("back")] }));
    const numbers = [undefined, 3].flatMap((count) => {
      const there = queryOf(large, "cn.test", count === undefined ? { amount: 1 } : { amount: 1, count });
      return [there.cacheId, returnQuery(there).cacheId];
    });
    expect(new Set(numbers).size).toBe(4);
  });
});

describe("a payment that was read", () => {
  const rules = [on("hvps")];
  const payment = { channel: "cn.test", amount: "1.00", initiatedAt: NOON };

  test("is answered as one of which no more is kept than its facts", () => {
    const view = compileSnapshot(book({ rules }));
    const parsed = compileReader(view.rulebook, view.classifiers)(payment);
    for (const purpose of ["credited", "returned"] as const) {
      const one = queryFor(view, parsed, purpose);
      const { cacheId: number, facts, channel } = representative(one);
      expect([number, facts, channel]).toEqual([one.cacheId, one.facts, "cn.test"]);
      expect(representative(one).purpose).toBe(purpose);
    }
  });

  test("keeps its number in views of the sorters that numbered it, and is numbered anew in others", () => {
    const rulebook = book({ rules });
    const sorters = compileClassifiers(rulebook);
    sorters.idAllocator.nextRangeStart = 1000;
    const parsed = compileReader(rulebook, sorters)(payment);
    const own = queryFor(compileSnapshot(rulebook, sorters), parsed);
    // Its number is enough: its facts are not put together.
    expect([parsed.classId, parsed.collectedFacts]).toEqual([1000, undefined]);
    expect(own.cacheId).toBe(parsed.classId * 2);
    expect(own.facts).toEqual(parsed.facts);
    expect(queryFor(own.snapshot, parsed, "returned").cacheId).toBe(parsed.classId * 2 + 1);
    const elsewhere = queryFor(compileSnapshot(rulebook), parsed);
    expect(elsewhere.cacheId).toBe(2);
    expect(elsewhere.facts).toEqual(parsed.facts);
    expect(queryFor(elsewhere.snapshot, parsed, "returned").purpose).toBe("returned");
  });

  test("is forgotten with all others once numbers are given anew", () => {
    const rulebook = book({ rules });
    const sorters = compileClassifiers(rulebook);
    const view = compileSnapshot(rulebook, sorters);
    const ask = (): void => {
      queryOf(view, "cn.test", { amount: 1 });
    };
    arrive(queryOf(view, "cn.test", { amount: 1 }), NOON);
    ask();
    expect(view.cache.daysKnown).toBe(1);
    sorters.idAllocator.generation = 1;
    ask();
    expect([view.cache.daysKnown, view.cache.generation]).toEqual([0, 1]);
    arrive(queryOf(view, "cn.test", { amount: 1 }), NOON);
    ask();
    expect(view.cache.daysKnown).toBe(1);
  });
});

describe("an answer that is known", () => {
  const large = (count: number): Rulebook =>
    book({
      rules: [
        on("hvps"),
        { ...on("abc"), name: "large", priority: 9, conditions: is("count", "equal", count) },
      ],
    });
  const asked = (count: number) => ({ channel: "cn.test", amount: "1.00", count, initiatedAt: NOON });

  test("is not given to payments that other sorters numbered, nor to those of another number", () => {
    const view = compileSnapshot(large(4));
    const own = compileReader(view.rulebook, view.classifiers);
    const rulesOf = (payment: ReturnType<typeof own>) => arrivalFor(view, payment).rules;
    expect([4, 3, 4].map((count) => rulesOf(own(asked(count))).includes("large"))).toEqual([
      ...[true, false, true],
    ]);
    const other = compileReader(large(3))(asked(3));
    expect(other.classId).toBe(own(asked(4)).classId);
    expect(rulesOf(other)).toEqual(rulesOf(own(asked(3))));
  });

  test("is forgotten once numbers are given anew", () => {
    const view = compileSnapshot(large(4));
    const payment = compileReader(view.rulebook, view.classifiers)(asked(4));
    const answer = arrivalFor(view, payment);
    expect(arrivalFor(view, payment)).toEqual(answer);
    view.classifiers.idAllocator.generation = 1;
    expect(arrivalFor(view, payment)).toEqual(answer);
    expect(view.cache.generation).toBe(1);
  });
});

describe("what was known", () => {
  const window = (day: number): WindowRule => closed(`published-${day}`, ["hvps"], { published: feb(day) });
  const views = compileSnapshots(book({ rules: [on("hvps")], windows: [window(3), window(1), window(2)] }));
  const names = (text: string): string[] => {
    const instant = at(text);
    return snapshotAt(views, instant).rulebook.windows.map(({ name }) => name);
  };

  test("at an instant is what was published up to it, and all where none is asked about", () => {
    expect(snapshotAt(views, undefined)).toBe(views.latest);
    expect(names("2026-01-31T23:59:59.999+08:00")).toEqual([]);
    expect(names("2026-02-01T00:00:00+08:00")).toEqual(["published-1"]);
    expect(names("2026-02-02T23:59:59.999+08:00")).toEqual(["published-1", "published-2"]);
    expect(snapshotAt(views, at("2026-02-03T00:00:00+08:00"))).toBe(views.latest);
    expect(snapshotAt(views, at("2026-09-03T00:00:00+08:00"))).toBe(views.latest);
  });

  test("is one view between two publications, with the numbers of all that is known", () => {
    const view = snapshotAt(views, at("2026-02-01T00:00:00+08:00"));
    expect(snapshotAt(views, at("2026-02-01T23:59:59+08:00"))).toBe(view);
    expect(snapshotAt(views, at("2026-02-02T00:00:00+08:00"))).not.toBe(view);
    expect(view.classifiers).toBe(views.latest.classifiers);
  });

  test("is kept for 16 such times, the first of them forgotten first", () => {
    const windows = Array.from({ length: 40 }, (_, index) => ({
      ...window(1),
      name: `window-${index}`,
      published: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    }));
    const many = compileSnapshots(book({ rules: [on("hvps")], windows }));
    const viewOn = (day: number): Snapshot => snapshotAt(many, Date.UTC(2026, 0, 1 + day) as Instant);
    const first = Array.from({ length: 16 }, (_, index) => viewOn(index));
    expect(many.earlier.size).toBe(16);
    expect(viewOn(0)).toBe(first[0]);
    viewOn(16);
    expect(many.earlier.size).toBe(16);
    expect(viewOn(1)).toBe(first[1]);
    expect(viewOn(15)).toBe(first[15]);
    expect(viewOn(0)).not.toBe(first[0]);
  });
});
