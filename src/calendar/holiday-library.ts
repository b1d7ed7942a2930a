import { createRequire } from "node:module";
import type Holidays from "date-holidays";
import manifest from "date-holidays/package.json" with { type: "json" };

/** Loads date-holidays on first use. `daozhang/core` replaces this file by `provided-holiday-library.ts`. */

const load = createRequire(import.meta.url);

export const holidayLibrary = (): typeof Holidays => load("date-holidays") as typeof Holidays;

/** The release of date-holidays. */
export const holidayDataVersion = (): string => manifest.version;
