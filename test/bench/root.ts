import { existsSync, readFileSync } from "node:fs";
import { openTimetable } from "../../src/live.js";
import type { Timetable } from "../../src/timetable.js";

/** The folder of the package, wherever this file was compiled to. */
export const ROOT: URL = (function above(folder: URL): URL {
  return existsSync(new URL("package.json", folder)) ? folder : above(new URL("..", folder));
})(new URL(".", import.meta.url));

export const pathOf = (path: string): string => new URL(path, ROOT).pathname;

export const readJson = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, ROOT), "utf8")) as T;

/** The shipped rules and calendars. */
export const openShipped = (): Promise<Timetable> =>
  openTimetable({ rules: pathOf("rules"), calendars: pathOf("calendars") });
