import { loadSays, type Problem } from "../errors.js";
import type { Parts } from "./check.js";
import type { Document } from "./document.js";
import { placeIn } from "./locate.js";
import { entriesOf, listOf } from "./members.js";
import { type Segments, valueAt } from "./path.js";

/** What is declared twice in the whole rulebook. Rules, windows and holds share their names, as answers list them. */
export function repeatsIn(parts: Parts): Problem[] {
  const first = new Map<string, Declaration>();
  return declarationsIn(parts).flatMap((declaration) => {
    const key = `${declaration.kind} ${declaration.name}`;
    const earlier = first.get(key);
    if (earlier !== undefined) return declaredTwice(declaration, earlier);
    first.set(key, declaration);
    return [];
  });
}

interface Declaration {
  readonly kind: string;
  readonly name: unknown;
  readonly document: Document;
  readonly segments: Segments;
}

function declarationsIn(parts: Parts): Declaration[] {
  const { calendar, channel, facts, systems, conditions, windows, holds, reasons, texts, verdicts } = parts;
  const all = [
    ...calendar.map(({ document }) => declaration("calendar", document, ["id"])),
    ...channel.map(({ document }) => declaration("channel", document, ["channel"])),
    ...facts.flatMap(({ document, json }) => keys("fact", document, "facts", json.facts)),
    ...systems.flatMap(({ document, json }) => keys("system", document, "systems", json.systems)),
    ...conditions.flatMap(({ document, json }) => keys("condition", document, "conditions", json.conditions)),
    ...reasons.flatMap(({ document, json }) => keys("code", document, "codes", json.codes)),
    ...[...channel, ...windows, ...holds, ...verdicts].flatMap(({ document, json }) =>
      listOf<unknown>(json.rules).map((_, index) => declaration("rule", document, ["rules", index, "name"])),
    ),
    ...texts.flatMap(({ document, json }) =>
      keys(`${json.locale} text`, document, "messages", json.messages),
    ),
  ];
  return all.filter(({ name }) => typeof name === "string");
}

const declaration = (kind: string, document: Document, segments: Segments): Declaration => ({
  kind,
  name: valueAt(document.json, segments),
  document,
  segments,
});

const keys = (
  kind: string,
  document: Document,
  under: string,
  record: Record<string, unknown>,
): Declaration[] => entriesOf(record).map(([name]) => ({ kind, name, document, segments: [under, name] }));

function declaredTwice({ kind, name, document, segments }: Declaration, earlier: Declaration): Problem {
  const part = segments.at(-1) === name ? "key" : "value";
  const { file, line, column, path } = placeIn(earlier.document, earlier.segments, part);
  const other = line === undefined ? `${file}, ${path}` : `${file}:${line}:${column}`;
  return {
    ...placeIn(document, segments, part),
    name: String(name),
    ...loadSays.declaredTwice(kind, String(name), other),
  };
}
