import Type, { type Static } from "typebox";
import { Amendments, Years } from "./calendar.js";
import { DateText, described, Id, Note, Reference, replaces, SchemaLink, StrictObject } from "./common.js";
import { conditionDefinitions } from "./condition.js";
import { ChannelRules, Examples } from "./rulebook.js";

/** File formats of a rulebook that extends another one. */

const names = (description: string, examples: string[]) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, description: "a name", examples }), {
      minItems: 1,
      sortedBy: [],
      description,
      examples: [examples],
    }),
  );

export const Without = StrictObject(
  {
    channels: names("channels, with their rules and examples", ["cn.cips"]),
    rules: names("rules of channels, windows, holds and verdicts, with the examples that expect them", [
      "cn.acquiring.d0.lakala",
    ]),
    examples: names(
      "rules and channels whose examples are not checked, because an override invalidates them; a rule left without examples needs one of yours",
      ["cn.hvps.credit"],
    ),
    facts: names("facts that no rule tests any more", ["clearing"]),
    systems: names("systems that no rule uses any more", ["cips"]),
    conditions: names("named conditions that no rule uses any more", ["small-value"]),
    calendars: names("calendars that nothing uses any more", ["cn.fx"]),
    codes: names("status and reason codes", ["AC04"]),
    texts: names("sentences, in both languages", ["arrival.patience"]),
  },
  "definitions of the pack that this rulebook leaves out, by name",
);

export const RulebookFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Note,
    extends: Type.Enum(["daozhang"], {
      description:
        "the pack that this folder extends: all of it applies, except what `without` here and `replaces` in other files name; a folder without this file extends nothing",
    }),
    without: Type.Optional(Without),
  },
  { additionalProperties: false, title: "what a rulebook extends, and what it leaves out" },
);

export const ChannelAddition = Type.Object(
  {
    $schema: SchemaLink,
    addsTo: described(Id, "the channel, declared in another file, that these rules and examples belong to", [
      "cn.acquiring",
    ]),
    note: Note,
    replaces: replaces("the rules", "cn.acquiring.t1"),
    rules: Type.Optional(ChannelRules),
    examples: Type.Optional(Examples),
  },
  {
    additionalProperties: false,
    title: "rules and examples that are added to a channel",
    $defs: conditionDefinitions,
  },
);

export const CalendarAddition = Type.Object(
  {
    $schema: SchemaLink,
    addsTo: Reference("calendar", "the calendar, declared in another file, that these notices belong to"),
    note: Note,
    replaces: replaces("the years", "2027"),
    coverage: Type.Optional(
      StrictObject(
        {
          from: Type.Optional(described(DateText, "the first known day with these notices, YYYY-MM-DD")),
          to: Type.Optional(
            described(DateText, "the last known day with these notices, YYYY-MM-DD", ["2027-12-31"]),
          ),
        },
        "the coverage of the calendar with these notices; an addition never narrows it",
      ),
    ),
    years: Type.Optional(Years),
    amendments: Type.Optional(Amendments),
  },
  { additionalProperties: false, title: "years and amendments that are added to a calendar" },
);

export type Without = Static<typeof Without>;
export type RulebookFile = Static<typeof RulebookFile>;
export type ChannelAddition = Static<typeof ChannelAddition>;
export type CalendarAddition = Static<typeof CalendarAddition>;
