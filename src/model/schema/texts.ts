import Type, { type Static } from "typebox";
import { Note, replaces, SchemaLink } from "./common.js";

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

export type TextsFile = Static<typeof TextsFile>;
