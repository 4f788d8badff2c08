/** Names in a sentence: those that are known, and those that follow "nama saya", "bernama", "Ibu". */

const split = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** May stand between "nama" and the name. */
const connecting = split(
  'saya beta sa b aku ku bt kami kita dia lengkap asli panggilan pung pu punya suami istri bini laki anak ana mama bapa bapak ayah ibu adik ade adek kakak kaka nenek opa oma om tante pacar orang tua korban pelapor pemohon pelaku itu adalah ialah yaitu is my',
);

const titles = split(
  'bapak bapa pak bpk ibu bu ibuk mama mami om tante tanta kaka kakak kak opa oma nenek nona nyong ade adik adek sdr sdri saudara saudari mr mrs pendeta pdt romo suster bruder haji hj ust ustad ustadz dr suami istri anak ana saya beta',
);

/** No name goes on over these. */
const ordinary = split(
  'dan dari di ke yang untuk dengan deng karena tapi atau ini itu saya beta sa aku kami katong kita dia dong mereka lu kamu anda mau mo ingin minta tolong tanya bisa tidak sonde tak nda belum su sudah masih ada umur usia tinggal warga kelurahan kecamatan kota rt rw alamat nomor no nik kk ktp lahir tanggal kerja sebagai adalah mohon akan lagi juga pung punya pu hilang keluar masuk terdaftar tercantum dicoret dihapus salah beda tercatat muncul dapat dapa kena anak ana istri suami mama bapa bapak ibu kalau jadi supaya pernah sekarang tadi kemarin besok hari selamat pagi siang sore malam terima kasih halo from and i am the want live',
);

/** After a title these are an office, not a person. */
const offices = split(
  'lurah camat guru kepala dokter polisi walikota wali bupati gubernur dosen bidan perawat hakim jaksa pegawai petugas dukuh desa kelurahan rumah kandung tiri angkat asuh saya beta kecil besar pertama kedua',
);

const dots = /^[ .'’-]{0,2}$/;

type Word = { text: string; lower: string; from: number; to: number };

/** @param mask takes the place of each name. */
export function cutNames(text: string, knownNames: readonly string[], mask: string): string {
  const words: Word[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const [found] = match;
    words.push({
      text: found,
      lower: found.toLowerCase(),
      from: match.index,
      to: match.index + found.length,
    });
  }
  const known = knownWords(knownNames);
  const cut = new Set<number>();
  for (let at = 0; at < words.length; at += 1) {
    if (isKnown(words[at]?.lower ?? '', known)) cut.add(at);
    for (const each of introduced(words, at, text)) cut.add(each);
  }
  return replaced(text, words, cut, mask);
}

function knownWords(names: readonly string[]): ReadonlySet<string> {
  const known = new Set<string>();
  for (const name of names) {
    const parts = (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((part) => part.length > 1);
    for (const part of parts) if (!titles.has(part)) known.add(part);
    if (parts.length > 1) known.add(parts.join(''));
  }
  return known;
}

function isKnown(word: string, known: ReadonlySet<string>): boolean {
  return known.has(word) || known.has(word.replace(/(?:nya|ku|mu|lah|kah|pun)$/, ''));
}

/** The places of the name that the word at `at` introduces. */
function introduced(words: readonly Word[], at: number, text: string): number[] {
  const word = words[at]?.lower ?? '';
  if (word === 'bernama' || word === 'namaku' || word === 'namanya' || word === 'dipanggil')
    return nameFrom(words, at + 1, text, 3, false);
  if (word === 'nama' || word === 'panggil' || word === 'name') {
    let next = at + 1;
    while (next - at < 6 && connecting.has(words[next]?.lower ?? '')) next += 1;
    const before = words[at - 1]?.lower ?? '';
    const gap = text.slice(words[at]?.to ?? 0, words[at + 1]?.from ?? 0);
    const isSure = next > at + 1 || ['atas', 'beta', 'saya', 'sa', 'pung', 'pu', 'my'].includes(before) || gap.includes(':'); // prettier-ignore
    return nameFrom(words, next, text, 4, !isSure);
  }
  if (!titles.has(word) || offices.has(words[at + 1]?.lower ?? '')) return [];
  return nameFrom(words, at + 1, text, 3, true);
}

/** Words that may be a name, until one that is none, a mark, or a small letter after capitals. */
function nameFrom(
  words: readonly Word[],
  start: number,
  text: string,
  most: number,
  needsCapital: boolean,
): number[] {
  const found: number[] = [];
  let isCapital = needsCapital;
  for (let at = start; at < start + most; at += 1) {
    const word = words[at];
    if (!word || ordinary.has(word.lower) || /^\p{N}+$/u.test(word.text)) break;
    if (found.length > 0 && !dots.test(text.slice(words[at - 1]?.to ?? 0, word.from))) break;
    // The first needs a small letter too ("saya PNS" is no name), the rest may be initials or shouted.
    const hasCapital = (found.length > 0 ? /^\p{Lu}/u : /^\p{Lu}(?:\p{Ll}|$)/u).test(word.text);
    if (isCapital && !hasCapital) break;
    if (hasCapital && found.length === 0) isCapital = true;
    found.push(at);
  }
  return found;
}

function replaced(text: string, words: readonly Word[], cut: ReadonlySet<number>, mask: string): string {
  let out = '';
  let from = 0;
  words.forEach((word, at) => {
    if (!cut.has(at)) return;
    out += text.slice(from, word.from) + mask;
    from = word.to;
  });
  return out + text.slice(from);
}
