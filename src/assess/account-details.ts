import type { ParsedPayment } from "../payment/parsed-payment.js";

/** Wrong account details of the payee, recognised before any event reports them. */

/** Values of the fact `payee.account` by which a caller states that the details are wrong. */
const STATED_WRONG: readonly unknown[] = ["name-mismatch", "not-found", "closed"];

export function hasWrongDetails(payment: ParsedPayment): boolean {
  const account = payment.fact("payee.account");
  if (STATED_WRONG.includes(account)) return true;
  // Account numbers of businesses are not card numbers and have no check digit.
  if (typeof account !== "string" || payment.fact("payee.kind") === "business") return false;
  return /^\d{16,19}$/.test(account) && !hasCheckDigit(account);
}

/** The last digit of a card number makes the Luhn sum a multiple of ten (ISO/IEC 7812-1). */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
