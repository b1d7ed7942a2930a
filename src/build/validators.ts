import { _, Ajv, type KeywordCxt } from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import { KINDS, SCHEMAS } from "../load/schemas.js";
import { ajvOptions } from "../load/validators.js";

/** Writes the validators of all schemas as a CommonJS module, for bundles that must not make code at run time. */
export function validatorsModule(): string {
  const { code, ...options } = ajvOptions;
  const ajv = new Ajv({
    ...options,
    code: { ...code, optimize: 2, source: true, formats: _`require("./formats.js").formats` },
  });
  ajv.addKeyword("sortedBy");
  // The same test as `isDeclared` of load/validators.ts, as code: a function could not be written into a module.
  ajv.addKeyword({
    keyword: "refersTo",
    type: "string",
    code(context: KeywordCxt) {
      const { data, schema } = context;
      context.fail(_`!(this[${schema as string}].has(${data}) || this.mayDeclare(${data}))`);
    },
  });
  for (const kind of KINDS) ajv.addSchema(SCHEMAS[kind], kind);
  const exported = Object.fromEntries(KINDS.map((kind) => [nameOf(kind), kind]));
  const write = standaloneCode as unknown as (ajv: Ajv, exported: Record<string, string>) => string;
  const table = KINDS.map((kind) => `${JSON.stringify(kind)}: exports.${nameOf(kind)}`).join(", ");
  return `${write(ajv, exported)}\nconst validators = { ${table} };\nexports.validatorOf = (kind) => validators[kind];\n`;
}

const nameOf = (kind: string): string => `validate_${kind.replaceAll("-", "_")}`;
