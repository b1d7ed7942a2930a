import type { Cause, Certainty, Locale, Outcome } from "../index.js";
import type { Bound } from "../model/bound.js";
import type { Basis } from "../model/rulebook.js";

/** The labels of what the command line prints. Sentences about payments are those of rules/texts. */

export interface Words {
  readonly causes: Readonly<Record<Cause, string>>;
  readonly bounds: Readonly<Record<Bound, string>>;
  readonly basis: Readonly<Record<Basis, string>>;
  readonly certainty: Readonly<Record<Certainty, string>>;
  readonly status: Readonly<Record<"official" | "amended" | "projected", string>>;
  readonly labels: Readonly<
    Record<"rules" | "certainty" | "basis" | "sources" | "holidays" | "makeup", string>
  >;
  readonly units: readonly [days: string, hours: string, minutes: string, seconds: string, ms: string];
  readonly weekdays: readonly string[];
  /** Two columns each. */
  readonly weekdayHeads: readonly string[];
  readonly months: readonly string[];
  readonly legend: {
    readonly holiday: string;
    readonly weekend: string;
    readonly makeup: string;
    readonly unknown: string;
  };
  readonly timesIn: (zone: string) => string;
  readonly after: (duration: string) => string;
  readonly businessDays: (days: number) => string;
  readonly dayCount: (days: number) => string;
  readonly ruleCount: (rules: number, published: number) => string;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly examples: (asked: number, failing: number) => string;
  readonly sound: (counts: Counts) => string;
  readonly unsound: (problems: number, files: number) => string;
  readonly findings: {
    readonly more: (code: string, count: number) => string;
    readonly confirmed: string;
    readonly tally: (counts: FindingCounts) => string;
  };
  readonly latest: {
    readonly before: (moment: string) => string;
    readonly by: (moment: string) => string;
    readonly labels: Readonly<Record<"from" | "until" | "margin", string>>;
    readonly alike: string;
    readonly margin: (duration: string, since: string) => string;
    readonly last: (moment: string) => string;
    readonly none: (by: string, bound: string) => string;
    readonly noneEver: string;
    readonly soonest: (sent: string, arrives: string) => string;
  };
  readonly profile: {
    readonly heads: readonly [sent: string, arrives: string, spread: string];
    readonly atOnce: string;
    readonly notTaken: string;
    readonly until: (moment: string) => string;
  };
  readonly compare: {
    readonly heads: readonly [channel: string, arrives: string, takes: string, why: string];
    readonly comma: string;
    readonly leftOut: (channels: string) => string;
    readonly none: string;
  };
  readonly progress: (answered: string, errors: string) => string;
  readonly replay: {
    readonly line: (line: number) => string;
    readonly summary: (counts: ReplayCounts) => string;
  };
  readonly story: { readonly late: string; readonly inTime: string };
  readonly ending: (until: string, file: string, calendars: string) => string;
}

export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly confirmed: number;
  readonly proofs: number;
}

export interface Counts {
  readonly channels: number;
  readonly rules: number;
  readonly examples: number;
  readonly calendars: number;
}

/** Of the records that were answered again. */
export interface ReplayCounts {
  readonly records: number;
  readonly same: number;
  readonly differ: number;
  readonly unanswered: number;
}

const s = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const en: Words = {
  causes: {
    processing: "processing",
    cutoff: "cutoff",
    weekend: "weekend",
    holiday: "holiday",
    closed: "closed",
    batch: "batch",
    maintenance: "maintenance",
    incident: "incident",
    hold: "hold",
  },
  bounds: { earliest: "earliest", expected: "expected", latest: "latest" },
  basis: { published: "published", assumed: "assumed: not all of the rules come from a published source" },
  certainty: {
    official: "official",
    projected: "projected: no official calendar covers these dates yet",
    "open-incident": "open incident: its end is not known yet",
  },
  status: {
    official: "official",
    amended: "official, amended by a later notice",
    projected: "projected: no official notice yet, make-up workdays not known",
  },
  labels: {
    rules: "rules",
    certainty: "certainty",
    basis: "basis",
    sources: "sources",
    holidays: "holidays",
    makeup: "make-up",
  },
  units: ["d", "h", "m", "s", "ms"],
  weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  weekdayHeads: ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
  months: [
    ...["January", "February", "March", "April", "May", "June"],
    ...["July", "August", "September", "October", "November", "December"],
  ],
  legend: { holiday: "holiday", weekend: "weekend", makeup: "make-up workday", unknown: "not known" },
  timesIn: (zone) => `times in ${zone}`,
  after: (duration) => `after ${duration}`,
  businessDays: (days) => s(days, "business day"),
  dayCount: (days) => s(days, "day"),
  outcomes: { credited: "credited", returned: "returned", refused: "refused" },
  examples: (asked, failing) =>
    failing === 0
      ? `${s(asked, "example")}, all pass`
      : `${s(asked, "example")}, ${failing} ${failing === 1 ? "fails" : "fail"}`,
  ruleCount: (rules, published) => `${s(rules, "rule")}, ${published} published`,
  sound: ({ channels, rules, examples, calendars }) =>
    `clean: ${s(channels, "channel")}, ${s(rules, "rule")}, ${s(examples, "example")}, ${s(calendars, "calendar")}`,
  unsound: (problems, files) =>
    `${s(problems, "problem")} in ${s(files, "file")}: this rulebook does not load`,
  findings: {
    more: (code, count) => `  ${code}: ${count} more (--all tells them)`,
    confirmed: "confirmed in rules/check.json:",
    tally: ({ errors, warnings, infos, confirmed, proofs }) =>
      `${s(errors, "error")}, ${s(warnings, "warning")}; ${s(infos, "remark")}, ${confirmed} confirmed, ${s(proofs, "proof")}`,
  },
  latest: {
    before: (moment) => `Send it before ${moment}: that instant itself is too late.`,
    by: (moment) => `Send it by ${moment}: that instant itself still makes it.`,
    labels: { from: "from", until: "until", margin: "margin" },
    alike: "sent from here on it arrives with the same run",
    margin: (duration, since) => `${duration} after ${since}`,
    last: (moment) => `Sent at the last instant that makes it, ${moment}:`,
    none: (by, bound) => `Whenever it is sent, the ${bound} arrival is after ${by}.`,
    noneEver: "This payment is not taken at any time that can be foreseen.",
    soonest: (sent, arrives) => `The soonest is ${arrives}, sent on ${sent}.`,
  },
  replay: {
    line: (line) => `line ${line}`,
    summary: ({ records, same, differ, unanswered }) =>
      `${s(records, "record")}: ${same} the same, ${differ} different${unanswered === 0 ? "" : `, ${unanswered} not answered`}`,
  },
  profile: {
    heads: ["sent from → before", "expected", "earliest – latest"],
    atOnce: "at once",
    notTaken: "not taken",
    until: (moment) => `then ${moment}`,
  },
  compare: {
    heads: ["channel", "expected", "takes", "because of"],
    comma: ", ",
    leftOut: (channels) => `not taken by, or no rule in: ${channels}`,
    none: "No channel that was asked takes this payment.",
  },
  progress: (answered, errors) => `${answered} answered${errors === "0" ? "" : `, ${errors} errors`}`,
  story: {
    late: "Friday 2026-02-13, 23:00: a customer pays 1000 yuan by card. The day cut is at 23:00, and Spring Festival begins on Sunday.",
    inTime: "The same payment one millisecond earlier. Saturday the 14th is a make-up workday.",
  },
  ending: (until, file, calendars) =>
    `Officially known days end on ${until} (${calendars}); what lies behind is projected, or not known. When the next notice is out, add it to calendars/${file}.json: calendars/README.md says how.`,
};

const zh: Words = {
  causes: {
    processing: "处理",
    cutoff: "过截止时间",
    weekend: "周末",
    holiday: "假期",
    closed: "未开放",
    batch: "等待批次",
    maintenance: "停机维护",
    incident: "故障",
    hold: "暂缓",
  },
  bounds: { earliest: "最早", expected: "预计", latest: "最迟" },
  basis: { published: "已公布", assumed: "部分推定：并非所有规则都有公开来源" },
  certainty: {
    official: "官方安排",
    projected: "推算：所涉及的日期尚无官方放假安排",
    "open-incident": "故障未结束：恢复时间未知",
  },
  status: {
    official: "官方安排",
    amended: "官方安排，后经调整",
    projected: "推算：尚无官方通知，调休未知",
  },
  labels: {
    rules: "规则",
    certainty: "确定性",
    basis: "依据",
    sources: "来源",
    holidays: "放假",
    makeup: "调休",
  },
  units: ["天", "小时", "分", "秒", "毫秒"],
  weekdays: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
  weekdayHeads: ["一", "二", "三", "四", "五", "六", "日"],
  months: Array.from({ length: 12 }, (_, n) => `${n + 1}月`),
  legend: { holiday: "放假", weekend: "周末", makeup: "调休上班", unknown: "未知" },
  timesIn: (zone) => `时区 ${zone}`,
  after: (duration) => `${duration}后`,
  businessDays: (days) => `${days}个工作日`,
  dayCount: (days) => `${days}天`,
  outcomes: { credited: "入账", returned: "退回", refused: "不受理" },
  examples: (asked, failing) =>
    failing === 0 ? `${asked}个样例，全部通过` : `${asked}个样例，${failing}个不通过`,
  ruleCount: (rules, published) => `${rules}条规则，${published}条有公开来源`,
  sound: ({ channels, rules, examples, calendars }) =>
    `没有问题：${channels}个渠道，${rules}条规则，${examples}个示例，${calendars}个日历`,
  unsound: (problems, files) => `${files}个文件中有${problems}个问题：规则无法加载`,
  findings: {
    more: (code, count) => `  ${code}：另有${count}条（--all 全部列出）`,
    confirmed: "rules/check.json 中已确认：",
    tally: ({ errors, warnings, infos, confirmed, proofs }) =>
      `${errors}个错误，${warnings}个警告；${infos}条提示，${confirmed}条已确认，${proofs}项已证明`,
  },
  latest: {
    before: (moment) => `须在${moment}之前发出：${moment}当刻发出已来不及。`,
    by: (moment) => `最迟${moment}发出：当刻发出仍来得及。`,
    labels: { from: "从", until: "至", margin: "余量" },
    alike: "在此之后发出，都随同一批次到账",
    margin: (duration, since) => `自${since}起还有${duration}`,
    last: (moment) => `在最后一刻${moment}发出：`,
    none: (by, bound) => `无论何时发出，${bound}到账时间都晚于${by}。`,
    noneEver: "在可预见的时间内，这笔付款都不被受理。",
    soonest: (sent, arrives) => `最快在${arrives}到账，即在${sent}发出。`,
  },
  replay: {
    line: (line) => `第${line}行`,
    summary: ({ records, same, differ, unanswered }) =>
      `${records}条记录：${same}条相同，${differ}条不同${unanswered === 0 ? "" : `，${unanswered}条无法答复`}`,
  },
  profile: {
    heads: ["发出时间 → 之前", "预计到账", "最早 – 最迟"],
    atOnce: "立即",
    notTaken: "不受理",
    until: (moment) => `可受理后 ${moment}`,
  },
  compare: {
    heads: ["渠道", "预计到账", "用时", "原因"],
    comma: "，",
    leftOut: (channels) => `不受理或没有适用规则的渠道：${channels}`,
    none: "所问的渠道都不受理这笔付款。",
  },
  progress: (answered, errors) => `已答复${answered}笔${errors === "0" ? "" : `，出错${errors}笔`}`,
  story: {
    late: "2026年2月13日（周五）23:00，顾客刷卡支付1000元。23:00日切，周日起春节放假。",
    inTime: "同一笔付款，早一毫秒。2月14日（周六）是调休工作日。",
  },
  ending: (until, file, calendars) =>
    `官方日历只到${until}（${calendars}），之后为推算或未知。下一年度通知公布后，请加入 calendars/${file}.json，步骤见 calendars/README.md。`,
};

export const WORDS: Readonly<Record<Locale, Words>> = { zh, en };
