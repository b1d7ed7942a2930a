import { beforeAll, expect, test } from "vitest";
import type { Payment, Timetable } from "../../src/index.js";
import { timetableWith } from "./golden-cases.js";

/** `assessAll` and its clusters on the shipped rulebook. */

const NOW = "2026-03-12T09:00:00+08:00";
const acquired = (minute: number, settlement = "t1"): Payment => ({
  channel: "cn.acquiring",
  settlement,
  amount: "1000.00",
  initiatedAt: `2026-03-10T10:${String(minute).padStart(2, "0")}:00+08:00`,
});

let timetable: Timetable;
beforeAll(async () => {
  timetable = await timetableWith();
});

test("yields an assessment or an error for each payment, in order", () => {
  const payments = [acquired(0), { ...acquired(1), amount: "-1" }, acquired(2)];
  const found = [...timetable.assessAll(payments, { now: NOW })];
  expect(found.map(({ index }) => index)).toEqual([0, 1, 2]);
  expect(found.map(({ error }) => error?.code)).toEqual([undefined, "bad-payment", undefined]);
  expect(found[2]?.assessment).toEqual(timetable.assess(acquired(2), { now: NOW }));
});

test("reads payments one at a time, on demand", () => {
  const taken: number[] = [];
  function* endless(): Generator<Payment> {
    for (let index = 0; ; index++) {
      taken.push(index);
      yield acquired(index % 60);
    }
  }
  const all = timetable.assessAll(endless(), { now: NOW });
  all.next();
  all.next();
  expect(taken).toEqual([0, 1]);
  expect(all.clusters({ count: 1 })).toHaveLength(1);
});

test("throws at once if now is no instant", () => {
  expect(() => timetable.assessAll([], { now: "yesterday" })).toThrow(/now/);
});

/** Ten payments due on 03-11 at 20:00 with a run of UnionPay; the first `overdue` of them have not arrived. */
const dueTogether = (overdue: number) => {
  const payments = Array.from({ length: 10 }, (_, minute) => acquired(minute));
  const known = (_: Payment, index: number) =>
    index < overdue ? {} : { arrivedAt: "2026-03-11T10:00:00+08:00" };
  const all = timetable.assessAll(payments, { now: NOW, known });
  const assessed = [...all];
  return { all, assessed };
};

test("six overdue of ten due at one system in one hour are a cluster", () => {
  const { all, assessed } = dueTogether(6);
  expect(assessed.filter(({ assessment }) => assessment?.verdict === "anomalous")).toHaveLength(6);
  expect(all.clusters()).toEqual([
    {
      system: "cups",
      from: "2026-03-11T20:00:00+08:00",
      to: "2026-03-11T21:00:00+08:00",
      count: 6,
      share: 0.6,
      channels: ["cn.acquiring"],
    },
  ]);
});

test("four are too few, unless the caller lowers the limit", () => {
  const { all } = dueTogether(4);
  expect(all.clusters()).toEqual([]);
  expect(all.clusters({ count: 4 })).toHaveLength(1);
  expect(all.clusters({ count: 4, share: 0.5 })).toEqual([]);
});

test("payments that are not due yet do not count", () => {
  const all = timetable.assessAll(
    Array.from({ length: 10 }, (_, minute) => acquired(minute)),
    { now: "2026-03-11T19:00:00+08:00" },
  );
  expect([...all].every(({ assessment }) => assessment?.verdict === "normal")).toBe(true);
  expect(all.clusters({ count: 1, share: 0 })).toEqual([]);
});

test("consecutive hours are one cluster", () => {
  const withdrawn = (hour: string): Payment => ({
    channel: "cn.wechat.withdraw",
    amount: "1000.00",
    initiatedAt: `2026-03-08T${hour}:30:00+08:00`,
  });
  const payments = ["10", "10", "11", "11", "12", "18"].map(withdrawn);
  const all = timetable.assessAll(payments, { now: NOW });
  for (const _ of all);
  expect(all.clusters()).toMatchObject([
    {
      system: "wechat",
      from: "2026-03-10T10:00:00+08:00",
      to: "2026-03-10T13:00:00+08:00",
      count: 5,
      share: 1,
    },
  ]);
});
