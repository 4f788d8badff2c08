/**
 * Word classes of the danger rules. After `normalise`: Kupang Malay, slang and common English words are
 * already Indonesian here ("beta" is "saya", "papa" is "bapak"), and `root*` takes any inflection.
 */
const hitRoots =
  'pukul tampar tendang tonjok hajar gebuk papoko poko banting cekik jambak tinju hantam injak siksa aniaya cambuk keroyok sundut seret bacok tikam tusuk gampar tempeleng tabok gaplok sabet rotan lempar sepak pentung bogem ludah hardik gebok libas';
const sexRoots = 'perkosa cabul leceh setubuh sodomi gerayang rudapaksa raba remas grepe gagahi nodai';

const starred = (roots: string): string => roots.split(' ').map((root) => `${root}*`).join(' '); // prettier-ignore
const passive = (roots: string): string => roots.split(' ').map((root) => `di${root} di${root}i di${root}in di${root}kan ter${root} ta${root}`).join(' '); // prettier-ignore

export const dangerWords: Readonly<Record<string, string>> = {
  me: 'saya kami sa katanya',
  not: 'tidak bukan tanpa belum jangan',
  want: 'mau akan siap niat berniat rencana berencana minta pilih harap berharap nekat putuskan memutuskan tinggal bersiap rasanya kepikiran rindu pikir berpikir terpikir coba mencoba nyaris hampir bakal gonna going will need to',
  soon: 'sekarang tadi baru barusan sedang malam hari tolong segera cepat langsung',
  die: 'mati tiada dead',
  urgent: 'tolong sekarang segera cepat darurat gawat parah igd tadi berat sekali hebat bantu ambulans',
  life: 'hidup kehidupan nyawa hayat hidupnya',
  world: 'dunia bumi selamanya',
  useless: 'guna gunanya berguna arti artinya berarti harapan alasan tujuan makna manfaat harga semangat gairah point meaning reason hope',
  empty: 'percuma sia sia-sia hampa hancur ancur gelap kacau rusak sampah neraka berantakan pointless worthless',
  tired: 'capek bosan muak jenuh malas benci menyerah nyerah sudahi jemu bosen eneg stop',
  poison: 'racun baygon bayclin porstex roundup gramoxone pestisida sianida bensin deterjen potas insektisida herbisida apotas rinso hit wipol pemutih oli',
  kin: 'anak adik kakak istri suami mama bapak teman sahabat pacar tetangga ponakan keponakan saudara murid siswa sepupu om tante nenek kakek oma opa dia kawan mahasiswa pasien warga sister brother wife',
  child: 'nona anak adik ponakan keponakan bayi balita murid siswa siswi cucu remaja pelajar bocah gadis daughter son anaknya ponaan kaponakan balitanya baby',
  partner: 'suami laki baitua pacar mantan istri dia tunangan ipar kekasih pasangan selingkuhan suaminya lakinya mertua boyfriend girlfriend ex',
  elder: 'bapak mama om tante guru kakek nenek opa oma paman bibi tiri pastor pendeta pengasuh majikan pelatih uncle teacher stepfather abang tanta wali',
  hit: `${starred(hitRoots)} beat beats beating hit hits hitting slap slapped slaps punched punch choked choke kicked kicks abuse abuses abused smack belasah`,
  hitp: `${passive(hitRoots)} beaten`,
  sex: `${starred(sexRoots)} raped rape molested molest molests`,
  private: 'payudara dada paha pantat kemaluan bokong vagina penis alat susu memek kontol tete badan tubuh paha selangkangan',
  weapon: 'parang pisau golok senjata senpi pistol linggis samurai keris belati kapak clurit celurit panah badik palu batu kayu knife gun machete',
  lethal: 'parang pisau golok senjata senpi pistol samurai keris belati kapak clurit celurit badik knife gun machete',
  kill: 'bunuh* habisi tikam* bacok* bantai* tembak* gorok* tebas* racuni* potong* tusuk* mutilasi* santet* lenyapkan penggal* parang*',
  target: 'dia mereka kamu suami istri orang bos tetangga selingkuhan pelakor lurah camat pacar mantan mertua mama bapak kakak adik lakinya ipar keluarga pelaku guru anak si laki perempuan itu him her them rt polisi satpam petugas pegawai majikan',
  threat: 'ancam* teror* intimidasi* peras* threatens threatened threatening threaten blackmail',
  they: 'mereka dong dia orang mama bapak om tante guru',
  building: 'kantor rumah sekolah gereja masjid kios toko mobil motor pos lurah camat mpp dinas',
  abroad: 'malaysia johor kamboja arab saudi batam medan surabaya jakarta bali hongkong singapura taiwan myanmar brunei dubai qatar kuwait vietnam filipina kuching sabah sarawak thailand kalimantan papua abudhabi jordania luar negeri cambodia sibu miri',
  agent: 'agen calo majikan perekrut sponsor mucikari germo mami cukong tekong sindikat penyalur pt agency',
  held: 'tahan* sita* rampas* sekap* kurung* ambil* simpan* kunci*',
  work: 'kerja bekerja pekerjaan ART tki tkw pmi pembantu',
  bodypart: 'tangan nadi pergelangan lengan paha urat leher diri wrist tangannya',
}; // prettier-ignore

/** Roots whose inflection is the danger itself: what a negation has to reach to soften the match. */
export const coreRoots: ReadonlySet<string> = new Set([
  ...hitRoots.split(' '),
  ...sexRoots.split(' '),
  ...'mati bunuh gantung akhiri ancam sayat iris lukai pukul angkat kasar meninggal hidup kdrt bakar perkosa pikiran kekerasan main korban tppo racun silet bundir'.split(' '),
]); // prettier-ignore
