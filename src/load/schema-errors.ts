import { closestChoice, loadMessages, type Sentence } from "../errors.js";
import type { DeclaredNames, Referable } from "./declared-names.js";
import type { Format } from "./formats.js";
import { fromPointer, type Segments } from "./path.js";

/** Translates ajv errors into our messages, one issue per fault. */

/** The used fields of an ajv error. Only `check.ts` imports ajv itself. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: {
    readonly missingProperty?: string;
    readonly additionalProperty?: string;
    readonly tag?: string;
    readonly tagValue?: unknown;
    readonly type?: string | readonly string[];
    readonly allowedValues?: readonly string[];
    readonly allowedValue?: string;
    readonly comparison?: string;
    readonly limit?: number;
  };
  readonly parentSchema?: object;
  readonly data?: unknown;
}

export interface SchemaIssue {
  readonly segments: Segments;
  readonly part: "value" | "key";
  readonly sentence: Sentence;
  /** An undeclared reference. It does not make the file invalid. */
  readonly isReference: boolean;
}

/** The issues of one JSON value, in the order of ajv's errors. */
export function schemaIssuesOf(
  json: unknown,
  errors: readonly SchemaError[],
  declared: DeclaredNames,
): SchemaIssue[] {
  const misspelt = new Set(errors.flatMap(intendedKey));
  const seen = new Set<string>();
  return errors.flatMap((error) => {
    const missing =
      error.keyword === "required" && misspelt.has(`${error.instancePath}/${missingKey(error)}`);
    const place = placeOf(error);
    if (missing || seen.has(place)) return [];
    seen.add(place);
    return {
      ...schemaIssueOf(json, error, declared),
      isReference: error.keyword === "refersTo",
    };
  });
}

/** The schema keywords that messages use. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly oneOf?: readonly SchemaNode[];
  readonly const?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly format?: Format;
  readonly refersTo?: Referable;
}

const schemaOf = (error: SchemaError): SchemaNode => (error.parentSchema ?? {}) as SchemaNode;

const missingKey = (error: SchemaError): string => String(error.params.missingProperty);

/** Errors at the same place are one fault. Each key of an object is its own place. */
function placeOf(error: SchemaError): string {
  const { missingProperty, additionalProperty, tag } = error.params;
  const key: unknown = missingProperty ?? additionalProperty ?? tag;
  return key === undefined ? error.instancePath : `${error.instancePath}/${String(key)}`;
}

/** The missing key that an unknown key probably misspells, so that both errors become one issue. */
function intendedKey(error: SchemaError): string[] {
  if (error.keyword !== "additionalProperties") return [];
  const meant = closestChoice(String(error.params.additionalProperty), keysOf(schemaOf(error)));
  return meant === undefined ? [] : [`${error.instancePath}/${meant}`];
}

const keysOf = (schema: SchemaNode): string[] => Object.keys(schema.properties ?? {});

type PlacedMessage = Pick<SchemaIssue, "segments" | "part" | "sentence">;

function schemaIssueOf(json: unknown, error: SchemaError, declared: DeclaredNames): PlacedMessage {
  const here = fromPointer(json, error.instancePath);
  const value = (sentence: Sentence): PlacedMessage => ({ segments: here, part: "value", sentence });
  const schema = schemaOf(error);
  switch (error.keyword) {
    case "required":
      return value(
        loadMessages.missingKey(missingKey(error), hintOf(schema.properties?.[missingKey(error)] ?? {})),
      );
    case "additionalProperties": {
      const key = String(error.params.additionalProperty);
      return { segments: [...here, key], part: "key", sentence: unknownKey(key, schema) };
    }
    case "discriminator": {
      const { tag = "", tagValue } = error.params;
      const choices = (schema.oneOf ?? []).map((one) => String(one.properties?.[tag]?.const));
      if (tagValue === undefined) return value(loadMessages.missingChoice(tag, choices));
      return { ...value(loadMessages.notAChoice(tagValue, choices)), segments: [...here, tag] };
    }
    case "refersTo":
      return value(reference(schema.refersTo ?? "fact", String(error.data), declared));
    default:
      return value(valueSentence(error, schema));
  }
}

function valueSentence({ keyword, params, data }: SchemaError, schema: SchemaNode): Sentence {
  switch (keyword) {
    case "type":
      return loadMessages.wrongType(data, [params.type ?? []].flat(), hintOf(schema));
    case "enum":
      return loadMessages.notAChoice(data, params.allowedValues ?? []);
    case "const":
      return loadMessages.notAChoice(data, [params.allowedValue ?? ""]);
    case "pattern":
    case "format":
      return loadMessages.badText(data, schema.format ?? "name");
    case "minItems":
    case "minLength":
      return loadMessages.empty(hintOf(schema));
    case "maxItems":
      return loadMessages.tooMany(params.limit ?? 0);
    default:
      return loadMessages.outOfRange(data, `${params.comparison} ${params.limit}`);
  }
}

function unknownKey(key: string, schema: SchemaNode): Sentence {
  if (schema.patternProperties === undefined) return loadMessages.unknownKey(key, keysOf(schema));
  const isYear = "^\\d{4}$" in schema.patternProperties;
  return loadMessages.badText(key, isYear ? "year" : "name");
}

const reference = (kind: Referable, name: string, declared: DeclaredNames): Sentence =>
  declared.isOverridden(kind, name)
    ? loadMessages.taken(kind, name)
    : loadMessages.undeclared(kind, name, [...declared[kind]].sort());

function hintOf({ description, examples, format }: SchemaNode): string | undefined {
  if (format !== undefined) return loadMessages.remedyOf(format);
  const [example] = examples ?? [];
  const suffix =
    example === undefined
      ? ""
      : `, as in \`${typeof example === "string" ? example : JSON.stringify(example)}\``;
  return description === undefined ? undefined : `${description}${suffix}`;
}
