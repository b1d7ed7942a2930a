import { describe, expect, test } from "vitest";
import { timetableWith } from "./golden-cases.js";

/** The codes of public schemes that a payment may be reported with. */

/** The external code sets of ISO 20022: of a transaction, and `PART` of a group. */
const ISO_STATUSES = [
  ...["ACCC", "ACCP", "ACFC", "ACIS", "ACPD", "ACSC", "ACSP", "ACTC", "ACWC", "ACWP", "BLCK", "CANC"],
  ...["CPUC", "PART", "PATC", "PDNG", "PRES", "RCVD", "RJCT"],
];
const GPI_CODES = Array.from({ length: 9 }, (_, n) => `G00${n}`);

const PAYMENT = { channel: "cn.cips", amount: "1000.00", initiatedAt: "2026-03-10T10:00:00+08:00" };
const NOW = "2026-03-10T10:20:00+08:00";

test.each([...ISO_STATUSES, ...GPI_CODES])("%s is a known code", async (code) => {
  const timetable = await timetableWith();
  const events = [{ at: "2026-03-10T10:10:00+08:00", code }];
  const { codes, notes = [] } = timetable.assess(PAYMENT, { now: NOW, events });
  expect(codes).toEqual([code]);
  expect(notes.map(({ kind }) => kind)).not.toContain("unknown-code");
});

describe("codes that report progress alone", () => {
  // G003 asks for documents, which is a hold.
  const progress = ["RCVD", "ACFC", "PART", ...GPI_CODES.filter((code) => code !== "G003")];
  test.each(progress)("%s moves neither the deadline nor the estimate", async (code) => {
    const timetable = await timetableWith();
    const unreported = timetable.assess(PAYMENT, { now: NOW });
    const events = [{ at: "2026-03-10T10:10:00+08:00", code }];
    const { verdict, deadline, estimate, status } = timetable.assess(PAYMENT, { now: NOW, events });
    expect({ verdict, deadline, status }).toEqual({
      verdict: unreported.verdict,
      deadline: unreported.deadline,
      status: "none",
    });
    expect(estimate.latest).toBe(unreported.estimate.latest);
  });
});
