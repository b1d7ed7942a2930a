import type { CalendarFile } from "../model/schema/calendar.js";
import type { CheckFile } from "../model/schema/check.js";
import type { CalendarAddition, ChannelAddition, RulebookFile } from "../model/schema/layers.js";
import type { ReasonsFile } from "../model/schema/reasons.js";
import type {
  ChannelFile,
  ConditionsFile,
  FactsFile,
  HoldsFile,
  SystemsFile,
  TextsFile,
  WindowsFile,
} from "../model/schema/rulebook.js";
import type { VerdictsFile } from "../model/schema/verdicts.js";

/** The kinds of files. The `$schema` of a file decides its kind; its path does not. */
export interface Kinds {
  calendar: CalendarFile;
  "calendar-addition": CalendarAddition;
  channel: ChannelFile;
  "channel-addition": ChannelAddition;
  check: CheckFile;
  conditions: ConditionsFile;
  facts: FactsFile;
  holds: HoldsFile;
  reasons: ReasonsFile;
  rulebook: RulebookFile;
  systems: SystemsFile;
  texts: TextsFile;
  verdicts: VerdictsFile;
  windows: WindowsFile;
}

export type Kind = keyof Kinds;

/** The last path segment of `$schema`; undefined when it is missing. */
export function schemaNameOf(json: unknown): string | undefined {
  if (typeof json !== "object" || json === null || !("$schema" in json)) return undefined;
  return typeof json.$schema === "string" ? json.$schema.replace(/^.*[\\/]/, "") : undefined;
}
