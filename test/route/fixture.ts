import { compileCalendars } from "../../src/calendar/compile.js";
import type { Bound } from "../../src/model/bound.js";
import type { CalendarFile, HoldRule, Step, SystemDefinition, WindowRule } from "../../src/model/rulebook.js";
import type { Move } from "../../src/route/move.js";
import { compilePath, type Path, travel } from "../../src/route/path.js";
import type { Wait } from "../../src/route/wait.js";
import { type Instant, parseInstant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";

/** Routes that can be worked out by hand. 2026-03-02 is a Monday, Wednesday the 4th is off, the office is open 09:00 to 17:00. */

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

export interface Scenario {
  readonly steps: Step[];
  readonly holds?: HoldRule[];
  readonly windows?: WindowRule[];
  readonly bound?: Bound;
  readonly systems?: Record<string, SystemDefinition>;
  readonly calendars?: Record<string, CalendarFile>;
}

/** `DDTHH:MM` of March 2026 in Shanghai; seconds are optional. */
export const instant = (text: string): Instant =>
  parseInstant(`2026-03-${text.padEnd(11, ":00")}+08:00`) as Instant;

export const timeText = (at: number): string =>
  new Date(at + 8 * 3_600_000)
    .toISOString()
    .slice(8)
    .replace(/((:00)?\.000)?Z$/, "");

export const pathOf = (scenario: Scenario): Path => {
  const { steps, holds = [], windows = [], bound = "expected", systems = {}, calendars = {} } = scenario;
  const context = {
    zone: zoneNamed("Asia/Shanghai") as Zone,
    calendars: compileCalendars({ days: DAYS, ...calendars }),
    systems: { office: OFFICE, rail: { title }, ...systems },
    windows,
    resolve: (system: string) => (system.startsWith("payee.") ? "office" : system),
  };
  return compilePath(steps, holds, context, bound);
};

export const moveOf = (scenario: Scenario, at: string): Move => travel(pathOf(scenario), instant(at));

/** When money that enters at an instant leaves. */
export const leaveTime = (scenario: Scenario, at: string): string => timeText(moveOf(scenario, at).to);

/** The piece that begins at an instant: `until 02T16:00 at 03T10:00`, or `after` a number of minutes. */
export function pieceText(scenario: Scenario, at: string): string {
  const { to, slope, until } = moveOf(scenario, at);
  const end = Number.isFinite(until) ? timeText(until) : "ever";
  return `until ${end} ${slope === 1 ? `after ${(to - instant(at)) / 60_000}` : `at ${timeText(to)}`}`;
}

/** The waits of money that enters at an instant, as `from-to cause key=value ...`. */
export function waitTexts(scenario: Scenario, at: string): string[] {
  const list: string[] = [];
  travel(pathOf(scenario), instant(at), ({ from, to, cause, ...more }: Wait) => {
    const rest = Object.entries(more).flatMap(([key, value]) =>
      value === undefined ? [] : `${key}=${value}`,
    );
    list.push([`${timeText(from)}-${timeText(to)}`, cause, ...rest.sort()].join(" "));
  });
  return list;
}

export const settleStep = (more: object): Scenario => ({
  steps: [{ kind: "settle", calendar: "days", cutoff: "16:00", lag: "T+1", at: "10:00", ...more } as Step],
});

export const processStep = (more: object): Scenario => ({
  steps: [{ kind: "process", system: "office", takes: "PT3H", ...more } as Step],
});

export const windowRule = (params: object, type: "maintenance" | "incident" = "maintenance"): WindowRule => ({
  name: "w",
  event: { type, params: { systems: ["rail"], effect: "closed", zone: "Asia/Shanghai", ...params } as never },
});

/** A step without duration on the rail: money passes the gate of the rail and leaves. */
export const passRail = (window: WindowRule, bound: Bound = "expected"): Scenario => ({
  steps: [{ kind: "process", system: "rail", takes: "PT0S" } as Step],
  windows: [window],
  bound,
});
