import { describe, expect, test } from "vitest";
import { hasWrongDetails } from "../../src/assess/account-details.js";
import type { ParsedPayment } from "../../src/payment/parsed-payment.js";

/** Test card numbers that payment companies publish have valid check digits. */

const isWrong = (account: unknown, kind?: string): boolean =>
  hasWrongDetails({
    fact: (name: string) => ({ "payee.account": account, "payee.kind": kind })[name],
  } as ParsedPayment);

const PUBLISHED = [
  "4111111111111111",
  "4242424242424242",
  "5555555555554444",
  "2223003122003222",
  "6011111111111117",
  "3530111333300000",
  "6200000000000005",
  "6205500000000000004",
];

describe("the check digit of a card number", () => {
  test.each(PUBLISHED)("%s is valid, and with any other last digit invalid", (number) => {
    const right = Number(number.at(-1));
    for (let digit = 0; digit <= 9; digit++)
      expect([digit, isWrong(`${number.slice(0, -1)}${digit}`)]).toEqual([digit, digit !== right]);
  });

  test.each(PUBLISHED)("%s is invalid with any one digit changed", (number) => {
    for (const place of number.split("").keys()) {
      const other = (Number(number[place]) + 1) % 10;
      expect(isWrong(`${number.slice(0, place)}${other}${number.slice(place + 1)}`)).toBe(true);
    }
  });

  test.each([
    ["of fifteen digits", "411111111111112"],
    ["of twenty digits", "41111111111111111112"],
    ["with a letter before it", "A4111111111111112"],
    ["with a letter behind it", "4111111111111112A"],
    ["that is a number and no text", 4111111111111112],
    ["that is not there", undefined],
  ])("is not checked for an account %s", (_, account) => {
    expect(isWrong(account)).toBe(false);
  });

  test("is checked for 16 to 19 digits, but not for businesses", () => {
    // The Luhn sum of zeros and a final 1 is 1.
    for (const length of [16, 17, 18, 19]) {
      expect(isWrong("1".padStart(length, "0"))).toBe(true);
      expect(isWrong("0".repeat(length))).toBe(false);
    }
    expect(isWrong("4111111111111112", "person")).toBe(true);
    expect(isWrong("4111111111111112", "business")).toBe(false);
  });
});

test.each(["name-mismatch", "not-found", "closed"])(
  "the caller states that the account is wrong: %s",
  (known) => {
    expect(isWrong(known)).toBe(true);
    expect(isWrong(known, "business")).toBe(true);
  },
);

test("any other account is not wrong", () => {
  expect(isWrong("ok")).toBe(false);
  expect(isWrong(true)).toBe(false);
});
