import Type, { type Static } from "typebox";
import {
  Calendars,
  CauseCategory,
  DateText,
  described,
  Id,
  InstantText,
  Note,
  OneOf,
  Period,
  provenance,
  replaces,
  SchemaLink,
  StrictObject,
  Title,
  Zone,
} from "./common.js";
import { Condition, conditionDefinitions } from "./condition.js";
import { Step } from "./steps.js";

const RuleName = described(Id, "the name of the rule, unique in the rulebook", ["cn.acquiring.t1"]);

const ruleCommon = {
  name: RuleName,
  title: Type.Optional(Title),
  priority: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: "the matching rule with the highest priority decides; 1 or more (default: 1)",
      examples: [10, 20],
    }),
  ),
  effective: Type.Optional(
    described(Period, "the sending dates to which it applies, from `from` until just before `until`"),
  ),
  conditions: Type.Optional(Condition),
};

export const RouteEvent = StrictObject(
  {
    type: Type.Literal("route", { description: "the rule gives a route" }),
    params: StrictObject(
      {
        outcome: Type.Optional(
          Type.Enum(["credited", "returned"], {
            description:
              "where the money ends up: credited: with the payee; returned: back with the payer (default: credited)",
          }),
        ),
        steps: Type.Array(Step, {
          minItems: 1,
          maxItems: 32,
          description: "the steps in order, at most 32",
        }),
      },
      "the route of the money",
    ),
  },
  "the payment takes this route",
);

export const RefuseEvent = StrictObject(
  {
    type: Type.Literal("refuse", { description: "the rule gives a refusal" }),
    params: StrictObject(
      {
        reason: described(Title, "the reason as part of a sentence, in Chinese and English"),
        cause: Type.Optional(CauseCategory),
      },
      "why the payment is refused",
    ),
  },
  "the channel refuses the payment",
);

export const ChannelRule = StrictObject(
  {
    ...ruleCommon,
    event: OneOf("type", [RouteEvent, RefuseEvent], "the result: a route for the money, or a refusal"),
    ...provenance,
  },
  "a rule of a channel: what happens to the payments that it matches",
);

const bound = (what: string) => Type.Optional(described(InstantText, `${what}, ISO 8601 with an offset`));
const boundDate = (what: string) => Type.Optional(described(DateText, `the date of ${what}, YYYY-MM-DD`));
const reached = (milestone: string) => bound(`when it is expected to be ${milestone}`);

export const Expectation = StrictObject(
  {
    rule: Type.Optional(described(Id, "the rule that decides, by name", ["cn.acquiring.t1"])),
    outcome: Type.Optional(
      Type.Enum(["credited", "returned", "refused"], {
        description:
          "credited: the payee has it; returned: the payer has it back; refused: the channel refuses it",
      }),
    ),
    earliest: bound("the earliest arrival"),
    expected: bound("the expected arrival"),
    latest: bound("the latest arrival"),
    earliestDate: boundDate("the earliest arrival"),
    expectedDate: boundDate("the expected arrival"),
    latestDate: boundDate("the latest arrival"),
    retryAt: bound("when a refused payment would be accepted"),
    certainty: Type.Optional(
      Type.Enum(["official", "projected", "open-incident"], {
        description:
          "official: all days are known; projected: a calendar uses its projection; open-incident: the end of an incident is not known",
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
    error: Type.Optional(Type.String({ description: "the code of the error", examples: ["no-rule"] })),
  },
  "the required values of the answer; dates are in the channel's zone",
);

export const Example = StrictObject(
  {
    payment: Type.Record(Type.String(), Type.Unknown(), {
      description: "a payment as in a query; the channel is implied",
      examples: [{ settlement: "t1", amount: "1000.00", initiatedAt: "2020-04-02T23:00:00+08:00" }],
    }),
    asOf: Type.Optional(
      described(
        InstantText,
        "the answer uses only what was known at this instant, ISO 8601 with an offset (default: all that is known)",
      ),
    ),
    expect: Expectation,
    source: Type.Optional(
      Type.String({
        description: "where the outcome was published, or how it was worked out",
        examples: ["worked out with a calendar"],
      }),
    ),
  },
  "a payment and its required answer; a rulebook that contradicts its examples does not load",
);

export const ChannelRules = Type.Array(ChannelRule, {
  minItems: 1,
  description: "the rules; of those that match a payment, the one with the highest priority decides",
});

export const Examples = Type.Array(Example, {
  minItems: 1,
  description:
    "payments with their required answers; at least one for each rule, ideally one on each side of every boundary",
});

export const ChannelFile = Type.Object(
  {
    $schema: SchemaLink,
    channel: described(Id, "the name of the channel, as callers write it in a payment", ["cn.acquiring"]),
    title: Title,
    note: Note,
    replaces: replaces("the channel", "cn.acquiring"),
    zone: described(Zone, "the time zone of its cutoffs, times and dates, an IANA name"),
    calendar: Type.Optional(
      described(
        Calendars,
        "the calendar of `initiated.day`; of several, a day is open if all are open, and a closed day is a holiday if it is one in any of them",
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

export type ChannelRule = Static<typeof ChannelRule>;
export type Expectation = Static<typeof Expectation>;
export type Example = Static<typeof Example>;
export type ChannelFile = Static<typeof ChannelFile>;
