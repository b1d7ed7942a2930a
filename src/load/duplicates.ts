import { loadMessages, type Problem } from "../errors.js";
import type { Declaration } from "./declarations.js";
import { declarationKey } from "./overrides.js";
import { placeIn } from "./places.js";

/** Reports names that are declared twice. Expects declarations in the order of layers and files. */
export function duplicatesIn(declarations: readonly Declaration[]): Problem[] {
  const first = new Map<string, Declaration>();
  return declarations.flatMap((declaration) => {
    const key = declarationKey(declaration.kind, declaration.name);
    const earlier = first.get(key);
    if (earlier !== undefined) return declaredTwice(declaration, earlier);
    first.set(key, declaration);
    return [];
  });
}

function declaredTwice(declaration: Declaration, { document: other, segments: there }: Declaration): Problem {
  const { kind, name, document, segments } = declaration;
  const { file, line, column, path } = placeIn(other, there, namePart(there, name));
  const place = line === undefined ? `${file}, ${path}` : `${file}:${line}:${column}`;
  const sentence =
    other.layer === document.layer
      ? loadMessages.declaredTwice(kind, name, place)
      : loadMessages.declaredBelow(kind, name, other.layer ?? "", place);
  return { ...placeIn(document, segments, namePart(segments, name)), name, ...sentence };
}

/** Whether the key or the value of a declaration holds its name. */
export const namePart = (segments: Declaration["segments"], name: string): "key" | "value" =>
  segments.at(-1) === name ? "key" : "value";
