import { fileURLToPath } from "node:url";
import { follow } from "./live/follow.js";
import { type Listener, type LiveEvents, newListeners } from "./live/listeners.js";
import { readProven } from "./live/proof.js";
import { type Rejection, type State, stateAfter } from "./live/state.js";
import type { Documents } from "./load/document.js";
import type { Proven } from "./load/proven.js";
import { readFolders } from "./load/read.js";
import { type Timetable, timetableOf } from "./timetable.js";

/** Folders of a rulebook; what is left out is the shipped one. */
export interface Folders {
  rules?: string;
  calendars?: string;
}

/** The folders that come with the package. */
export const SHIPPED = {
  rules: fileURLToPath(new URL("../rules", import.meta.url)),
  calendars: fileURLToPath(new URL("../calendars", import.meta.url)),
};

export interface OpenOptions extends Folders {
  /** Checks everything, also the shipped pack, which was proved when the package was built: it takes a second longer. */
  checkAll?: boolean;
}

export interface LiveOptions extends OpenOptions {
  watch: true;
  /** For how many milliseconds files must have stayed the same before they count: 200 where it is left out. */
  quietMs?: number;
  /** Every how many milliseconds files are looked at even if nothing tells of a change: 2000 where it is left out. */
  pollMs?: number;
  /** The present in epoch milliseconds, for the instants in `status()`; without it there are none. */
  clock?: () => number;
}

/**
 * A timetable that follows its folders. Each question is answered by one version, whole, which the answer carries. What
 * does not load never answers: the last good version does until it is mended. It keeps no process alive by itself.
 */
export interface LiveTimetable extends Timetable {
  /** The version that answers now, frozen: for several questions, or an answer and its sentences, that belong together. */
  current(): Timetable;
  /** Tells of every reload or rejection from here on; gives the function that ends it. */
  on<E extends keyof LiveEvents>(event: E, listener: Listener<E>): () => void;
  status(): LiveStatus;
  /** Ends the watch, for good; the last good version goes on to answer. */
  close(): void;
}

export interface LiveStatus {
  readonly version: string;
  /** When this version was loaded, in ISO 8601; only where a clock was given. */
  readonly loadedAt?: string;
  /** Not there while what the folders say is what answers. */
  readonly lastRejected?: Rejection;
  readonly watching: boolean;
}

/**
 * Reads a rulebook from its folders and compiles it; with `watch`, follows the folders from there on.
 *
 * @throws RulebookError with all that is wrong
 */
export async function openTimetable(options: LiveOptions): Promise<LiveTimetable>;
export async function openTimetable(options?: OpenOptions & { watch?: false }): Promise<Timetable>;
export async function openTimetable(options: OpenOptions | LiveOptions = {}): Promise<Timetable> {
  const { rules = SHIPPED.rules, calendars = SHIPPED.calendars, checkAll = false } = options;
  const read = (): Promise<Documents> => readFolders({ rules, calendars }, SHIPPED);
  const [documents, proven] = await Promise.all([read(), checkAll ? undefined : readProven()]);
  const timetable = timetableOf(documents, proven);
  if (!("watch" in options && options.watch)) return timetable;
  return liveTimetable({ timetable, documents, proven, read, roots: [rules, calendars] }, options);
}

interface Opened {
  readonly timetable: Timetable;
  /** What the timetable was built from. */
  readonly documents: Documents;
  readonly proven: Proven | undefined;
  readonly read: () => Promise<Documents>;
  readonly roots: readonly string[];
}

function liveTimetable(
  { timetable: first, documents: known, proven, read, roots }: Opened,
  { quietMs = 200, pollMs = 2000, clock }: LiveOptions,
): LiveTimetable {
  const now = (): string | undefined => (clock === undefined ? undefined : new Date(clock()).toISOString());
  let state: State = { timetable: first, loadedAt: now(), rejected: undefined };
  let watching = true;
  const { on, tell } = newListeners();
  const found = (documents: Documents): void => {
    const before = state;
    state = stateAfter(before, documents, now(), proven);
    const { timetable, rejected } = state;
    if (timetable !== before.timetable)
      tell("reloaded", { version: timetable.version, before: before.timetable.version });
    if (rejected !== undefined && rejected !== before.rejected)
      tell("rejected", { problems: rejected.problems });
  };
  const stop = follow({ roots, read, known, found, quietMs, pollMs });
  return Object.freeze({
    ...questionsOf(() => state.timetable),
    get version() {
      return state.timetable.version;
    },
    get rulebook() {
      return state.timetable.rulebook;
    },
    current: () => state.timetable,
    on,
    status: () => statusOf(state, watching),
    close: () => {
      watching = false;
      stop();
    },
  });
}

const statusOf = ({ timetable, loadedAt, rejected }: State, watching: boolean): LiveStatus => ({
  version: timetable.version,
  ...(loadedAt !== undefined && { loadedAt }),
  ...(rejected !== undefined && { lastRejected: rejected }),
  watching,
});

type Questions = Omit<Timetable, "version" | "rulebook">;

/** Every question of a timetable, put to the one that is current; it is asked which that is once for each question. */
function questionsOf(current: () => Timetable): Questions {
  const first = current() as unknown as Readonly<Record<string, unknown>>;
  const names = Object.keys(first).filter((name) => typeof first[name] === "function");
  const put = (name: string) => {
    return (...asked: readonly never[]) =>
      (current()[name as keyof Questions] as (...asked: readonly never[]) => unknown)(...asked);
  };
  return Object.fromEntries(names.map((name) => [name, put(name)])) as unknown as Questions;
}
