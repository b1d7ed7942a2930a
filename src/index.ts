export type * from "./model/answers.js";
export type { Payment } from "./model/payment.js";
