import Type, { type Static } from "typebox";
import {
  DurationText,
  described,
  Id,
  Note,
  Party,
  provenance,
  replaces,
  SchemaLink,
  StrictObject,
  Title,
} from "./common.js";
import { Condition, conditionDefinitions } from "./condition.js";

const TextKey = (description: string, example: string) =>
  Type.String({ minLength: 1, description, examples: [example] });

export const Severity = Type.Enum(["info", "notice", "warning", "critical"], {
  description:
    "how urgent it is: info: nothing to do; notice: watch it; warning: somebody must act; critical: act now",
});

export const Advice = StrictObject(
  {
    who: Party,
    action: TextKey("what to do: the key of a text of rules/texts", "advice.ask-own-institution"),
    quote: Type.Optional(
      Type.Array(Type.String({ description: "a name of a reference", examples: ["uetr"] }), {
        minItems: 1,
        description: "names of the references to quote, if the payment has them",
        examples: [["uetr", "trace", "order"]],
      }),
    ),
    from: Type.Optional(
      described(DurationText, "how long after the deadline the action is due, ISO 8601 (default: at once)"),
    ),
  },
  "what to do next; the party of a code or hold overrides `who`",
);

export const VerdictRule = StrictObject(
  {
    name: described(Id, "the name of the rule, unique in the rulebook", ["overdue.bank"]),
    title: Type.Optional(Title),
    priority: Type.Integer({
      minimum: 1,
      description: "the matching rule with the highest priority decides; 1 or more",
      examples: [10],
    }),
    conditions: Type.Optional(Condition),
    event: StrictObject(
      {
        type: Type.Literal("verdict", { description: "the rule gives a verdict" }),
        params: StrictObject(
          {
            verdict: Type.Enum(["normal", "anomalous"], {
              description: "whether the delay is normal",
            }),
            severity: Severity,
            reason: TextKey("why: the key of a text of rules/texts", "reason.holiday"),
            advice: Advice,
          },
          "the verdict, its reason and the advice",
        ),
      },
      "the verdict on the delay",
    ),
    ...provenance,
  },
  "a rule that judges a delay; it may test the payment's facts and those of `assessment`",
);

export const VerdictsFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Note,
    replaces: replaces("the rules", "overdue.bank"),
    rules: Type.Array(VerdictRule, { minItems: 1, description: "the rules that judge a delay" }),
  },
  { additionalProperties: false, title: "normal or anomalous", $defs: conditionDefinitions },
);

export type Severity = Static<typeof Severity>;
export type VerdictRule = Static<typeof VerdictRule>;
export type VerdictsFile = Static<typeof VerdictsFile>;
