import Type, { type Static } from "typebox";
import { Closed, SchemaLink } from "./common.js";

/** What `check` may find, by code. */
export const FINDING_CODES = [
  "tie",
  "never-decides",
  "duplicate",
  "gap",
  "undecided",
  "sooner",
  "hours-gap",
  "hours-overlap",
  "calendar-year",
  "coverage-ends",
  "projection-begins",
  "window-past",
  "source-undated",
  "unused",
  "unproved",
  "confirms-nothing",
] as const;

export const FindingCode = Type.Enum([...FINDING_CODES], {
  description: "the kind of finding",
  examples: ["sooner", "unused"],
});

export const FindingSeverity = Type.Enum(["error", "warning", "info", "off"], {
  description: "error and warning make `check` end with 1, info is only told, off is not looked for",
});

export const Confirmation = Closed(
  {
    finding: FindingCode,
    name: Type.String({
      minLength: 1,
      description:
        "the rule, system, calendar, fact or channel that the finding names; one that ends in `*` stands for all that begin so",
      examples: ["cn.atm", "pboc-*"],
    }),
    reason: Type.String({ minLength: 1, description: "why it is meant, for whoever reads this next" }),
  },
  "a finding that somebody has looked at and that is meant as it is",
);

export const CheckFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Type.Optional(Type.String({ description: "a remark for people; it changes nothing" })),
    severities: Type.Optional(
      Type.Partial(
        Type.Object(Object.fromEntries(FINDING_CODES.map((code) => [code, FindingSeverity])), {
          additionalProperties: false,
          description: "how much a finding weighs, by its code, where that differs from the default",
        }),
      ),
    ),
    confirmed: Type.Optional(
      Type.Array(Confirmation, { description: "findings that are meant as they are" }),
    ),
  },
  { additionalProperties: false, title: "what `check` makes of its findings" },
);

export type FindingCode = (typeof FINDING_CODES)[number];
export type FindingSeverity = Static<typeof FindingSeverity>;
export type Confirmation = Static<typeof Confirmation>;
export interface CheckFile {
  $schema?: string;
  note?: string;
  severities?: Partial<Record<FindingCode, FindingSeverity>>;
  confirmed?: Confirmation[];
}
