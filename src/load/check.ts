import { createRequire } from "node:module";
import type { Ajv, ValidateFunction } from "ajv";
import { loadSays, type Problem } from "../errors.js";
import { type Declared, namesDeclaredIn, type Referable } from "./declared.js";
import { type Document, type Documents, PROBLEMS_MAX, untold } from "./document.js";
import { formats } from "./formats.js";
import { type Kind, type Kinds, schemaNameOf } from "./kinds.js";
import { placeIn } from "./locate.js";
import { ownerName } from "./name.js";
import { overridesIn } from "./overrides.js";
import type { Checked, Part, Parts } from "./parts.js";
import { KINDS, kindOf, SCHEMAS, schemaFile } from "./schemas.js";
import { type Finding, findingsOf } from "./translate.js";

/** Documents against their schemas: the only place that knows ajv, which is loaded when a file is first held against one. */

/** `trusted` documents are known to be as their schemas say, and are held against none. */
export function checkDocuments(documents: Documents, trusted = false): Checked {
  const overrides = overridesIn(documents);
  const declared = namesDeclaredIn(documents, overrides);
  const faulty = new WeakSet<object>();
  const problems: Problem[] = documents.flatMap((document) => document.problems);
  const checked = documents.flatMap((document) => {
    const kind = kindOf(document.json);
    if (kind === undefined) {
      problems.push(...noKind(document));
      return [];
    }
    const { found, count } = trusted ? NOTHING : findingsIn(kind, document, declared);
    if (count > PROBLEMS_MAX) {
      const told = found.slice(0, PROBLEMS_MAX).map((finding) => problemOf(document, finding));
      problems.push(...told, ...untold(document.file, count - told.length));
      return [];
    }
    const findings = found.filter(
      ({ isReference, segments }) => !(isReference && overrides.coversPlace(document, segments)),
    );
    for (const finding of findings) markFaulty(faulty, document, finding);
    problems.push(...findings.map((finding) => problemOf(document, finding)));
    return { kind, document, sound: findings.every(({ isReference }) => isReference) };
  });
  return { parts: partsOf(checked), declared, overrides, faulty, problems };
}

/** What the schema has passed is what the type says; the rest is never read without asking `faulty`. */
function partsOf(checked: readonly { kind: Kind; document: Document; sound: boolean }[]): Parts {
  const of = <K extends Kind>(wanted: K): Part<K>[] =>
    checked
      .filter(({ kind }) => kind === wanted)
      .map(({ document, sound }) => ({ document, json: document.json as Kinds[K], sound }));
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

function noKind(document: Document): Problem[] {
  if (document.json === undefined) return [];
  const choices = KINDS.map(schemaFile);
  const name = schemaNameOf(document.json);
  return [
    name === undefined
      ? { ...placeIn(document, []), ...loadSays.noSchema(choices) }
      : { ...placeIn(document, ["$schema"]), ...loadSays.unknownSchema(name, choices) },
  ];
}

function problemOf(document: Document, { segments, part, sentence }: Finding): Problem {
  const name = ownerName(document.json, segments);
  return { ...placeIn(document, segments, part), ...(name === undefined ? {} : { name }), ...sentence };
}

function markFaulty(faulty: WeakSet<object>, document: Document, { segments, isReference }: Finding): void {
  if (isReference) return;
  let value: unknown = document.json;
  for (const segment of [...segments, undefined]) {
    if (typeof value !== "object" || value === null) return;
    faulty.add(value);
    if (segment !== undefined) value = (value as Record<string | number, unknown>)[segment];
  }
}

interface Found {
  readonly found: readonly Finding[];
  /** How many there are, those that were not looked at among them. */
  readonly count: number;
}

const NOTHING: Found = { found: [], count: 0 };

/** Several errors of ajv may be one finding; of a flood of them no more are looked at. */
const ERRORS_MAX = 4 * PROBLEMS_MAX;

function findingsIn(kind: Kind, document: Document, declared: Declared): Found {
  const validate = validatorOf(kind);
  if (validate.call(declared, document.json)) return NOTHING;
  const errors = validate.errors ?? [];
  const found = findingsOf(document.json, errors.slice(0, ERRORS_MAX), declared);
  return { found, count: found.length + Math.max(0, errors.length - ERRORS_MAX) };
}

const validators = new Map<Kind, ValidateFunction>();
let ajv: Ajv | undefined;

/** Compiled when the first file of its kind comes: only schemas of this package are ever compiled. */
function validatorOf(kind: Kind): ValidateFunction {
  ajv ??= newAjv();
  const validate = validators.get(kind) ?? ajv.compile(SCHEMAS[kind]);
  validators.set(kind, validate);
  return validate;
}

function newAjv(): Ajv {
  const loaded = createRequire(import.meta.url)("ajv") as typeof import("ajv");
  const fresh = new loaded.Ajv({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    discriminator: true,
    verbose: true,
    messages: false,
    passContext: true,
    ownProperties: true,
    // A test holds the schemas against the meta-schema; doing it here would cost every start.
    meta: false,
    validateSchema: false,
    // Makes the compiled code smaller and no faster here, and doubles the time to compile it.
    code: { optimize: false },
    formats,
  });
  // For the canonical form alone: see `canonical.ts`.
  fresh.addKeyword("sortedBy");
  fresh.addKeyword({ keyword: "refersTo", type: "string", validate: isDeclared, errors: false });
  return fresh;
}

function isDeclared(this: Declared, kind: Referable, name: string): boolean {
  return this[kind].has(name) || this.mayDeclare(name);
}
