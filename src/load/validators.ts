import { createRequire } from "node:module";
import type { Ajv } from "ajv";
import type { DeclaredNames, Referable } from "./declared-names.js";
import { formats } from "./formats.js";
import type { Kind } from "./kinds.js";
import type { SchemaError } from "./schema-errors.js";
import { SCHEMAS } from "./schemas.js";

/**
 * Schema validators: the only place that knows ajv, which is loaded when a file is first validated. `daozhang/core` has
 * validators that were generated when the package was built instead, because ajv makes code at run time.
 */

/** Validates JSON; `this` are the names that references may use. */
export interface Validate {
  call(declared: DeclaredNames, json: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

const validators = new Map<Kind, Validate>();
let ajv: Ajv | undefined;

/** Compiles a schema when the first file of its kind needs it. Only schemas of this package are compiled. */
export function validatorOf(kind: Kind): Validate {
  ajv ??= newAjv();
  const validate = validators.get(kind) ?? (ajv.compile(SCHEMAS[kind]) as unknown as Validate);
  validators.set(kind, validate);
  return validate;
}

function newAjv(): Ajv {
  const loaded = createRequire(import.meta.url)("ajv") as typeof import("ajv");
  return withKeywords(new loaded.Ajv(ajvOptions));
}

export const ajvOptions = {
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  discriminator: true,
  verbose: true,
  messages: false,
  passContext: true,
  ownProperties: true,
  // A test validates the schemas against the meta-schema; doing it here would slow every start.
  meta: false,
  validateSchema: false,
  // Optimizing doubles the compile time and does not make validation faster.
  code: { optimize: false },
  formats,
} as const;

/** Adds our keywords. `sortedBy` is read by `canonical-form.ts` only. */
function withKeywords(ajv: Ajv): Ajv {
  ajv.addKeyword("sortedBy");
  return ajv.addKeyword({ keyword: "refersTo", type: "string", validate: isDeclared, errors: false });
}

function isDeclared(this: DeclaredNames, kind: Referable, name: string): boolean {
  return this[kind].has(name) || this.mayDeclare(name);
}
