import { loadMessages, type Problem } from "../errors.js";
import type { DeclaredNames } from "./declared-names.js";
import { entriesOf } from "./lenient-access.js";
import { LOCALES } from "./overrides.js";
import type { Part, Parts } from "./parts.js";
import { placeIn } from "./places.js";

/** Reports texts that are missing in a language. */
export function missingTexts(parts: Parts, { mayDeclare }: DeclaredNames): Problem[] {
  const keys = new Map(LOCALES.map((locale) => [locale, keysIn(parts.texts, locale)]));
  const all = [...new Set([...keys.values()].flatMap((found) => [...found]))].sort();
  if (all.length === 0) return [];
  return LOCALES.flatMap((locale): Problem[] => {
    const missing = all.filter((key) => !keys.get(locale)?.has(key));
    const part = parts.texts.find(({ json }) => json.locale === locale);
    if (part === undefined && mayDeclare(locale)) return [];
    if (part === undefined) return [{ file: "rules/texts", ...loadMessages.noTexts(locale) }];
    return missing.map((key) => ({
      ...placeIn(part.document, ["messages"]),
      name: key,
      ...loadMessages.missingText(key, locale),
    }));
  });
}

const keysIn = (texts: readonly Part<"texts">[], locale: string): Set<string> =>
  new Set(
    texts.flatMap(({ json }) => (json.locale === locale ? entriesOf(json.messages).map(([key]) => key) : [])),
  );
