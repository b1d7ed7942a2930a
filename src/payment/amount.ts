import { amountMessages, type Sentence } from "../errors.js";

/** Parses amounts of money as callers write them. */

/** A double holds 15 significant decimal digits exactly; more would be rounded silently. */
const DIGITS_MAX = 15;
const DECIMAL = /^\d+(?:\.\d+)?$/;

/** Parses a decimal text such as "1000.00", or checks a number. Returns the problem if it is not an amount. */
export function parseAmount(given: unknown): number | Sentence {
  if (typeof given === "string") return parseAmountText(given);
  if (typeof given !== "number") return amountMessages.wrongType(given);
  if (!Number.isFinite(given)) return amountMessages.notFinite(given);
  if (given < 0) return amountMessages.negative(given);
  // Whole numbers and cents are checked by arithmetic, which is fast; other numbers are formatted.
  const cents = given * 100;
  const short = cents < 1e15 && Number.isInteger(cents);
  if (!short && Number(given.toPrecision(DIGITS_MAX)) !== given)
    return amountMessages.tooManyDigits(given, DIGITS_MAX);
  return given + 0;
}

function parseAmountText(given: string): number | Sentence {
  const short = given.length <= DIGITS_MAX ? parseShortAmount(given) : -1;
  if (short >= 0) return short;
  if (!DECIMAL.test(given)) return amountTextIssue(given);
  if (given.length > DIGITS_MAX && significantDigits(given) > DIGITS_MAX)
    return amountMessages.tooManyDigits(given, DIGITS_MAX);
  const amount = Number(given);
  return Number.isFinite(amount) ? amount : amountMessages.notFinite(given);
}

/**
 * Parses at most 15 digits with an optional point between them. Returns -1 for any other text. Dividend and divisor are
 * exact, so the quotient is the nearest double, as `Number(given)` would give.
 */
function parseShortAmount(given: string): number {
  let digits = 0;
  let scale = 0;
  for (let index = 0; index < given.length; index++) {
    const code = given.charCodeAt(index);
    if (code >= ZERO && code <= ZERO + 9) {
      digits = digits * 10 + code - ZERO;
      scale *= 10;
    } else if (code === POINT && scale === 0 && index > 0) scale = 1;
    else return -1;
  }
  if (scale === 0) return given === "" ? -1 : digits;
  return scale === 1 ? -1 : digits / scale;
}

const ZERO = 0x30;
const POINT = 0x2e;

/** Counts digits without leading and trailing zeros. */
function significantDigits(text: string): number {
  const digits = text.replace(".", "");
  let from = 0;
  let until = digits.length;
  while (digits[from] === "0") from++;
  while (until > from && digits[until - 1] === "0") until--;
  return until - from;
}

function amountTextIssue(given: string): Sentence {
  if (/^-\d+(?:\.\d+)?$/.test(given)) return amountMessages.negative(given);
  if (/^\d[\d,]*(?:\.\d+)?$/.test(given)) return amountMessages.grouped(given);
  return amountMessages.notDecimal(given);
}
