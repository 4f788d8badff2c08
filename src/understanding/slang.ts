/**
 * What people type -> the one Indonesian spelling the rules match on. Kupang Malay, phone clipping and
 * common typos together, because residents mix them in one sentence. A value may be two words.
 * `sa` stays itself: 'saja' in Kupang, 'saya' further east, and the rules know both readings.
 */
const groups: Readonly<Record<string, string>> = {
  saya: 'beta be bet b bt betaa betta sy aku ak aq akuh gw gue gua w saia sya awak i me im',
  kamu: 'lu lo loe elu elo kmu km anda bosong basong besong kau ko\'e engkau kalian',
  dia: 'dy dya doi\'a ia beliau',
  kami: 'katong ketong kotong tong kita kitong ktong kmi qta',
  mereka: 'dorang dong dorg mrk mreka mrka',
  tidak: 'sonde son sond sondeh sonda sondee snde tar tara tra ga gak gk g ngga nggak ngak enggak engga kaga kagak nda ndak ndk tdk td\'k tak tdak tida tidk tiada seng indak dk nd nggk not dont doesnt didnt cannot cant wont no\'t',
  sudah: 'su sudh sdh udh udah uda sudaa dah suda sdah tlah telah already',
  belum: 'balom belom blm blom blum balum blon belon lom',
  dengan: 'deng dgn dng dg sama\'a',
  mau: 'mo maw mauk pengen pengin pgn pengn pingin kepengen kepingin ingin ingn igin hendak mw mao kepengin pen want wanna wants',
  pergi: 'pi pigi pergih prgi prg',
  kasih: 'kasi kase kas ksi ksh kasiin kasihkan',
  jangan: 'jang jgn jngan jangn jan',
  saja: 'sja aja aj ajah sj doang doank sahaja',
  punya: 'pung pun pu punk pnya pny pya puny',
  lagi: 'lai lae lg lgi lgy lgii',
  dari: 'dr dri drpd',
  karena: 'tagal krn karna krna gara\'a tgl\'a soalnya sebab',
  bagaimana: 'karmana kermana karmna gmn gmna gimana gmana bgmn begmana how',
  yang: 'yg yng nyang',
  untuk: 'utk tuk bt\'k for',
  apa: 'ap apaa apakah apkah',
  siapa: 'sapa spa syp',
  bisa: 'bs bsa biza dapat\'a can',
  banyak: 'bnyk byk banya bnyak',
  terus: 'tarus trs trus trus\'s',
  sekali: 'skali skli bgt banget bangat bgtt banged bingit very',
  keluar: 'kaluar klr kluar',
  masuk: 'maso masok msk mesuk',
  sekolah: 'sakola skolah skola sekola sklh sklah sakolah school',
  kasar: 'ksr',
  rumah: 'rmh ruma umah home house',
  orang: 'org orng ornag',
  anak: 'ana anaa ank nak bocah anakk child kid',
  bapak: 'bapa bpk bpak bapatua baptua ayah papa papi bokap bpa father dad',
  mama: 'mamatua mamtua ibu ibuk emak mak nyokap mami bunda mother mom mamak',
  suami: 'baitua paitua laki suamiku husband suamik lakik pasutri\'x',
  istri: 'maitua bini isteri wife istriku',
  takut: 'taku takot tkt scared afraid',
  ambil: 'ame ambe amb ambel',
  uang: 'doi duit dwit uwang money',
  air: 'aer ae\'r',
  begitu: 'bagitu gitu gtu bgtu bgitu',
  begini: 'bagini gini gni bgni',
  kalau: 'kalo klo klw klau kl kalu if',
  tapi: 'ma tpi tp tetapi but',
  sampai: 'sampe smp\'i ampe smpe nyampe smpai sampek',
  baik: 'bae baek bai good',
  lebih: 'lebe lbh lbih lebeh',
  pakai: 'pake pakek pk pkai',
  sendiri: 'sandiri sndiri sndri sendri',
  bunuh: 'bunu bnuh bunoh bunug bunh buunuh kill',
  mati: 'mti matii mate matek matek\'e mampus wafat koit die',
  pukul: 'puku pukol pkl pukl',
  sekarang: 'skarang skrg skrng skr sekrang srkg now',
  besok: 'beso bsk besuk esok bsok tomorrow tmrw',
  nanti: 'nnti ntar nti entar',
  hari: 'hri ari day',
  jam: 'jm',
  tanggal: 'tgl tggl tgal tangal',
  minggu: 'mggu mingu mnggu week',
  bulan: 'bln month',
  tahun: 'taon thn taun tahon year years',
  malam: 'malem mlm mlam night',
  pagi: 'pgi morning',
  siang: 'siank noon',
  sore: 'sor soreh afternoon',
  pusing: 'pusin',
  capek: 'cape capai capekk cpk cpek lelah letih tired',
  hidup: 'idup hdp hidop idop life live',
  kuat: 'kuwat',
  sanggup: 'snggup sangup',
  tolong: 'tlg tlong tolg tulung please pls help',
  kakak: 'kaka kk\'a kak ka',
  adik: 'ade adek adk ade\'k',
  cepat: 'cpt cepet cpat',
  kerja: 'krja karja kerjaan job work',
  bicara: 'baomong omong ngomong bcr talk',
  teman: 'tman temen kawan tmn friend',
  mengamuk: 'mangamok ngamuk amuk mengamok mangamuk',
  sakit: 'saki skit skt',
  sembunyi: 'sambunyi bersembunyi ngumpet',
  jatuh: 'jatoh jato jtuh',
  berdarah: 'badarah badara bdarah',
  bertemu: 'katumu ketemu baketemu ktmu jumpa meet',
  bawah: 'bwh bawa\'h',
  bengkak: 'bangka bengka bangkak',
  badan: 'bdn',
  kali: 'kli',
  juga: 'jg jga ju',
  nona: 'nn',
  buat: 'bkin bikin bekin buwat',
  datang: 'dtg dtang datangg',
  tidur: 'tidor tdr tdur sleep',
  bangun: 'bangon bngun',
  begadang: 'bagadang',
  ribut: 'baribut rebut\'x',
  bakar: 'bkar',
  bawa: 'bawah\'x bwa',
}; // prettier-ignore

const phrases: Readonly<Record<string, string>> = {
  bundir: 'bunuh diri', bundirr: 'bunuh diri', bunuhdiri: 'bunuh diri', bundir: 'bunuh diri', suicide: 'bunuh diri',
  mlg: 'malang', gausah: 'tidak usah', gamau: 'tidak mau', gakmau: 'tidak mau', gabisa: 'tidak bisa', gatau: 'tidak tahu',
  gaada: 'tidak ada', gada: 'tidak ada', gk2: 'tidak', sondeada: 'tidak ada', makasih: 'terima kasih', makasi: 'terima kasih',
  trims: 'terima kasih', thx: 'terima kasih', thanks: 'terima kasih', tq: 'terima kasih', tks: 'terima kasih', tengkiu: 'terima kasih',
}; // prettier-ignore

let table: Map<string, readonly string[]> | undefined;

/** The canonical words for one typed word, or undefined when it already is one (or is unknown). */
export function canonical(word: string): readonly string[] | undefined {
  table ??= build();
  return table.get(word);
}

function build(): Map<string, readonly string[]> {
  const built = new Map<string, readonly string[]>();
  for (const [to, from] of Object.entries(groups)) {
    for (const word of from.split(' ')) if (!word.includes("'")) built.set(word, [to]);
  }
  for (const [from, to] of Object.entries(phrases)) built.set(from, to.split(' '));
  return built;
}
