import type { DayKind } from "../decide/facts.js";
import type { Moment } from "../decide/moment.js";
import { WEEKDAYS } from "../time/day.js";
import type { Dimension } from "./dimension.js";
import { type Grid, momentOf } from "./grid.js";
import type { MomentCell } from "./moments.js";

export interface Supposed {
  readonly moment: Moment;
  /** Whether the grid knows a day of that kind: its payments are treated alike, and settle the question there. */
  readonly settledElsewhere: boolean;
}

/** Days whose kind the calendar does not know, supposed to be of each kind that they may have. */
export function supposing(grid: Grid): (cell: MomentCell) => readonly Supposed[] {
  const there = new Set(grid.moments.cells.map(({ coords }) => coords.join()));
  const supposed = new Map<MomentCell, readonly Supposed[]>();
  return (cell) => {
    const known = supposed.get(cell);
    if (known !== undefined) return known;
    const [date, onWeekday, , , time] = cell.coords;
    const ways = new Map<string, Supposed>();
    for (const [kind, next] of kindsIn(grid, cell)) {
      const coords = [date, onWeekday, kind.coord, next.coord, time].join();
      const moment = { ...momentOf(grid, cell), day: kind.kind, tomorrow: next.kind };
      ways.set(coords, { moment, settledElsewhere: there.has(coords) });
    }
    supposed.set(cell, [...ways.values()]);
    return [...ways.values()];
  };
}

/** A kind of day, undefined where the calendar knows it, and the number of its cell. */
interface Kind {
  readonly kind: DayKind | undefined;
  readonly coord: number;
}

/** The kinds that a day of a cell and the day after it may have, on any weekday that its payments may fall on. */
function kindsIn({ moments, weekend }: Grid, { coords }: MomentCell): [Kind, Kind][] {
  const [, weekday, day, tomorrow] = moments.dimensions as [Dimension, Dimension, Dimension, Dimension];
  const may = (dimension: Dimension, coord: number, index: number): Kind[] => {
    if (coord !== dimension.indexOf(undefined)) return [{ kind: undefined, coord }];
    const kinds = weekend.has(index % WEEKDAYS.length) ? ON_WEEKEND : ON_WORKDAYS;
    return kinds.map((kind) => ({ kind, coord: dimension.indexOf(kind) }));
  };
  const [, onWeekday, ofDay, ofTomorrow] = coords as [number, number, number, number];
  return WEEKDAYS.flatMap((name, index) =>
    weekday.indexOf(name) !== onWeekday
      ? []
      : may(day, ofDay, index).flatMap((one) =>
          may(tomorrow, ofTomorrow, index + 1).map((next): [Kind, Kind] => [one, next]),
        ),
  );
}

const ON_WEEKEND: readonly DayKind[] = ["weekend", "holiday", "makeup"];
const ON_WORKDAYS: readonly DayKind[] = ["business", "holiday"];
