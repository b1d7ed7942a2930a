import type { Arrival, Basis, Certainty, Outcome, Segment } from "../model/answers.js";
import type { Instant } from "../time/instant.js";
import type { Zone } from "../time/zone.js";
import { type Said, textAt } from "./said.js";
import { timelineOf } from "./timeline.js";

/**
 * An answer as plain data, except that its timeline is worked out when it is first read. It is a class because a
 * private field is by far the cheapest place for what the timeline is worked out from: a getter that closes over it
 * costs as much as the rest of the answer.
 */
export class LazyArrival implements Arrival {
  declare outcome: Outcome;
  declare earliest: string;
  declare expected: string;
  declare latest: string;
  declare certainty: Certainty;
  declare basis: Basis;
  declare rules: string[];
  declare timeline: Segment[];
  declare version: string;
  declare sooner?: { sendAt: string; expected: string };
  declare retryAt?: string;
  readonly #said: Said;
  readonly #entry: Instant;
  readonly #zone: Zone;

  constructor(said: Said, entry: Instant, zone: Zone, version: string) {
    this.outcome = said.outcome;
    this.earliest = textAt(said.earliest, entry, zone);
    this.expected = textAt(said.expected, entry, zone);
    this.latest = textAt(said.latest, entry, zone);
    this.certainty = said.certainty;
    this.basis = said.basis;
    this.rules = said.rules;
    Object.defineProperty(this, "timeline", LazyArrival.#timeline);
    this.version = version;
    this.#said = said;
    this.#entry = entry;
    this.#zone = zone;
  }

  /** One descriptor for all, so that all answers have one shape. */
  static readonly #timeline: PropertyDescriptor = {
    enumerable: true,
    configurable: true,
    get(this: LazyArrival): Segment[] {
      const { route } = this.#said;
      const value = timelineOf(route.paths.expected, this.#entry, route.rule.name, this.#zone);
      Object.defineProperty(this, "timeline", {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      return value;
    },
  };
}
