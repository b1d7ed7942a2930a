import type { Document, Documents } from "./document.js";
import type { Overrides } from "./overrides.js";
import { valueAt } from "./path.js";

/** What may be referred to, by kind, read leniently: a file with faults still declares what it declares. */
export interface Declared {
  readonly calendar: ReadonlySet<string>;
  readonly system: ReadonlySet<string>;
  readonly fact: ReadonlySet<string>;
  /** Whether a file that cannot be read as JSON mentions the name: then nobody knows that it is not declared. */
  readonly mayDeclare: (name: string) => boolean;
  /** Whether the upper layer took it away from the one that declares it. */
  readonly isTaken: (kind: Referable, name: string) => boolean;
}

export type Referable = "calendar" | "system" | "fact";

export function namesDeclaredIn(documents: Documents, { covers, claims }: Overrides): Declared {
  const unread = documents.filter(({ json }) => json === undefined);
  const named = (kind: Referable, namesIn: (json: unknown) => string[]): Set<string> =>
    new Set(
      documents.flatMap((document) => namesIn(document.json).filter((name) => !covers(document, kind, name))),
    );
  return {
    calendar: named("calendar", calendarId),
    system: named("system", (json) => keysOf(valueAt(json, ["systems"]))),
    fact: named("fact", (json) => keysOf(valueAt(json, ["facts"]))),
    mayDeclare: (name) => unread.some((document) => mentions(document, name)),
    isTaken: (kind, name) => claims.some((claim) => claim.kind === kind && claim.name === name),
  };
}

function calendarId(json: unknown): string[] {
  const id = valueAt(json, ["id"]);
  return typeof id === "string" ? [id] : [];
}

const keysOf = (value: unknown): string[] =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

const mentions = ({ text, file }: Document, name: string): boolean =>
  text === undefined ? file.includes(name) : text.includes(JSON.stringify(name));
