import { loadMessages, type Problem } from "../errors.js";
import type { Locate } from "../model/place.js";
import type { CalendarFile, ChannelFile, Rulebook } from "../model/rulebook.js";

/**
 * Limits on rulebook parts whose cost grows faster than their number: every payment scans them, or they are compared
 * in pairs. Each is far above real use, and low enough to load or reject a rulebook within seconds. The schemas limit
 * lists inside one file.
 */
export const LIMITS = {
  /** A payment tests them in order until one matches. */
  rulesOfChannel: 2000,
  /** All are answered when the rulebook loads. */
  examplesOfChannel: 5000,
  /** Every step on the system scans them. */
  windowsOfSystem: 300,
  /** Each may apply to every payment. */
  holds: 200,
  verdicts: 1000,
  /** Each may override a day of any other. */
  amendmentsOfCalendar: 200,
  /** Combinations of the systems that a payment may name; each gets its own class of payments. */
  banks: 1e8,
} as const;

interface LimitCheck {
  readonly entity: object;
  readonly name: string;
  readonly count: number;
  readonly counted: string;
  readonly limit: number;
  readonly help: string;
}

/** Reports every exceeded limit. Runs before anything is compiled or compared. */
export const limitProblems = (rulebook: Rulebook, locate: Locate): Problem[] =>
  [
    ...Object.values(rulebook.channels).flatMap(channelChecks),
    ...Object.values(rulebook.calendars).flatMap(calendarChecks),
    ...windowChecks(rulebook),
    ...rulebookChecks(rulebook),
  ]
    .filter(({ count, limit }) => count > limit)
    .map(({ entity, name, count, counted, limit, help }) => ({
      ...locate(entity),
      name,
      ...loadMessages.overLimit(count, counted, limit, help),
    }));

function channelChecks(channel: ChannelFile): LimitCheck[] {
  const common = { entity: channel, name: channel.channel, help: "split the channel into several" };
  return [
    { ...common, count: channel.rules.length, counted: "rules of one channel", limit: LIMITS.rulesOfChannel },
    {
      ...common,
      count: channel.examples.length,
      counted: "examples of one channel",
      limit: LIMITS.examplesOfChannel,
      help: "keep the examples that tell rules apart, on each side of their boundaries",
    },
  ];
}

const calendarChecks = (calendar: CalendarFile): LimitCheck[] => [
  {
    entity: calendar,
    name: calendar.id,
    count: calendar.amendments?.length ?? 0,
    counted: "amendments of one calendar",
    limit: LIMITS.amendmentsOfCalendar,
    help: "write what they come to into `years`",
  },
];

/** The place of the problem is the first window over the limit. */
function windowChecks({ windows }: Rulebook): LimitCheck[] {
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
    counted: "windows of one system",
    limit: LIMITS.windowsOfSystem,
    help: "write windows with the same hours as one, with `dates` or `recurs`",
  }));
}

function rulebookChecks({ holds, verdicts, systems }: Rulebook): LimitCheck[] {
  const standIns = Object.entries(systems).filter(([, { fact }]) => fact !== undefined);
  const banks = (Object.keys(systems).length + 1) ** standIns.length;
  const rule = (list: readonly { readonly name: string }[], limit: number) => list[limit] ?? { name: "" };
  const [hold, verdict] = [rule(holds, LIMITS.holds), rule(verdicts, LIMITS.verdicts)];
  return [
    {
      entity: hold,
      name: hold.name,
      count: holds.length,
      counted: "holds",
      limit: LIMITS.holds,
      help: "let one hold apply to all that it is for, by its conditions",
    },
    {
      entity: verdict,
      name: verdict.name,
      count: verdicts.length,
      counted: "rules that judge delays",
      limit: LIMITS.verdicts,
      help: "let one rule judge all that it is for, by its conditions",
    },
    {
      entity: standIns[0]?.[1] ?? {},
      name: standIns[0]?.[0] ?? "",
      count: banks,
      counted: "combinations of the systems that a payment may name",
      limit: LIMITS.banks,
      help: "declare as systems only those that have hours, windows or a title of their own",
    },
  ];
}
