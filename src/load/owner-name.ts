import { type Segments, valueAt } from "./path.js";

const NAMED_BY_KEY = ["facts", "systems", "conditions", "codes", "messages"];

/** The name of the rule, calendar, system, fact or channel that contains a place. */
export function ownerName(json: unknown, segments: Segments): string | undefined {
  const [first, second] = segments;
  if (second !== undefined && NAMED_BY_KEY.includes(String(first))) return String(second);
  const names = [["rules", second ?? "", "name"], ["id"], ["channel"], ["addsTo"]].map((path) =>
    valueAt(json, path),
  );
  return names.find((name) => typeof name === "string");
}
