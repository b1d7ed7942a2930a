/** Today's date in UTC, from the real clock. */
export const currentDate = (): string => new Date().toISOString().slice(0, 10);
