import Type, { type Static } from "typebox";
import {
  Basis,
  ByName,
  Calendars,
  CauseCategory,
  Closed,
  DateText,
  DurationText,
  Id,
  InstantText,
  LagText,
  MilestoneName,
  NameOf,
  Note,
  OneOf,
  Party,
  Period,
  provenance,
  replaces,
  SchemaLink,
  Sources,
  Spread,
  TimeText,
  Title,
  told,
  Zone,
} from "./common.js";
import { Condition, conditionDefinitions } from "./condition.js";

const OnClosed = Type.Optional(
  Type.Enum(["wait", "refuse"], {
    description:
      "what happens to money that comes while the system is closed; wait: it waits; refuse: the payment is not taken (default: wait)",
  }),
);

const stepCommon = {
  title: Type.Optional(Title),
  system: Type.Optional(
    NameOf(
      "system",
      "the system that the step runs on; `payee.bank` and `payer.bank` stand for the bank of that fact",
    ),
  ),
  milestone: Type.Optional(MilestoneName),
  onClosed: OnClosed,
};

const Cutoff = Spread(
  told(
    TimeText,
    "the last local time that still counts for the run, HH:MM; the later, the earlier the arrival",
  ),
);
const Lag = Spread(LagText);
const At = Spread(told(TimeText, "the local time of release on the day that the lag gives, HH:MM"));

export const SettleRun = Closed(
  { cutoff: Cutoff, lag: Lag, at: At },
  "one clearing run of the day: what comes before its cutoff is released `lag` later at the time `at`",
);

export const SettleStep = Closed(
  {
    kind: Type.Literal("settle", { description: "what the step does: it joins a clearing run" }),
    ...stepCommon,
    cutoff: Type.Optional(Cutoff),
    cutoffInclusive: Type.Optional(
      Type.Boolean({
        description: "whether the cutoff instant itself still counts (default: false, it is late)",
      }),
    ),
    roll: Type.Optional(
      Type.Enum(["none", "following"], {
        description:
          "none: T may be a closed day; following: T first moves to a business day (default: none)",
      }),
    ),
    lag: Type.Optional(Lag),
    calendar: Type.Optional(Calendars),
    at: Type.Optional(At),
    runs: Type.Optional(
      Type.Array(SettleRun, {
        minItems: 1,
        maxItems: 288,
        description: "several runs a day, instead of one; at most 288, one every five minutes",
      }),
    ),
  },
  "join a clearing run: the local time against the cutoff gives the date T, the lag gives the date of release",
);

export const ProcessStep = Closed(
  {
    kind: Type.Literal("process", { description: "what the step does: it takes time" }),
    ...stepCommon,
    takes: Spread(told(DurationText, "how long it takes, ISO 8601")),
    clock: Type.Optional(
      Type.Enum(["wall", "open"], {
        description: "wall: time passes always; open: only while the system is open (default: wall)",
      }),
    ),
  },
  "take time",
);

export const Step = OneOf(
  "kind",
  [SettleStep, ProcessStep],
  "one step of the way: settle joins a clearing run, process takes time",
);

const RuleName = told(Id, "the name of the rule, of which there is one in the whole rulebook", [
  "cn.acquiring.t1",
]);

const ruleCommon = {
  name: RuleName,
  title: Type.Optional(Title),
  priority: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: "of the matching rules the highest decides; 1 or more (default: 1)",
      examples: [10, 20],
    }),
  ),
  effective: Type.Optional(
    told(
      Period,
      "the payments that it is for, by the date of sending: from `from` until just before `until`",
    ),
  ),
  conditions: Type.Optional(Condition),
};

export const RouteEvent = Closed(
  {
    type: Type.Literal("route", { description: "what this rule gives: a route" }),
    params: Closed(
      {
        outcome: Type.Optional(
          Type.Enum(["credited", "returned"], {
            description:
              "where the money ends: credited: with the payee; returned: back with the payer (default: credited)",
          }),
        ),
        steps: Type.Array(Step, {
          minItems: 1,
          maxItems: 32,
          description: "the steps in the order in which the money passes them, at most 32",
        }),
      },
      "the way that the money takes",
    ),
  },
  "this payment takes this route",
);

export const RefuseEvent = Closed(
  {
    type: Type.Literal("refuse", { description: "what this rule gives: a refusal" }),
    params: Closed(
      {
        reason: told(Title, "why, as a part of a sentence, in Chinese and in English"),
        cause: Type.Optional(CauseCategory),
      },
      "why it is not taken",
    ),
  },
  "the channel does not take this payment now",
);

export const ChannelRule = Closed(
  {
    ...ruleCommon,
    event: OneOf(
      "type",
      [RouteEvent, RefuseEvent],
      "what happens: a route that the money takes, or a refusal of the payment",
    ),
    ...provenance,
  },
  "a rule of a channel: what happens to the payments that it matches",
);

const bound = (what: string) => Type.Optional(told(InstantText, `${what}, ISO 8601 with an offset`));
const boundDate = (what: string) => Type.Optional(told(DateText, `the date of it, YYYY-MM-DD: ${what}`));
const reached = (milestone: string) => bound(`when it is expected to be ${milestone}`);

export const Expectation = Closed(
  {
    rule: Type.Optional(told(Id, "the rule that decides, by name", ["cn.acquiring.t1"])),
    outcome: Type.Optional(
      Type.Enum(["credited", "returned", "refused"], {
        description: "credited: the payee has it; returned: the payer has it back; refused: it is not taken",
      }),
    ),
    earliest: bound("the earliest arrival"),
    expected: bound("the expected arrival"),
    latest: bound("the latest arrival"),
    earliestDate: boundDate("the earliest arrival"),
    expectedDate: boundDate("the expected arrival"),
    latestDate: boundDate("the latest arrival"),
    retryAt: bound("when a refused payment would be taken"),
    certainty: Type.Optional(
      Type.Enum(["official", "projected", "open-incident"], {
        description:
          "official: all days are known; projected: a calendar is continued by its projection; open-incident: the end of an incident is not known",
      }),
    ),
    milestones: Type.Optional(
      Type.Object(
        {
          accepted: reached("accepted"),
          sent: reached("sent"),
          settled: reached("settled"),
          credited: reached("credited"),
        },
        { additionalProperties: false, description: "when each milestone is expected to be reached" },
      ),
    ),
    error: Type.Optional(
      Type.String({ description: "the code of the error that the question gives", examples: ["no-rule"] }),
    ),
  },
  "what the answer must say; dates are in the channel's zone",
);

export const Example = Closed(
  {
    payment: Type.Record(Type.String(), Type.Unknown(), {
      description: "a payment as a service would ask about it; the channel is implied",
      examples: [{ settlement: "t1", amount: "1000.00", initiatedAt: "2020-04-02T23:00:00+08:00" }],
    }),
    asOf: Type.Optional(
      told(
        InstantText,
        "answer with what was known then, ISO 8601 with an offset (default: all that is known)",
      ),
    ),
    expect: Expectation,
    source: Type.Optional(
      Type.String({
        description: "where the outcome was published, or who worked it out",
        examples: ["worked out with a calendar"],
      }),
    ),
  },
  "a payment and the answer that it must get; a rulebook that contradicts its own examples does not load",
);

export const ChannelRules = Type.Array(ChannelRule, {
  minItems: 1,
  description: "what happens to payments: of the rules that match, the one with the highest priority decides",
});

export const Examples = Type.Array(Example, {
  minItems: 1,
  description:
    "payments with their answers: at least one for each rule, better one on each side of a boundary",
});

export const ChannelFile = Type.Object(
  {
    $schema: SchemaLink,
    channel: told(Id, "the name of the channel, as callers write it in a payment", ["cn.acquiring"]),
    title: Title,
    note: Note,
    replaces: replaces("the channel", "cn.acquiring"),
    zone: told(Zone, "the time zone of its cutoffs, times and dates, an IANA name"),
    calendar: Type.Optional(
      told(
        Calendars,
        "the calendar that tells `initiated.day`; of several, a day counts when all are open, and a closed one is a holiday where any of them says so",
      ),
    ),
    rules: ChannelRules,
    examples: Examples,
  },
  {
    additionalProperties: false,
    title: "a channel: its rules, and the examples that prove them",
    $defs: conditionDefinitions,
  },
);

export const FactDefinition = Closed(
  {
    title: Title,
    type: Type.Enum(["string", "number", "boolean"], { description: "what its values are" }),
    values: Type.Optional(
      Type.Array(Type.String({ description: "a value", examples: ["t1"] }), {
        minItems: 1,
        description: "the values it may have, for the type string",
        examples: [["t1", "d1", "d0", "t0"]],
      }),
    ),
    open: Type.Optional(
      Type.Boolean({ description: "whether values outside `values` are allowed too (default: false)" }),
    ),
    unit: Type.Optional(Type.String({ description: "what a number counts", examples: ["CNY"] })),
    minimum: Type.Optional(
      Type.Number({ description: "the least value, in its unit, for the type number", examples: [0] }),
    ),
    maximum: Type.Optional(
      Type.Number({ description: "the greatest value, in its unit, for the type number", examples: [50000] }),
    ),
    default: Type.Optional(
      Type.Unsafe<string | number | boolean>({
        type: ["string", "number", "boolean"],
        description:
          "its value where the payment does not say (default: none, and a rule that asks for it is told so)",
        examples: ["CNY", 0, false],
      }),
    ),
  },
  "a fact that a rule may test",
);

export const FactsFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Note,
    replaces: replaces("the facts", "speed"),
    facts: ByName(FactDefinition, "the facts by name, as callers write them in a payment"),
  },
  { additionalProperties: false, title: "every fact that a rule may test" },
);

export const ConditionsFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Note,
    replaces: replaces("the conditions", "small-value"),
    conditions: ByName(Condition, "the conditions by name"),
  },
  { additionalProperties: false, title: "named conditions", $defs: conditionDefinitions },
);

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

const Weekday = Type.Enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], {
  description: "the weekday of it, for every week, or with `nth` for every month or year",
});

const windowFrom = told(TimeText, "when it begins, a local time, HH:MM");
const windowUntil = told(TimeText, "when it ends, a local time, HH:MM: that instant itself is open");

const WindowParams = Closed(
  {
    systems: Type.Array(NameOf("system", "a system that it closes"), {
      minItems: 1,
      description: "the systems that it closes",
      examples: [["beps", "ibps"]],
    }),
    effect: Type.Enum(["closed", "degraded"], {
      description:
        "closed: money waits until it is over; degraded: it may work: open for earliest and expected, closed for latest",
    }),
    cause: Type.Optional(CauseCategory),
    zone: Type.Optional(
      told(Zone, "the time zone of `dates`, `recurs` and a `published` date, an IANA name"),
    ),
    interval: Type.Optional(
      Closed(
        {
          from: told(InstantText, "when it begins, ISO 8601 with an offset"),
          until: Type.Optional(
            told(InstantText, "when it ends, ISO 8601 with an offset: that instant itself is open"),
          ),
          reviewAt: Type.Optional(
            told(
              InstantText,
              "when to look again, ISO 8601 with an offset, while the end of an incident is not known",
            ),
          ),
          recovery: Type.Optional(
            told(DurationText, "the time that a backlog needs after the end, ISO 8601 (default: none)"),
          ),
        },
        "one interval; an incident whose end is not known has `reviewAt` instead of `until`; `recovery` is the time that a backlog needs after the end",
      ),
    ),
    dates: Type.Optional(
      Closed(
        {
          on: Type.Array(DateText, {
            minItems: 1,
            maxItems: 4000,
            sortedBy: [],
            description: "the dates, YYYY-MM-DD, at most 4000",
            examples: [["2026-12-20", "2026-12-27"]],
          }),
          from: windowFrom,
          until: windowUntil,
        },
        "the same hours on several dates",
      ),
    ),
    recurs: Type.Optional(
      Closed(
        {
          every: Type.Enum(["day", "week", "month", "year"], {
            description:
              "how often: every day; every week on `weekday`; every month on `day`, or on `weekday` with `nth`; every year with `month` too",
          }),
          weekday: Type.Optional(Weekday),
          nth: Type.Optional(
            Type.Integer({
              minimum: -1,
              maximum: 5,
              description: "the n-th such weekday of the month, 1 to 5, or -1 for the last",
              examples: [3, -1],
            }),
          ),
          month: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 12,
              description: "the month of the year, 1 to 12",
              examples: [12],
            }),
          ),
          day: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 31,
              description: "the day of the month, 1 to 31",
              examples: [20],
            }),
          ),
          from: windowFrom,
          until: windowUntil,
          effective: Type.Optional(
            told(Period, "the dates that it may fall on: from `from` until just before `until`"),
          ),
        },
        "the same hours again and again",
      ),
    ),
  },
  "when which systems are closed; exactly one of `interval`, `dates`, `recurs`",
);

const published = Type.Optional(
  Type.String({
    format: "date-or-instant",
    description: "since when it could be known: a calendar date, or an instant with an offset",
    examples: ["2026-02-14", "2026-02-13T23:00:00+08:00"],
  }),
);

export const WindowRule = Closed(
  {
    name: told(Id, "the name of the window, of which there is one in the whole rulebook", ["pboc-2026-12"]),
    title: Type.Optional(Title),
    conditions: Type.Optional(Condition),
    published,
    event: Closed(
      {
        type: Type.Enum(["maintenance", "incident"], {
          description: "maintenance: planned and announced; incident: something has broken",
        }),
        params: WindowParams,
      },
      "what is closed",
    ),
    ...provenance,
  },
  "a window: an interval in which systems are closed or degraded",
);

export const WindowsFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Note,
    replaces: replaces("the windows", "pboc-2024"),
    rules: Type.Array(WindowRule, {
      sortedBy: [
        "event.params.interval.from|event.params.dates.on|event.params.recurs.effective.from",
        "name",
      ],
      description: "the windows",
    }),
  },
  { additionalProperties: false, title: "maintenance windows or incidents", $defs: conditionDefinitions },
);

export const HoldRule = Closed(
  {
    name: told(Id, "the name of the hold, of which there is one in the whole rulebook", ["atm-24h"]),
    title: Title,
    conditions: Type.Optional(Condition),
    effective: Type.Optional(
      told(
        Period,
        "the payments that it is for, by the date of sending: from `from` until just before `until`",
      ),
    ),
    event: Closed(
      {
        type: Type.Literal("hold", { description: "what this rule gives: a hold" }),
        params: Closed(
          {
            for: Spread(told(DurationText, "how long the money waits, ISO 8601")),
            cause: CauseCategory,
            before: told(MilestoneName, "the milestone that is reached only after the wait"),
            who: Party,
            atMost: Type.Optional(
              Type.Integer({
                minimum: 1,
                description: "how many times it may be placed on one payment (default: any number)",
                examples: [2],
              }),
            ),
          },
          "how long, why, before which milestone, and who must act",
        ),
      },
      "an extra wait",
    ),
    inFlight: Type.Optional(
      Type.Boolean({ description: "true: it is never planned, only reported by an event (default: false)" }),
    ),
    ...provenance,
  },
  "a deliberate wait",
);

export const HoldsFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Note,
    replaces: replaces("the holds", "atm-24h"),
    rules: Type.Array(HoldRule, { description: "the holds" }),
  },
  { additionalProperties: false, title: "holds", $defs: conditionDefinitions },
);

export const TextsFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Note,
    locale: Type.Enum(["zh", "en"], { description: "the language: zh: Chinese; en: English" }),
    replaces: replaces("the texts", "arrival.patience"),
    messages: Type.Record(Type.String(), Type.String({ description: "a sentence in ICU MessageFormat" }), {
      description: "the sentences, in ICU MessageFormat, by key",
      examples: [{ "arrival.credited.exact": "The money should arrive on {expected}." }],
    }),
  },
  { additionalProperties: false, title: "the sentences of one language" },
);

export const Provenance = Closed({ basis: Basis, source: Sources }, "where it comes from");

export type SettleRun = Static<typeof SettleRun>;
export type SettleStep = Static<typeof SettleStep>;
export type ProcessStep = Static<typeof ProcessStep>;
export type Step = Static<typeof Step>;
export type ChannelRule = Static<typeof ChannelRule>;
export type Expectation = Static<typeof Expectation>;
export type Example = Static<typeof Example>;
export type ChannelFile = Static<typeof ChannelFile>;
export type FactDefinition = Static<typeof FactDefinition>;
export type FactsFile = Static<typeof FactsFile>;
export type ConditionsFile = Static<typeof ConditionsFile>;
export type Hours = Static<typeof Hours>;
export type SystemDefinition = Static<typeof SystemDefinition>;
export type SystemsFile = Static<typeof SystemsFile>;
export type WindowRule = Static<typeof WindowRule>;
export type WindowsFile = Static<typeof WindowsFile>;
export type HoldRule = Static<typeof HoldRule>;
export type HoldsFile = Static<typeof HoldsFile>;
export type TextsFile = Static<typeof TextsFile>;
