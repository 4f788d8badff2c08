/**
 * The survey of satisfaction (SKM, Permenpan RB 14/2017): nine elements, each answered 1 to 4 or passed over. They go
 * by name, for the numbers that the regulation gives them differ between its prints.
 */
export const surveyElements = [
  'persyaratan',
  'prosedur',
  'waktu',
  'biaya',
  'produk',
  'kompetensi',
  'perilaku',
  'sarana',
  'pengaduan',
] as const;
export type SurveyElement = (typeof surveyElements)[number];

/** 1 tidak baik, 2 kurang baik, 3 baik, 4 sangat baik. */
export type Score = 1 | 2 | 3 | 4;

/** Null where the element was passed over. */
export type SurveyAnswers = Readonly<Record<SurveyElement, Score | null>>;

export const noAnswers: SurveyAnswers = {
  persyaratan: null,
  prosedur: null,
  waktu: null,
  biaya: null,
  produk: null,
  kompetensi: null,
  perilaku: null,
  sarana: null,
  pengaduan: null,
};

/** The longest comment that is kept, in characters. */
export const longestComment = 500;

const restMs = 30 * 24 * 60 * 60 * 1000;

export type SurveyFacts = {
  /** When danger was last told of in any of the resident's conversations. */
  lastDangerAt: Date | null;
  /** What the survey would be about was of danger, whenever. */
  isOfDanger: boolean;
  /** When the resident was last invited for something else. */
  lastInvitedAt: Date | null;
};

/**
 * Why a resident is not asked to judge the room; null when they may be. Nobody is after danger: a form would mock
 * them. And nobody is asked more than once in thirty days.
 */
export function whyNoSurvey(facts: SurveyFacts, now: Date): 'danger' | 'invited already' | null {
  const isRecent = (at: Date | null) => at !== null && now.getTime() - at.getTime() < restMs;
  if (facts.isOfDanger || isRecent(facts.lastDangerAt)) return 'danger';
  return isRecent(facts.lastInvitedAt) ? 'invited already' : null;
}
