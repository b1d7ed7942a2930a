import { Duration } from "luxon";

/**
 * The milliseconds of an ISO 8601 duration, a day being 24 hours; undefined where the text is none, is negative, or
 * counts months or years, which have no fixed length.
 */
export function parseDuration(text: string): number | undefined {
  if (!/\d/.test(text)) return undefined;
  const duration = Duration.fromISO(text);
  if (!duration.isValid || duration.years !== 0 || duration.months !== 0 || duration.quarters !== 0)
    return undefined;
  const ms = duration.toMillis();
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/** ISO 8601 in days, hours, minutes and seconds: 93,600,000 ms is `P1DT2H`, 0 is `PT0S`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return "PT0S";
  const whole = Duration.fromMillis(ms).shiftTo("days", "hours", "minutes", "seconds");
  const kept = Object.fromEntries(Object.entries(whole.toObject()).filter(([, count]) => count !== 0));
  return Duration.fromObject(kept).toISO() as string;
}
