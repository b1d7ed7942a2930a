import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { offsetAt, offsetEnd, type Zone, zoneNamed } from "../../src/time/zone.js";

/** The tables of zones against the tz database itself: all changes of clocks, and no other. */

interface Listed {
  readonly zone: string;
  readonly from: number;
  readonly until: number;
  /** Each as an instant, and the seconds that local time is ahead of UTC from then on. */
  readonly changes: readonly (readonly [at: string, seconds: number])[];
}

function secondsOf(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(1).split(":").map(Number);
  return (text.startsWith("-") ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds);
}

const listed: readonly Listed[] = readFileSync(new URL("zone-transitions.txt", import.meta.url), "utf8")
  .split(/\n(?=\S+ \d{4} to )/)
  .slice(1)
  .map((block) => {
    const [head = "", first = "", ...changes] = block.trim().split(/\n\s*/);
    const [zone = "", from = "", , until = ""] = head.split(" ");
    const start = Date.UTC(Number(from), 0, 1);
    return {
      zone,
      from: start,
      until: Date.UTC(Number(until) + 1, 0, 1),
      changes: [`${new Date(start).toISOString()} ${first.split(" ")[2]}`, ...changes].map((line) => {
        const [at = "", offset = ""] = line.split(" ");
        return [new Date(at).toISOString(), secondsOf(offset)] as const;
      }),
    };
  });

/** What the table says of a span of time, a change a line. */
function changesIn(zone: Zone, from: number, until: number): [string, number][] {
  const found: [string, number][] = [];
  for (let at = from; at < until; at = offsetEnd(zone, at)) {
    const seconds = offsetAt(zone, at) / 1000;
    if (seconds !== found.at(-1)?.[1]) found.push([new Date(at).toISOString(), seconds]);
  }
  return found;
}

test("sixteen zones are listed, China's summer time of 1986 to 1991 among them", () => {
  expect(listed).toHaveLength(16);
  const shanghai = listed.find(({ zone }) => zone === "Asia/Shanghai");
  expect(shanghai?.changes.filter(([at]) => at > "1986" && at < "1992")).toHaveLength(12);
});

describe("the clocks were moved when the tz database says, and at no other time", () => {
  test.each(listed)("$zone", ({ zone, from, until, changes }) => {
    expect(changesIn(zoneNamed(zone) as Zone, from, until)).toEqual(changes);
  });
});
