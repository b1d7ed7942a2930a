import type { Locale } from "../index.js";
import type { LayerChange } from "../model/layers.js";

/** The labels of what the command line prints about files of rules: layers, `init` and `fmt`. */

interface FileWords {
  readonly changes: Readonly<Record<LayerChange["change"], string>>;
  /** What there is one of, by the names of declarations; others are shown as they are. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly layers: (changes: number) => string;
  readonly formatted: (files: number, of: number) => string;
  readonly wouldFormat: (files: number, of: number) => string;
  readonly allFormatted: (of: number) => string;
  readonly noSchema: string;
  readonly laidOut: (files: number, folder: string) => string;
  readonly next: string;
  readonly nextSteps: Readonly<Record<"check" | "when" | "readme", string>>;
}

const files = (count: number): string => `${count} ${count === 1 ? "file" : "files"}`;

const en: FileWords = {
  changes: { adds: "adds", replaces: "replaces", removes: "leaves out" },
  kinds: {},
  layers: (changes) => `on top of daozhang, ${changes} ${changes === 1 ? "change" : "changes"}:`,
  formatted: (changed, of) => `${changed} of ${files(of)} written anew`,
  wouldFormat: (changed, of) => `${changed} of ${files(of)} would be written anew: run daozhang fmt`,
  allFormatted: (of) => `${files(of)} in canonical form`,
  noSchema: "left alone: names no schema of a rulebook",
  laidOut: (count, folder) => `${files(count)} laid out in ${folder}, and they load`,
  next: "next",
  nextSteps: {
    check: "see what they change",
    when: "ask the example acquirer",
    readme: "then put your own in place of the examples",
  },
};

const zh: FileWords = {
  changes: { adds: "新增", replaces: "替换", removes: "去除" },
  kinds: {
    calendar: "日历",
    channel: "渠道",
    code: "代码",
    condition: "条件",
    "en text": "英文文本",
    examples: "示例",
    fact: "事实",
    rule: "规则",
    system: "系统",
    "zh text": "中文文本",
  },
  layers: (changes) => `在 daozhang 之上有${changes}处改动：`,
  formatted: (changed, of) => `${of}个文件中改写了${changed}个`,
  wouldFormat: (changed, of) => `${of}个文件中有${changed}个不是规范格式：请运行 daozhang fmt`,
  allFormatted: (of) => `${of}个文件均为规范格式`,
  noSchema: "未处理：没有写明规则文件的 schema",
  laidOut: (count, folder) => `已在 ${folder} 建立${count}个文件，加载成功`,
  next: "下一步",
  nextSteps: {
    check: "查看有哪些改动",
    when: "试问示例收单机构",
    readme: "然后把示例换成自己的内容",
  },
};

export const FILE_WORDS: Readonly<Record<Locale, FileWords>> = { zh, en };
