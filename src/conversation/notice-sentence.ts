import { normalise } from '../understanding/normalise.ts';
import type { NoticeVerb } from './token.ts';

/**
 * A sentence as the answer to a notice that waits for one: the verb of its button; `unclear` when it is meant for that
 * notice and more than a yes or a no (it is asked back then); null when it speaks of something else.
 */
export type NoticeSentence = NoticeVerb | 'unclear' | null;

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Words that agree, and those that may as well mean "I have read it". */
const strong = setOf('ya iya iyo ye yes setuju boleh silakan agree');
const weak = setOf('oke ok okay baik sip siap benar betul mau yup sure fine');
const negators = setOf('tidak jangan bukan belum batal no dont not');
/** What may stand beside an answer and adds nothing to it. */
const beside = setOf(
  `saja sekali dong deh e lah ko kak kakak bu ibu pak bapak mama nona tuan usi om tante itu ini yang ke di tapi dan dengan saya kami
 untuk beta aku tolong mohon terima kasih terimakasih makasih semua juga dulu nanti kalau bisa jadi sudah su please thanks thank you
  it the i we them to just go ahead but is`,
);

/** The words in which each answer is given, beside a bare yes or no. */
const own: Readonly<Partial<Record<NoticeVerb, ReadonlySet<string>>>> = {
  come: setOf('datang hadir pasti come there will'),
  cancel: setOf('jadi datang bisa come cannot'),
  take: setOf('ambil take'),
  pass: setOf('ambil lewati usah perlu lain orang pass'),
  settled: setOf('sudah beres selesai aman lancar normal settled solved fixed done resolved'),
  rebook: setOf('pesan jadwal lain carikan cari book another'),
  later: setOf('usah perlu dulu nanti later'),
  survey: setOf('mulai isi start begin'),
  refer: setOf('kirim dikirim kirimkan teruskan diteruskan lanjut lanjutkan dinas surat tanpa nama anonim send forward letter without my name anonymously'),
  'refer-not': setOf('kirim dikirim kirimkan teruskan diteruskan usah perlu dinas surat send forward'),
}; // prettier-ignore

const named = /\b(dengan|pakai|pake|sertakan|ikut(kan)?|cantumkan|with)( my)? (nama|name)\b/;
const nameless = /\b(tanpa nama|anonim|without (my )?name|anonymous(ly)?)\b/;
const amends = /\b(di)?(ubah|ganti|perbaiki|koreksi)\b|\b(salah|keliru|change|correct|wrong)\b/;
const unsettled =
  /^((ya|iya|maaf|kakak|kak|bu|ibu|pak|bapak|tapi|sorry) )*(belum|masih|tetap|sama saja|not yet|still|no)\b|\bbelum (beres|selesai|jadi|ada|jalan|nyala|baik|datang|dapat)\b|\b(masih|tetap) (mati|rusak|sama|begitu|belum|tidak)\b|\bnot (fixed|solved|settled|resolved)\b|\bstill (not|no|broken|the same)\b/;

/**
 * Reads a sentence against the answers that a notice offers. `isLast`: its buttons are the last that were shown, so that a
 * bare yes or no is meant for it; once other buttons came between, the matter itself must be named.
 */
export function readNoticeSentence(
  offered: ReadonlySet<NoticeVerb>,
  text: string,
  isLast: boolean,
): NoticeSentence {
  if (/\?\s*$/.test(text)) return null;
  const { tokens, text: said } = normalise(text);
  // "Belum" costs nothing and can be said in many ways; a yes settles or sends, so it is one and nothing else.
  if (
    offered.has('unsettled') &&
    (unsettled.test(said) || unsettled.test(text.trim().toLowerCase())) &&
    (isLast || tokens.length > 1)
  )
    return 'unsettled';
  const rest = tokens
    .map((token) => token.text)
    .filter((word) => !beside.has(word) || own.settled?.has(word));
  const isNo = rest.some((word) => negators.has(word));
  const isAbout = (verb: NoticeVerb) => isLast || rest.some((word) => own[verb]?.has(word));
  const agrees = (verb: NoticeVerb) =>
    rest.every((word) => strong.has(word) || weak.has(word) || own[verb]?.has(word));
  if (offered.has('refer')) return readReferral(offered, said, { rest, isNo, isLast });
  for (const verb of ['come', 'take', 'settled', 'rebook', 'survey'] as const) {
    if (!offered.has(verb) || isNo || rest.length === 0 || !agrees(verb) || !isAbout(verb)) continue;
    // "Oke, terima kasih" has read the answer; it does not say that the trouble is over.
    if (verb === 'settled' && !rest.some((word) => strong.has(word) || own.settled?.has(word))) continue;
    return verb;
  }
  for (const verb of ['cancel', 'pass', 'later'] as const) {
    const refuses = rest.every((word) => negators.has(word) || own[verb]?.has(word));
    if (offered.has(verb) && isNo && refuses && isAbout(verb)) return verb;
  }
  return null;
}

/** Whether the packet may leave, the one answer that cannot be taken back: anything but plain words is asked again. */
function readReferral(
  offered: ReadonlySet<NoticeVerb>,
  said: string,
  { rest, isNo, isLast }: { rest: readonly string[]; isNo: boolean; isLast: boolean },
): NoticeSentence {
  const isAbout = rest.some((word) => own.refer?.has(word));
  if (rest.length === 0 || (!isAbout && !isLast)) return null;
  const isNamed = named.test(said);
  const only = (...sets: (ReadonlySet<string> | undefined)[]) =>
    rest.every((word) => sets.some((set) => set?.has(word)));
  if (!isNo && only(strong, weak, own.refer, namedWords)) {
    if (isNamed && !nameless.test(said)) return offered.has('refer-named') ? 'refer-named' : 'unclear';
    if (!isNamed && rest.some((word) => strong.has(word) || own.refer?.has(word))) return 'refer';
    return 'unclear';
  }
  if (isNo && negators.has(rest[0] ?? '') && only(negators, own['refer-not'])) return 'refer-not';
  if (rest.length <= 4 && !isNo && amends.test(said)) return 'refer-amend';
  const isShort = rest.length <= 8;
  return isShort && (isAbout || rest.some((word) => strong.has(word))) ? 'unclear' : null;
}

const namedWords = setOf('pakai sertakan ikut ikutkan cantumkan with');
