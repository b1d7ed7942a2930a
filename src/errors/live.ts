import type { Sentence } from "./problem.js";
import { describeValue } from "./wording.js";

/** Messages about the folders of a live timetable. */
export const liveMessages = {
  noChannels: (): Sentence => ({
    what: "no channel is left in the rulebook",
    help: "put the channel files back; the last good rulebook answers until then",
  }),
  notBuilt: (fault: unknown): Sentence => ({
    what: `a fault of the program: ${fault instanceof Error ? fault.message.replace(/\s+/g, " ") : describeValue(fault)}`,
    help: "report it together with the files; the last good rulebook answers until then",
  }),
};
