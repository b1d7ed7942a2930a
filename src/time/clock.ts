declare const clockBrand: unique symbol;
/** A local time as milliseconds from local midnight. It may lie outside the day: `-1d 20:30` is -12,600,000. */
export type Clock = number & { readonly [clockBrand]: true };

const MINUTE_MS = 60_000;

/** Parses `HH:MM`, `24:00`, `-1d 20:30` or `+1d 02:00`. Returns undefined for any other text. */
export function parseClock(text: string): Clock | undefined {
  const parts = /^(?:([+-]\d{1,2})d )?(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))$/.exec(text);
  if (parts === null) return undefined;
  const hours = Number(parts[1] ?? 0) * 24 + Number(parts[2] ?? parts[4]);
  return ((hours * 60 + Number(parts[3] ?? parts[5])) * MINUTE_MS) as Clock;
}

/** Parses a time inside one day, in the format of `formatTimeOfDay`, or `24:00`. Returns undefined for any other text. */
export function parseTimeOfDay(text: string): Clock | undefined {
  const parts = /^(\d{2}:\d{2})(?::([0-5]\d)(?:\.(\d{3}))?)?$/.exec(text);
  const minutes = parts?.[1] === undefined ? undefined : parseClock(parts[1]);
  if (minutes === undefined || (parts?.[1] === "24:00" && text !== "24:00")) return undefined;
  return (minutes + Number(parts?.[2] ?? 0) * 1000 + Number(parts?.[3] ?? 0)) as Clock;
}

/** Formats a time inside one day as `HH:MM`, with seconds and milliseconds if they are not zero. */
export function formatTimeOfDay(clock: Clock): string {
  const text = new Date(clock).toISOString().slice(11, 23);
  if (text.endsWith(":00.000")) return text.slice(0, 5);
  return text.endsWith(".000") ? text.slice(0, 8) : text;
}

/** The inverse of `parseClock`, for whole minutes: `23:00`, `24:00`, `-1d 20:30`, `+1d 02:00`. */
export function formatClock(clock: Clock): string {
  const minutes = clock / MINUTE_MS;
  if (minutes === 24 * 60) return "24:00";
  const days = Math.floor(minutes / (24 * 60));
  const text = formatTimeOfDay(((minutes - days * 24 * 60) * MINUTE_MS) as Clock);
  return days === 0 ? text : `${days < 0 ? "-" : "+"}${Math.abs(days)}d ${text}`;
}
