import base from "./quick.stryker.mjs";
export default {
  ...base,
  incremental: false,
  jsonReporter: { fileName: "coverage/mutation/ranges.report.json" },
  incrementalFile: "coverage/mutation/ranges.found.json",
  tempDirName: "coverage/mutation/sandbox2",
};
