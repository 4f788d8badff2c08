/** How long words are kept of somebody who has not agreed to it, in days; residents are told so. */
export const keptDays = {
  /** What waits for the answer to the question for consent. */
  unanswered: 7,
  /** What was said around a danger, after all has been done about it (vital interest). */
  danger: 90,
} as const;
