import { formatInstant, type Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";

/** Instants that many answers share, as text. */
export type InstantTexts = Map<Zone, Map<Instant, string>>;

/** The text of an instant: one string for all answers that end or arrive at it. */
export function textOf(texts: InstantTexts, zone: Zone, at: Instant): string {
  const inZone = texts.get(zone) ?? new Map<Instant, string>();
  texts.set(zone, inZone);
  const text = inZone.get(at) ?? formatInstant(zone, at);
  inZone.set(at, text);
  return text;
}
