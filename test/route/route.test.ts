import { describe, expect, test } from "vitest";
import { compileCalendars } from "../../src/calendar/compile.js";
import type { Basis, ChannelRule, HoldRule, SystemDefinition, WindowRule } from "../../src/model/rulebook.js";
import { compose, earlierOf, leaveTogether, MARK, noWait } from "../../src/route/move.js";
import { compileRoute, leavesAt, pieceFrom, type Route } from "../../src/route/route.js";
import type { Instant } from "../../src/time/instant.js";
import { type Zone, zoneNamed } from "../../src/time/zone.js";
import { DAYS, instant, passRail, processStep, settleStep, timeText, windowRule } from "./fixture.js";

/** Single moves, and pieces of a route at three bounds. */

const at = (ms: number): Instant => ms as Instant;

describe("the earlier of two moves", () => {
  test("is the one that leaves first, in either order, while both are valid", () => {
    const [soon, late] = [leaveTogether(at(200), at(150), MARK.assumed), leaveTogether(at(300), at(120))];
    const first = { to: 200, slope: 0, until: 120, marks: MARK.assumed };
    expect(earlierOf(at(100), soon, late)).toEqual(first);
    expect(earlierOf(at(100), late, soon)).toEqual(first);
    expect(earlierOf(at(100), { ...soon, until: at(110) }, late).until).toBe(110);
  });

  test("ends where a later entry would leave sooner with the other", () => {
    const [own, batch] = [noWait(at(100), at(1000)), leaveTogether(at(140), at(1000))];
    expect(earlierOf(at(100), own, batch)).toEqual({ to: 100, slope: 1, until: 140, marks: 0 });
    expect(earlierOf(at(100), batch, own)).toEqual({ to: 100, slope: 1, until: 140, marks: 0 });
    const slower = { to: at(150), slope: 1, until: at(900), marks: 0 } as const;
    expect(earlierOf(at(100), own, slower)).toEqual({ to: 100, slope: 1, until: 900, marks: 0 });
    const together = leaveTogether(at(120), at(1000));
    expect(earlierOf(at(100), together, slower)).toEqual({ to: 120, slope: 0, until: 900, marks: 0 });
  });

  test("is the one of slope 0 if both leave at the same instant", () => {
    const [own, batch] = [{ ...noWait(at(140), at(1000)) }, leaveTogether(at(140), at(1000))];
    expect(earlierOf(at(100), own, batch).slope).toBe(0);
    expect(earlierOf(at(100), batch, own).slope).toBe(0);
  });
});

test("the composition of two moves takes both, and has the marks of both", () => {
  const [own, batch] = [
    noWait(at(100), at(130), MARK.assumed),
    leaveTogether(at(150), at(160), MARK.projected),
  ];
  const both = MARK.assumed | MARK.projected;
  expect(compose(at(100), own, batch)).toEqual({ to: 150, slope: 0, until: 130, marks: both });
  expect(compose(at(120), batch, noWait(at(150), at(155)))).toEqual({
    ...{ to: 150, slope: 0, until: 160, marks: MARK.projected },
  });
  const longer = { to: at(110), slope: 1, until: at(300), marks: 0 } as const;
  expect(compose(at(100), longer, noWait(at(110), at(120)))).toEqual({
    to: 110,
    slope: 1,
    until: 110,
    marks: 0,
  });
});

interface Parts {
  readonly steps?: unknown;
  readonly holds?: readonly HoldRule[];
  readonly windows?: readonly WindowRule[];
  readonly rule?: object;
  readonly systems?: Record<string, SystemDefinition>;
}

/** Here `payee.bank` is the office. */
function routeOf(parts: Parts): Route {
  const { steps = settleStep({}).steps, holds = [], windows = [], rule = {}, systems = {} } = parts;
  const event = { type: "route", params: { steps } };
  return compileRoute({ name: "r", event, ...rule } as unknown as ChannelRule, holds, {
    zone: zoneNamed("Asia/Shanghai") as Zone,
    calendars: compileCalendars({ days: DAYS }),
    systems: {
      rail: { title: DAYS.title },
      office: { title: DAYS.title, hours: [{ calendar: "days", opens: "09:00", closes: "17:00" }] },
      ...systems,
    },
    windows,
    resolve: (system) => (system.startsWith("payee.") ? "office" : system),
  });
}

const hold = (more: object): HoldRule =>
  ({ name: "h", event: { type: "hold", params: { for: "PT1H", before: "accepted" } }, ...more }) as never;

describe("a route", () => {
  test("is published if its rule and all its holds are", () => {
    const published = { basis: "published" };
    expect(routeOf({ rule: published }).basis).toBe("published");
    expect(routeOf({}).basis).toBe("assumed");
    expect(routeOf({ rule: published, holds: [hold(published)] }).basis).toBe("published");
    expect(routeOf({ rule: published, holds: [hold({})] }).basis).toBe("assumed");
    expect(routeOf({ rule: { basis: "assumed" }, holds: [hold(published)] }).basis).toBe("assumed");
  });

  test("is assumed if a system of one of its steps is assumed", () => {
    const known = (basis: Basis): SystemDefinition => ({ title: DAYS.title, basis });
    const systems = { mint: known("assumed"), office: known("assumed"), post: known("published") };
    const basisOn = (...names: (string | undefined)[]): Basis => {
      const steps = names.map((system) => ({ kind: "process", takes: "PT1H", system }));
      return routeOf({ steps, systems, rule: { basis: "published" } }).basis;
    };
    expect(basisOn("mint")).toBe("assumed");
    expect(basisOn("post")).toBe("published");
    expect(basisOn("rail")).toBe("published");
    expect(basisOn(undefined)).toBe("published");
    expect(basisOn("undeclared")).toBe("published");
    expect(basisOn("payee.bank")).toBe("assumed");
    expect(basisOn("post", "rail", undefined)).toBe("published");
    expect(basisOn("post", "mint")).toBe("assumed");
    expect(basisOn("mint", undefined)).toBe("assumed");
  });

  test("has no steps if its rule refuses", () => {
    const refusal = routeOf({ rule: { event: { type: "refuse", params: {} } } });
    expect(Object.values(refusal.paths).map(({ legs }) => legs)).toEqual([[], [], []]);
  });
});

describe("a piece of a route", () => {
  const spread = { earliest: "PT1H", expected: "PT2H", latest: "PT20H" };
  const office = routeOf({ steps: processStep({ takes: spread }).steps });

  test("ends when the first of its bounds does", () => {
    const piece = pieceFrom(office, instant("02T10:00"));
    expect([timeText(piece.from), timeText(piece.until)]).toEqual(["02T10:00", "02T13:00"]);
    const times = [piece.earliest, piece.expected, piece.latest].map(({ to }) => timeText(to));
    expect(times).toEqual(["02T11:00", "02T12:00", "03T09:00"]);
  });

  test("moves with the entry for slope 1, and not for slope 0", () => {
    const piece = pieceFrom(office, instant("02T10:00"));
    const later = instant("02T10:30");
    const each = (["earliest", "expected", "latest"] as const).map((bound) => leavesAt(piece, bound, later));
    expect(each.map(timeText)).toEqual(["02T11:30", "02T12:30", "03T09:00"]);
  });

  test("names the rule, then each window and hold once, and lists the waits of the expected path", () => {
    const night = windowRule({
      interval: { from: "2026-03-03T00:00:00+08:00", until: "2026-03-03T06:00:00+08:00" },
    });
    const rail = passRail(night).steps;
    const piece = pieceFrom(
      routeOf({ steps: [...rail, ...rail], holds: [hold({})], windows: [night] }),
      instant("03T01:00"),
    );
    expect(piece.rules).toEqual(["r", "w", "h"]);
    expect(piece.waits.map(({ from, to, cause }) => [timeText(from), timeText(to), cause])).toEqual([
      ["03T01:00", "03T06:00", "maintenance"],
      ["03T06:00", "03T07:00", "hold"],
    ]);
    expect(pieceFrom(routeOf({}), instant("02T12:00")).rules).toEqual(["r"]);
  });

  test("ends where arrivals pass 2199, and a payment that arrives after 2199 is an error", () => {
    const day = routeOf({
      steps: [{ kind: "process", takes: { earliest: "PT1H", expected: "PT2H", latest: "PT24H" } }],
    });
    const end = Date.UTC(2200, 0, 1);
    const [hour, from] = [3_600_000, (end - 30 * 3_600_000) as Instant];
    expect((pieceFrom(day, from).until - from) / hour).toBe(6);
    expect(pieceFrom(day, (end - 24 * hour - 1) as Instant).until).toBe(end - 24 * hour);
    expect(() => pieceFrom(day, (end - 24 * hour) as Instant)).toThrow(/`r`.*2199-12-31/);
    const night = routeOf({
      steps: settleStep({ calendar: undefined, cutoff: "24:00", lag: "D+1", at: "23:00" }).steps,
    });
    const eve = Date.parse("2199-12-30T00:00:00+08:00") as Instant;
    expect((pieceFrom(night, eve).until - eve) / hour).toBe(24);
    const batch = routeOf({ steps: settleStep({ calendar: undefined, lag: "D+1" }).steps });
    expect(timeText(pieceFrom(batch, instant("02T12:00")).until)).toBe("02T16:00");
  });

  test("is refused if its expected path is", () => {
    const closed = routeOf({ steps: processStep({ onClosed: "refuse" }).steps });
    expect(pieceFrom(closed, instant("02T08:00")).refused).toBe(true);
    expect(pieceFrom(closed, instant("02T10:00")).refused).toBe(false);
  });
});
