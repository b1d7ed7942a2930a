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

/** Snapshots of a rulebook, and queries against them. */

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

const expected = (snapshot: Snapshot, facts: Facts): string =>
  arrive(queryOf(snapshot, "cn.test", facts), NOON).expected;

describe("a window", () => {
  const windows = [
    closed("for-all", ["hvps"]),
    closed("for-some", ["icbc"], { conditions: is("speed", "equal", "regular") }),
  ];

  test("closes its systems for all payments, or for those that meet its conditions", () => {
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
  const snapshot = compileSnapshot(book({ rules: [on("payer.bank")], windows }));

  test("is the bank that the payment names if it is declared, else itself", () => {
    expect(expected(snapshot, { amount: 1, "payer.bank": "abc" })).toBe("2026-02-12T13:00:00+08:00");
    expect(expected(snapshot, { amount: 1, "payer.bank": "icbc" })).toBe("2026-02-13T01:00:00+08:00");
    for (const facts of [
      {},
      { "payer.bank": "nobody" },
      { "payee.bank": "abc" },
      { "payer.bank": "toString" },
    ])
      expect(expected(snapshot, { amount: 1, ...facts } as Facts)).toBe("2026-02-13T01:00:00+08:00");
  });

  test("is the bank of its own fact; a system without a fact stays itself", () => {
    const banks = { amount: 1, "payer.bank": "icbc", "payee.bank": "abc" };
    expect(expected(compileSnapshot(book({ rules: [on("payee.bank")], windows })), banks)).toBe(
      "2026-02-12T13:00:00+08:00",
    );
    expect(expected(compileSnapshot(book({ rules: [on("hvps")], windows })), banks)).toBe(
      "2026-02-12T13:00:00+08:00",
    );
  });

  test("is named in the answer", () => {
    const { timeline } = arrive(queryOf(snapshot, "cn.test", { amount: 1, "payer.bank": "abc" }), NOON);
    expect(timeline.map(({ system }) => system)).toEqual(["abc"]);
  });

  test("has no effect if no step runs there", () => {
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
  const snapshot = compileSnapshot(
    book({
      rules: [on("payer.bank")],
      windows,
      holds,
    }),
  );
  const decider = snapshot.deciders.get("cn.test") as Decider;
  const routeFor = (facts: Facts): Route => routeOf(snapshot, decider, decider.decide(facts, NOON), facts);

  test("is shared by payments of the same decision and banks, and by no others", () => {
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
    const routes = payments.map(routeFor);
    expect(new Set(routes).size).toBe(payments.length);
    for (const [index, facts] of payments.entries()) expect(routeFor(facts)).toBe(routes[index]);
    for (const facts of payments) expect(routeFor({ ...facts, sameName: true })).toBe(routeFor(facts));
    expect(routeFor({ amount: 1, "payer.bank": "nobody" })).toBe(routeFor({ amount: 1 }));
  });

  test("is compiled again after more than 2000 routes", () => {
    const first = routeFor({ amount: 1 });
    for (let other = snapshot.routes.size; other < 2000; other++) snapshot.routes.set(`${other}`, first);
    expect(routeFor({ amount: 1 })).toBe(first);
    expect(snapshot.routes.size).toBe(2000);
    routeFor({ amount: 2, "payer.bank": "abc" });
    expect(snapshot.routes.size).toBe(1);
    expect(routeFor({ amount: 1 })).not.toBe(first);
  });
});

describe("the return of a payment", () => {
  const rules = [on("hvps"), returning("back")];
  const snapshot = compileSnapshot(book({ rules }));

  test("has its own cache id, and the same facts", () => {
    const there = queryOf(snapshot, "cn.test", { amount: 1 });
    const back = returnQuery(there);
    expect([there.purpose, back.purpose]).toEqual(["credited", "returned"]);
    expect(back.cacheId).toBe(queryOf(snapshot, "cn.test", { amount: 1 }, "returned").cacheId);
    expect(back.cacheId).toBe(there.cacheId + 1);
    expect(back.facts).toEqual({ amount: 1 });
    expect(returnQuery(back).cacheId).toBe(back.cacheId);
    expect(arrive(there, NOON).expected).toBe("2026-02-12T13:00:00+08:00");
    expect(arrive(back, NOON)).toMatchObject({ outcome: "returned", expected: "2026-02-13T12:00:00+08:00" });
  });

  test("has its own cache id for each class", () => {
    const rules = [
      on("hvps"),
      { ...on("abc"), name: "large", priority: 9, conditions: is("count", "equal", 3) },
    ];
    const large = compileSnapshot(book({ rules: [...rules, returning("back")] }));
    const cacheIds = [undefined, 3].flatMap((count) => {
      const there = queryOf(large, "cn.test", count === undefined ? { amount: 1 } : { amount: 1, count });
      return [there.cacheId, returnQuery(there).cacheId];
    });
    expect(new Set(cacheIds).size).toBe(4);
  });
});

describe("a parsed payment", () => {
  const rules = [on("hvps")];
  const payment = { channel: "cn.test", amount: "1.00", initiatedAt: NOON };

  test("is answered like a payment given by its facts", () => {
    const snapshot = compileSnapshot(book({ rules }));
    const parsed = compileReader(snapshot.rulebook, snapshot.classifiers)(payment);
    for (const purpose of ["credited", "returned"] as const) {
      const one = queryFor(snapshot, parsed, purpose);
      const { cacheId, facts, channel } = representative(one);
      expect([cacheId, facts, channel]).toEqual([one.cacheId, one.facts, "cn.test"]);
      expect(representative(one).purpose).toBe(purpose);
    }
  });

  test("keeps its class id in snapshots with the same classifiers, and gets a new one in others", () => {
    const rulebook = book({ rules });
    const classifiers = compileClassifiers(rulebook);
    classifiers.idAllocator.nextRangeStart = 1000;
    const parsed = compileReader(rulebook, classifiers)(payment);
    const own = queryFor(compileSnapshot(rulebook, classifiers), parsed);
    // The class id is enough: its facts are not collected.
    expect([parsed.classId, parsed.collectedFacts]).toEqual([1000, undefined]);
    expect(own.cacheId).toBe(parsed.classId * 2);
    expect(own.facts).toEqual(parsed.facts);
    expect(queryFor(own.snapshot, parsed, "returned").cacheId).toBe(parsed.classId * 2 + 1);
    const elsewhere = queryFor(compileSnapshot(rulebook), parsed);
    expect(elsewhere.cacheId).toBe(2);
    expect(elsewhere.facts).toEqual(parsed.facts);
    expect(queryFor(elsewhere.snapshot, parsed, "returned").purpose).toBe("returned");
  });

  test("leaves the cache when a new generation of class ids begins", () => {
    const rulebook = book({ rules });
    const classifiers = compileClassifiers(rulebook);
    const snapshot = compileSnapshot(rulebook, classifiers);
    const ask = (): void => {
      queryOf(snapshot, "cn.test", { amount: 1 });
    };
    arrive(queryOf(snapshot, "cn.test", { amount: 1 }), NOON);
    ask();
    expect(snapshot.cache.daysKnown).toBe(1);
    classifiers.idAllocator.generation = 1;
    ask();
    expect([snapshot.cache.daysKnown, snapshot.cache.generation]).toEqual([0, 1]);
    arrive(queryOf(snapshot, "cn.test", { amount: 1 }), NOON);
    ask();
    expect(snapshot.cache.daysKnown).toBe(1);
  });
});

describe("a cached answer", () => {
  const large = (count: number): Rulebook =>
    book({
      rules: [
        on("hvps"),
        { ...on("abc"), name: "large", priority: 9, conditions: is("count", "equal", count) },
      ],
    });
  const paymentWith = (count: number) => ({ channel: "cn.test", amount: "1.00", count, initiatedAt: NOON });

  test("is given only to payments with its class id from the same classifiers", () => {
    const snapshot = compileSnapshot(large(4));
    const own = compileReader(snapshot.rulebook, snapshot.classifiers);
    const rulesOf = (payment: ReturnType<typeof own>) => arrivalFor(snapshot, payment).rules;
    expect([4, 3, 4].map((count) => rulesOf(own(paymentWith(count))).includes("large"))).toEqual([
      ...[true, false, true],
    ]);
    const other = compileReader(large(3))(paymentWith(3));
    expect(other.classId).toBe(own(paymentWith(4)).classId);
    expect(rulesOf(other)).toEqual(rulesOf(own(paymentWith(3))));
  });

  test("is dropped when a new generation of class ids begins", () => {
    const snapshot = compileSnapshot(large(4));
    const payment = compileReader(snapshot.rulebook, snapshot.classifiers)(paymentWith(4));
    const answer = arrivalFor(snapshot, payment);
    expect(arrivalFor(snapshot, payment)).toEqual(answer);
    snapshot.classifiers.idAllocator.generation = 1;
    expect(arrivalFor(snapshot, payment)).toEqual(answer);
    expect(snapshot.cache.generation).toBe(1);
  });
});

describe("the snapshot", () => {
  const window = (day: number): WindowRule => closed(`published-${day}`, ["hvps"], { published: feb(day) });
  const snapshots = compileSnapshots(
    book({ rules: [on("hvps")], windows: [window(3), window(1), window(2)] }),
  );
  const names = (text: string): string[] => {
    const instant = at(text);
    return snapshotAt(snapshots, instant).rulebook.windows.map(({ name }) => name);
  };

  test("at an instant has what was published until then; the default has all", () => {
    expect(snapshotAt(snapshots, undefined)).toBe(snapshots.latest);
    expect(names("2026-01-31T23:59:59.999+08:00")).toEqual([]);
    expect(names("2026-02-01T00:00:00+08:00")).toEqual(["published-1"]);
    expect(names("2026-02-02T23:59:59.999+08:00")).toEqual(["published-1", "published-2"]);
    expect(snapshotAt(snapshots, at("2026-02-03T00:00:00+08:00"))).toBe(snapshots.latest);
    expect(snapshotAt(snapshots, at("2026-09-03T00:00:00+08:00"))).toBe(snapshots.latest);
  });

  test("is shared between two publications, and has the classifiers of the latest", () => {
    const snapshot = snapshotAt(snapshots, at("2026-02-01T00:00:00+08:00"));
    expect(snapshotAt(snapshots, at("2026-02-01T23:59:59+08:00"))).toBe(snapshot);
    expect(snapshotAt(snapshots, at("2026-02-02T00:00:00+08:00"))).not.toBe(snapshot);
    expect(snapshot.classifiers).toBe(snapshots.latest.classifiers);
  });

  test("is kept for 16 states of knowledge; the oldest is dropped first", () => {
    const windows = Array.from({ length: 40 }, (_, index) => ({
      ...window(1),
      name: `window-${index}`,
      published: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    }));
    const many = compileSnapshots(book({ rules: [on("hvps")], windows }));
    const snapshotOn = (day: number): Snapshot => snapshotAt(many, Date.UTC(2026, 0, 1 + day) as Instant);
    const first = Array.from({ length: 16 }, (_, index) => snapshotOn(index));
    expect(many.earlier.size).toBe(16);
    expect(snapshotOn(0)).toBe(first[0]);
    snapshotOn(16);
    expect(many.earlier.size).toBe(16);
    expect(snapshotOn(1)).toBe(first[1]);
    expect(snapshotOn(15)).toBe(first[15]);
    expect(snapshotOn(0)).not.toBe(first[0]);
  });
});
