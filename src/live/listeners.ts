import type { Problem } from "../errors.js";

/** The events of a live timetable. */
export interface LiveEvents {
  /** A new version answers from now on. */
  reloaded: { readonly version: string; readonly before: string };
  /** The changed files do not load. Emitted once for the same problems. */
  rejected: { readonly problems: readonly Problem[] };
}

export type Listener<E extends keyof LiveEvents> = (event: LiveEvents[E]) => void;

export interface Listeners {
  /** Returns a function that removes the listener. */
  readonly on: <E extends keyof LiveEvents>(event: E, listener: Listener<E>) => () => void;
  readonly emit: <E extends keyof LiveEvents>(event: E, payload: LiveEvents[E]) => void;
}

export function newListeners(): Listeners {
  const listeners: { readonly [E in keyof LiveEvents]: Set<{ readonly listener: Listener<E> }> } = {
    reloaded: new Set(),
    rejected: new Set(),
  };
  return {
    on: (event, listener) => {
      const entry = { listener };
      listeners[event].add(entry);
      return () => void listeners[event].delete(entry);
    },
    emit: (event, payload) => {
      for (const { listener } of [...listeners[event]]) callListener(() => listener(payload));
    },
  };
}

/** An error in a listener becomes an uncaught exception, as in EventTarget. It stops neither the reload nor others. */
function callListener(listener: () => void): void {
  try {
    listener();
  } catch (fault) {
    process.nextTick(() => {
      throw fault;
    });
  }
}
