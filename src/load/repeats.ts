import { loadSays, type Problem } from "../errors.js";
import type { Declaration } from "./declarations.js";
import { placeIn } from "./locate.js";
import { keyOf } from "./overrides.js";

/** What is declared twice in the whole rulebook; the declarations come in the order of layers and files. */
export function repeatsIn(declarations: readonly Declaration[]): Problem[] {
  const first = new Map<string, Declaration>();
  return declarations.flatMap((declaration) => {
    const key = keyOf(declaration.kind, declaration.name);
    const earlier = first.get(key);
    if (earlier !== undefined) return declaredTwice(declaration, earlier);
    first.set(key, declaration);
    return [];
  });
}

function declaredTwice(declaration: Declaration, { document: other, segments: there }: Declaration): Problem {
  const { kind, name, document, segments } = declaration;
  const { file, line, column, path } = placeIn(other, there, partOf(there, name));
  const place = line === undefined ? `${file}, ${path}` : `${file}:${line}:${column}`;
  const sentence =
    other.layer === document.layer
      ? loadSays.declaredTwice(kind, name, place)
      : loadSays.declaredBelow(kind, name, other.layer ?? "", place);
  return { ...placeIn(document, segments, partOf(segments, name)), name, ...sentence };
}

/** What is declared by a key is named by the key. */
export const partOf = (segments: Declaration["segments"], name: string): "key" | "value" =>
  segments.at(-1) === name ? "key" : "value";
