import type { Tally } from "../batch-stream.js";
import type { Words } from "../words/words.js";

const REDRAW_MS = 100;
const BAR_WIDTH = 24;
const TO_LINE_START = "\r\u001b[K";

/** A progress bar that redraws itself on one line of a terminal. */
export interface Progress {
  readonly update: (tally: Tally) => void;
  /** Draws the final state and ends the line. */
  readonly end: (tally: Tally) => void;
}

export const NO_PROGRESS: Progress = { update: () => {}, end: () => {} };

/** Shows only the count if the size of the input is unknown, as for a pipe. Sizes are bytes. */
export function startProgress(
  write: (text: string) => void,
  size: number | undefined,
  words: Words,
): Progress {
  const startMs = performance.now();
  let drawnMs = startMs;
  const draw = (tally: Tally, nowMs: number): void => {
    drawnMs = nowMs;
    write(TO_LINE_START + progressLine(tally, size, nowMs - startMs, words));
  };
  return {
    update: (tally) => {
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
    words.progress(withThousands(answered), withThousands(errors)),
    `${withThousands(perSecond)}/s`,
  ].join("  ");
}

function barOf(share: number): string {
  const filled = Math.floor(share * BAR_WIDTH);
  return "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
}

const withThousands = (count: number): string => count.toLocaleString("en-US");
