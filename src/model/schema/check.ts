import Type, { type Static } from "typebox";
import { Note, SchemaLink, StrictObject } from "./common.js";

/** The meanings of findings, by code. */
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
        description: `${meaning}; error and warning: \`check\` exits with 1; info: reported only; off: not reported`,
      }),
    ),
  ] as const;

export const Confirmation = StrictObject(
  {
    finding: FindingCode,
    name: Type.String({
      minLength: 1,
      description:
        "the rule, system, calendar, fact or channel that the finding names; a name that ends in `*` matches by prefix",
      examples: ["cn.atm", "pboc-*"],
    }),
    reason: Type.String({
      minLength: 1,
      description: "why this is intended, for later readers",
      examples: ["the machine takes the slower way at night, as the bank has published"],
    }),
  },
  "a finding that has been reviewed and is intended",
);

export const CheckFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Note,
    severities: Type.Optional(
      Type.Object(Object.fromEntries(Object.entries(FINDINGS).map(severityOf)), {
        additionalProperties: false,
        description: "severities that differ from the default, by finding code",
      }),
    ),
    confirmed: Type.Optional(Type.Array(Confirmation, { description: "findings that are intended" })),
  },
  { additionalProperties: false, title: "the settings of `check`" },
);

export type Confirmation = Static<typeof Confirmation>;
export interface CheckFile {
  $schema?: string;
  note?: string;
  severities?: Partial<Record<FindingCode, FindingSeverity>>;
  confirmed?: Confirmation[];
}
