import type { Document, Documents } from "./document.js";
import type { Overrides } from "./overrides.js";
import { valueAt } from "./path.js";

/** The names that references may use, by kind. Read leniently: an invalid file still declares its names. */
export interface DeclaredNames {
  readonly calendar: ReadonlySet<string>;
  readonly system: ReadonlySet<string>;
  readonly fact: ReadonlySet<string>;
  /** Whether a file that is not valid JSON mentions the name, and so may declare it. */
  readonly mayDeclare: (name: string) => boolean;
  /** Whether the upper layer replaces or removes the declaration. */
  readonly isOverridden: (kind: Referable, name: string) => boolean;
}

export type Referable = "calendar" | "system" | "fact";

export function declaredNamesIn(documents: Documents, { isOverridden, all }: Overrides): DeclaredNames {
  const unread = documents.filter(({ json }) => json === undefined);
  const namesOf = (kind: Referable, namesIn: (json: unknown) => string[]): Set<string> =>
    new Set(
      documents.flatMap((document) =>
        namesIn(document.json).filter((name) => !isOverridden(document, kind, name)),
      ),
    );
  return {
    calendar: namesOf("calendar", calendarId),
    system: namesOf("system", (json) => keysOf(valueAt(json, ["systems"]))),
    fact: namesOf("fact", (json) => keysOf(valueAt(json, ["facts"]))),
    mayDeclare: (name) => unread.some((document) => mentions(document, name)),
    isOverridden: (kind, name) => all.some((one) => one.kind === kind && one.name === name),
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
