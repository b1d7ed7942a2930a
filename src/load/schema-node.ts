/** Navigates the JSON schemas, from the top of a file to its parts. */

export interface SchemaNode {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly discriminator?: { readonly propertyName: string };
  readonly oneOf?: readonly SchemaNode[];
  readonly const?: unknown;
  readonly format?: string;
  /**
   * Marks a list as unordered, and gives its sort keys. Each key is a path inside an element, or alternatives joined by
   * `|`, of which the first present one counts. An empty list sorts by the element itself.
   */
  readonly sortedBy?: readonly string[];
}

/** Follows `$ref` and `oneOf` to the schema that applies to a value. */
export function resolveSchema(schema: SchemaNode, value: unknown, top: SchemaNode): SchemaNode {
  if (schema.$ref !== undefined) return top.$defs?.[schema.$ref.replace("#/$defs/", "")] ?? {};
  const key = schema.discriminator?.propertyName;
  if (key === undefined || typeof value !== "object" || value === null) return schema;
  const chosen = (value as Readonly<Record<string, unknown>>)[key];
  return schema.oneOf?.find((one) => one.properties?.[key]?.const === chosen) ?? {};
}

/** Whether the keys are user-chosen names rather than keys of the schema. */
export const isRecord = (schema: SchemaNode): boolean => schema.patternProperties !== undefined;

export const memberSchema = (schema: SchemaNode, key: string): SchemaNode =>
  schema.properties?.[key] ?? Object.values(schema.patternProperties ?? {})[0] ?? {};

export const itemSchema = (schema: SchemaNode): SchemaNode => schema.items ?? {};
