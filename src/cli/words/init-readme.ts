import type { Locale } from "../../index.js";

interface Names {
  readonly rules: string;
  readonly calendars: string;
  readonly sampleCommand: string;
}

/** The README.md of a new rulebook. */
export const readmeText = (locale: Locale, names: Names): string => (locale === "zh" ? zh : en)(names);

const commands = ({ rules, calendars, sampleCommand }: Names): string => `\`\`\`sh
daozhang check --rules ${rules} --calendars ${calendars}
${sampleCommand} --rules ${rules} --calendars ${calendars}
daozhang fmt ${rules} ${calendars}
\`\`\``;

const en = (names: Names): string => `# Our rules

\`rules/rulebook.json\` says \`"extends": "daozhang"\`: all rules and calendars of the shipped pack hold, and these files change them by name.

| to                             | write                                                                                  |
| ------------------------------ | -------------------------------------------------------------------------------------- |
| change a system's hours        | the whole system anew, and its name in \`replaces\` (\`rules/systems.json\`)               |
| add an acquirer                | rules and examples that add to a channel, \`"addsTo": "cn.acquiring"\` (\`rules/channels/\`) |
| change or drop a rule          | the rule anew and its name in \`replaces\`, or its name in \`without\` of \`rulebook.json\`  |
| announce a window              | a file of windows (\`rules/maintenance/\`)                                               |
| add a channel, fact or text    | a file as in the pack; only what the pack has already needs \`replaces\`                 |
| add a year to a calendar       | a calendar addition, \`"addsTo": "cn.statutory"\`, with \`coverage\` and \`years\`           |
| have a calendar of our own     | a calendar that \`extends\` one (\`calendars/our.days.json\`)                              |

A name that the pack has too is an error unless \`replaces\` says it: nothing is overridden by accident, and a new release of the
pack never changes silently what is written here.

The examples of the pack are still proved, but for those of a rule that is replaced or left out. Where a change makes one false on
purpose, name its rule or channel in \`without.examples\` of \`rulebook.json\`, and write what holds now as an example here.

${commands(names)}

A service opens these folders with \`openTimetable({ rules, calendars })\`. The files here are examples: replace them by your own.
`;

const zh = (names: Names): string => `# 我们的规则

\`rules/rulebook.json\` 写有 \`"extends": "daozhang"\`：随包附带的规则和日历全部有效，这里的文件只按名称改动它们。

- 改系统的运行时间：写出整个系统，并把名称列入 \`replaces\`（\`rules/systems.json\`）
- 增加收单机构：为渠道增加规则和示例，\`"addsTo": "cn.acquiring"\`（\`rules/channels/\`）
- 改规则：写出新规则并把名称列入 \`replaces\`；去掉规则：把名称列入 \`rulebook.json\` 的 \`without\`
- 增加维护窗口：一个窗口文件（\`rules/maintenance/\`）
- 增加渠道、事实、文本：与附带的文件写法相同；只有附带规则中已有的名称才需要 \`replaces\`
- 给日历增加年份：日历增补，\`"addsTo": "cn.statutory"\`，写 \`coverage\` 和 \`years\`
- 自己的日历：用 \`extends\` 引用另一日历（\`calendars/our.days.json\`）

与附带规则重名而没有写 \`replaces\` 是错误：不会无意中覆盖，新版本也不会悄悄改变这里写的内容。

附带的示例仍会逐一验证，被替换或去掉的规则的示例除外。如果有意使某些示例不再成立，把规则名或渠道名列入 \`rulebook.json\` 的
\`without.examples\`，并在这里写下新的示例。

${commands(names)}

服务用 \`openTimetable({ rules, calendars })\` 打开这两个文件夹。这里的内容都是示例，请换成自己的。
`;
