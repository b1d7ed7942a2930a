import Type, { type Static } from "typebox";
import {
  Basis,
  DateText,
  described,
  Id,
  Note,
  replaces,
  SchemaLink,
  Source,
  StrictObject,
  Title,
  Zone,
} from "./common.js";

const Weekday = Type.Enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], { description: "a weekday" });

export const HolidayRange = StrictObject(
  {
    name: Type.String({ minLength: 1, description: "what the holiday is called", examples: ["春节"] }),
    from: described(DateText, "its first closed day, YYYY-MM-DD"),
    to: described(DateText, "its last closed day, YYYY-MM-DD"),
  },
  "a named run of closed days; both ends are in it",
);

const holidays = (description: string) =>
  Type.Array(HolidayRange, { maxItems: 366, sortedBy: ["from", "to"], description });

const workdays = (description: string) =>
  Type.Array(DateText, {
    maxItems: 366,
    sortedBy: [],
    description,
    examples: [["2026-02-14", "2026-02-28"]],
  });

const Year = Type.String({ format: "year", pattern: "^\\d{4}$" });

export const CalendarYear = StrictObject(
  {
    source: Type.Optional(Source),
    published: Type.Optional(described(DateText, "the day on which the public learned of it, YYYY-MM-DD")),
    basis: Type.Optional(Basis),
    holidays: holidays("its closed days; of two that share a day the later one in the list names it"),
    workdays: workdays("weekend days declared open (make-up workdays)"),
  },
  "what one year's notice says; a day of the December before belongs to the notice that names it",
);

export const Amendment = StrictObject(
  {
    published: described(DateText, "the day on which the public learned of it, YYYY-MM-DD"),
    source: Source,
    basis: Type.Optional(Basis),
    holidays: holidays("days that are closed after all"),
    workdays: workdays("days that are open after all"),
  },
  "a later notice: its days replace what was said of them before",
);

export const Years = Type.Record(Year, CalendarYear, {
  additionalProperties: false,
  description: "what each year's notice says, by year as in `2026`",
});

export const Amendments = Type.Array(Amendment, {
  sortedBy: ["published"],
  description: "later notices, which act in the order of their dates",
});

const Block = StrictObject(
  {
    name: Type.String({ minLength: 1, description: "what the break is called", examples: ["春节"] }),
    listedAs: Type.Optional(
      Type.String({
        minLength: 1,
        description: "the name that date-holidays gives it (default: the same)",
        examples: ["清明节 清明節"],
      }),
    ),
    statutoryDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 15,
        description: "how many days of it the law names, from the first listed day on (default: 1)",
        examples: [4],
      }),
    ),
    from: Type.Enum(["eve", "day", "around"], {
      description:
        "eve: starts on the first statutory day of the name, which is the eve; day: starts on the statutory day; around: the statutory day with the nearest weekend, or the day alone where none is near enough",
    }),
    days: Type.Integer({
      minimum: 1,
      maximum: 15,
      description: "how long the break is, in days, weekends included",
      examples: [8],
    }),
    mergedDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 15,
        description: "its length in days when another block falls inside it (default: the same)",
        examples: [8],
      }),
    ),
  },
  "how long the break around one statutory holiday is by the published principles",
);

export const Projection = StrictObject(
  {
    country: Type.String({
      description: "the country of date-holidays that gives the statutory days",
      examples: ["CN"],
    }),
    until: described(DateText, "the last day that is projected, YYYY-MM-DD", ["2032-12-31"]),
    blocks: Type.Array(Block, { maxItems: 30, description: "the breaks of a year, at most 30" }),
    makeupWithinDays: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30,
        description:
          "an unnamed weekend day this near to a break may turn out to be a make-up workday; in days",
        examples: [7],
      }),
    ),
    source: Type.Optional(Source),
  },
  "how the calendar is continued beyond its coverage; answers that use it say that they are projected",
);

export const CalendarFile = Type.Object(
  {
    $schema: SchemaLink,
    id: described(Id, "the name of the calendar, by which steps and hours know it", ["cn.hvps"]),
    title: Title,
    note: Note,
    replaces: replaces("the calendar", "cn.hvps"),
    zone: Zone,
    extends: Type.Optional(
      described(Id, "the calendar that this one adds to: its years, amendments and coverage hold here too", [
        "cn.statutory",
      ]),
    ),
    weekend: Type.Optional(
      Type.Array(Weekday, {
        description: "the weekdays that are closed (default: those of `extends`, else sat and sun)",
        examples: [["sat", "sun"]],
      }),
    ),
    weekendWork: Type.Optional(
      Type.Boolean({
        description: "false: closed on every weekend, make-up workdays included (default: true)",
      }),
    ),
    coverage: Type.Optional(
      StrictObject(
        {
          from: described(DateText, "the first day that is known, YYYY-MM-DD", ["2004-01-01"]),
          to: described(DateText, "the last day that is known, YYYY-MM-DD", ["2026-12-31"]),
        },
        "the first and the last day that is known",
      ),
    ),
    years: Type.Optional(Years),
    amendments: Type.Optional(Amendments),
    statutoryDays: Type.Optional(
      Type.Array(
        StrictObject(
          {
            from: Type.Integer({ description: "the first year of it", examples: [2025] }),
            days: Type.Integer({ description: "days off in a year by law", examples: [13] }),
          },
          "from that year on, that many",
        ),
        {
          sortedBy: ["from"],
          description:
            "how many days off the law gives: a year whose swaps do not come out at that is an error",
        },
      ),
    ),
    holidaysFrom: Type.Optional(
      StrictObject(
        {
          country: Type.String({
            description: "the country or region as date-holidays knows it",
            examples: ["HK"],
          }),
          types: Type.Array(Type.Enum(["public", "bank"], { description: "a kind of holiday" }), {
            minItems: 1,
            description: "the kinds of its holidays that are closed days",
            examples: [["public"]],
          }),
        },
        "closed days that are read from date-holidays at run time, within the coverage",
      ),
    ),
    projection: Type.Optional(Projection),
  },
  { additionalProperties: false, title: "a calendar of business days" },
);

export type HolidayRange = Static<typeof HolidayRange>;
export type CalendarYear = Static<typeof CalendarYear>;
export type Amendment = Static<typeof Amendment>;
export type Block = Static<typeof Block>;
export type Projection = Static<typeof Projection>;
export type CalendarFile = Static<typeof CalendarFile>;
