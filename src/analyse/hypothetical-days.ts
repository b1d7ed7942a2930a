import type { DayKind } from "../decide/facts.js";
import type { Moment } from "../decide/moment.js";
import { WEEKDAYS } from "../time/day.js";
import type { Dimension } from "./dimension.js";
import { type Grid, momentOf } from "./grid.js";
import type { MomentCell } from "./moments.js";

/** A moment on a day that is assumed to have a certain kind. */
export interface HypotheticalMoment {
  readonly moment: Moment;
  /** Whether another cell has a known day of that kind. Payments of both are treated alike. */
  readonly coveredElsewhere: boolean;
}

/** For a cell whose day the calendar does not know, a moment for each kind that the day may have. */
export function hypotheticalMomentsIn(grid: Grid): (cell: MomentCell) => readonly HypotheticalMoment[] {
  const realDays = new Set(grid.moments.cells.map(({ coords }) => coords.join()));
  const cache = new Map<MomentCell, readonly HypotheticalMoment[]>();
  return (cell) => {
    const known = cache.get(cell);
    if (known !== undefined) return known;
    const [date, weekday, , , time] = cell.coords;
    const moments = new Map<string, HypotheticalMoment>();
    for (const [kind, next] of possibleKinds(grid, cell)) {
      const coords = [date, weekday, kind.coord, next.coord, time].join();
      const moment = { ...momentOf(grid, cell), day: kind.kind, tomorrow: next.kind };
      moments.set(coords, { moment, coveredElsewhere: realDays.has(coords) });
    }
    cache.set(cell, [...moments.values()]);
    return [...moments.values()];
  };
}

/** A kind of day (undefined if the calendar knows it), and the coordinate of its cell. */
interface KindCell {
  readonly kind: DayKind | undefined;
  readonly coord: number;
}

/** The kinds that the day of a cell and the next day may have, for each weekday in the cell. */
function possibleKinds({ moments, weekend }: Grid, { coords }: MomentCell): [KindCell, KindCell][] {
  const [, weekday, day, tomorrow] = moments.dimensions as [Dimension, Dimension, Dimension, Dimension];
  const kindsOf = (dimension: Dimension, coord: number, index: number): KindCell[] => {
    if (coord !== dimension.indexOf(undefined)) return [{ kind: undefined, coord }];
    const kinds = weekend.has(index % WEEKDAYS.length) ? WEEKEND_KINDS : WORKDAY_KINDS;
    return kinds.map((kind) => ({ kind, coord: dimension.indexOf(kind) }));
  };
  const [, weekdayCoord, dayCoord, tomorrowCoord] = coords as [number, number, number, number];
  return WEEKDAYS.flatMap((name, index) =>
    weekday.indexOf(name) !== weekdayCoord
      ? []
      : kindsOf(day, dayCoord, index).flatMap((one) =>
          kindsOf(tomorrow, tomorrowCoord, index + 1).map((next): [KindCell, KindCell] => [one, next]),
        ),
  );
}

const WEEKEND_KINDS: readonly DayKind[] = ["weekend", "holiday", "makeup"];
const WORKDAY_KINDS: readonly DayKind[] = ["business", "holiday"];
