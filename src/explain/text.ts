import { IntlMessageFormat } from "intl-messageformat";
import type { Rulebook, Title } from "../model/rulebook.js";

/** The messages of one language. ICU messages are parsed on first use. */
export interface Texts {
  readonly locale: Locale;
  readonly say: (key: string, values?: Readonly<Record<string, string | number>>) => string;
  readonly has: (key: string) => boolean;
  readonly title: (title: Title) => string;
}

export type Locale = "zh" | "en";

export function textsOf(rulebook: Rulebook, locale: Locale): Texts {
  const messages = rulebook.texts[locale] ?? {};
  const parsed = new Map<string, IntlMessageFormat>();
  const say: Texts["say"] = (key, values) => {
    let message = parsed.get(key);
    if (message === undefined) {
      message = new IntlMessageFormat(messages[key] ?? key, locale, undefined, { ignoreTag: true });
      parsed.set(key, message);
    }
    return String(message.format(values));
  };
  return { locale, say, has: (key) => Object.hasOwn(messages, key), title: (title) => title[locale] };
}
