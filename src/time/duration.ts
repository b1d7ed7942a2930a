import { Duration } from "luxon";

/**
 * Parses an ISO 8601 duration to milliseconds. A day is 24 hours. Returns undefined for any other text, for negative
 * durations, and for months and years, which have no fixed length.
 */
export function parseDuration(text: string): number | undefined {
  if (!/\d/.test(text)) return undefined;
  const duration = Duration.fromISO(text);
  if (!duration.isValid || duration.years !== 0 || duration.months !== 0) return undefined;
  const ms = duration.toMillis();
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/** Formats milliseconds as an ISO 8601 duration of days, hours, minutes and seconds: `P1DT2H`, `PT0S` for 0. */
export function formatDuration(ms: number): string {
  if (ms === 0) return "PT0S";
  const days = Math.floor(ms / 86_400_000);
  const hours = Math.floor(ms / 3_600_000) % 24;
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = (ms % 60_000) / 1000;
  let text = days === 0 ? "P" : `P${days}D`;
  if (hours + minutes + seconds > 0) text += "T";
  if (hours > 0) text += `${hours}H`;
  if (minutes > 0) text += `${minutes}M`;
  if (seconds > 0) text += `${seconds}S`;
  return text;
}
