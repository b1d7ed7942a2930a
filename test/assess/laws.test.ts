import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Assessment, Payment, PaymentEvent, Timetable } from "../../src/index.js";
import { timetableWith } from "./golden-cases.js";

/** Laws of assessments, on random payments of the shipped rulebook with random events and incidents. */

const at = (text: string): number => Date.parse(`${text}+08:00`);
const [FIRST, LAST] = [at("2026-05-28T00:00"), at("2026-06-28T00:00")];
const HOUR = 3_600_000;

const incident = (
  name: string,
  system: string,
  from: string,
  end: Record<string, string>,
  cause: string,
) => ({
  name,
  event: {
    type: "incident",
    params: { systems: [system], effect: "closed", cause, interval: { from: `${from}+08:00`, ...end } },
  },
});

/** All are published before the payments, so that knowledge does not change. */
const INCIDENTS = [
  incident("one", "cups", "2026-06-22T02:00", { until: "2026-06-23T08:00+08:00" }, "force-majeure"),
  incident(
    "two",
    "ibps",
    "2026-06-10T10:00",
    { reviewAt: "2026-06-10T20:00+08:00", recovery: "PT3H" },
    "platform",
  ),
  incident("three", "payee.bank", "2026-06-03T00:00", { reviewAt: "2026-06-04T09:30+08:00" }, "maintenance"),
  incident("four", "wechat", "2026-06-13T00:00", { until: "2026-06-13T20:00+08:00" }, "platform"),
];

let timetable: Timetable;
beforeAll(async () => {
  timetable = await timetableWith(INCIDENTS);
});

/** On the hour, one millisecond beside it, or anywhere. */
const instant = (from: number, to: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc
      .tuple(
        fc.integer({ min: Math.ceil(from / HOUR), max: Math.floor(to / HOUR) }),
        fc.constantFrom(-1, 0, 1),
      )
      .map(([hour, off]) => Math.max(from, hour * HOUR + off)),
    fc.integer({ min: from, max: to }),
  );

const payment: fc.Arbitrary<Payment & { initiatedAt: number }> = fc
  .record({
    facts: fc.constantFrom(
      { channel: "cn.acquiring", settlement: "t1" },
      { channel: "cn.acquiring", settlement: "d0" },
      { channel: "cn.ibps" },
      { channel: "cn.hvps" },
      { channel: "cn.beps" },
      { channel: "cn.atm" },
      { channel: "cn.transfer", speed: "regular" },
      { channel: "cn.unionpay", clearing: "rmb" },
      { channel: "cn.wechat.withdraw" },
    ),
    initiatedAt: instant(FIRST, LAST),
    account: fc.constantFrom("ok", "4111111111111112"),
    amount: fc.constantFrom("1000.00", "60000.00", "2000000.00"),
  })
  .map(({ facts, account, ...rest }) => ({ ...facts, ...rest, payee: { account } }));

const eventContent = fc.oneof(
  fc.constantFrom("accepted", "sent", "settled", "credited", "returned").map((milestone) => ({ milestone })),
  fc
    .constantFrom("AC01", "AM05", "G004", "AB05", "ACSP", "ACWP", "G003", "RJCT", "ZZ99", "TRADE_CLOSED")
    .map((code) => ({ code })),
  fc.constantFrom("risk-review", "police-stop", "manual-review").map((hold) => ({ hold })),
  fc.constantFrom("risk-review", "police-stop").map((release) => ({ release })),
);

interface AssessQuestion {
  readonly payment: Payment & { initiatedAt: number };
  readonly events: readonly PaymentEvent[];
  readonly now: number;
}

/** Events share a few instants, because order could matter at one instant. */
const assessQuestion: fc.Arbitrary<AssessQuestion> = fc
  .tuple(
    payment,
    fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), eventContent), { maxLength: 6 }),
    fc.integer({ min: 0, max: 20 * 24 * HOUR }),
  )
  .map(([one, happenings, later]) => {
    const events = happenings.map(
      ([hours, what]) => ({ at: one.initiatedAt + hours * 7 * HOUR, ...what }) as PaymentEvent,
    );
    const last = Math.max(one.initiatedAt, ...events.map((event) => Number(event.at)));
    return { payment: one, events, now: last + later };
  });

const assess = ({ payment: one, events, now }: AssessQuestion): Assessment =>
  timetable.assess(one, { now, events });
const RUNS = { numRuns: 300 };

test("law 7: as now grows, the verdict changes at most once, from normal to anomalous, exactly at nextCheckAt", () => {
  fc.assert(
    fc.property(
      assessQuestion,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
      (question, shares) => {
        const start = assess(question);
        const probe = (now: number): Assessment => assess({ ...question, now });
        const next = start.nextCheckAt === undefined ? undefined : Date.parse(start.nextCheckAt);
        const end = next ?? question.now + 60 * 24 * HOUR;
        const inside = [
          ...shares.map((share) => Math.floor(question.now + share * (end - 1 - question.now))),
          end - 1,
        ];
        for (const now of inside) expect(probe(now).verdict).toBe(start.verdict);
        if (next === undefined) return;
        const turned = probe(next);
        if (start.estimate.certainty === "open-incident" && turned.verdict === start.verdict) {
          expect(
            INCIDENTS.map(({ event }) =>
              Date.parse((event.params.interval as { reviewAt?: string }).reviewAt ?? ""),
            ),
          ).toContain(next);
          return;
        }
        expect([start.verdict, turned.verdict]).toEqual(["normal", "anomalous"]);
        expect(next).toBe(Date.parse(start.deadline) + 1);
        for (const days of [0.1, 1, 4, 40, 400])
          expect(probe(next + days * 24 * HOUR).verdict).toBe("anomalous");
      },
    ),
    RUNS,
  );
});

test("an assessment depends on the set of events, not on their order or on repeats", () => {
  fc.assert(
    fc.property(assessQuestion, fc.infiniteStream(fc.nat()), (question, order) => {
      const { events } = question;
      const twice = [...events, ...events].map((event) => ({ event, key: order.next().value }));
      const shuffled = twice.sort((one, other) => one.key - other.key).map(({ event }) => event);
      expect(JSON.stringify(assess({ ...question, events: shuffled }))).toBe(
        JSON.stringify(assess(question)),
      );
    }),
    RUNS,
  );
});

test("estimates are ordered, not before now unless the money is there, and have a gapless timeline", () => {
  fc.assert(
    fc.property(assessQuestion, (question) => {
      const { estimate, phase, baseline, deadline } = assess(question);
      const [earliest, expected, latest] = [estimate.earliest, estimate.expected, estimate.latest].map(
        Date.parse,
      ) as [number, number, number];
      expect(earliest).toBeLessThanOrEqual(expected);
      expect(expected).toBeLessThanOrEqual(latest);
      if (!phase.startsWith("arrived")) expect(earliest).toBeGreaterThanOrEqual(question.now);
      if (estimate.outcome === "credited")
        expect(Date.parse(deadline)).toBeGreaterThanOrEqual(Date.parse(baseline.latest));
      let last = question.payment.initiatedAt;
      for (const { from, to } of estimate.timeline) {
        expect(Date.parse(from)).toBe(last);
        last = Date.parse(to);
      }
      if (estimate.timeline.length > 0) expect(last).toBe(expected);
    }),
    RUNS,
  );
});

test("stuckAt.since is never after now", () => {
  fc.assert(
    fc.property(assessQuestion, (question) => {
      const { stuckAt } = assess(question);
      if (stuckAt !== undefined) expect(Date.parse(stuckAt.since)).toBeLessThanOrEqual(question.now);
    }),
    RUNS,
  );
});

test("overdue money that is accepted now is stuck since now, not since the end of its planned hold", () => {
  const payment = { channel: "cn.atm", amount: 1000, initiatedAt: "2026-05-28T00:00:00+08:00" };
  const now = "2026-05-29T04:00:00+08:00";
  const { phase, stuckAt } = timetable.assess(payment, { now, events: [{ at: now, milestone: "accepted" }] });
  expect([phase, stuckAt?.since]).toEqual(["overdue", now]);
});

test("both languages explain every assessment, without keys or placeholders", () => {
  fc.assert(
    fc.property(assessQuestion, (question) => {
      const assessment = assess(question);
      for (const locale of ["zh", "en"] as const) {
        const text = timetable.explain(assessment, { locale });
        expect(text).not.toMatch(/[{}]|undefined|NaN|\b(?:reason|advice|assessment|who|note|cause)\.[a-z]/);
        expect(text.split("\n").length).toBeGreaterThanOrEqual(3);
      }
    }),
    RUNS,
  );
});

const CAUSE_OF_SEGMENT: Readonly<Record<string, string>> = {
  holiday: "holiday",
  weekend: "holiday",
  maintenance: "maintenance",
  // The only planned hold here is the day in which a transfer at an ATM can be cancelled.
  hold: "risk-hold",
};

const FRIDAY = {
  channel: "cn.acquiring",
  settlement: "t1",
  amount: "1000.00",
  initiatedAt: at("2026-06-05T12:00"),
  payee: { account: "ok" },
};

test("before the expected arrival the cause is that of the segment at now", () => {
  const causes = new Map(INCIDENTS.map(({ name, event }) => [name, event.params.cause]));
  const found = new Set<string>();
  fc.assert(
    fc.property(
      payment,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5 }),
      (one, shares) => {
        const { outcome, expected, timeline } = timetable.when(one);
        if (outcome === "refused") return;
        for (const share of shares) {
          const now = Math.floor(one.initiatedAt + share * (Date.parse(expected) - one.initiatedAt));
          const segment = timeline.find(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to));
          if (segment === undefined || one.payee?.account !== "ok") continue;
          const general = CAUSE_OF_SEGMENT[segment.cause];
          const cause = causes.get(segment.rule ?? "") ?? general ?? "none";
          found.add(cause);
          expect(timetable.assess(one, { now }).cause).toBe(cause);
        }
      },
    ),
    // Half-way from Friday noon is in the weekend.
    { ...RUNS, examples: [[FRIDAY, [0.1, 0.5]]] },
  );
  expect([...found]).toEqual(expect.arrayContaining(["holiday", "none"]));
});

test("an assessment does not depend on earlier questions", async () => {
  const other = await timetableWith([...INCIDENTS]);
  fc.assert(
    fc.property(
      fc.array(payment, { minLength: 2, maxLength: 4 }),
      fc.array(fc.integer({ min: 0, max: 15 * 24 * HOUR }), { minLength: 10, maxLength: 20 }),
      (payments, delays) => {
        const questions = delays.flatMap((delay) =>
          payments.map((one) => ({ payment: one, events: [], now: one.initiatedAt + delay })),
        );
        const forward = questions.map((question) => JSON.stringify(assess(question)));
        const backward = questions
          .toReversed()
          .map(({ payment: one, now }) => JSON.stringify(other.assess(one, { now })));
        expect(backward.reverse()).toEqual(forward);
      },
    ),
    { numRuns: 60 },
  );
});
