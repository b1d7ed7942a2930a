// The answers or errors of all queries about one payment, as text. Used by threads and tests.
const DAY_MS = 86_400_000;

/** Two earlier states of knowledge. */
const KNOWN_AT = ["2023-06-01T00:00:00Z", "2025-06-01T00:00:00Z"];

const answer = (question) => {
  try {
    return question();
  } catch (error) {
    return String(error);
  }
};

export const answersTo = (timetable, payment) =>
  JSON.stringify([
    answer(() => timetable.when(payment)),
    answer(() => timetable.whenJson(payment)),
    answer(() => timetable.assess(payment, { now: payment.initiatedAt + DAY_MS })),
    answer(() => timetable.latestSend(payment, { by: payment.initiatedAt + 2 * DAY_MS })),
    ...KNOWN_AT.map((asOf) => answer(() => timetable.when(payment, { asOf }).expected)),
  ]);
