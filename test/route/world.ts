import { compileCalendars } from "../../src/calendar/compile.js";
import type { Bound } from "../../src/model/bound.js";
import type { CalendarFile, HoldRule, Step, SystemDefinition, WindowRule } from "../../src/model/rulebook.js";
import type { Move } from "../../src/route/move.js";
import { compilePath, type Path, travel } from "../../src/route/path.js";
import type { Wait } from "../../src/route/wait.js";
import { type Instant, parseInstant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";

/** A world to work out by hand: 2026-03-02 is a Monday, Wednesday the 4th is off, the office is open from 9 to 17. */

export const title = { zh: "名", en: "name" };

export const DAYS: CalendarFile = {
  id: "days",
  title,
  zone: "Asia/Shanghai",
  weekend: ["sat", "sun"],
  coverage: { from: "2026-01-01", to: "2026-12-31" },
  years: { "2026": { holidays: [{ name: "休", from: "2026-03-04", to: "2026-03-04" }], workdays: [] } },
};

const OFFICE: SystemDefinition = { title, hours: [{ calendar: "days", opens: "09:00", closes: "17:00" }] };

export interface Given {
  readonly steps: Step[];
  readonly holds?: HoldRule[];
  readonly windows?: WindowRule[];
  readonly bound?: Bound;
  readonly systems?: Record<string, SystemDefinition>;
  readonly calendars?: Record<string, CalendarFile>;
}

/** `DDTHH:MM` of March 2026 in Shanghai, with seconds where a test needs them. */
export const instant = (text: string): Instant =>
  parseInstant(`2026-03-${text.padEnd(11, ":00")}+08:00`) as Instant;

export const shown = (at: number): string =>
  new Date(at + 8 * 3_600_000)
    .toISOString()
    .slice(8)
    .replace(/((:00)?\.000)?Z$/, "");

export const pathOf = (given: Given): Path => {
  const { steps, holds = [], windows = [], bound = "expected", systems = {}, calendars = {} } = given;
  const around = {
    zone: zoneNamed("Asia/Shanghai") as Zone,
    calendars: compileCalendars({ days: DAYS, ...calendars }),
    systems: { office: OFFICE, rail: { title }, ...systems },
    windows,
    resolve: (system: string) => (system.startsWith("payee.") ? "office" : system),
  };
  return compilePath(steps, holds, around, bound);
};

export const moveOf = (given: Given, at: string): Move => travel(pathOf(given), instant(at));

/** When money that enters at an instant leaves. */
export const out = (given: Given, at: string): string => shown(moveOf(given, at).to);

/** The whole piece that begins at an instant: `until 02T16:00 at 03T10:00`, or `after` so many minutes. */
export function piece(given: Given, at: string): string {
  const { to, slope, until } = moveOf(given, at);
  const end = Number.isFinite(until) ? shown(until) : "ever";
  return `until ${end} ${slope === 1 ? `after ${(to - instant(at)) / 60_000}` : `at ${shown(to)}`}`;
}

/** The waits from an instant on, as `from-to cause key=value ...`. */
export function waits(given: Given, at: string): string[] {
  const list: string[] = [];
  travel(pathOf(given), instant(at), ({ from, to, cause, ...more }: Wait) => {
    const rest = Object.entries(more).flatMap(([key, value]) =>
      value === undefined ? [] : `${key}=${value}`,
    );
    list.push([`${shown(from)}-${shown(to)}`, cause, ...rest.sort()].join(" "));
  });
  return list;
}

export const settle = (more: object): Given => ({
  steps: [{ kind: "settle", calendar: "days", cutoff: "16:00", lag: "T+1", at: "10:00", ...more } as Step],
});

export const process = (more: object): Given => ({
  steps: [{ kind: "process", system: "office", takes: "PT3H", ...more } as Step],
});

export const closing = (params: object, type: "maintenance" | "incident" = "maintenance"): WindowRule => ({
  name: "w",
  event: { type, params: { systems: ["rail"], effect: "closed", zone: "Asia/Shanghai", ...params } as never },
});

/** Money that only passes the gate of the rail. */
export const through = (window: WindowRule, bound: Bound = "expected"): Given => ({
  steps: [{ kind: "process", system: "rail", takes: "PT0S" } as Step],
  windows: [window],
  bound,
});
