import Type, { type Static, type TProperties, type TSchema } from "typebox";

/**
 * The pieces that every file of a rulebook is made of. These definitions are the one source of truth: the
 * `.schema.json` files beside them are written from here, and the types of `model/` are derived from here.
 */

/** An object of a file: unknown keys are errors, and `note` is allowed everywhere because JSON has no comments. */
export const Closed = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(
    {
      ...properties,
      note: Type.Optional(Type.String({ description: "a remark for people; it changes nothing" })),
    },
    { additionalProperties: false, description },
  );

/**
 * A text of one kind. `format` is what the loader calls the kind: it checks there what a pattern cannot say (that
 * the 30th of February does not exist), and has one remedy for each kind.
 */
const text = (format: string, pattern: string, description: string, examples: string[]) =>
  Type.String({ format, pattern, description, examples });

export const SchemaLink = Type.Optional(
  Type.String({ description: "where an editor finds the schema of this file, relative to it" }),
);

export const Id = text(
  "name",
  "^[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9][A-Za-z0-9-]*)*$",
  "a name: letters, digits and hyphens in parts joined by dots",
  ["cn.hvps", "payee.bank"],
);

export const DateText = text("calendar-date", "^\\d{4}-\\d{2}-\\d{2}$", "a calendar date, YYYY-MM-DD", [
  "2026-02-14",
]);

export const InstantText = text(
  "instant",
  "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$",
  "an instant, ISO 8601 with an offset",
  ["2026-02-13T23:00:00+08:00"],
);

export const TimeText = text(
  "time-of-day",
  "^([+-]\\d{1,2}d )?(([01]\\d|2[0-3]):[0-5]\\d|24:00)$",
  "a local time of day, HH:MM, with a day offset where it lies outside the day",
  ["23:00", "24:00", "-1d 20:30", "+1d 02:00"],
);

export const DurationText = text(
  "length-of-time",
  "^P(?=.)(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$",
  "a length of time, ISO 8601; a day is 24 hours, months and years are not lengths",
  ["PT2H", "PT30M", "P1D"],
);

export const LagText = text(
  "lag",
  "^[TD]\\+\\d{1,3}$",
  "T+n counts business days of the calendar that the step names, D+n counts calendar days",
  ["T+1", "D+1", "T+0"],
);

/** A name that must be declared in another place of the rulebook. */
export const NameOf = (kind: "calendar" | "system" | "fact", description: string) =>
  Type.String({ refersTo: kind, description });

/** An object of named things. */
export const ByName = <T extends TSchema>(one: T) => Type.Record(Id, one, { additionalProperties: false });

export const Zone = Type.String({
  format: "time-zone",
  description: "an IANA time zone",
  examples: ["Asia/Shanghai", "Asia/Hong_Kong"],
});

export const Title = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false, description: "what people are shown, in Chinese and in English" },
);

export const Source = Closed(
  {
    title: Type.String({ minLength: 1, description: "what was read: the notice, page or letter" }),
    link: Type.Optional(Type.String({ description: "where it was read" })),
    number: Type.Optional(Type.String({ description: "the number of an official notice" })),
    published: Type.Optional(DateText),
    grade: Type.Optional(
      Type.Enum(["A", "B", "C"], {
        description: "A: the issuer's own text; B: press or trade reprint; C: blog, Q&A, aggregator",
      }),
    ),
  },
  "where a fact comes from",
);

export const Sources = Type.Array(Source, { description: "where the facts come from", minItems: 1 });

export const Basis = Type.Enum(["published", "assumed"], {
  description:
    "published: somebody who would know has said so; assumed: a default for the operator to override",
});

/**
 * One value for all three bounds, or one for each. Like every choice between JSON types it is one schema with several
 * `type`s and no `anyOf`, so that a fault inside a branch is one fault, said of that branch.
 */
export const Spread = <T extends TSchema>(one: T) => {
  const { properties, required } = Closed({ earliest: one, expected: one, latest: one }, "");
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

/** One of several objects, told apart by the value of one key. */
export const OneOf = <T extends TSchema[]>(propertyName: string, oneOf: [...T]) =>
  Type.Unsafe<Static<T[number]>>({
    type: "object",
    discriminator: { propertyName },
    oneOf,
  });

export const Calendars = Type.Unsafe<string | string[]>({
  type: ["string", "array"],
  refersTo: "calendar",
  items: NameOf("calendar", "a calendar"),
  minItems: 1,
  description: "the calendar whose business days count; of several, a day counts when all are open",
});

export const Period = Closed(
  {
    from: Type.Optional(DateText),
    until: Type.Optional(DateText),
  },
  "a half-open range of dates: `from` is in it, `until` is not",
);

export const CauseCategory = Type.Enum(
  [
    "maintenance",
    "wrong-details",
    "bank-processing",
    "risk-hold",
    "force-majeure",
    "holiday",
    "platform",
    "manual-review",
    "regulatory",
    "customer",
  ],
  { description: "which of the ten causes of a delay this is" },
);

export const Party = Type.Enum(
  ["payer", "platform", "payer-bank", "rail", "payee-bank", "payee", "police", "regulator"],
  { description: "who must act" },
);

export const MilestoneName = Type.Enum(["accepted", "sent", "settled", "credited"], {
  description: "what has been reached when the step ends",
});

/** Keys that anything from outside carries. */
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
