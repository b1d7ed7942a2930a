import type Holidays from "date-holidays";
import { calendarMessages, QuestionError } from "../errors.js";

/** The holiday library of `daozhang/core`: whoever bundles it decides whether date-holidays comes along. */

let provided: typeof Holidays | undefined;
let providedVersion = "none";

/**
 * Provides the class of date-holidays, and its release, for calendars that read days from it or are projected. Call it
 * before the first question.
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
