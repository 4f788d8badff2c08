import { dangerWords } from './danger-words.ts';
import type { Token } from './normalise.ts';
import { stems } from './stem.ts';

/** Concepts only the second opinion uses: what the talk is about when it is not about danger, and moods. */
const more: Readonly<Record<string, string>> = {
  thing:
    'listrik lampu air jalan ktp kk nib oss pajak pbb harga antre antrean bayar iuran kartu berkas surat sertifikat tanah izin bansos pkh bpjs sampah got drainase loket petugas dinas kantor pasar motor mobil hp sinyal token pdam pln formulir data akta akte nik kelurahan rt rw lurah camat proyek bantuan beras gaji upah honorer pppk cpns asn uang kredit cicilan kos usaha kios toko sekolah seragam ijazah spp guru daftar syarat jadwal biaya tagihan meteran pipa aspal parkir bemo sim stnk paspor visa lomba acara',
  ask: 'bagaimana apa kapan mana berapa syarat cara di dimana jam info tanya alamat nomor siapa where when how what jadwal',
  fear: 'takut gemetar trauma ngeri cemas panik sembunyi lari kabur afraid scared',
  hurt: 'luka lebam memar bengkak biru bonyok patah berdarah darah babak belur bekas sobek goresan sayatan',
  drunk: 'mabuk mabok sopi moke miras drunk',
  god: 'tuhan allah surga kubur alam almarhum almarhumah doa dosa neraka heaven god',
  force: 'paksa* dipaksa kurung* kunci* sekap* ikat* rantai* usir* larang* tahan* rampas*',
  alone: 'sendiri sendirian kesepian sepi peduli sayang butuh rindu kehilangan alone lonely nobody care',
  self: 'diri saya kami aku hidupku nyawaku',
  sick: 'sesak napas kejang pingsan pendarahan darah sadar stroke jantung keracunan tenggelam melahirkan ketuban ambulans kritis sekarat igd muntah demam panas lemas kecelakaan tabrakan',
  end: 'akhir terakhir selesai akhiri* berakhir berhenti* menyerah nyerah selamanya selama pamit pergi hilang menghilang lenyap cukup stop tamat',
  burden: 'beban susah menyusahkan repot* aib gagal salah sampah berguna guna pantas layak berharga',
  night: 'malam kamar tidur pintu',
  sexual:
    'baju celana telanjang bugil cium* pegang* peluk* raba* sentuh* tidur badan foto video mesum intim seks',
};

let table: { words: Map<string, string[]>; roots: Set<string> } | undefined;
const cache = new Map<string, readonly string[]>();

function build(): { words: Map<string, string[]>; roots: Set<string> } {
  const words = new Map<string, string[]>();
  const roots = new Set<string>();
  for (const [name, members] of [...Object.entries(dangerWords), ...Object.entries(more)]) {
    for (const member of members.split(' ')) {
      if (member.endsWith('*')) roots.add(member.slice(0, -1));
      words.set(member, [...(words.get(member) ?? []), name]);
    }
  }
  return { words, roots };
}

export function dangerConcepts(token: Token): readonly string[] {
  const known = cache.get(token.text);
  if (known) return known;
  table ??= build();
  const found = new Set(table.words.get(token.text) ?? []);
  for (const root of stems(token.text, table.roots))
    for (const name of table.words.get(`${root}*`) ?? []) found.add(name);
  const list = [...found];
  if (cache.size < 20_000 && token.text.length < 40) cache.set(token.text, list);
  return list;
}
