import type { CalendarFile } from "./schema/calendar.js";
import type { CheckFile } from "./schema/check.js";
import type { Condition } from "./schema/condition.js";
import type { Reason } from "./schema/reasons.js";
import type {
  ChannelFile,
  FactDefinition,
  HoldRule,
  SystemDefinition,
  WindowRule,
} from "./schema/rulebook.js";
import type { VerdictRule } from "./schema/verdicts.js";

/** The checked contents of all JSON files, which are compiled into a timetable. It does not know its files. */
export interface Rulebook {
  /** A hash of the contents. The order of files and keys does not matter. */
  readonly version: string;
  readonly calendars: Readonly<Record<string, CalendarFile>>;
  readonly facts: Readonly<Record<string, FactDefinition>>;
  readonly systems: Readonly<Record<string, SystemDefinition>>;
  readonly conditions: Readonly<Record<string, Condition>>;
  readonly channels: Readonly<Record<string, ChannelFile>>;
  readonly windows: readonly WindowRule[];
  readonly holds: readonly HoldRule[];
  /** Meanings of status and reason codes, by code. */
  readonly reasons: Readonly<Record<string, Reason>>;
  readonly verdicts: readonly VerdictRule[];
  /** By locale, then by key. */
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Settings of `check`. They do not change answers. */
  readonly check?: CheckFile;
}

export type { CalendarFile } from "./schema/calendar.js";
export type { Basis, CauseCategory, MilestoneName, Party, Title } from "./schema/common.js";
export type { Condition, Leaf } from "./schema/condition.js";
export type { Reason } from "./schema/reasons.js";
export type {
  ChannelFile,
  ChannelRule,
  Example,
  Expectation,
  FactDefinition,
  HoldRule,
  Hours,
  ProcessStep,
  SettleRun,
  SettleStep,
  Step,
  SystemDefinition,
  WindowRule,
} from "./schema/rulebook.js";
export type { VerdictRule } from "./schema/verdicts.js";
