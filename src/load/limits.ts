import { loadSays, type Problem } from "../errors.js";
import type { Locate } from "../model/place.js";
import type { CalendarFile, ChannelFile, Rulebook } from "../model/rulebook.js";

/**
 * How much there may be of what costs more than its share: every payment looks at all of it, or pairs of it are
 * compared. All are far above what people write, and low enough that a rulebook loads, or does not, within seconds.
 * What stands in one list of one file has its limit in the schemas.
 */
export const LIMITS = {
  /** Each is tested until one matches. */
  rulesOfChannel: 2000,
  /** Each is asked when the rulebook is loaded. */
  examplesOfChannel: 5000,
  /** Each is looked at wherever money passes the system. */
  windowsOfSystem: 300,
  /** Each may apply to every payment. */
  holds: 200,
  verdicts: 1000,
  /** Each may replace what any other said of a day. */
  amendmentsOfCalendar: 200,
  /** Banks that a payment may name, for each of the systems that stand for one: their combinations are told apart. */
  banks: 1e8,
} as const;

interface Excess {
  readonly entity: object;
  readonly name: string;
  readonly count: number;
  readonly of: string;
  readonly limit: number;
  readonly help: string;
}

/** Where a rulebook has more than it may have; looked at before anything is compiled or compared. */
export const limitProblems = (rulebook: Rulebook, locate: Locate): Problem[] =>
  [
    ...Object.values(rulebook.channels).flatMap(channelExcess),
    ...Object.values(rulebook.calendars).flatMap(calendarExcess),
    ...windowExcess(rulebook),
    ...wholeExcess(rulebook),
  ]
    .filter(({ count, limit }) => count > limit)
    .map(({ entity, name, count, of, limit, help }) => ({
      ...locate(entity),
      name,
      ...loadSays.overLimit(count, of, limit, help),
    }));

function channelExcess(channel: ChannelFile): Excess[] {
  const common = { entity: channel, name: channel.channel, help: "split the channel into several" };
  return [
    { ...common, count: channel.rules.length, of: "rules of one channel", limit: LIMITS.rulesOfChannel },
    {
      ...common,
      count: channel.examples.length,
      of: "examples of one channel",
      limit: LIMITS.examplesOfChannel,
      help: "keep the examples that tell rules apart, on each side of their boundaries",
    },
  ];
}

const calendarExcess = (calendar: CalendarFile): Excess[] => [
  {
    entity: calendar,
    name: calendar.id,
    count: calendar.amendments?.length ?? 0,
    of: "amendments of one calendar",
    limit: LIMITS.amendmentsOfCalendar,
    help: "write what they come to into `years`",
  },
];

/** Told at the first window that is too many. */
function windowExcess({ windows }: Rulebook): Excess[] {
  const counts = new Map<string, { count: number; entity: object }>();
  for (const window of windows) {
    for (const system of new Set(window.event.params.systems)) {
      const { count = 0, entity = window } = counts.get(system) ?? {};
      counts.set(system, { count: count + 1, entity: count === LIMITS.windowsOfSystem ? window : entity });
    }
  }
  return [...counts].map(([system, { count, entity }]) => ({
    entity,
    name: system,
    count,
    of: "windows of one system",
    limit: LIMITS.windowsOfSystem,
    help: "write windows with the same hours as one, with `dates` or `recurs`",
  }));
}

function wholeExcess({ holds, verdicts, systems }: Rulebook): Excess[] {
  const standIns = Object.entries(systems).filter(([, { fact }]) => fact !== undefined);
  const banks = (Object.keys(systems).length + 1) ** standIns.length;
  const rule = (list: readonly { readonly name: string }[], limit: number) => list[limit] ?? { name: "" };
  const [hold, verdict] = [rule(holds, LIMITS.holds), rule(verdicts, LIMITS.verdicts)];
  return [
    {
      entity: hold,
      name: hold.name,
      count: holds.length,
      of: "holds",
      limit: LIMITS.holds,
      help: "let one hold apply to all that it is for, by its conditions",
    },
    {
      entity: verdict,
      name: verdict.name,
      count: verdicts.length,
      of: "rules that judge delays",
      limit: LIMITS.verdicts,
      help: "let one rule judge all that it is for, by its conditions",
    },
    {
      entity: standIns[0]?.[1] ?? {},
      name: standIns[0]?.[0] ?? "",
      count: banks,
      of: "combinations of the systems that a payment may name",
      limit: LIMITS.banks,
      help: "declare as systems only those that have hours, windows or a title of their own",
    },
  ];
}
