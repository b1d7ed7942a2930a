import { amountSays, type Sentence } from "../errors.js";

/** Amounts of money as a caller may write them. */

/** More significant digits than a number holds would be rounded in silence. */
const DIGITS = 15;
const FORM = /^\d+(?:\.\d+)?$/;

/** The number that a decimal text such as "1000.00", or a number, stands for; or what is wrong with it. */
export function amountOf(given: unknown): number | Sentence {
  if (typeof given === "string") return amountOfText(given);
  if (typeof given !== "number") return amountSays.wrongType(given);
  if (!Number.isFinite(given)) return amountSays.notFinite(given);
  if (given < 0) return amountSays.negative(given);
  // Whole numbers and cents, nearly all amounts, are told by arithmetic; the rest by writing them out.
  const cents = given * 100;
  const short = cents < 1e15 && Number.isInteger(cents);
  if (!short && Number(given.toPrecision(DIGITS)) !== given) return amountSays.tooManyDigits(given, DIGITS);
  return given + 0;
}

function amountOfText(given: string): number | Sentence {
  if (!FORM.test(given)) return misread(given);
  if (given.length > DIGITS && significantDigits(given) > DIGITS)
    return amountSays.tooManyDigits(given, DIGITS);
  const amount = Number(given);
  return Number.isFinite(amount) ? amount : amountSays.notFinite(given);
}

/** Zeros that lead, and zeros that end, need no room. */
function significantDigits(text: string): number {
  const digits = text.replace(".", "");
  let from = 0;
  let until = digits.length;
  while (digits[from] === "0") from++;
  while (until > from && digits[until - 1] === "0") until--;
  return until - from;
}

function misread(given: string): Sentence {
  if (/^-\d+(?:\.\d+)?$/.test(given)) return amountSays.negative(given);
  if (/^\d[\d,]*(?:\.\d+)?$/.test(given)) return amountSays.grouped(given);
  return amountSays.notDecimal(given);
}
