import Type, { type Static } from "typebox";
import { NamedRecord, Note, replaces, SchemaLink, StrictObject, Title } from "./common.js";

export const FactDefinition = StrictObject(
  {
    title: Title,
    type: Type.Enum(["string", "number", "boolean"], { description: "the type of its values" }),
    values: Type.Optional(
      Type.Array(Type.String({ description: "a value", examples: ["t1"] }), {
        minItems: 1,
        description: "the allowed values, for the type string",
        examples: [["t1", "d1", "d0", "t0"]],
      }),
    ),
    open: Type.Optional(
      Type.Boolean({ description: "whether values outside `values` are allowed too (default: false)" }),
    ),
    unit: Type.Optional(Type.String({ description: "the unit of a number", examples: ["CNY"] })),
    minimum: Type.Optional(
      Type.Number({ description: "the minimum, in its unit, for the type number", examples: [0] }),
    ),
    maximum: Type.Optional(
      Type.Number({ description: "the maximum, in its unit, for the type number", examples: [50000] }),
    ),
    default: Type.Optional(
      Type.Unsafe<string | number | boolean>({
        type: ["string", "number", "boolean"],
        description: "the value if the payment does not have this fact (default: none)",
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
    facts: NamedRecord(FactDefinition, "the facts by name, as callers write them in a payment"),
  },
  { additionalProperties: false, title: "every fact that a rule may test" },
);

export type FactDefinition = Static<typeof FactDefinition>;
export type FactsFile = Static<typeof FactsFile>;
