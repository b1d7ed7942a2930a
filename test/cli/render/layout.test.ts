import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { wrap } from "../../../src/cli/render/layout.js";
import { compactDuration } from "../../../src/cli/render/moments.js";
import { barOf } from "../../../src/cli/render/timeline.js";
import { WORDS } from "../../../src/cli/words/locales.js";

const words = fc.array(
  fc.constantFrom("款项", "（周二）", "arrive", "，", "。", "10:00", "《到账》", "a", " "),
  {
    maxLength: 60,
  },
);

describe("wrap", () => {
  test("keeps every character but the spaces at which it breaks", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 8, max: 40 }), (parts, width) => {
        const text = parts.join("");
        expect(wrap(text, width).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
  });

  test("goes beyond the width only for a word that has no place to break", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 8, max: 40 }), (parts, width) => {
        const long = wrap(parts.join(""), width).filter((line) => stringWidth(line) > width);
        for (const line of long) expect(line).not.toMatch(/\S \S|款款|项款/);
      }),
    );
  });

  test("starts no line with closing punctuation and tears no date apart", () => {
    const text = "这笔款项预计2月24日（周二）10:00到账，最早2月24日（周二）03:00，最迟2月24日（周二）20:00。";
    for (let width = 26; width <= 80; width++) {
      const lines = wrap(text, width);
      for (const line of lines) {
        expect(line).not.toMatch(/^[，。）]/);
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }
      expect(
        lines
          .filter((line) => line.includes("2月24日（周二）"))
          .join("")
          .split("2月24日（周二）"),
      ).toHaveLength(4);
    }
  });
});

describe("a bar", () => {
  test("is never invisible and never leaves its column", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, fc.integer({ min: 8, max: 24 }), (start, length, width) => {
        const bar = barOf(start, Math.min(length, 1 - start), width);
        expect(bar.trim()).not.toBe("");
        expect(stringWidth(bar)).toBeLessThanOrEqual(width);
      }),
    );
  });

  test("is as long as its share", () => {
    expect(barOf(0, 1, 8)).toBe("████████");
    expect(barOf(0.5, 0.5, 8)).toBe("    ████");
    expect(barOf(0, 0.3125, 8)).toBe("██▌");
    expect(barOf(0, 0.000_001, 8)).toBe("▏");
  });
});

test.each([
  [937_800_000, "10d 20h 30m"],
  [36_000_000, "10h"],
  [90_000, "1m 30s"],
  [60_000, "1m"],
  [1000, "1s"],
  [1, "1ms"],
])("%i ms is %s", (ms, text) => {
  expect(compactDuration(ms, WORDS.en)).toBe(text);
});
