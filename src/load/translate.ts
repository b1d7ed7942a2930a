import { loadSays, meantBy, type Sentence } from "../errors.js";
import type { Declared, Referable } from "./declared.js";
import type { Format } from "./formats.js";
import { fromPointer, type Segments } from "./path.js";

/** ajv's findings in our sentences: one fault, one finding. */

/** As much of ajv's error objects as is read here; ajv itself is known to `check` alone. */
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

export interface Finding {
  readonly segments: Segments;
  readonly part: "value" | "key";
  readonly sentence: Sentence;
  /** A name that is declared nowhere: the file itself is as its schema says. */
  readonly isReference: boolean;
}

/** The findings about one JSON value, in ajv's order. */
export function findingsOf(json: unknown, errors: readonly SchemaError[], declared: Declared): Finding[] {
  const misspelt = new Set(errors.flatMap(meantKey));
  const seen = new Set<string>();
  return errors.flatMap((error) => {
    const missing =
      error.keyword === "required" && misspelt.has(`${error.instancePath}/${missingKey(error)}`);
    const place = placeOf(error);
    if (missing || seen.has(place)) return [];
    seen.add(place);
    return {
      ...findingOf(json, error, declared),
      isReference: error.keyword === "refersTo",
    };
  });
}

/** What a schema says of a place, as far as sentences use it. */
interface Said {
  readonly properties?: Readonly<Record<string, Said>>;
  readonly patternProperties?: Readonly<Record<string, Said>>;
  readonly oneOf?: readonly Said[];
  readonly const?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly format?: Format;
  readonly refersTo?: Referable;
}

const saidOf = (error: SchemaError): Said => (error.parentSchema ?? {}) as Said;

const missingKey = (error: SchemaError): string => String(error.params.missingProperty);

/** Two errors about one value are one fault; an object may have one about each of its keys. */
function placeOf(error: SchemaError): string {
  const { missingProperty, additionalProperty, tag } = error.params;
  const key: unknown = missingProperty ?? additionalProperty ?? tag;
  return key === undefined ? error.instancePath : `${error.instancePath}/${String(key)}`;
}

/** The missing key that an unknown one is probably meant to be: then one finding says it all. */
function meantKey(error: SchemaError): string[] {
  if (error.keyword !== "additionalProperties") return [];
  const meant = meantBy(String(error.params.additionalProperty), keysOf(saidOf(error)));
  return meant === undefined ? [] : [`${error.instancePath}/${meant}`];
}

const keysOf = (said: Said): string[] => Object.keys(said.properties ?? {});

type Translated = Pick<Finding, "segments" | "part" | "sentence">;

function findingOf(json: unknown, error: SchemaError, declared: Declared): Translated {
  const here = fromPointer(json, error.instancePath);
  const value = (sentence: Sentence): Translated => ({ segments: here, part: "value", sentence });
  const said = saidOf(error);
  switch (error.keyword) {
    case "required":
      return value(
        loadSays.missingKey(missingKey(error), hintOf(said.properties?.[missingKey(error)] ?? {})),
      );
    case "additionalProperties": {
      const key = String(error.params.additionalProperty);
      return { segments: [...here, key], part: "key", sentence: unknownKey(key, said) };
    }
    case "discriminator": {
      const { tag = "", tagValue } = error.params;
      const choices = (said.oneOf ?? []).map((one) => String(one.properties?.[tag]?.const));
      if (tagValue === undefined) return value(loadSays.missingChoice(tag, choices));
      return { ...value(loadSays.notAChoice(tagValue, choices)), segments: [...here, tag] };
    }
    case "refersTo":
      return value(reference(said.refersTo ?? "fact", String(error.data), declared));
    default:
      return value(valueSentence(error, said));
  }
}

function valueSentence({ keyword, params, data }: SchemaError, said: Said): Sentence {
  switch (keyword) {
    case "type":
      return loadSays.wrongType(data, [params.type ?? []].flat(), hintOf(said));
    case "enum":
      return loadSays.notAChoice(data, params.allowedValues ?? []);
    case "const":
      return loadSays.notAChoice(data, [params.allowedValue ?? ""]);
    case "pattern":
    case "format":
      return loadSays.badText(data, said.format ?? "name");
    case "minItems":
    case "minLength":
      return loadSays.empty(hintOf(said));
    case "maxItems":
      return loadSays.tooMany(params.limit ?? 0);
    default:
      return loadSays.outOfRange(data, `${params.comparison} ${params.limit}`);
  }
}

function unknownKey(key: string, said: Said): Sentence {
  if (said.patternProperties === undefined) return loadSays.unknownKey(key, keysOf(said));
  const isYear = "^\\d{4}$" in said.patternProperties;
  return loadSays.badText(key, isYear ? "year" : "name");
}

const reference = (kind: Referable, name: string, declared: Declared): Sentence =>
  declared.isTaken(kind, name)
    ? loadSays.taken(kind, name)
    : loadSays.undeclared(kind, name, [...declared[kind]].sort());

function hintOf({ description, examples, format }: Said): string | undefined {
  if (format !== undefined) return loadSays.remedyOf(format);
  const [such] = examples ?? [];
  const shown =
    such === undefined ? "" : `, as in \`${typeof such === "string" ? such : JSON.stringify(such)}\``;
  return description === undefined ? undefined : `${description}${shown}`;
}
