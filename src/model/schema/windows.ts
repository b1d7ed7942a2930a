import Type, { type Static } from "typebox";
import {
  CauseCategory,
  DateText,
  DurationText,
  described,
  Id,
  InstantText,
  Note,
  Period,
  provenance,
  Reference,
  replaces,
  SchemaLink,
  StrictObject,
  TimeText,
  Title,
  Zone,
} from "./common.js";
import { Condition, conditionDefinitions } from "./condition.js";

const Weekday = Type.Enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], {
  description: "the weekday of every week, or with `nth` of every month or year",
});

const windowFrom = described(TimeText, "the local start time, HH:MM");
const windowUntil = described(TimeText, "the local end time, HH:MM; systems are open at that instant");

const WindowParams = StrictObject(
  {
    systems: Type.Array(Reference("system", "a system that it closes"), {
      minItems: 1,
      description: "the systems that it closes",
      examples: [["beps", "ibps"]],
    }),
    effect: Type.Enum(["closed", "degraded"], {
      description:
        "closed: money waits until the end; degraded: the system may work, so it is open for earliest and expected and closed for latest",
    }),
    cause: Type.Optional(CauseCategory),
    zone: Type.Optional(
      described(Zone, "the time zone of `dates`, `recurs` and a `published` date, an IANA name"),
    ),
    interval: Type.Optional(
      StrictObject(
        {
          from: described(InstantText, "the start, ISO 8601 with an offset"),
          until: Type.Optional(
            described(InstantText, "the end, ISO 8601 with an offset; systems are open at that instant"),
          ),
          reviewAt: Type.Optional(
            described(
              InstantText,
              "when to review an incident whose end is not known, ISO 8601 with an offset",
            ),
          ),
          recovery: Type.Optional(
            described(DurationText, "the time to clear the backlog after the end, ISO 8601 (default: none)"),
          ),
        },
        "one interval; an incident whose end is not known has `reviewAt` instead of `until`",
      ),
    ),
    dates: Type.Optional(
      StrictObject(
        {
          on: Type.Array(DateText, {
            minItems: 1,
            maxItems: 4000,
            sortedBy: [],
            description: "the dates, YYYY-MM-DD, at most 4000",
            examples: [["2026-12-20", "2026-12-27"]],
          }),
          from: windowFrom,
          until: windowUntil,
        },
        "the same hours on several dates",
      ),
    ),
    recurs: Type.Optional(
      StrictObject(
        {
          every: Type.Enum(["day", "week", "month", "year"], {
            description:
              "how often: every day; every week on `weekday`; every month on `day`, or on `weekday` with `nth`; every year with `month` too",
          }),
          weekday: Type.Optional(Weekday),
          nth: Type.Optional(
            Type.Integer({
              minimum: -1,
              maximum: 5,
              description: "the n-th such weekday of the month, 1 to 5, or -1 for the last",
              examples: [3, -1],
            }),
          ),
          month: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 12,
              description: "the month of the year, 1 to 12",
              examples: [12],
            }),
          ),
          day: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 31,
              description: "the day of the month, 1 to 31",
              examples: [20],
            }),
          ),
          from: windowFrom,
          until: windowUntil,
          effective: Type.Optional(
            described(Period, "the dates on which it may occur, from `from` until just before `until`"),
          ),
        },
        "recurring hours",
      ),
    ),
  },
  "which systems are closed, and when: exactly one of `interval`, `dates`, `recurs`",
);

const published = Type.Optional(
  Type.String({
    format: "date-or-instant",
    description: "when it became known: a calendar date, or an instant with an offset",
    examples: ["2026-02-14", "2026-02-13T23:00:00+08:00"],
  }),
);

export const WindowRule = StrictObject(
  {
    name: described(Id, "the name of the window, unique in the rulebook", ["pboc-2026-12"]),
    title: Type.Optional(Title),
    conditions: Type.Optional(Condition),
    published,
    event: StrictObject(
      {
        type: Type.Enum(["maintenance", "incident"], {
          description: "maintenance: planned and announced; incident: something has broken",
        }),
        params: WindowParams,
      },
      "what is closed",
    ),
    ...provenance,
  },
  "a window: an interval in which systems are closed or degraded",
);

export const WindowsFile = Type.Object(
  {
    $schema: SchemaLink,
    note: Note,
    replaces: replaces("the windows", "pboc-2024"),
    rules: Type.Array(WindowRule, {
      sortedBy: [
        "event.params.interval.from|event.params.dates.on|event.params.recurs.effective.from",
        "name",
      ],
      description: "the windows",
    }),
  },
  { additionalProperties: false, title: "maintenance windows or incidents", $defs: conditionDefinitions },
);

export type WindowRule = Static<typeof WindowRule>;
export type WindowsFile = Static<typeof WindowsFile>;
