import { describe, expect, test } from "vitest";
import type { Rulebook } from "../../src/model/rulebook.js";
import { assessAt, at, closure, routeOf, shortTime, smallRulebook, step } from "./small-rulebook.js";

/**
 * Assessments without events against a reference that travels each step minute by minute. One rulebook answers all
 * payments, in several orders, so that its caches are used across payments.
 */

interface Closing {
  readonly system: string;
  readonly from: number;
  readonly to: number;
  readonly cause: "maintenance" | "platform";
}

const SYSTEMS = ["payer.bank", "rail", "rail", "payee.bank"];
const TAKES = { earliest: 0, expected: 60, latest: 120 };
type Bound = keyof typeof TAKES;

interface Leg {
  readonly enters: number;
  readonly leaves: number;
  readonly waits: readonly Closing[];
}

/** One step, in minutes: the money waits to enter, is processed, and waits to leave. */
function travelStep(closings: readonly Closing[], system: string, enters: number, takes: number): Leg {
  const waits: Closing[] = [];
  const open = (minute: number): number => {
    const closing = closings.find((one) => one.system === system && one.from <= minute && minute < one.to);
    if (closing === undefined) return minute;
    waits.push({ ...closing, from: minute });
    return closing.to;
  };
  return { enters, leaves: open(open(enters) + takes), waits };
}

function travelSteps(closings: readonly Closing[], bound: Bound, from: number, sent: number): Leg[] {
  const legs: Leg[] = [];
  for (const system of SYSTEMS.slice(from))
    legs.push(travelStep(closings, system, legs.at(-1)?.leaves ?? sent, TAKES[bound]));
  return legs;
}

const arrivalOf = (legs: readonly Leg[]): number => legs.at(-1)?.leaves ?? Number.NaN;

/** `HH:MM` of a minute, in the format of `shortTime`. */
function minuteText(minute: number): string {
  const [day, hour] = [Math.floor(minute / 1440), Math.floor(minute / 60) % 24];
  const time = [hour, minute % 60].map((one) => String(one).padStart(2, "0")).join(":");
  return day === 0 ? time : `+${day} ${time}`;
}

function referenceText(closings: readonly Closing[], sent: number, now: number): string {
  const [expected, latest] = [
    travelSteps(closings, "expected", 0, sent),
    travelSteps(closings, "latest", 0, sent),
  ];
  const phase =
    now > arrivalOf(latest) ? "overdue" : now > arrivalOf(expected) ? "before-latest" : "before-expected";
  const path = phase === "before-latest" ? latest : expected;
  const within = path.findIndex(({ leaves }) => leaves > now);
  const step = phase === "overdue" ? 0 : within === -1 ? 3 : within;
  const waiting = (now < arrivalOf(expected) ? expected : latest)
    .flatMap(({ waits }) => waits)
    .find(({ from, to }) => from <= now && now < to);
  const bank = phase === "before-latest" && step !== 1 && step !== 2 ? "bank-processing" : "none";
  const cause = phase === "overdue" ? "none" : (waiting?.cause ?? bank);
  const last =
    now <= arrivalOf(latest) ? arrivalOf(latest) : arrivalOf(travelSteps(closings, "latest", 0, now));
  const typical =
    now <= arrivalOf(expected) ? arrivalOf(expected) : arrivalOf(travelSteps(closings, "expected", 3, now));
  const first = Math.max(now, arrivalOf(travelSteps(closings, "earliest", 0, sent)));
  const times = [arrivalOf(latest), first, Math.min(typical, last), last].map(minuteText).join(" | ");
  return `${phase}, ${cause}, step ${step} since ${minuteText(path[step]?.enters ?? sent)}, ${times}`;
}

function assessedText(rulebook: Rulebook, sent: number, now: number): string {
  const { phase, cause, stuckAt, deadline, estimate } = assessAt(at(minuteText(now)), "", rulebook, {
    initiatedAt: at(minuteText(sent)),
  });
  const { earliest, expected, latest } = estimate;
  const times = [deadline, earliest, expected, latest].map(shortTime).join(" | ");
  return `${phase}, ${cause}, step ${stuckAt?.step} since ${shortTime(stuckAt?.since ?? "")}, ${times}`;
}

const closing = (
  system: string,
  from: number,
  to: number,
  cause: Closing["cause"] = "maintenance",
): Closing => ({
  system,
  from,
  to,
  cause,
});

const repeated = (
  minutes: number,
  system: string,
  first: number,
  length: number,
  cause?: Closing["cause"],
): Closing[] =>
  Array.from({ length: Math.floor(2400 / minutes) }, (_, n) =>
    closing(system, first + n * minutes, first + n * minutes + length, cause),
  );

const WORLDS: readonly (readonly [string, readonly Closing[]])[] = [
  ["nothing is closed", []],
  ["the rail is closed for two hours", [closing("rail", 90, 210)]],
  [
    "the rail is closed, and later the bank",
    [closing("rail", 90, 210), closing("payee.bank", 300, 345, "platform")],
  ],
  ["the rail is closed every other hour for twenty minutes", repeated(120, "rail", 70, 20)],
  [
    "the banks are closed by turns",
    [...repeated(300, "payee.bank", 200, 130, "platform"), ...repeated(300, "payer.bank", 30, 50)],
  ],
];

const range = (from: number, to: number, by: number): number[] =>
  Array.from({ length: Math.ceil((to - from) / by) }, (_, n) => from + n * by);

describe.each(WORLDS)("while %s", (_, closings) => {
  const rulebookOf = (): Rulebook =>
    smallRulebook({
      windows: closings.map(({ system, from, to, cause }, n) =>
        closure(`w${n}`, system, minuteText(from), minuteText(to), { cause }),
      ),
    });
  const pairs = range(0, 400, 19).flatMap((sent) => {
    const ends = (["expected", "latest"] as const).map((bound) =>
      arrivalOf(travelSteps(closings, bound, 0, sent)),
    );
    return [...range(sent, sent + 1300, 35), ...ends, ...ends.map((one) => one + 1)].map(
      (now) => [sent, now] as const,
    );
  });

  const check = (some: readonly (readonly [number, number])[]): void => {
    const rulebook = rulebookOf();
    for (const [sent, now] of some)
      expect([minuteText(sent), minuteText(now), assessedText(rulebook, sent, now)]).toEqual([
        minuteText(sent),
        minuteText(now),
        referenceText(closings, sent, now),
      ]);
  };

  test("payment by payment", () => check(pairs));
  test("in reverse order", () => check(pairs.toReversed()));
  test("in order of now", () => check(pairs.toSorted(([, one], [, other]) => one - other)));
});

describe("a batch", () => {
  const run = {
    kind: "settle",
    takes: undefined,
    milestone: "credited",
    calendar: "week",
    cutoff: "16:00",
    lag: "T+1",
    at: { earliest: "10:00", expected: "10:00", latest: "18:00" },
  };
  const rulebook = smallRulebook({
    rules: [routeOf([step("payer.bank", { takes: "PT1H" }), step("rail", run)])],
  });
  const HOUR = 3_600_000;
  const iso = (ms: number): string => new Date(ms + 8 * HOUR).toISOString().replace("Z", "+08:00");

  /**
   * From Thursday the 12th to Tuesday the 17th: an hour at the bank, then a batch. Saturday and Sunday are holidays, except
   * the Sunday after the cutoff of Sunday was missed: making that cutoff would have meant an earlier batch.
   */
  const check = (sent: number): void => {
    const initiatedAt = iso(sent);
    const expected = Date.parse(assessAt(initiatedAt, "", rulebook, { initiatedAt }).baseline.expected);
    const batchedAt = iso(sent + HOUR);
    for (let now = sent; now < expected; now += 1.5 * HOUR) {
      const isMissed = /^2026-03-15T(1[6-9]|2)/.test(batchedAt) && iso(now).startsWith("2026-03-15");
      const isClosed = now >= sent + HOUR && !isMissed && /^2026-03-1[45]/.test(iso(now));
      const { cause } = assessAt(iso(now), "", rulebook, { initiatedAt });
      expect([initiatedAt, iso(now), cause]).toEqual([initiatedAt, iso(now), isClosed ? "holiday" : "none"]);
    }
  };
  const sends = range(0, 130, 1).flatMap((hour) => {
    const sent = Date.parse("2026-03-12T06:00:00+08:00") + hour * HOUR;
    return [sent, sent - 1];
  });

  test("payment by payment", () => sends.forEach(check));
  test("in reverse order", () => sends.toReversed().forEach(check));
});

test("arrivals from different steps have separate cache entries", () => {
  const latest = (events: string): string => shortTime(assessAt("09:00", events, rulebook).estimate.latest);
  const rulebook = smallRulebook();
  // Two hours for each remaining step.
  expect(["", "01:00 sent", "01:00 accepted", "01:00 sent", ""].map(latest)).toEqual([
    "17:00",
    "13:00",
    "15:00",
    "13:00",
    "17:00",
  ]);
});
