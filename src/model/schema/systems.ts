import Type, { type Static } from "typebox";
import {
  Calendars,
  described,
  NamedRecord,
  Note,
  Period,
  provenance,
  Reference,
  replaces,
  SchemaLink,
  StrictObject,
  TimeText,
  Title,
  Zone,
} from "./common.js";

export const Hours = StrictObject(
  {
    effective: Type.Optional(
      described(Period, "the business dates to which they apply, from `from` until just before `until`"),
    ),
    calendar: Calendars,
    opens: described(TimeText, "the opening time, HH:MM, with a day offset if it is on another calendar day"),
    closes: described(TimeText, "the closing time, HH:MM; the system is closed at that instant"),
    opensAfterClosedDay: Type.Optional(
      described(TimeText, "the opening time after a closed day, HH:MM (default: `opens`)"),
    ),
    ...provenance,
  },
  "hours by business date: the system is open from `opens` until just before `closes`",
);

export const SystemDefinition = StrictObject(
  {
    title: Title,
    zone: Type.Optional(described(Zone, "the time zone of its hours, an IANA name (default: the channel's)")),
    fact: Type.Optional(
      Reference("fact", "the fact whose value names the actual system, if that system is declared"),
    ),
    hours: Type.Optional(
      Type.Array(Hours, {
        minItems: 1,
        maxItems: 100,
        sortedBy: ["effective.from"],
        description: "its hours by period, at most 100 (default: always open)",
      }),
    ),
    ...provenance,
  },
  "a system that moves or clears money",
);

export const SystemsFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Note,
    replaces: replaces("the systems", "hvps"),
    systems: NamedRecord(SystemDefinition, "the systems by name"),
  },
  { additionalProperties: false, title: "systems and their operating hours" },
);

export type Hours = Static<typeof Hours>;
export type SystemDefinition = Static<typeof SystemDefinition>;
export type SystemsFile = Static<typeof SystemsFile>;
