import type { Tally } from "./bulk.js";
import type { Words } from "./words.js";

/** A bar on one line of a terminal, drawn over itself. */

const REDRAW_MS = 100;
const BAR_WIDTH = 24;
const TO_LINE_START = "\r\u001b[K";

export interface Progress {
  readonly seen: (tally: Tally) => void;
  /** Draws the bar once more as it ended, and leaves its line. */
  readonly end: (tally: Tally) => void;
}

export const NO_PROGRESS: Progress = { seen: () => {}, end: () => {} };

/** Without the size of the input, which a pipe does not tell, there is no bar but only the count. */
export function progressOn(write: (text: string) => void, size: number | undefined, words: Words): Progress {
  const startMs = performance.now();
  let drawnMs = startMs;
  const draw = (tally: Tally, nowMs: number): void => {
    drawnMs = nowMs;
    write(TO_LINE_START + progressLine(tally, size, nowMs - startMs, words));
  };
  return {
    seen: (tally) => {
      const nowMs = performance.now();
      if (nowMs - drawnMs >= REDRAW_MS) draw(tally, nowMs);
    },
    end: (tally) => {
      draw(tally, performance.now());
      write("\n");
    },
  };
}

/** `█████████░░░  38%  76,000 answered, 2 errors  212,000/s`. */
export function progressLine(
  { answered, errors, bytes }: Tally,
  size: number | undefined,
  elapsedMs: number,
  words: Words,
): string {
  const share = size === undefined ? undefined : Math.min(1, size === 0 ? 1 : bytes / size);
  const perSecond = elapsedMs > 0 ? Math.round(((answered + errors) / elapsedMs) * 1000) : 0;
  return [
    ...(share === undefined ? [] : [barOf(share), `${String(Math.floor(share * 100)).padStart(3)}%`]),
    words.progress(grouped(answered), grouped(errors)),
    `${grouped(perSecond)}/s`,
  ].join("  ");
}

function barOf(share: number): string {
  const filled = Math.floor(share * BAR_WIDTH);
  return "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
}

const grouped = (count: number): string => count.toLocaleString("en-US");
