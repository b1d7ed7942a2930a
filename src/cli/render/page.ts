import pc from "picocolors";
import type { Locale } from "../../index.js";
import { WORDS } from "../words/locales.js";
import type { Words } from "../words/words.js";

export type Colors = ReturnType<typeof pc.createColors>;

/** Language, labels and colours of printed lines. */
export interface Page {
  readonly locale: Locale;
  readonly words: Words;
  readonly colors: Colors;
}

export const newPage = (locale: Locale, hasColor: boolean): Page => ({
  locale,
  words: WORDS[locale],
  colors: pc.createColors(hasColor),
});
