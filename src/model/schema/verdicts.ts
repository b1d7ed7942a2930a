import Type, { type Static } from "typebox";
import { Closed, DurationText, Id, Party, provenance, SchemaLink, Title } from "./common.js";
import { Condition, conditionDefinitions } from "./condition.js";

const TextKey = (description: string, example: string) =>
  Type.String({ minLength: 1, description, examples: [example] });

export const Severity = Type.Enum(["info", "notice", "warning", "critical"]);

export const Advice = Closed(
  {
    who: Party,
    action: TextKey("what to do: the key of a text of rules/texts", "advice.ask-own-institution"),
    quote: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        description: "names of references of the payment to quote, where it carries them",
        examples: [["uetr", "trace", "order"]],
      }),
    ),
    from: Type.Optional(DurationText),
  },
  "the next step; `who` gives way to the party that a code or hold names, `from` counts from the deadline",
);

export const VerdictRule = Closed(
  {
    name: Id,
    title: Type.Optional(Title),
    priority: Type.Integer({ minimum: 1, description: "of the matching rules the highest decides" }),
    conditions: Type.Optional(Condition),
    event: Closed(
      {
        type: Type.Literal("verdict"),
        params: Closed(
          {
            verdict: Type.Enum(["normal", "anomalous"]),
            severity: Severity,
            reason: TextKey("why: the key of a text of rules/texts", "reason.holiday"),
            advice: Advice,
          },
          "the verdict, and what follows from it",
        ),
      },
      "this delay is normal, or it is not",
    ),
    ...provenance,
  },
  "a rule that judges a delay; it may test the payment's facts and those of `assessment`",
);

export const VerdictsFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Type.Optional(Type.String()),
    rules: Type.Array(VerdictRule, { minItems: 1 }),
  },
  { additionalProperties: false, title: "normal or anomalous", $defs: conditionDefinitions },
);

export type Severity = Static<typeof Severity>;
export type VerdictRule = Static<typeof VerdictRule>;
export type VerdictsFile = Static<typeof VerdictsFile>;
