import Type, { type Static } from "typebox";
import { NamedRecord, Note, replaces, SchemaLink } from "./common.js";

/** The part of json-rules-engine condition trees that a rulebook may use. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { condition: string }
  | Leaf;

export interface Leaf {
  fact: string;
  operator: string;
  value: unknown;
}

const conditionRef = Type.Unsafe<Condition>({ $ref: "#/$defs/condition" });

/** The schema of a property. The schema of the file must have `conditionDefinitions` as its `$defs`. */
export const Condition = conditionRef;

/**
 * Deliberately permissive. `decide/` checks which keys may be combined and which operators exist, because its error
 * messages are better than those of a JSON Schema union.
 */
export const conditionDefinitions = {
  condition: Type.Object(
    {
      all: Type.Optional(
        Type.Array(conditionRef, { minItems: 1, description: "true if all of them are true" }),
      ),
      any: Type.Optional(
        Type.Array(conditionRef, { minItems: 1, description: "true if at least one of them is true" }),
      ),
      not: Type.Optional(conditionRef),
      condition: Type.Optional(
        Type.String({ description: "the name of a condition of conditions.json", examples: ["small-value"] }),
      ),
      fact: Type.Optional(
        Type.String({
          description:
            "a fact of facts.json, or of the sending time in the channel's zone: initiated.date (YYYY-MM-DD), initiated.time (HH:MM), initiated.weekday (mon to sun), initiated.day (business, weekend, holiday, makeup)",
          examples: ["settlement", "payee.bank", "initiated.time"],
        }),
      ),
      operator: Type.Optional(
        Type.String({
          description:
            "an operator of json-rules-engine, or within, before, atOrAfter, onOrAfter for dates and times; decorators as in `not:in`",
          examples: ["equal", "in", "lessThanInclusive", "within", "not:in"],
        }),
      ),
      value: Type.Optional(
        Type.Unknown({
          description: 'the value to compare with, or { "fact": name } to compare with another fact',
          examples: ["t1", 50000, ["07:00", "23:00"], { fact: "payer.bank" }],
        }),
      ),
      note: Note,
    },
    {
      additionalProperties: false,
      description:
        "one of `all`, `any`, `not`, `condition`, or a comparison with `fact`, `operator` and `value`",
    },
  ),
};

export const ConditionsFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Note,
    replaces: replaces("the conditions", "small-value"),
    conditions: NamedRecord(Condition, "the conditions by name"),
  },
  { additionalProperties: false, title: "named conditions", $defs: conditionDefinitions },
);

export type ConditionsFile = Static<typeof ConditionsFile>;
