import type { Payment, Timetable } from "../../src/index.js";

export function answersTo(timetable: Timetable, payment: Payment): string;
