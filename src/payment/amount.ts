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
  const short = given.length <= DIGITS ? shortAmount(given) : -1;
  if (short >= 0) return short;
  if (!FORM.test(given)) return misread(given);
  if (given.length > DIGITS && significantDigits(given) > DIGITS)
    return amountSays.tooManyDigits(given, DIGITS);
  const amount = Number(given);
  return Number.isFinite(amount) ? amount : amountSays.notFinite(given);
}

/**
 * The number of a text of at most 15 digits with a point between them, or -1 where it is another text. Both parts of the
 * division are exact, so that its result is the nearest number there is, as when the text is read by the engine.
 */
function shortAmount(given: string): number {
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
