import Type, { type Static } from "typebox";
import { Basis, Closed, DateText, Id, SchemaLink, Source, Title, Zone } from "./common.js";

const Weekday = Type.Enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);

export const HolidayRange = Closed(
  { name: Type.String({ minLength: 1 }), from: DateText, to: DateText },
  "a named run of closed days; both ends are in it",
);

const Year = Type.String({ format: "year", pattern: "^\\d{4}$" });

export const CalendarYear = Closed(
  {
    source: Type.Optional(Source),
    published: Type.Optional(DateText),
    basis: Type.Optional(Basis),
    holidays: Type.Array(HolidayRange),
    workdays: Type.Array(DateText, { description: "weekend days declared open (make-up workdays)" }),
  },
  "what one year's notice says; a day of the December before belongs to the notice that names it",
);

export const Amendment = Closed(
  {
    published: DateText,
    source: Source,
    basis: Type.Optional(Basis),
    holidays: Type.Array(HolidayRange),
    workdays: Type.Array(DateText, { description: "days that are open after all" }),
  },
  "a later notice: its days replace what was said of them before",
);

const Block = Closed(
  {
    name: Type.String({ minLength: 1 }),
    listedAs: Type.Optional(
      Type.String({ minLength: 1, description: "the name that date-holidays gives it (default: the same)" }),
    ),
    statutoryDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 15,
        description: "how many days of it the law names, from the first listed day on (default: 1)",
      }),
    ),
    from: Type.Enum(["eve", "day", "around"], {
      description:
        "eve: starts on the first statutory day of the name, which is the eve; day: starts on the statutory day; around: the statutory day with the nearest weekend, or the day alone where none is near enough",
    }),
    days: Type.Integer({ minimum: 1, maximum: 15 }),
    mergedDays: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 15, description: "its length when another block falls inside it" }),
    ),
  },
  "how long the break around one statutory holiday is by the published principles",
);

export const Projection = Closed(
  {
    country: Type.String({
      description: "the country of date-holidays that gives the statutory days",
      examples: ["CN"],
    }),
    until: DateText,
    blocks: Type.Array(Block),
    makeupWithinDays: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30,
        description: "an unnamed weekend day this near to a break may turn out to be a make-up workday",
      }),
    ),
    source: Type.Optional(Source),
  },
  "how the calendar is continued beyond its coverage; answers that use it say that they are projected",
);

export const CalendarFile = Type.Object(
  {
    $schema: SchemaLink,
    id: Id,
    title: Title,
    note: Type.Optional(Type.String()),
    zone: Zone,
    extends: Type.Optional(Id),
    weekend: Type.Optional(Type.Array(Weekday)),
    weekendWork: Type.Optional(
      Type.Boolean({
        description: "false: closed on every weekend, make-up workdays included (default: true)",
      }),
    ),
    coverage: Type.Optional(
      Closed({ from: DateText, to: DateText }, "the first and the last day that is known"),
    ),
    years: Type.Optional(Type.Record(Year, CalendarYear, { additionalProperties: false })),
    amendments: Type.Optional(Type.Array(Amendment)),
    statutoryDays: Type.Optional(
      Type.Array(Closed({ from: Type.Integer(), days: Type.Integer() }, "from that year on, that many")),
    ),
    holidaysFrom: Type.Optional(
      Closed(
        {
          country: Type.String(),
          types: Type.Array(Type.Enum(["public", "bank"]), { minItems: 1 }),
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
