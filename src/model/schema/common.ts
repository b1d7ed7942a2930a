import Type, { type Static, type TProperties, type TSchema } from "typebox";
import { CAUSE_CATEGORIES } from "../causes.js";

/**
 * Definitions that all file formats of a rulebook share. The definitions in this directory are the single source of truth:
 * the `.schema.json` files beside them are generated, and the types of `model/` are derived.
 */

export const Note = Type.Optional(
  Type.String({
    description: "a comment for readers; it has no effect",
    examples: ["two banks say 17:00; the more careful of the two is kept"],
  }),
);

/** An object without unknown keys. `note` is allowed everywhere, because JSON has no comments. */
export const StrictObject = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(
    {
      ...leadingKeys(properties),
      note: Note,
      ...properties,
    },
    { additionalProperties: false, description },
  );

/** The keys before `note`. The order of keys in a schema is the order in which `fmt` writes them. */
const leadingKeys = (properties: TProperties): object =>
  Object.fromEntries(Object.entries(properties).filter(([key]) => key === "name" || key === "title"));

/** A shared schema with a description for the place of use. */
export const described = <T extends TSchema>(
  schema: T,
  description: string,
  examples?: readonly unknown[],
): T => ({
  ...schema,
  description,
  ...(examples && { examples }),
});

/**
 * A text in one format. The loader checks by `format` what a pattern cannot (that 30 February does not exist), and has one
 * help text for each format.
 */
const formattedText = (format: string, pattern: string, description: string, examples: string[]) =>
  Type.String({ format, pattern, description, examples });

export const SchemaLink = Type.Optional(
  Type.String({
    description:
      "the relative path of the schema: editors read it, and its file name determines the kind of this file",
    examples: [
      "../src/model/schema/systems.schema.json",
      "../node_modules/daozhang/src/model/schema/systems.schema.json",
    ],
  }),
);

/** Names of the lower layer that a file redefines. Without it, a second definition of a name is an error. */
export const replaces = (what: string, example: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, description: what, examples: [example] }), {
      minItems: 1,
      sortedBy: [],
      description: `${what} of the extended pack that this file redefines; only what is named here is replaced`,
      examples: [[example]],
    }),
  );

export const Id = formattedText(
  "name",
  "^[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9][A-Za-z0-9-]*)*$",
  "a name: letters, digits and hyphens in parts joined by dots",
  ["cn.hvps", "payee.bank"],
);

export const DateText = formattedText(
  "calendar-date",
  "^\\d{4}-\\d{2}-\\d{2}$",
  "a calendar date, YYYY-MM-DD",
  ["2026-02-14"],
);

export const InstantText = formattedText(
  "instant",
  "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$",
  "an instant, ISO 8601 with an offset",
  ["2026-02-13T23:00:00+08:00"],
);

export const TimeText = formattedText(
  "time-of-day",
  "^([+-]\\d{1,2}d )?(([01]\\d|2[0-3]):[0-5]\\d|24:00)$",
  "a local time of day, HH:MM, with a day offset if it lies outside the day",
  ["23:00", "24:00", "-1d 20:30", "+1d 02:00"],
);

export const DurationText = formattedText(
  "length-of-time",
  "^P(?=.)(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$",
  "a duration, ISO 8601; a day is 24 hours, months and years are not allowed",
  ["PT2H", "PT30M", "P1D"],
);

export const LagText = formattedText(
  "lag",
  "^[TD]\\+\\d{1,3}$",
  "T+n counts business days of the step's calendar, D+n counts calendar days",
  ["T+1", "D+1", "T+0"],
);

/** A name that must be declared elsewhere in the rulebook. */
export const Reference = (kind: "calendar" | "system" | "fact", description: string) =>
  Type.String({ refersTo: kind, description, examples: EXAMPLES[kind] });

const EXAMPLES = {
  calendar: ["cn.hvps"],
  system: ["hvps", "payee.bank"],
  fact: ["payee.bank"],
};

/** An object whose keys are names. */
export const NamedRecord = <T extends TSchema>(one: T, description: string) =>
  Type.Record(Id, one, { additionalProperties: false, description });

export const Zone = Type.String({
  format: "time-zone",
  description: "an IANA time zone",
  examples: ["Asia/Shanghai", "Asia/Hong_Kong"],
});

export const Title = Type.Object(
  {
    zh: Type.String({ minLength: 1, description: "in Chinese", examples: ["大额支付系统"] }),
    en: Type.String({ minLength: 1, description: "in English", examples: ["High-Value Payment System"] }),
  },
  { additionalProperties: false, description: "the display name in Chinese and English" },
);

export const Source = StrictObject(
  {
    title: Type.String({
      minLength: 1,
      description: "the title of the notice, page or letter",
      examples: ["国务院办公厅关于2026年部分节假日安排的通知"],
    }),
    link: Type.Optional(
      Type.String({
        description: "its web address",
        examples: ["https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"],
      }),
    ),
    number: Type.Optional(
      Type.String({ description: "the number of an official notice", examples: ["国办发明电〔2025〕7号"] }),
    ),
    published: Type.Optional(described(DateText, "the date on the document, YYYY-MM-DD")),
    grade: Type.Optional(
      Type.Enum(["A", "B", "C"], {
        description: "A: the issuer's own text; B: press or trade reprint; C: blog, Q&A, aggregator",
      }),
    ),
  },
  "the source of a fact",
);

export const Sources = Type.Array(Source, { description: "the sources", minItems: 1 });

export const Basis = Type.Enum(["published", "assumed"], {
  description:
    "published: stated by an authoritative source; assumed: a default that the operator should override",
});

/**
 * One value for all three bounds, or one for each. Choices between JSON types are one schema with several `type`s instead
 * of `anyOf`, so that an error inside a branch is one error of that branch.
 */
export const Spread = <T extends TSchema>(one: T) => {
  const { description = "" } = one as { description?: string };
  const { properties, required } = StrictObject(
    {
      earliest: described(one, `for the earliest possible arrival: ${description}`),
      expected: described(one, `for the expected arrival: ${description}`),
      latest: described(one, `for the latest arrival that is still normal: ${description}`),
    },
    "",
  );
  return Type.Unsafe<
    Static<T> | { earliest: Static<T>; expected: Static<T>; latest: Static<T>; note?: string }
  >({
    ...one,
    type: ["string", "object"],
    properties,
    required,
    additionalProperties: false,
  });
};

/** One of several objects, distinguished by the value of one key. */
export const OneOf = <T extends TSchema[]>(propertyName: string, oneOf: [...T], description: string) =>
  Type.Unsafe<Static<T[number]>>({
    type: "object",
    description,
    discriminator: { propertyName },
    oneOf,
  });

export const Calendars = Type.Unsafe<string | string[]>({
  type: ["string", "array"],
  refersTo: "calendar",
  items: Reference("calendar", "a calendar"),
  minItems: 1,
  description: "the calendar whose business days count; of several, a day counts if all are open",
  examples: ["cn.hvps", ["cn.statutory", "hk.bank"]],
});

export const Period = StrictObject(
  {
    from: Type.Optional(described(DateText, "the first day, YYYY-MM-DD (default: no start)")),
    until: Type.Optional(described(DateText, "the day after the last day, YYYY-MM-DD (default: no end)")),
  },
  "a range of dates: `from` is included, `until` is not",
);

export const CauseCategory = Type.Enum(CAUSE_CATEGORIES, {
  description: "the cause, one of the ten causes of a delay",
});

export const Party = Type.Enum(
  ["payer", "platform", "payer-bank", "rail", "payee-bank", "payee", "police", "regulator"],
  { description: "who must act" },
);

export const MilestoneName = Type.Enum(["accepted", "sent", "settled", "credited"], {
  description: "the milestone reached at the end of the step",
});

/** Keys for the origin of a definition. */
export const provenance = {
  basis: Type.Optional(Basis),
  source: Type.Optional(Sources),
};

export type Title = Static<typeof Title>;
export type Source = Static<typeof Source>;
export type Basis = Static<typeof Basis>;
export type Period = Static<typeof Period>;
export type CauseCategory = Static<typeof CauseCategory>;
export type Party = Static<typeof Party>;
export type MilestoneName = Static<typeof MilestoneName>;
