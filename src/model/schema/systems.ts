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
      described(Period, "the business dates that they are for: from `from` until just before `until`"),
    ),
    calendar: Calendars,
    opens: described(
      TimeText,
      "when its day begins, HH:MM, with a day offset where it begins on another calendar day",
    ),
    closes: described(TimeText, "when its day ends, HH:MM: that instant itself is closed"),
    opensAfterClosedDay: Type.Optional(
      described(TimeText, "when its day begins where the day before is closed, HH:MM (default: as `opens`)"),
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
      Reference("fact", "this system stands for the one that this fact names, where that one is declared"),
    ),
    hours: Type.Optional(
      Type.Array(Hours, {
        minItems: 1,
        maxItems: 100,
        sortedBy: ["effective.from"],
        description: "its hours, period after period, at most 100 (default: always open)",
      }),
    ),
    ...provenance,
  },
  "what moves or clears the money",
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
