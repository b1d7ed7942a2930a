import type { Cause, Certainty, Outcome } from "../../index.js";
import type { Bound } from "../../model/bound.js";
import type { LayerChange } from "../../model/layers.js";
import type { Basis } from "../../model/rulebook.js";

/** Labels of the command line in one language. Sentences about payments come from rules/texts. */
export interface Words {
  readonly causes: Readonly<Record<Cause, string>>;
  readonly bounds: Readonly<Record<Bound, string>>;
  readonly basis: Readonly<Record<Basis, string>>;
  readonly certainty: Readonly<Record<Certainty, string>>;
  readonly status: Readonly<Record<"official" | "amended" | "projected", string>>;
  readonly labels: Readonly<
    Record<"rules" | "certainty" | "basis" | "sources" | "holidays" | "makeup", string>
  >;
  readonly units: readonly [days: string, hours: string, minutes: string, seconds: string, ms: string];
  readonly weekdays: readonly string[];
  /** Each is two columns wide. */
  readonly weekdayHeads: readonly string[];
  readonly months: readonly string[];
  readonly legend: {
    readonly holiday: string;
    readonly weekend: string;
    readonly makeup: string;
    readonly unknown: string;
  };
  readonly timesIn: (zone: string) => string;
  readonly after: (duration: string) => string;
  readonly businessDays: (days: number) => string;
  readonly dayCount: (days: number) => string;
  readonly ruleCount: (rules: number, published: number) => string;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly examples: (asked: number, failing: number) => string;
  readonly clean: (counts: RulebookCounts) => string;
  readonly broken: (problems: number, files: number) => string;
  readonly findings: {
    readonly more: (code: string, count: number) => string;
    readonly confirmed: string;
    readonly tally: (counts: FindingCounts) => string;
  };
  readonly latest: {
    readonly before: (moment: string) => string;
    readonly by: (moment: string) => string;
    readonly labels: Readonly<Record<"from" | "until" | "margin", string>>;
    readonly sameRun: string;
    readonly margin: (duration: string, since: string) => string;
    readonly last: (moment: string) => string;
    readonly none: (by: string, bound: string) => string;
    readonly noneEver: string;
    readonly soonest: (sent: string, arrives: string) => string;
  };
  readonly profile: {
    readonly heads: readonly [sent: string, arrives: string, spread: string];
    readonly atOnce: string;
    readonly notTaken: string;
    readonly until: (moment: string) => string;
  };
  readonly compare: {
    readonly heads: readonly [channel: string, arrives: string, takes: string, why: string];
    readonly comma: string;
    readonly leftOut: (channels: string) => string;
    readonly none: string;
  };
  readonly progress: (answered: string, errors: string) => string;
  readonly replay: {
    readonly line: (line: number) => string;
    readonly summary: (counts: ReplayCounts) => string;
  };
  readonly story: { readonly late: string; readonly inTime: string };
  readonly calendarExpiry: (until: string, file: string, calendars: string) => string;
  readonly diff: DiffWords;
  readonly files: FileWords;
}

/** Labels of `diff`. */
export interface DiffWords {
  readonly status: Readonly<Record<"added" | "removed" | "undecided", string>>;
  readonly moved: (channel: string, moves: number, classes: number) => string;
  readonly moreClasses: (classes: number) => string;
  readonly paid: (from: string, until: string) => string;
  readonly times: (count: number, from: string, until: string) => string;
  readonly later: (length: string) => string;
  readonly sooner: (length: string) => string;
  readonly between: (one: string, other: string) => string;
  readonly bounds: Readonly<Record<"earliest" | "expected" | "latest", string>>;
  readonly fate: Readonly<Record<"taken" | "refused" | "never" | "unanswered", string>>;
  readonly becomes: (one: string, other: string) => string;
  readonly before: string;
  readonly after: string;
  readonly more: (moves: number) => string;
  readonly nothingMoves: (channels: number, days: number, from: string) => string;
  readonly payments: (moved: number, total: number) => string;
  readonly farthest: string;
  readonly verdictsDiffer: string;
  readonly failing: Readonly<Record<"before" | "after", (examples: number) => string>>;
}

/** Labels about rulebook files: layers, `init` and `fmt`. */
export interface FileWords {
  readonly changes: Readonly<Record<LayerChange["change"], string>>;
  /** Kinds of declarations. A kind that is not listed is printed as it is. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly layers: (changes: number) => string;
  readonly formatted: (changed: number, files: number) => string;
  readonly wouldFormat: (changed: number, files: number) => string;
  readonly allFormatted: (files: number) => string;
  readonly noSchema: string;
  readonly created: (files: number, folder: string) => string;
  readonly next: string;
  readonly nextSteps: Readonly<Record<"check" | "when" | "readme", string>>;
}

/** Findings of `check` by severity. */
export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly confirmed: number;
  readonly proofs: number;
}

/** Size of a rulebook. */
export interface RulebookCounts {
  readonly channels: number;
  readonly rules: number;
  readonly examples: number;
  readonly calendars: number;
}

/** Results of `replay`. */
export interface ReplayCounts {
  readonly records: number;
  readonly same: number;
  readonly differ: number;
  readonly unanswered: number;
}
