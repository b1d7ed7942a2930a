/** The ten causes of a delay. They stand here and not in `schema/`, because schema definitions are not loaded at run time. */
export const CAUSE_CATEGORIES = [
  "maintenance",
  "wrong-details",
  "bank-processing",
  "risk-hold",
  "force-majeure",
  "holiday",
  "platform",
  "manual-review",
  "regulatory",
  "customer",
] as const;
