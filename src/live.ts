import { fileURLToPath } from "node:url";
import { followFolders } from "./live/folder-follower.js";
import { type Listener, type LiveEvents, newListeners } from "./live/listeners.js";
import { readPackStamp } from "./live/pack-stamp.js";
import { type Rejection, type State, stateAfter } from "./live/state.js";
import type { Documents } from "./load/document.js";
import { readFolders } from "./load/folder-reader.js";
import type { ValidationStamp } from "./load/validation-stamp.js";
import { type Draft, draftOf } from "./timetable/draft.js";
import { type Timetable, timetableOf } from "./timetable.js";

/** The folders of a rulebook. The defaults are the shipped folders. */
export interface Folders {
  rules?: string;
  calendars?: string;
}

/** The folders of the shipped pack. */
export const SHIPPED = {
  rules: fileURLToPath(new URL("../rules", import.meta.url)),
  calendars: fileURLToPath(new URL("../calendars", import.meta.url)),
};

export interface OpenOptions extends Folders {
  /** Also checks the shipped pack, which was checked when the package was built. Takes a second longer. */
  checkAll?: boolean;
}

export interface LiveOptions extends OpenOptions {
  watch: true;
  /** How long files must stay unchanged before a reload, in milliseconds. Default: 200. */
  quietMs?: number;
  /** The polling interval, in milliseconds, for changes that the system does not report. Default: 2000. */
  pollMs?: number;
  /** Returns the current time in epoch milliseconds, for the times in `status()`. Without it there are none. */
  clock?: () => number;
}

/**
 * A timetable that reloads when its folders change. Each answer comes from one version, which it names. A rulebook that
 * does not load is rejected, and the last good version keeps answering. Does not keep the process alive.
 */
export interface LiveTimetable extends Timetable {
  /** The current version, frozen. Use it for several queries that must agree, such as an answer and its explanation. */
  current(): Timetable;
  /** Adds a listener for reloads or rejections. Returns a function that removes it. */
  on<E extends keyof LiveEvents>(event: E, listener: Listener<E>): () => void;
  status(): LiveStatus;
  /** Stops watching, for good. The last good version keeps answering. */
  close(): void;
}

export interface LiveStatus {
  readonly version: string;
  /** When this version was loaded, in ISO 8601; only with a clock. */
  readonly loadedAt?: string;
  /** The last rejected change; absent while the current files are in use. */
  readonly lastRejected?: Rejection;
  readonly watching: boolean;
}

/**
 * Reads a rulebook from its folders and compiles it. With `watch`, reloads it when the folders change.
 *
 * @throws RulebookError with all problems
 */
export async function openTimetable(options: LiveOptions): Promise<LiveTimetable>;
export async function openTimetable(options?: OpenOptions & { watch?: false }): Promise<Timetable>;
export async function openTimetable(options: OpenOptions | LiveOptions = {}): Promise<Timetable> {
  const { rules = SHIPPED.rules, calendars = SHIPPED.calendars, checkAll = false } = options;
  const read = (): Promise<Documents> => readFolders({ rules, calendars }, SHIPPED);
  const [documents, stamp] = await Promise.all([read(), checkAll ? undefined : readPackStamp()]);
  const timetable = timetableOf(documents, stamp);
  if (!("watch" in options && options.watch)) return timetable;
  return liveTimetable({ timetable, documents, stamp, read, roots: [rules, calendars] }, options);
}

/**
 * Opens a rulebook even if its examples fail.
 *
 * @throws RulebookError with all problems, if there is any other problem
 */
export async function openDraft({
  rules = SHIPPED.rules,
  calendars = SHIPPED.calendars,
}: Folders): Promise<Draft> {
  const [documents, stamp] = await Promise.all([readFolders({ rules, calendars }, SHIPPED), readPackStamp()]);
  return draftOf(documents, stamp);
}

interface OpenedRulebook {
  readonly timetable: Timetable;
  /** The documents of `timetable`. */
  readonly documents: Documents;
  readonly stamp: ValidationStamp | undefined;
  readonly read: () => Promise<Documents>;
  readonly roots: readonly string[];
}

function liveTimetable(
  { timetable, documents: initial, stamp, read, roots }: OpenedRulebook,
  { quietMs = 200, pollMs = 2000, clock }: LiveOptions,
): LiveTimetable {
  const now = (): string | undefined => (clock === undefined ? undefined : new Date(clock()).toISOString());
  let state: State = { timetable, loadedAt: now(), rejected: undefined };
  let watching = true;
  const { on, emit } = newListeners();
  const onChange = (documents: Documents): void => {
    const before = state;
    state = stateAfter(before, documents, now(), stamp);
    const { timetable: next, rejected } = state;
    if (next !== before.timetable)
      emit("reloaded", { version: next.version, before: before.timetable.version });
    if (rejected !== undefined && rejected !== before.rejected)
      emit("rejected", { problems: rejected.problems });
  };
  const stop = followFolders({ roots, read, initial, onChange, quietMs, pollMs });
  return Object.freeze({
    ...delegateTo(() => state.timetable),
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

type Queries = Omit<Timetable, "version" | "rulebook">;

/** All methods of a timetable, delegated to the current one. Each call reads `current` once. */
function delegateTo(current: () => Timetable): Queries {
  const first = current() as unknown as Readonly<Record<string, unknown>>;
  const names = Object.keys(first).filter((name) => typeof first[name] === "function");
  const delegate = (name: string) => {
    return (...args: readonly never[]) =>
      (current()[name as keyof Queries] as (...args: readonly never[]) => unknown)(...args);
  };
  return Object.fromEntries(names.map((name) => [name, delegate(name)])) as unknown as Queries;
}
