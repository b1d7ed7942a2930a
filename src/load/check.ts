import { loadMessages, type Problem } from "../errors.js";
import { type DeclaredNames, declaredNamesIn } from "./declared-names.js";
import { type Document, type Documents, omittedProblems, PROBLEMS_MAX } from "./document.js";
import { type Kind, type Kinds, schemaNameOf } from "./kinds.js";
import { overridesIn } from "./overrides.js";
import { ownerName } from "./owner-name.js";
import type { CheckResult, Part, Parts } from "./parts.js";
import { placeIn } from "./places.js";
import { type SchemaIssue, schemaIssuesOf } from "./schema-errors.js";
import { KINDS, kindOf, schemaFile } from "./schemas.js";
import { validatorOf } from "./validators.js";

/** Validates documents against their schemas. The only user of ajv, which is loaded on first use. */

/** Skips schema validation for `trusted` documents, which passed it before. */
export function checkDocuments(documents: Documents, trusted = false): CheckResult {
  const overrides = overridesIn(documents);
  const declared = declaredNamesIn(documents, overrides);
  const faulty = new WeakSet<object>();
  const problems: Problem[] = documents.flatMap((document) => document.problems);
  const checked = documents.flatMap((document) => {
    const kind = kindOf(document.json);
    if (kind === undefined) {
      problems.push(...unknownKindProblem(document));
      return [];
    }
    const { issues, count } = trusted ? NO_ISSUES : schemaIssuesIn(kind, document, declared);
    if (count > PROBLEMS_MAX) {
      const reported = issues.slice(0, PROBLEMS_MAX).map((issue) => problemOf(document, issue));
      problems.push(...reported, ...omittedProblems(document.file, count - reported.length));
      return [];
    }
    const counted = issues.filter(
      ({ isReference, segments }) => !(isReference && overrides.isPlaceOverridden(document, segments)),
    );
    for (const issue of counted) markFaulty(faulty, document, issue);
    problems.push(...counted.map((issue) => problemOf(document, issue)));
    return { kind, document, valid: counted.every(({ isReference }) => isReference) };
  });
  return { parts: partsOf(checked), declared, overrides, faulty, problems };
}

/** The JSON of a valid part matches its type. Code that reads other parts must check `faulty` first. */
function partsOf(checked: readonly { kind: Kind; document: Document; valid: boolean }[]): Parts {
  const of = <K extends Kind>(wanted: K): Part<K>[] =>
    checked
      .filter(({ kind }) => kind === wanted)
      .map(({ document, valid }) => ({ document, json: document.json as Kinds[K], valid }));
  return {
    calendar: of("calendar"),
    "calendar-addition": of("calendar-addition"),
    channel: of("channel"),
    "channel-addition": of("channel-addition"),
    check: of("check"),
    conditions: of("conditions"),
    facts: of("facts"),
    holds: of("holds"),
    reasons: of("reasons"),
    rulebook: of("rulebook"),
    systems: of("systems"),
    texts: of("texts"),
    verdicts: of("verdicts"),
    windows: of("windows"),
  };
}

function unknownKindProblem(document: Document): Problem[] {
  if (document.json === undefined) return [];
  const choices = KINDS.map(schemaFile);
  const name = schemaNameOf(document.json);
  return [
    name === undefined
      ? { ...placeIn(document, []), ...loadMessages.noSchema(choices) }
      : { ...placeIn(document, ["$schema"]), ...loadMessages.unknownSchema(name, choices) },
  ];
}

function problemOf(document: Document, { segments, part, sentence }: SchemaIssue): Problem {
  const name = ownerName(document.json, segments);
  return { ...placeIn(document, segments, part), ...(name === undefined ? {} : { name }), ...sentence };
}

function markFaulty(
  faulty: WeakSet<object>,
  document: Document,
  { segments, isReference }: SchemaIssue,
): void {
  if (isReference) return;
  let value: unknown = document.json;
  for (const segment of [...segments, undefined]) {
    if (typeof value !== "object" || value === null) return;
    faulty.add(value);
    if (segment !== undefined) value = (value as Record<string | number, unknown>)[segment];
  }
}

interface SchemaIssues {
  readonly issues: readonly SchemaIssue[];
  /** The number of issues, including those that were not examined. */
  readonly count: number;
}

const NO_ISSUES: SchemaIssues = { issues: [], count: 0 };

/** Several ajv errors may be one issue. Errors beyond this limit are only counted. */
const ERRORS_MAX = 4 * PROBLEMS_MAX;

function schemaIssuesIn(kind: Kind, document: Document, declared: DeclaredNames): SchemaIssues {
  const validate = validatorOf(kind);
  if (validate.call(declared, document.json)) return NO_ISSUES;
  const errors = validate.errors ?? [];
  const issues = schemaIssuesOf(document.json, errors.slice(0, ERRORS_MAX), declared);
  return { issues, count: issues.length + Math.max(0, errors.length - ERRORS_MAX) };
}
