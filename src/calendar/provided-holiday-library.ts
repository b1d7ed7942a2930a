import type Holidays from "date-holidays";
import { calendarMessages, QuestionError } from "../errors.js";

/** Replaces `holiday-library.ts` in `daozhang/core`, whose caller decides whether to bundle date-holidays. */

let provided: typeof Holidays | undefined;
let providedVersion = "none";

/**
 * Provides the class of date-holidays and its release, for calendars that read holidays from it or are projected. Call it
 * before the first query.
 */
export function provideHolidays(holidays: typeof Holidays, release: string): void {
  provided = holidays;
  providedVersion = release;
}

/** @throws QuestionError outside-coverage if none was provided */
export function holidayLibrary(): typeof Holidays {
  if (provided === undefined)
    throw new QuestionError("outside-coverage", "date-holidays", calendarMessages.noLibrary());
  return provided;
}

export const holidayDataVersion = (): string => providedVersion;
