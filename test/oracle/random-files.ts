import type { Condition, Step } from "../../src/model/rulebook.js";
import type { Random } from "../bench/random.js";
import type { Folders } from "./book.js";
import { dateOf, dayOf } from "./local-time.js";

/** Random small rulebooks as files, with every kind of step, hours, window, hold, rule and calendar. */

const FIRST = dayOf("2026-01-01");
export const ZONES = ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Europe/London", "UTC"];
const MILESTONES = ["accepted", "sent", "settled", "credited"] as const;
const title = { zh: "随机", en: "random" };
const schema = (kind: string): object => ({ $schema: `../src/model/schema/${kind}.schema.json` });

const two = (count: number): string => String(count).padStart(2, "0");
const clock = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
/** A time of day from minutes, with a day offset if it lies outside the day. */
function time(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const inside = clock(minutes - days * 1440);
  return days === 0 ? inside : `${days < 0 ? "-" : "+"}${Math.abs(days)}d ${inside}`;
}
const length = (minutes: number): string => `PT${minutes}M`;

/** Draws the files of one rulebook. */
export function drawFiles(random: Random, shipped: Folders): Folders {
  const chance = (percent: number): boolean => random.int(1, 100) <= percent;
  const some = <T>(max: number, one: (n: number) => T): T[] =>
    Array.from({ length: random.int(0, max) }, (_, n) => one(n));
  /** Mostly on a grid of half hours, so that boundaries coincide. */
  const minutes = (from: number, to: number): number =>
    chance(85) ? random.int(Math.ceil(from / 30), Math.floor(to / 30)) * 30 : random.int(from, to);
  const date = (): string => dateOf(FIRST + random.int(0, 364));
  const spread = <T>(draw: () => number, text: (one: number) => T, falling = false): unknown => {
    if (chance(40)) return text(draw());
    const three = [draw(), draw(), draw()].sort((one, other) => (falling ? other - one : one - other));
    const [earliest, expected, latest] = three.map(text);
    return { earliest, expected, latest };
  };
  const calendars = drawCalendars(random, shipped);
  const ids = Object.values(calendars).map(({ id }) => id);
  const calendar = (): string | string[] =>
    ids.length > 1 && chance(25) ? ids.slice(0, 2) : random.pick(ids);

  const hours = (days: string | string[], effective?: object): object => {
    const opens = minutes(-600, 900);
    const later = chance(30) ? { opensAfterClosedDay: time(opens + minutes(-120, 20)) } : {};
    const closes = time(opens + minutes(60, 1500));
    return { ...(effective && { effective }), calendar: days, opens: time(opens), closes, ...later };
  };
  const system = (): object => {
    const zone = random.pick(ZONES);
    if (chance(35)) return { title, zone };
    if (chance(70)) return { title, zone, hours: [hours(calendar())] };
    const turn = date();
    const days = calendar();
    return { title, zone, hours: [hours(days, { until: turn }), hours(days, { from: turn })] };
  };
  const SYSTEMS = ["one", "two", "free", "payee.bank"];

  const openClocks = chance(50);
  const process = (): object => ({
    kind: "process",
    system: random.pick(SYSTEMS),
    takes: spread(() => (chance(30) ? 0 : minutes(0, 3000)), length),
    ...(openClocks && chance(50) && { clock: "open" }),
  });
  const run = (): object => ({
    cutoff: spread(() => minutes(-300, 1740), time, true),
    lag: chance(75)
      ? spread(
          () => random.int(0, 4),
          (n) => `T+${n}`,
        )
      : spread(
          () => random.int(0, 3),
          (n) => `D+${n}`,
        ),
    at: spread(() => minutes(-60, 1500), time),
  });
  /** Runs in order of cutoff. Each is released with or after the previous one. */
  const runs = (): object[] => {
    const three = (draw: () => number): number[] =>
      [draw(), draw(), draw()].sort((one, other) => one - other);
    const [cutoffs, lags, ats] = [
      three(() => minutes(-300, 1740)),
      three(() => random.int(0, 2)),
      three(() => minutes(0, 1430)),
    ];
    const unit = random.pick(["T", "T", "D"]);
    const all = cutoffs.map((cutoff, n) => ({
      cutoff: time(cutoff),
      lag: `${unit}+${lags[n]}`,
      at: time(ats[n] as number),
    }));
    return all.filter(({ cutoff }, n) => n === 0 || cutoff !== all[n - 1]?.cutoff);
  };
  const settle = (): object => ({
    kind: "settle",
    system: random.pick(SYSTEMS),
    calendar: calendar(),
    ...(chance(30) && { roll: "following" }),
    ...(chance(30) && { cutoffInclusive: true }),
    ...(chance(25) ? { runs: runs() } : run()),
  });
  const steps = (): Step[] => {
    const reached = MILESTONES.filter((one) => one === "credited" || chance(50));
    return reached.flatMap((milestone) => [
      ...(chance(20) ? [chance(50) ? process() : settle()] : []),
      { ...(chance(50) ? process() : settle()), milestone, ...(chance(5) && { onClosed: "refuse" }) },
    ]) as unknown as Step[];
  };

  const leaf = (): Condition => {
    const start = minutes(0, 1300);
    const pair = [date(), date()].sort();
    return random.pick<Condition>([
      { fact: "initiated.day", operator: random.pick(["equal", "notEqual"]), value: random.pick(KINDS) },
      { fact: "initiated.tomorrow", operator: "in", value: [random.pick(KINDS), random.pick(KINDS)] },
      {
        fact: "initiated.time",
        operator: "within",
        value: [clock(start), clock(Math.min(1440, start + minutes(30, 700)))],
      },
      { fact: "initiated.time", operator: random.pick(["before", "atOrAfter"]), value: clock(start) },
      { fact: "initiated.date", operator: random.pick(["before", "onOrAfter"]), value: date() },
      { fact: "initiated.date", operator: "within", value: [pair[0], dateOf(dayOf(pair[1] as string) + 1)] },
      { fact: "initiated.weekday", operator: random.pick(["in", "notIn"]), value: ["mon", "fri", "sat"] },
      { fact: "vip", operator: "equal", value: chance(50) },
      {
        fact: "kind",
        operator: random.pick(["equal", "notEqual", "not:equal"]),
        value: random.pick(["a", "b"]),
      },
      {
        fact: "amount",
        operator: random.pick(["lessThan", "greaterThanInclusive", "not:lessThan"]),
        value: 1000,
      },
      { fact: "payee.bank", operator: random.pick(["in", "not:in"]), value: ["alpha", "beta"] },
      { condition: "named" },
    ]);
  };
  const tree = (): Condition =>
    random.pick<() => Condition>([
      () => ({ all: [leaf()] }),
      () => ({ all: [leaf(), leaf()] }),
      () => ({ any: [leaf(), leaf()] }),
      () => ({ all: [leaf(), { not: { any: [leaf(), leaf()] } }] }),
    ])();
  const period = (): object => {
    const [from, until] = [date(), date()].sort() as [string, string];
    const whole = { from, until: dateOf(dayOf(until) + 1) };
    return random.pick<object>([{ from }, { until }, whole]);
  };

  const rule = (n: number): object => ({
    name: `r.choice${n}`,
    priority: n + 2,
    ...(chance(25) && { effective: period() }),
    conditions: tree(),
    event: chance(30)
      ? { type: "refuse", params: { reason: title } }
      : { type: "route", params: { steps: steps() } },
    ...(chance(80) && {
      basis: random.pick(["published", "published", "assumed"]),
      source: [{ title: "s" }],
    }),
  });
  const always = { name: "r.always", priority: 1, basis: "published", source: [{ title: "s" }] };
  const back = {
    name: "r.returned",
    event: {
      type: "route",
      params: { outcome: "returned", steps: [{ ...process(), milestone: "credited" }] },
    },
  };
  const rules = [{ ...always, event: { type: "route", params: { steps: steps() } } }, ...some(3, rule), back];

  const window = (n: number): object => drawWindow(n, { random, chance, minutes, date, tree });
  const windows = some(5, window) as { event: { type: string } }[];
  const ofType = (type: string): object[] => windows.filter(({ event }) => event.type === type);
  const hold = (n: number): object => ({
    name: `hold${n}`,
    title,
    ...(chance(60) && { conditions: tree() }),
    ...(chance(20) && { effective: period() }),
    event: {
      type: "hold",
      params: {
        for: spread(() => minutes(0, 2000), length),
        cause: random.pick(["risk-hold", "manual-review"]),
        before: random.pick(MILESTONES),
        who: "platform",
      },
    },
  });

  const { rules: pack } = shipped as { rules: Record<string, { rules: { inFlight?: boolean }[] }> };
  const inFlight = (pack["holds.json"]?.rules ?? []).filter((one) => one.inFlight);
  const fact = (more: object): object => ({ title, type: "string", ...more });
  return {
    calendars,
    rules: {
      "reasons.json": pack["reasons.json"],
      "verdicts.json": pack["verdicts.json"],
      "texts/zh.json": pack["texts/zh.json"],
      "texts/en.json": pack["texts/en.json"],
      "facts.json": {
        ...schema("facts"),
        facts: {
          amount: { title, type: "number" },
          vip: { title, type: "boolean", default: false },
          kind: fact({ values: ["a", "b", "c"] }),
          "payee.bank": fact({ values: ["alpha", "beta"], open: true }),
        },
      },
      "conditions.json": {
        ...schema("conditions"),
        conditions: { named: { any: [{ fact: "kind", operator: "equal", value: "c" }, timely(chance(50))] } },
      },
      "systems.json": {
        ...schema("systems"),
        systems: {
          one: system(),
          two: system(),
          free: { title },
          "payee.bank": { ...system(), fact: "payee.bank" },
          alpha: system(),
          beta: { title, basis: random.pick(["published", "assumed"]), source: [{ title: "s" }] },
        },
      },
      "holds.json": { ...schema("holds"), rules: [...inFlight, ...some(2, hold)] },
      "maintenance/w.json": { ...schema("windows"), rules: ofType("maintenance") },
      "incidents/w.json": { ...schema("windows"), rules: ofType("incident") },
      "channels/r.json": {
        ...schema("channel"),
        channel: "r",
        title,
        zone: random.pick(ZONES),
        calendar: calendar(),
        rules,
        examples: [],
      },
    },
  };
}

const KINDS = ["business", "weekend", "holiday", "makeup"];

const timely = (early: boolean): Condition =>
  early
    ? { fact: "initiated.time", operator: "before", value: "09:30" }
    : { fact: "initiated.weekday", operator: "equal", value: "tue" };

interface Generators {
  readonly random: Random;
  readonly chance: (percent: number) => boolean;
  readonly minutes: (from: number, to: number) => number;
  readonly date: () => string;
  readonly tree: () => Condition;
}

function drawWindow(n: number, { random, chance, minutes, date, tree }: Generators): object {
  const incident = chance(35);
  const start = minutes(0, 1400);
  const hours = { from: time(start), until: time(start + minutes(30, 1200)) };
  const weekday = random.pick(["mon", "wed", "sat", "sun"]);
  const nth = random.pick([1, 2, 3, 4, 5, -1]);
  const begin = (dayOf(date()) * 1440 + minutes(0, 1439)) * 60_000;
  const instant = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
  const end = instant(begin + minutes(30, 6000) * 60_000);
  const interval = {
    from: instant(begin),
    ...(incident && chance(50) ? { reviewAt: end } : { until: end }),
    ...(incident && chance(40) && { recovery: length(minutes(30, 300)) }),
  };
  const recurs = random.pick([
    { every: "day" },
    { every: "week", weekday },
    { every: "month", weekday, nth },
    { every: "month", day: random.int(1, 31) },
    { every: "year", month: random.int(1, 12), day: random.int(1, 28) },
    { every: "year", month: random.int(1, 12), weekday, nth },
  ]);
  const on = [...new Set([date(), date(), date()])].sort();
  const when = incident
    ? { interval }
    : random.pick<object>([{ interval }, { dates: { on, ...hours } }, { recurs: { ...recurs, ...hours } }]);
  return {
    name: `window${n}`,
    title,
    ...(chance(25) && { conditions: tree() }),
    ...(chance(30) && { published: date() }),
    event: {
      type: incident ? "incident" : "maintenance",
      params: {
        systems: [
          ...new Set([random.pick(["one", "free", "alpha"]), random.pick(["two", "beta", "payee.bank"])]),
        ],
        effect: chance(75) ? "closed" : "degraded",
        cause: incident ? random.pick(["platform", "force-majeure", "bank-processing"]) : "maintenance",
        zone: random.pick(ZONES),
        ...when,
      },
    },
    ...(chance(70) && { basis: random.pick(["published", "assumed"]), source: [{ title: "s" }] }),
  };
}

interface CalendarJson {
  readonly id: string;
  readonly [key: string]: unknown;
}

/** One calendar, sometimes with a second that extends it or is independent. */
function drawCalendars(random: Random, shipped: Folders): Record<string, CalendarJson> {
  const chance = (percent: number): boolean => random.int(1, 100) <= percent;
  const weekend = random.pick([["sat", "sun"], ["fri", "sat"], ["sun"]]);
  const day = (): number => FIRST + random.int(0, 364);
  const isWeekend = (one: number): boolean =>
    weekend.includes(["mon", "tue", "wed", "thu", "fri", "sat", "sun"][(one + 3) % 7] as string);
  const holidays = Array.from({ length: random.int(0, 30) }, day);
  const workdays = Array.from({ length: 60 }, day).filter((one) => isWeekend(one) && !holidays.includes(one));
  const texts = (days: number[]): string[] => [...new Set(days)].sort((a, b) => a - b).map(dateOf);
  const named = (days: number[]): object[] =>
    texts(days).map((date) => ({ name: random.pick(["x", "y"]), from: date, to: date }));
  const source = { title: "s" };
  const later = Array.from({ length: random.int(0, 3) }, day).filter(
    (one) => !isWeekend(one) && !holidays.includes(one),
  );
  const amendments = texts(later).map((date) => ({
    published: dateOf(dayOf(date) - random.int(0, 20)),
    source,
    holidays: named([dayOf(date)]),
    workdays: [],
  }));
  const { projection } = shipped.calendars["cn.statutory.json"] as CalendarJson;
  const one: CalendarJson = {
    $schema: "../src/model/schema/calendar.schema.json",
    id: "one",
    title,
    zone: random.pick(ZONES),
    weekend,
    coverage: { from: "2025-01-01", to: "2026-12-31" },
    years: {
      "2025": { source, holidays: [], workdays: [] },
      "2026": { source, published: "2025-11-10", holidays: named(holidays), workdays: texts(workdays) },
    },
    amendments,
    ...(chance(60) && weekend.length === 2 && weekend[0] === "sat" && { projection }),
  };
  const two: CalendarJson = chance(50)
    ? {
        $schema: "../src/model/schema/calendar.schema.json",
        id: "two",
        title,
        zone: "UTC",
        extends: "one",
        ...(chance(50) && { weekendWork: false }),
      }
    : {
        $schema: "../src/model/schema/calendar.schema.json",
        id: "two",
        title,
        zone: "Asia/Hong_Kong",
        coverage: { from: "2025-01-01", to: "2027-12-31" },
        holidaysFrom: { country: "HK", types: ["public"] },
      };
  return { "one.json": one, ...(chance(60) && { "two.json": two }) };
}
