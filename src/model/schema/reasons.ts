import Type, { type Static } from "typebox";
import {
  CauseCategory,
  described,
  Id,
  MilestoneName,
  Note,
  Party,
  provenance,
  replaces,
  SchemaLink,
  StrictObject,
  Title,
} from "./common.js";

/** What a code does to the clock of a payment. */
export const Effect = Type.Enum(["continue", "milestone", "hold", "return", "arrived", "end"], {
  description:
    "continue: nothing moves; milestone: `milestone` is reached; hold: `hold` is placed; return: the money turns back; arrived: the payee has it; end: it is over, and the payer has the money",
});

export const Reason = StrictObject(
  {
    title: Title,
    effect: Effect,
    milestone: Type.Optional(described(MilestoneName, "for the effect milestone: what has been reached")),
    hold: Type.Optional(described(Id, "for the effect hold: a hold of holds.json, by name", ["risk-review"])),
    cause: Type.Optional(CauseCategory),
    who: Type.Optional(Party),
    ...provenance,
  },
  "what a status or reason code means: its effect on the clock, its cause, and who must act",
);

/** Numbers alone are codes of several schemes, so those carry their scheme: `unionpay.91`. */
const codes = Type.Record(Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$" }), Reason, {
  additionalProperties: false,
  description: "by code, as the scheme or platform writes it",
});

export const ReasonsFile = Type.Object(
  { $schema: SchemaLink, note: Note, replaces: replaces("the codes", "AC04"), codes },
  { additionalProperties: false, title: "what the codes of schemes and platforms mean" },
);

export type Reason = Static<typeof Reason>;
export type Effect = Static<typeof Effect>;
export type ReasonsFile = Static<typeof ReasonsFile>;
