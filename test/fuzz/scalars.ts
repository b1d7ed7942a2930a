import fc from "fast-check";

/** Values that often cause bugs. */

/** Names of inherited properties. */
export const PROTOTYPE_NAMES = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "valueOf",
];

const DATES = [
  "1900-01-01",
  "1899-12-31",
  "2199-12-31",
  "2200-01-01",
  "2026-02-30",
  "0000-00-00",
  "9999-12-31",
];
const INSTANTS = [
  "1900-01-02T00:00:00Z",
  "2199-12-30T23:59:59.999+18:00",
  "2026-02-13T23:00:00+08:00",
  "2026-03-08T02:30:00-05:00",
  "2026-02-13T24:00:00+08:00",
  "2026-02-13T23:00:00",
];
const CLOCKS = ["00:00", "24:00", "-99d 00:00", "+99d 24:00", "+1d 02:00", "-1d 20:30", "23:59", "25:00"];
const DURATIONS = [
  "PT0S",
  "PT0.001S",
  "P1000000D",
  "P99999999999999999999D",
  "PT1H",
  "P3650D",
  "P1W",
  "PT",
  "-PT1H",
];
const LAGS = ["T+0", "T+1", "T+999", "D+999", "T+1000000", "D+0", "T-1"];
const ZONES = ["Asia/Shanghai", "Pacific/Apia", "America/New_York", "Mars/Olympus", "UTC", "+08:00"];

export const LONE_SURROGATES = ["\uD800", "\uDC00", "a\uDFFFb", "\uD83D"];
const CONTROL = ["\u0000", "\n\r\t", "\u2028", "\uFEFF", "\u202E", "<instant>"];
const ICU = [
  "{",
  "}",
  "'{'",
  "{x}",
  "{x, number, ::currency/XXXXX}",
  "{x, date, ::yyyy}",
  "{x, plural, other {#}}",
  "<b>{x}</b>",
];
const PATTERNS = ["(a+)+$", ".*", "[", "\\", "$&", "`", '["\\x"]', 'a["b'];

export const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...DATES, ...INSTANTS, ...CLOCKS, ...DURATIONS, ...LAGS, ...ZONES),
  fc.constantFrom(...PROTOTYPE_NAMES, ...LONE_SURROGATES, ...CONTROL, ...ICU, ...PATTERNS),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom("", " ", "a", "x".repeat(5000), "名".repeat(300)),
);

export const number: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    0.1,
    1e15,
    1e16,
    2 ** 53,
    -(2 ** 53),
    1e21,
    1e300,
    5e-324,
    999_999_999_999.99,
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Texts of the same kind as `like`, guessed from its format. */
export function textsOfSameKind(like: string): readonly string[] {
  if (/^\d{4}-\d\d-\d\dT/.test(like)) return INSTANTS;
  if (/^\d{4}-\d\d-\d\d$/.test(like)) return DATES;
  if (/^([+-]\d+d )?\d\d:\d\d$/.test(like)) return CLOCKS;
  if (/^P[\dT]/.test(like)) return DURATIONS;
  if (/^[TD]\+\d/.test(like)) return LAGS;
  if (/^[A-Z][a-z]+\/[A-Z]/.test(like)) return ZONES;
  return like.includes("{") ? ICU : [];
}

/** Small JSON values. */
export const scalar: fc.Arbitrary<unknown> = fc.oneof(
  text,
  number,
  fc.constantFrom(null, true, false, [], {}, [[]], [null], { a: {} }),
);

/** JavaScript values that JSON does not have. */
export const nonJsonValue: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  10n,
  Symbol("s"),
  () => 1,
  new Date(0),
  new Date(Number.NaN),
  new Map([["a", 1]]),
  /a/,
  Object.create(null),
);
