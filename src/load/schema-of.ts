/** The schema of a part of a file, found step by step from the top. */

export interface Said {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Said>>;
  readonly properties?: Readonly<Record<string, Said>>;
  readonly patternProperties?: Readonly<Record<string, Said>>;
  readonly items?: Said;
  readonly discriminator?: { readonly propertyName: string };
  readonly oneOf?: readonly Said[];
  readonly const?: unknown;
  readonly format?: string;
  /**
   * That the order of a list means nothing, and what it is written in the order of: each text is a path inside an
   * element, or several with `|` between them of which the first that is there counts; no path, the element itself.
   */
  readonly sortedBy?: readonly string[];
}

/** The schema that holds for a value, where a reference or a choice stands for it. */
export function resolved(said: Said, value: unknown, top: Said): Said {
  if (said.$ref !== undefined) return top.$defs?.[said.$ref.replace("#/$defs/", "")] ?? {};
  const key = said.discriminator?.propertyName;
  if (key === undefined || typeof value !== "object" || value === null) return said;
  const chosen = (value as Readonly<Record<string, unknown>>)[key];
  return said.oneOf?.find((one) => one.properties?.[key]?.const === chosen) ?? {};
}

/** Whether its keys are names that people choose, and not those of the schema. */
export const isRecord = (said: Said): boolean => said.patternProperties !== undefined;

export const memberOf = (said: Said, key: string): Said =>
  said.properties?.[key] ?? Object.values(said.patternProperties ?? {})[0] ?? {};

export const itemOf = (said: Said): Said => said.items ?? {};
