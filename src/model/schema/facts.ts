import Type, { type Static } from "typebox";
import { NamedRecord, Note, replaces, SchemaLink, StrictObject, Title } from "./common.js";

export const FactDefinition = StrictObject(
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
    facts: NamedRecord(FactDefinition, "the facts by name, as callers write them in a payment"),
  },
  { additionalProperties: false, title: "every fact that a rule may test" },
);

export type FactDefinition = Static<typeof FactDefinition>;
export type FactsFile = Static<typeof FactsFile>;
