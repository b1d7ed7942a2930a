import type { Locale } from "../../index.js";
import { en } from "./en.js";
import type { Words } from "./words.js";
import { zh } from "./zh.js";

export const WORDS: Readonly<Record<Locale, Words>> = { zh, en };
