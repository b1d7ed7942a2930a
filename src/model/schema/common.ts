import Type, { type Static, type TProperties, type TSchema } from "typebox";

/**
 * The pieces that every file of a rulebook is made of. These definitions are the one source of truth: the
 * `.schema.json` files beside them are written from here, and the types of `model/` are derived from here.
 */

/** An object of a file: unknown keys are errors, and `note` is allowed everywhere because JSON has no comments. */
export const Closed = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(
    { ...properties, note: Type.Optional(Type.String({ description: "a remark for people; it changes nothing" })) },
    { additionalProperties: false, description },
  );

const text = (pattern: string, description: string, examples: string[]) =>
  Type.String({ pattern, description, examples });

export const SchemaLink = Type.Optional(
  Type.String({ description: "where an editor finds the schema of this file, relative to it" }),
);

export const Id = text(
  "^[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9][A-Za-z0-9-]*)*$",
  "a name: letters, digits and hyphens in parts joined by dots",
  ["cn.hvps", "payee.bank"],
);

export const DateText = text("^\\d{4}-\\d{2}-\\d{2}$", "a calendar date, YYYY-MM-DD", ["2026-02-14"]);

export const InstantText = text(
  "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$",
  "an instant, ISO 8601 with an offset",
  ["2026-02-13T23:00:00+08:00"],
);

export const TimeText = text(
  "^([+-]\\d{1,2}d )?(([01]\\d|2[0-3]):[0-5]\\d|24:00)$",
  "a local time of day, HH:MM, with a day offset where it lies outside the day",
  ["23:00", "24:00", "-1d 20:30", "+1d 02:00"],
);

export const DurationText = text(
  "^P(?=.)(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$",
  "a length of time, ISO 8601; a day is 24 hours, months and years are not lengths",
  ["PT2H", "PT30M", "P1D"],
);

export const LagText = text(
  "^[TD]\\+\\d{1,3}$",
  "T+n counts business days of the calendar that the step names, D+n counts calendar days",
  ["T+1", "D+1", "T+0"],
);

export const Zone = Type.String({
  description: "an IANA time zone",
  examples: ["Asia/Shanghai", "Asia/Hong_Kong"],
  minLength: 1,
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
  description: "published: somebody who would know has said so; assumed: a default for the operator to override",
});

/** One value for all three bounds, or one for each. */
export const Spread = <T extends TSchema>(one: T) =>
  Type.Union([
    one,
    Closed(
      { earliest: one, expected: one, latest: one },
      "the least possible, the typical, and the last value that is still normal",
    ),
  ]);

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
