import type { Problem } from "../errors.js";

/** What a live timetable tells of itself. */
export interface LiveEvents {
  /** Another version answers from here on. */
  reloaded: { readonly version: string; readonly before: string };
  /** What the folders say now does not load; told once as long as the problems are the same. */
  rejected: { readonly problems: readonly Problem[] };
}

export type Listener<E extends keyof LiveEvents> = (happened: LiveEvents[E]) => void;

export interface Listeners {
  /** Gives the function that ends it. */
  readonly on: <E extends keyof LiveEvents>(event: E, listener: Listener<E>) => () => void;
  readonly tell: <E extends keyof LiveEvents>(event: E, happened: LiveEvents[E]) => void;
}

export function newListeners(): Listeners {
  const listening: { readonly [E in keyof LiveEvents]: Set<{ readonly listener: Listener<E> }> } = {
    reloaded: new Set(),
    rejected: new Set(),
  };
  return {
    on: (event, listener) => {
      const entry = { listener };
      listening[event].add(entry);
      return () => void listening[event].delete(entry);
    },
    tell: (event, happened) => {
      for (const { listener } of [...listening[event]]) hear(() => listener(happened));
    },
  };
}

/** A fault of a listener is an uncaught one of its own, as with an EventTarget, and stops neither reload nor others. */
function hear(listener: () => void): void {
  try {
    listener();
  } catch (fault) {
    process.nextTick(() => {
      throw fault;
    });
  }
}
