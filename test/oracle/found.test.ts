import { describe, expect, test } from "vitest";
import { openPack } from "./pack.js";

/** What the oracle found, each as one payment and by the calendar. */

const { timetable } = openPack();

describe("a refused payment is told when it would be taken", () => {
  test("years ahead too, where a date that a rule names ends the refusal", () => {
    const connect = { channel: "cn.payment-connect", direction: "south", amount: 1000, currency: "CNY" };
    const early = timetable.when({ ...connect, initiatedAt: "2020-06-18T12:00:00+08:00" });
    expect(early.retryAt).toBe("2025-06-22T12:00:00+08:00");
    expect(early.expected).toBe("2025-06-22T12:00:00+08:00");
    const ibps = { channel: "cn.ibps", amount: 60_000, initiatedAt: "2013-06-08T12:00:00+08:00" };
    expect(timetable.when(ibps).retryAt).toBe("2020-01-01T00:00:00+08:00");
  });

  test("and is not promised anything where no date helps", () => {
    const far = { channel: "cn.ibps", amount: 2_000_000, initiatedAt: "2013-06-08T12:00:00+08:00" };
    expect(timetable.when(far).retryAt).toBeUndefined();
  });
});
