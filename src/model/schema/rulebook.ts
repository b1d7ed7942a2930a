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
  OneOf,
  Party,
  Period,
  provenance,
  SchemaLink,
  Sources,
  Spread,
  TimeText,
  Title,
  Zone,
} from "./common.js";
import { Condition, conditionDefinitions } from "./condition.js";

const OnClosed = Type.Optional(
  Type.Enum(["wait", "refuse"], {
    description: "what happens to money that comes while the system is closed (default: wait)",
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

export const SettleRun = Closed(
  {
    cutoff: Spread(TimeText),
    lag: Spread(LagText),
    at: Spread(TimeText),
  },
  "one clearing run of the day: what comes before its cutoff is released `lag` later at the time `at`",
);

export const SettleStep = Closed(
  {
    kind: Type.Literal("settle"),
    ...stepCommon,
    cutoff: Type.Optional(Spread(TimeText)),
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
    lag: Type.Optional(Spread(LagText)),
    calendar: Type.Optional(Calendars),
    at: Type.Optional(Spread(TimeText)),
    runs: Type.Optional(
      Type.Array(SettleRun, { minItems: 1, description: "several runs a day, instead of one" }),
    ),
  },
  "join a clearing run: the local time against the cutoff gives the date T, the lag gives the date of release",
);

export const ProcessStep = Closed(
  {
    kind: Type.Literal("process"),
    ...stepCommon,
    takes: Spread(DurationText),
    clock: Type.Optional(
      Type.Enum(["wall", "open"], {
        description: "wall: time passes always; open: only while the system is open (default: wall)",
      }),
    ),
  },
  "take time",
);

export const Step = OneOf("kind", [SettleStep, ProcessStep]);

const ruleCommon = {
  name: Id,
  title: Type.Optional(Title),
  priority: Type.Optional(
    Type.Integer({ minimum: 1, description: "of the matching rules the highest decides (default: 1)" }),
  ),
  effective: Type.Optional(Period),
  conditions: Type.Optional(Condition),
  ...provenance,
};

export const RouteEvent = Closed(
  {
    type: Type.Literal("route"),
    params: Closed(
      {
        outcome: Type.Optional(
          Type.Enum(["credited", "returned"], { description: "where the money ends (default: credited)" }),
        ),
        steps: Type.Array(Step, { minItems: 1, maxItems: 32 }),
      },
      "the way that the money takes",
    ),
  },
  "this payment takes this route",
);

export const RefuseEvent = Closed(
  {
    type: Type.Literal("refuse"),
    params: Closed({ reason: Title, cause: Type.Optional(CauseCategory) }, "why"),
  },
  "the channel does not take this payment now",
);

export const ChannelRule = Closed(
  { ...ruleCommon, event: OneOf("type", [RouteEvent, RefuseEvent]) },
  "a rule of a channel: what happens to the payments that it matches",
);

export const Expectation = Closed(
  {
    rule: Type.Optional(Id),
    outcome: Type.Optional(Type.Enum(["credited", "returned", "refused"])),
    earliest: Type.Optional(InstantText),
    expected: Type.Optional(InstantText),
    latest: Type.Optional(InstantText),
    earliestDate: Type.Optional(DateText),
    expectedDate: Type.Optional(DateText),
    latestDate: Type.Optional(DateText),
    retryAt: Type.Optional(InstantText),
    certainty: Type.Optional(Type.Enum(["official", "projected", "open-incident"])),
    milestones: Type.Optional(
      Type.Partial(
        Type.Object(
          { accepted: InstantText, sent: InstantText, settled: InstantText, credited: InstantText },
          { additionalProperties: false, description: "when each is expected to be reached" },
        ),
      ),
    ),
    error: Type.Optional(Type.String({ description: "the code of the error that the question gives" })),
  },
  "what the answer must say; dates are in the channel's zone",
);

export const Example = Closed(
  {
    payment: Type.Record(Type.String(), Type.Unknown(), {
      description: "a payment as a service would ask about it; the channel is implied",
    }),
    asOf: Type.Optional(InstantText),
    expect: Expectation,
    source: Type.Optional(
      Type.String({ description: "where the outcome was published, or who worked it out" }),
    ),
  },
  "a payment and the answer that it must get; a rulebook that contradicts its own examples does not load",
);

export const ChannelFile = Type.Object(
  {
    $schema: SchemaLink,
    channel: Id,
    title: Title,
    zone: Zone,
    calendar: Type.Optional(Calendars),
    note: Type.Optional(Type.String()),
    rules: Type.Array(ChannelRule, { minItems: 1 }),
    examples: Type.Array(Example, { minItems: 1 }),
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
    type: Type.Enum(["string", "number", "boolean"]),
    values: Type.Optional(Type.Array(Type.String(), { minItems: 1, description: "the values it may have" })),
    open: Type.Optional(
      Type.Boolean({ description: "whether values outside `values` are allowed too (default: false)" }),
    ),
    unit: Type.Optional(Type.String({ description: "what a number counts", examples: ["CNY"] })),
    minimum: Type.Optional(Type.Number()),
    maximum: Type.Optional(Type.Number()),
    default: Type.Optional(
      Type.Unsafe<string | number | boolean>({
        type: ["string", "number", "boolean"],
        description: "its value where the payment does not say",
      }),
    ),
  },
  "a fact that a rule may test",
);

export const FactsFile = Type.Object(
  { $schema: SchemaLink, note: Type.Optional(Type.String()), facts: ByName(FactDefinition) },
  { additionalProperties: false, title: "every fact that a rule may test" },
);

export const ConditionsFile = Type.Object(
  { $schema: SchemaLink, note: Type.Optional(Type.String()), conditions: ByName(Condition) },
  { additionalProperties: false, title: "named conditions", $defs: conditionDefinitions },
);

export const Hours = Closed(
  {
    effective: Type.Optional(Period),
    calendar: Calendars,
    opens: TimeText,
    closes: TimeText,
    opensAfterClosedDay: Type.Optional(TimeText),
    ...provenance,
  },
  "hours by business date: the system is open from `opens` until just before `closes`",
);

export const SystemDefinition = Closed(
  {
    title: Title,
    zone: Type.Optional(Zone),
    fact: Type.Optional(
      NameOf("fact", "this system stands for the one that this fact names, where that one is declared"),
    ),
    hours: Type.Optional(Type.Array(Hours, { minItems: 1, description: "none means always open" })),
    ...provenance,
  },
  "what moves or clears the money",
);

export const SystemsFile = Type.Object(
  { $schema: SchemaLink, note: Type.Optional(Type.String()), systems: ByName(SystemDefinition) },
  { additionalProperties: false, title: "systems and their operating hours" },
);

const Weekday = Type.Enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);

const WindowParams = Closed(
  {
    systems: Type.Array(NameOf("system", "a system that it closes"), { minItems: 1 }),
    effect: Type.Enum(["closed", "degraded"], {
      description: "degraded: open for earliest and expected, closed for latest",
    }),
    cause: Type.Optional(CauseCategory),
    zone: Type.Optional(Zone),
    interval: Type.Optional(
      Closed(
        {
          from: InstantText,
          until: Type.Optional(InstantText),
          reviewAt: Type.Optional(InstantText),
          recovery: Type.Optional(DurationText),
        },
        "one interval; an incident whose end is not known has `reviewAt` instead of `until`; `recovery` is the time that a backlog needs after the end",
      ),
    ),
    dates: Type.Optional(
      Closed(
        { on: Type.Array(DateText, { minItems: 1 }), from: TimeText, until: TimeText },
        "the same hours on several dates",
      ),
    ),
    recurs: Type.Optional(
      Closed(
        {
          every: Type.Enum(["day", "week", "month", "year"]),
          weekday: Type.Optional(Weekday),
          nth: Type.Optional(
            Type.Integer({
              minimum: -1,
              maximum: 5,
              description: "the n-th such weekday of the month, -1 the last",
            }),
          ),
          month: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })),
          day: Type.Optional(Type.Integer({ minimum: 1, maximum: 31 })),
          from: TimeText,
          until: TimeText,
          effective: Type.Optional(Period),
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
    name: Id,
    title: Type.Optional(Title),
    conditions: Type.Optional(Condition),
    published,
    event: Closed({ type: Type.Enum(["maintenance", "incident"]), params: WindowParams }, "what is closed"),
    ...provenance,
  },
  "a window: an interval in which systems are closed or degraded",
);

export const WindowsFile = Type.Object(
  { $schema: SchemaLink, note: Type.Optional(Type.String()), rules: Type.Array(WindowRule) },
  { additionalProperties: false, title: "maintenance windows or incidents", $defs: conditionDefinitions },
);

export const HoldRule = Closed(
  {
    name: Id,
    title: Title,
    conditions: Type.Optional(Condition),
    effective: Type.Optional(Period),
    event: Closed(
      {
        type: Type.Literal("hold"),
        params: Closed(
          {
            for: Spread(DurationText),
            cause: CauseCategory,
            before: MilestoneName,
            who: Party,
            atMost: Type.Optional(
              Type.Integer({ minimum: 1, description: "how many times it may be placed" }),
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
  { $schema: SchemaLink, note: Type.Optional(Type.String()), rules: Type.Array(HoldRule) },
  { additionalProperties: false, title: "holds", $defs: conditionDefinitions },
);

export const TextsFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Type.Optional(Type.String()),
    locale: Type.Enum(["zh", "en"]),
    messages: Type.Record(Type.String(), Type.String(), {
      description: "the sentences, in ICU MessageFormat, by key",
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
