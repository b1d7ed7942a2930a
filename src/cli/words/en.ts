import type { Words } from "./words.js";

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

export const en: Words = {
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
  businessDays: (days) => plural(days, "business day"),
  dayCount: (days) => plural(days, "day"),
  outcomes: { credited: "credited", returned: "returned", refused: "refused" },
  examples: (asked, failing) =>
    failing === 0
      ? `${plural(asked, "example")}, all pass`
      : `${plural(asked, "example")}, ${failing} ${failing === 1 ? "fails" : "fail"}`,
  ruleCount: (rules, published) => `${plural(rules, "rule")}, ${published} published`,
  clean: ({ channels, rules, examples, calendars }) =>
    `clean: ${plural(channels, "channel")}, ${plural(rules, "rule")}, ${plural(examples, "example")}, ${plural(calendars, "calendar")}`,
  broken: (problems, files) =>
    `${plural(problems, "problem")} in ${plural(files, "file")}: this rulebook does not load`,
  findings: {
    more: (code, count) => `  ${code}: ${count} more (--all tells them)`,
    confirmed: "confirmed in rules/check.json:",
    tally: ({ errors, warnings, infos, confirmed, proofs }) =>
      `${plural(errors, "error")}, ${plural(warnings, "warning")}; ${plural(infos, "remark")}, ${confirmed} confirmed, ${plural(proofs, "proof")}`,
  },
  latest: {
    before: (moment) => `Send it before ${moment}: that instant itself is too late.`,
    by: (moment) => `Send it by ${moment}: that instant itself still makes it.`,
    labels: { from: "from", until: "until", margin: "margin" },
    sameRun: "sent from here on it arrives with the same run",
    margin: (duration, since) => `${duration} after ${since}`,
    last: (moment) => `Sent at the last instant that makes it, ${moment}:`,
    none: (by, bound) => `Whenever it is sent, the ${bound} arrival is after ${by}.`,
    noneEver: "This payment is not taken at any time that can be foreseen.",
    soonest: (sent, arrives) => `The soonest is ${arrives}, sent on ${sent}.`,
  },
  replay: {
    line: (line) => `line ${line}`,
    summary: ({ records, same, differ, unanswered }) =>
      `${plural(records, "record")}: ${same} the same, ${differ} different${unanswered === 0 ? "" : `, ${unanswered} not answered`}`,
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
  calendarExpiry: (until, file, calendars) =>
    `Officially known days end on ${until} (${calendars}); what lies behind is projected, or not known. When the next notice is out, add it to calendars/${file}.json: calendars/README.md says how.`,
  diff: {
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
    nothingMoves: (channels, days, from) => `nothing moves: ${channels} channels, ${days} days from ${from}`,
    payments: (moved, total) => `${moved} of ${total} payments move`,
    farthest: "the farthest",
    verdictsDiffer:
      "verdicts, codes or reported holds differ: a delay may be judged otherwise, which is not compared here",
    failing: {
      before: (examples) =>
        `in the old rulebook, ${examples === 1 ? "1 example fails" : `${examples} examples fail`}:`,
      after: (examples) =>
        `in the new rulebook, ${examples === 1 ? "1 example fails" : `${examples} examples fail`}:`,
    },
  },
  files: {
    changes: { adds: "adds", replaces: "replaces", removes: "leaves out" },
    kinds: {},
    layers: (changes) => `on top of daozhang, ${changes} ${changes === 1 ? "change" : "changes"}:`,
    formatted: (changed, files) => `${changed} of ${plural(files, "file")} written anew`,
    wouldFormat: (changed, files) =>
      `${changed} of ${plural(files, "file")} would be written anew: run daozhang fmt`,
    allFormatted: (files) => `${plural(files, "file")} in canonical form`,
    noSchema: "left alone: names no schema of a rulebook",
    created: (count, folder) => `${plural(count, "file")} laid out in ${folder}, and they load`,
    next: "next",
    nextSteps: {
      check: "see what they change",
      when: "ask the example acquirer",
      readme: "then put your own in place of the examples",
    },
  },
};
