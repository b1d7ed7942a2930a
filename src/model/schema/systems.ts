import Type, { type Static } from "typebox";
import {
  ByName,
  Calendars,
  Closed,
  NameOf,
  Note,
  Period,
  provenance,
  replaces,
  SchemaLink,
  TimeText,
  Title,
  told,
  Zone,
} from "./common.js";

export const Hours = Closed(
  {
    effective: Type.Optional(
      told(Period, "the business dates that they are for: from `from` until just before `until`"),
    ),
    calendar: Calendars,
    opens: told(
      TimeText,
      "when its day begins, HH:MM, with a day offset where it begins on another calendar day",
    ),
    closes: told(TimeText, "when its day ends, HH:MM: that instant itself is closed"),
    opensAfterClosedDay: Type.Optional(
      told(TimeText, "when its day begins where the day before is closed, HH:MM (default: as `opens`)"),
    ),
    ...provenance,
  },
  "hours by business date: the system is open from `opens` until just before `closes`",
);

export const SystemDefinition = Closed(
  {
    title: Title,
    zone: Type.Optional(told(Zone, "the time zone of its hours, an IANA name (default: the channel's)")),
    fact: Type.Optional(
      NameOf("fact", "this system stands for the one that this fact names, where that one is declared"),
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
    systems: ByName(SystemDefinition, "the systems by name"),
  },
  { additionalProperties: false, title: "systems and their operating hours" },
);

export type Hours = Static<typeof Hours>;
export type SystemDefinition = Static<typeof SystemDefinition>;
export type SystemsFile = Static<typeof SystemsFile>;
