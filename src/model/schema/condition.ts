import Type, { type Static } from "typebox";
import { NamedRecord, Note, replaces, SchemaLink } from "./common.js";

/** A json-rules-engine condition tree, as far as a rulebook may use it. */
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

/** Draft 7 reads nothing beside `$ref`, so the description of a condition is that of the definition. */
const conditionRef = Type.Unsafe<Condition>({ $ref: "#/$defs/condition" });

/** Use as a property's schema; the file's schema must carry `conditionDefinitions` as its `$defs`. */
export const Condition = conditionRef;

/**
 * Deliberately loose: which keys may stand together, and which operators exist, is checked by `decide/`, whose
 * sentences are better than those of a JSON Schema union.
 */
export const conditionDefinitions = {
  condition: Type.Object(
    {
      all: Type.Optional(
        Type.Array(conditionRef, { minItems: 1, description: "true when every one is true" }),
      ),
      any: Type.Optional(
        Type.Array(conditionRef, { minItems: 1, description: "true when at least one is true" }),
      ),
      not: Type.Optional(conditionRef),
      condition: Type.Optional(
        Type.String({ description: "the name of a condition of conditions.json", examples: ["small-value"] }),
      ),
      fact: Type.Optional(
        Type.String({
          description:
            "a fact of facts.json, or of the moment of sending in the channel's zone: initiated.date (YYYY-MM-DD), initiated.time (HH:MM), initiated.weekday (mon to sun), initiated.day (business, weekend, holiday, makeup)",
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
          description: 'what the fact is compared with, or { "fact": name } to compare with another fact',
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
