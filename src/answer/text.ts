import { IntlMessageFormat } from "intl-messageformat";
import { type Problem, textSays } from "../errors.js";
import type { Locate } from "../model/place.js";
import type { Rulebook, Title } from "../model/rulebook.js";

/** The sentences of one language; ICU messages are parsed when they are first said. */
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

/** What is wrong with an ICU message, in the parser's words; undefined where it parses. */
export function faultOf(message: string, locale: string): string | undefined {
  try {
    new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Messages that do not parse. */
export function checkTexts(rulebook: Rulebook, locate: Locate): Problem[] {
  return Object.entries(rulebook.texts).flatMap(([locale, messages]) =>
    Object.entries(messages).flatMap(([key, message]) => {
      const fault = faultOf(message, locale);
      return fault === undefined
        ? []
        : [{ ...locate(messages, key), name: key, ...textSays.unreadable(fault) }];
    }),
  );
}
