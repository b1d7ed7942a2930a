import type { Locale } from "../index.js";

/** The labels of what `diff` prints. */
interface DiffWords {
  readonly status: Readonly<Record<"added" | "removed" | "undecided", string>>;
  readonly moved: (channel: string, moves: number, classes: number) => string;
  readonly moreClasses: (classes: number) => string;
  readonly paid: (from: string, until: string) => string;
  readonly times: (count: number, from: string, until: string) => string;
  readonly later: (length: string) => string;
  readonly sooner: (length: string) => string;
  readonly between: (one: string, other: string) => string;
  readonly bounds: Readonly<Record<"earliest" | "expected" | "latest", string>>;
  readonly fate: Readonly<Record<"taken" | "refused" | "never" | "unanswered", string>>;
  readonly becomes: (one: string, other: string) => string;
  readonly before: string;
  readonly after: string;
  readonly more: (moves: number) => string;
  readonly still: (channels: number, days: number, from: string) => string;
  readonly payments: (moved: number, of: number) => string;
  readonly worst: string;
  readonly judging: string;
  readonly failing: Readonly<Record<"before" | "after", (examples: number) => string>>;
}

const en: DiffWords = {
  status: {
    added: "added",
    removed: "removed",
    undecided: "undecided: too many kinds of payments, or vague conditions",
  },
  moved: (channel, moves, classes) =>
    `${channel}: ${moves === 1 ? "one way" : `${moves} ways`} in which payments move, of ${classes} classes`,
  moreClasses: (classes) => ` and ${classes} more ${classes === 1 ? "class" : "classes"}`,
  paid: (from, until) => `paid ${from} to ${until}`,
  times: (count, from, until) => `${count} times, from ${from} to ${until}`,
  later: (length) => `${length} later`,
  sooner: (length) => `${length} sooner`,
  between: (one, other) => `${one} to ${other}`,
  bounds: { earliest: "can arrive", expected: "arrives", latest: "counts as late" },
  fate: { taken: "taken", refused: "refused", never: "never taken", unanswered: "not answered" },
  becomes: (one, other) => `${one} becomes ${other}`,
  before: "before",
  after: "after",
  more: (moves) => `  ${moves} more (--all tells them)`,
  still: (channels, days, from) => `nothing moves: ${channels} channels, ${days} days from ${from}`,
  payments: (moved, of) => `${moved} of ${of} payments move`,
  worst: "the farthest",
  judging:
    "verdicts, codes or reported holds differ: a delay may be judged otherwise, which is not compared here",
  failing: {
    before: (examples) =>
      `in the old rulebook, ${examples === 1 ? "1 example fails" : `${examples} examples fail`}:`,
    after: (examples) =>
      `in the new rulebook, ${examples === 1 ? "1 example fails" : `${examples} examples fail`}:`,
  },
};

const zh: DiffWords = {
  status: { added: "新增", removed: "移除", undecided: "未能判定：付款种类过多，或条件含糊" },
  moved: (channel, moves, classes) => `${channel}：${classes}类付款中，到账有${moves}种变化`,
  moreClasses: (classes) => `，另有${classes}类`,
  paid: (from, until) => `${from}至${until}付款`,
  times: (count, from, until) => `共${count}次，从${from}到${until}`,
  later: (length) => `晚${length}`,
  sooner: (length) => `早${length}`,
  between: (one, other) => `${one}至${other}`,
  bounds: { earliest: "最早到账", expected: "预计到账", latest: "超时界限" },
  fate: { taken: "受理", refused: "拒绝", never: "始终不受理", unanswered: "无法回答" },
  becomes: (one, other) => `${one}变为${other}`,
  before: "之前",
  after: "之后",
  more: (moves) => `  另有${moves}种（--all 全部列出）`,
  still: (channels, days, from) => `没有变化：${channels}个渠道，自${from}起${days}天`,
  payments: (moved, of) => `${of}笔付款中有${moved}笔变化`,
  worst: "变化最大的",
  judging: "判定规则、代码或途中暂缓有所不同：对延迟的判定可能改变，此处不作比较",
  failing: {
    before: (examples) => `旧规则与其${examples}个示例不符：`,
    after: (examples) => `新规则与其${examples}个示例不符：`,
  },
};

export const DIFF_WORDS: Readonly<Record<Locale, DiffWords>> = { en, zh };
