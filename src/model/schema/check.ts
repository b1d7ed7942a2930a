import Type, { type Static } from "typebox";
import { Note, SchemaLink, StrictObject } from "./common.js";

/** What `check` may find, by code. */
export const FINDINGS = {
  tie: "two rules that can match one payment with equal priority",
  "never-decides": "a rule that no payment can match, or for which a higher one always decides",
  duplicate: "a rule, window or hold that does what another does",
  gap: "payments of a channel that no rule takes",
  undecided: "a question that could not be settled for all payments",
  sooner: "payments that arrive later than one that is sent after them",
  "hours-gap": "dates for which the hours of a system are not known",
  "hours-overlap": "two eras of a system's hours that hold at once",
  "calendar-year": "a year for which a calendar on top of another has no notice of its own",
  "coverage-ends": "a calendar that ends within 60 days, or within the longest lag, and is not projected",
  "projection-begins":
    "a calendar that is official for less than 60 days, or than the longest lag, and projected after",
  "window-past": "a window that was over 60 days ago",
  "source-undated": "a source without `published`",
  unused: "a fact, system, condition, calendar or text that nothing uses",
  unproved: "a planned hold that no example meets",
  "confirms-nothing": "a confirmation of what is not found any more",
} as const;

export type FindingCode = keyof typeof FINDINGS;

export const FINDING_CODES = Object.keys(FINDINGS) as FindingCode[];

export const FindingCode = Type.Enum([...FINDING_CODES], {
  description: `the kind of finding: ${Object.entries(FINDINGS)
    .map(([code, meaning]) => `${code}: ${meaning}`)
    .join("; ")}`,
});

const SEVERITIES = ["error", "warning", "info", "off"] as const;
export type FindingSeverity = (typeof SEVERITIES)[number];

const severityOf = ([code, meaning]: readonly [string, string]) =>
  [
    code,
    Type.Optional(
      Type.Enum([...SEVERITIES], {
        description: `${meaning}; error and warning: \`check\` ends with 1; info: only told; off: not told`,
      }),
    ),
  ] as const;

export const Confirmation = StrictObject(
  {
    finding: FindingCode,
    name: Type.String({
      minLength: 1,
      description:
        "the rule, system, calendar, fact or channel that the finding names; one that ends in `*` stands for all that begin so",
      examples: ["cn.atm", "pboc-*"],
    }),
    reason: Type.String({
      minLength: 1,
      description: "why it is meant, for whoever reads this next",
      examples: ["the machine takes the slower way at night, as the bank has published"],
    }),
  },
  "a finding that somebody has looked at and that is meant as it is",
);

export const CheckFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Note,
    severities: Type.Optional(
      Type.Object(Object.fromEntries(Object.entries(FINDINGS).map(severityOf)), {
        additionalProperties: false,
        description: "how much a finding weighs, by its code, where that differs from the default",
      }),
    ),
    confirmed: Type.Optional(
      Type.Array(Confirmation, { description: "findings that are meant as they are" }),
    ),
  },
  { additionalProperties: false, title: "what `check` makes of its findings" },
);

export type Confirmation = Static<typeof Confirmation>;
export interface CheckFile {
  $schema?: string;
  note?: string;
  severities?: Partial<Record<FindingCode, FindingSeverity>>;
  confirmed?: Confirmation[];
}
