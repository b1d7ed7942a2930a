import type { Question } from "../payment/question.js";

/** What is wrong with the payee's account can be seen before anything is reported. */

/** What a caller may know of the account, by the values of the fact `payee.account`. */
const KNOWN_WRONG: readonly unknown[] = ["name-mismatch", "not-found", "closed"];

export function wrongDetailsIn(question: Question): boolean {
  const account = question.fact("payee.account");
  if (KNOWN_WRONG.includes(account)) return true;
  if (typeof account !== "string" || question.fact("payee.kind") === "business") return false;
  return /^\d{16,19}$/.test(account) && !hasCheckDigit(account);
}

/**
 * The last digit of a card number makes the Luhn sum a multiple of ten (ISO/IEC 7812-1). Accounts of businesses are no
 * card numbers and have no such digit.
 */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
