import { calendarKnownAt, publications } from "../calendar/publications.js";
import type { Rulebook, WindowRule } from "../model/rulebook.js";
import type { Clock } from "../time/clock.js";
import { type Day, parseDay } from "../time/day.js";
import { type Instant, parseInstant } from "../time/instant.js";
import { instantOf, type Zone, zoneNamed } from "../time/zone.js";

/** The rulebook as known at `asOf`: without the notices and windows published later. */
export function knownAt(rulebook: Rulebook, asOf: Instant): Rulebook {
  const calendars = Object.entries(rulebook.calendars).map(([id, file]) => [id, calendarKnownAt(file, asOf)]);
  return {
    ...rulebook,
    calendars: Object.fromEntries(calendars),
    windows: rulebook.windows.filter((window) => (publishedAt(window) ?? asOf) <= asOf),
  };
}

/** The instants of publication, in order. */
export function publicationsOf(rulebook: Rulebook): readonly Instant[] {
  const calendars = Object.values(rulebook.calendars).flatMap(publications);
  const windows = rulebook.windows.map(publishedAt).filter((at) => at !== undefined);
  return [...new Set([...calendars, ...windows])].sort((a, b) => a - b);
}

/** A window published on a date is known from the start of that date; without a date it was always known. */
function publishedAt({ published, event }: WindowRule): Instant | undefined {
  if (published === undefined) return undefined;
  if (published.includes("T")) return parseInstant(published) as Instant;
  return instantOf(zoneNamed(event.params.zone as string) as Zone, parseDay(published) as Day, 0 as Clock);
}
