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
    name: Type.String({ minLength: 1, description: "the name of the holiday", examples: ["春节"] }),
    from: described(DateText, "the first closed day, YYYY-MM-DD"),
    to: described(DateText, "the last closed day, YYYY-MM-DD"),
  },
  "a named range of closed days, both ends included",
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
    published: Type.Optional(described(DateText, "the date on which it became public, YYYY-MM-DD")),
    basis: Type.Optional(Basis),
    holidays: holidays("closed days; if two ranges overlap, the later one in the list gives the name"),
    workdays: workdays("make-up workdays: weekend days that are open"),
  },
  "the notice of one year; it may also name days of the December before",
);

export const Amendment = StrictObject(
  {
    published: described(DateText, "the date on which it became public, YYYY-MM-DD"),
    source: Source,
    basis: Type.Optional(Basis),
    holidays: holidays("days that are now closed"),
    workdays: workdays("days that are now open"),
  },
  "a later notice, which overrides earlier notices for its days",
);

export const Years = Type.Record(Year, CalendarYear, {
  additionalProperties: false,
  description: "the notices by year, as in `2026`",
});

export const Amendments = Type.Array(Amendment, {
  sortedBy: ["published"],
  description: "later notices, applied in the order of publication",
});

const Block = StrictObject(
  {
    name: Type.String({ minLength: 1, description: "the name of the break", examples: ["春节"] }),
    listedAs: Type.Optional(
      Type.String({
        minLength: 1,
        description: "its name in date-holidays (default: `name`)",
        examples: ["清明节 清明節"],
      }),
    ),
    statutoryDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 15,
        description: "the number of statutory days, from the first listed day on (default: 1)",
        examples: [4],
      }),
    ),
    from: Type.Enum(["eve", "day", "around"], {
      description:
        "eve: starts on the first statutory day, which is the eve; day: starts on the statutory day; around: joins the statutory day with the nearest weekend, or is that day alone if no weekend is near enough",
    }),
    days: Type.Integer({
      minimum: 1,
      maximum: 15,
      description: "the length of the break in days, including weekends",
      examples: [8],
    }),
    mergedDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 15,
        description: "its length in days if another block falls inside it (default: `days`)",
        examples: [8],
      }),
    ),
  },
  "the break around one statutory holiday by the published principles",
);

export const Projection = StrictObject(
  {
    country: Type.String({
      description: "the country whose statutory days are read from date-holidays",
      examples: ["CN"],
    }),
    until: described(DateText, "the last projected day, YYYY-MM-DD", ["2032-12-31"]),
    blocks: Type.Array(Block, { maxItems: 30, description: "the breaks of a year, at most 30" }),
    makeupWithinDays: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30,
        description: "weekend days within this many days of a break may become make-up workdays",
        examples: [7],
      }),
    ),
    source: Type.Optional(Source),
  },
  "how to continue the calendar after its coverage; answers that use it have the certainty `projected`",
);

export const CalendarFile = Type.Object(
  {
    $schema: SchemaLink,
    id: described(Id, "the name of the calendar, which steps and hours refer to", ["cn.hvps"]),
    title: Title,
    note: Note,
    replaces: replaces("the calendar", "cn.hvps"),
    zone: Zone,
    extends: Type.Optional(
      described(Id, "the calendar that this one extends: its years, amendments and coverage apply here too", [
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
        description: "false: weekends are always closed, even make-up workdays (default: true)",
      }),
    ),
    coverage: Type.Optional(
      StrictObject(
        {
          from: described(DateText, "the first known day, YYYY-MM-DD", ["2004-01-01"]),
          to: described(DateText, "the last known day, YYYY-MM-DD", ["2026-12-31"]),
        },
        "the first and the last known day",
      ),
    ),
    years: Type.Optional(Years),
    amendments: Type.Optional(Amendments),
    statutoryDays: Type.Optional(
      Type.Array(
        StrictObject(
          {
            from: Type.Integer({ description: "the first year with this number", examples: [2025] }),
            days: Type.Integer({ description: "statutory days off per year", examples: [13] }),
          },
          "the statutory days off from one year on",
        ),
        {
          sortedBy: ["from"],
          description:
            "the statutory days off per year; in each notice, closed weekdays minus make-up workdays must give this number",
        },
      ),
    ),
    holidaysFrom: Type.Optional(
      StrictObject(
        {
          country: Type.String({
            description: "the country or region code of date-holidays",
            examples: ["HK"],
          }),
          types: Type.Array(Type.Enum(["public", "bank"], { description: "a kind of holiday" }), {
            minItems: 1,
            description: "the kinds of holidays that are closed days",
            examples: [["public"]],
          }),
        },
        "closed days read from date-holidays at run time, within the coverage",
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
