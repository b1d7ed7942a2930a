import fc from "fast-check";
import type {
  CalendarFile,
  ChannelFile,
  ChannelRule,
  Condition,
  Rulebook,
  Step,
  SystemDefinition,
  WindowRule,
} from "../../src/model/rulebook.js";
import { type Day, formatDay, parseDay } from "../../src/time/day.js";
import { formatInstant, type Instant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";

/**
 * Random small rulebooks: one channel, a few systems with hours and windows, one calendar. They are not checked
 * against the schemas, they are built to fit them.
 */

export const ZONES = ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "UTC"] as const;

/** Questions are asked between these days; calendars and windows reach further on both sides. */
export const FIRST = parseDay("2026-02-20") as Day;
export const LAST = parseDay("2026-04-20") as Day;

const MINUTE = 60_000;
const twoDigits = (count: number): string => String(count).padStart(2, "0");
const timeText = (minutes: number): string => {
  const day = Math.floor(minutes / 1440);
  const inside = minutes - day * 1440;
  return `${day === 0 ? "" : `${day > 0 ? "+" : "-"}${Math.abs(day)}d `}${twoDigits(Math.floor(inside / 60))}:${twoDigits(inside % 60)}`;
};

/** Times on a coarse grid, so that boundaries meet each other often. */
const minutesBetween = (from: number, to: number): fc.Arbitrary<number> =>
  fc.integer({ min: Math.ceil(from / 30), max: Math.floor(to / 30) }).map((half) => half * 30);

const ordered = (one: fc.Arbitrary<number>): fc.Arbitrary<[number, number, number]> =>
  fc.tuple(one, one, one).map((three) => three.sort((a, b) => a - b) as [number, number, number]);

const spreadOf = <T>(
  three: [number, number, number],
  text: (one: number) => T,
): { earliest: T; expected: T; latest: T } => ({
  earliest: text(three[0]),
  expected: text(three[1]),
  latest: text(three[2]),
});

const duration = (minutes: number): string => `PT${minutes}M`;

const calendar: fc.Arbitrary<CalendarFile> = fc
  .uniqueArray(fc.integer({ min: -10, max: 90 }), { maxLength: 25 })
  .map((offsets) => ({
    id: "random",
    title: { zh: "随机", en: "random" },
    zone: "UTC",
    weekend: ["sat", "sun"] as ("sat" | "sun")[],
    coverage: { from: "2025-01-01", to: "2027-12-31" },
    years: Object.fromEntries(
      [2025, 2026, 2027].map((year) => [
        String(year),
        {
          holidays: offsets
            .map((offset) => formatDay((FIRST + offset) as Day))
            .filter((date) => date.startsWith(String(year)))
            .map((date) => ({ name: "holiday", from: date, to: date })),
          workdays: [],
        },
      ]),
    ),
  }));

const hours = fc.tuple(minutesBetween(-600, 900), minutesBetween(30, 1400)).map(([opens, length]) => ({
  calendar: "random",
  opens: timeText(opens),
  closes: timeText(opens + length),
}));

const systems: fc.Arbitrary<Record<string, SystemDefinition>> = fc
  .tuple(fc.option(hours), fc.option(hours))
  .map(([one, other]) => {
    const title = { zh: "系统", en: "system" };
    const define = (own: typeof one): SystemDefinition =>
      own === null ? { title } : { title, hours: [own] };
    return { one: define(one), two: define(other), free: { title } };
  });

const takes = ordered(minutesBetween(0, 3000)).map((three) => spreadOf(three, duration));

const process: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant("process" as const),
  system: fc.constantFrom("one", "two", "free"),
  takes,
  clock: fc.constantFrom("wall" as const, "open" as const),
});

const settle: fc.Arbitrary<Step> = fc
  .record({
    system: fc.constantFrom("one", "two", "free"),
    cutoffs: ordered(minutesBetween(-300, 1740)),
    lags: ordered(fc.integer({ min: 0, max: 4 })),
    unit: fc.constantFrom("T", "D"),
    ats: ordered(minutesBetween(0, 1430)),
    roll: fc.constantFrom("none" as const, "following" as const),
    cutoffInclusive: fc.boolean(),
  })
  .map(({ system, cutoffs: [early, middle, late], lags, unit, ats, roll, cutoffInclusive }) => ({
    kind: "settle" as const,
    system,
    cutoff: spreadOf([late, middle, early], timeText),
    lag: spreadOf(lags, (n) => `${unit}+${n}`),
    at: spreadOf(ats, timeText),
    calendar: "random",
    roll,
    cutoffInclusive,
  }));

const settleRuns: fc.Arbitrary<Step> = fc
  .record({
    system: fc.constantFrom("one", "free"),
    runs: fc.array(
      fc.record({
        cutoff: minutesBetween(30, 1440),
        lag: fc.integer({ min: 0, max: 2 }),
        at: minutesBetween(0, 1430),
      }),
      { minLength: 2, maxLength: 3 },
    ),
  })
  .map(({ system, runs }) => ({
    kind: "settle" as const,
    system,
    calendar: "random",
    runs: runs.map(({ cutoff, lag, at }) => ({
      cutoff: timeText(cutoff),
      lag: `T+${lag}`,
      at: timeText(at),
    })),
  }));

export const steps: fc.Arbitrary<Step[]> = fc.array(fc.oneof(process, settle, settleRuns), {
  minLength: 1,
  maxLength: 4,
});

const utc = zoneNamed("UTC") as Zone;
const instantText = (minutes: number): string =>
  formatInstant(utc, ((FIRST * 1440 + minutes) * MINUTE) as Instant);

const interval = fc
  .tuple(minutesBetween(-2 * 1440, 60 * 1440), minutesBetween(30, 4000))
  .map(([from, length]) => ({ interval: { from: instantText(from), until: instantText(from + length) } }));

const recurring = fc.oneof(
  fc.constant({ recurs: { every: "day" as const, from: "23:30", until: "+1d 00:30" } }),
  fc.constant({ recurs: { every: "week" as const, weekday: "sun" as const, from: "00:00", until: "06:00" } }),
  fc.constant({
    recurs: { every: "month" as const, weekday: "sat" as const, nth: -1, from: "01:00", until: "05:30" },
  }),
);

export const windows: fc.Arbitrary<WindowRule[]> = fc
  .array(
    fc.record({
      time: fc.oneof(interval, recurring),
      system: fc.constantFrom("one", "two", "free"),
      effect: fc.constantFrom("closed" as const, "degraded" as const),
    }),
    { maxLength: 4 },
  )
  .map((list) =>
    list.map(({ time, system, effect }, index) => ({
      name: `window-${index}`,
      event: { type: "maintenance" as const, params: { systems: [system], effect, ...time } },
    })),
  );

export interface RandomWorld {
  zone: string;
  calendar: CalendarFile;
  systems: Record<string, SystemDefinition>;
  steps: Step[];
  windows: WindowRule[];
}

export const world: fc.Arbitrary<RandomWorld> = fc.record({
  zone: fc.constantFrom(...ZONES),
  calendar,
  systems,
  steps,
  windows,
});

/** The world as a rulebook whose one channel `random` always takes the one route. */
export function rulebookOf({ zone, calendar, systems, steps, windows }: RandomWorld): Rulebook {
  const title = { zh: "随机", en: "random" };
  const channel: ChannelFile = {
    channel: "random",
    title,
    zone,
    rules: [{ name: "random.route", event: { type: "route", params: { steps } } }],
    examples: [],
  };
  return {
    version: "random",
    calendars: { random: calendar },
    facts: {},
    systems: Object.fromEntries(Object.entries(systems).map(([id, system]) => [id, { ...system, zone }])),
    conditions: {},
    channels: { random: channel },
    windows: windows.map((window) => ({
      ...window,
      event: { ...window.event, params: { ...window.event.params, zone } },
    })),
    holds: [],
    reasons: {},
    verdicts: [],
    texts: {},
  } as Rulebook;
}

/** Instants between FIRST and LAST, on the grid, one millisecond off it, or anywhere. */
export const instant: fc.Arbitrary<Instant> = fc.oneof(
  fc
    .tuple(fc.integer({ min: FIRST * 48, max: LAST * 48 }), fc.constantFrom(-1, 0, 0, 1))
    .map(([half, off]) => (half * 30 * MINUTE + off) as Instant),
  fc.integer({ min: FIRST * 86_400_000, max: LAST * 86_400_000 }).map((at) => at as Instant),
);

/** Conditions on the initiation instant, so that the route depends on when a payment is sent. */
const timeCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom("weekend", "business", "holiday").map((value) => ({
    all: [{ fact: "initiated.day", operator: "equal", value }],
  })),
  fc.tuple(minutesBetween(0, 700), minutesBetween(30, 700)).map(([from, length]) => ({
    all: [{ fact: "initiated.time", operator: "within", value: [timeText(from), timeText(from + length)] }],
  })),
  fc.integer({ min: 5, max: 50 }).map((offset) => ({
    all: [{ fact: "initiated.date", operator: "onOrAfter", value: formatDay((FIRST + offset) as Day) }],
  })),
  fc.constantFrom("mon", "fri", "sat").map((value) => ({
    all: [{ fact: "initiated.weekday", operator: "equal", value }],
  })),
);

/** A rule of higher priority that takes some instants away from the route, or refuses them. */
const choice = fc.record({ conditions: timeCondition, steps: fc.option(steps, { freq: 3 }) });

export interface WorldWithChoices extends RandomWorld {
  choices: { conditions: Condition; steps: Step[] | null }[];
}

/** Worlds in which paying later may arrive sooner, and in which a payment may be refused for a while. */
export const worldWithChoices: fc.Arbitrary<WorldWithChoices> = fc
  .tuple(world, fc.array(choice, { minLength: 1, maxLength: 2 }))
  .map(([random, choices]) => ({ ...random, choices }));

export function rulebookWithChoices(random: WorldWithChoices): Rulebook {
  const rulebook = rulebookOf(random);
  const title = { zh: "随机", en: "random" };
  const more: ChannelRule[] = random.choices.map(({ conditions, steps }, index) => ({
    name: `random.choice-${index}`,
    priority: index + 2,
    conditions,
    event:
      steps === null ? { type: "refuse", params: { reason: title } } : { type: "route", params: { steps } },
  }));
  const channel = rulebook.channels.random as ChannelFile;
  const rules = [...channel.rules, ...more];
  return { ...rulebook, channels: { random: { ...channel, calendar: "random", rules } } };
}
