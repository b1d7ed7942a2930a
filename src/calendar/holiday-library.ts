import { createRequire } from "node:module";
import type Holidays from "date-holidays";
import manifest from "date-holidays/package.json" with { type: "json" };

/** Loads date-holidays when it is first needed. In `daozhang/core` the caller provides it. */

const load = createRequire(import.meta.url);

export const holidayLibrary = (): typeof Holidays => load("date-holidays") as typeof Holidays;

/** The release whose lists are read. */
export const holidayDataVersion = (): string => manifest.version;
