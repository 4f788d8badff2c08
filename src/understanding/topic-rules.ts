/** Words that name their agency outright: `agency category boost` for each pattern (see pattern.ts). */
export type TopicRule = { agency?: string; category?: string; boost: number; patterns: readonly string[] };

export const topicWords: Readonly<Record<string, string>> = {
  school: 'sma smk slb sman smkn slbn smas',
  abroad: 'malaysia hongkong taiwan singapura arab saudi luar negeri korea jepang brunei kamboja',
};

export const topicRules: readonly TopicRule[] = [
  { agency: 'disdik_prov', category: 'pendidikan', boost: 2.2, patterns: ['@school', 'sekolah menengah atas|kejuruan', 'sekolah luar biasa', 'high sekolah'] },
  { agency: 'disdikbud', category: 'pendidikan', boost: 1.3, patterns: ['sd|smp|paud|tk|pip|spmb|ppdb|komite|sdn|smpn|spp', 'wali kelas', 'guru sd|smp|tk', 'putus sekolah', 'masuk sekolah', 'tidak ~2 sekolah', 'uang komite|sekolah'] },
  { agency: 'dukcapil', category: 'adminduk', boost: 2, patterns: ['ktp', 'kk', 'kartu keluarga', 'akta|akte lahir|kelahiran|mati|kematian|kawin|nikah|cerai', 'kia', 'nik', 'ikd', 'dukcapil', 'capil', 'blangko', 'id card', 'birth certificate', 'e-ktp', 'rekam ~1 data'] },
  { agency: 'bpjs_kes', category: 'kesehatan', boost: 1.6, patterns: ['bpjs kesehatan', 'kis', 'jkn', 'bpjs ~2 nonaktif|aktif|mati|rumah|puskesmas|operasi|rawat', 'faskes', 'iuran ~1 bpjs'] },
  { agency: 'bpjs_kes', category: 'bansos', boost: 1.6, patterns: ['pbi ?jk', 'pbi'] },
  { agency: 'bpjs_tk', category: 'ketenagakerjaan', boost: 3, patterns: ['jht', 'jkm', 'jkk', 'jkp', 'bpjs tk|ketenagakerjaan', 'jamsostek', 'perusahaan|bos|kantor ~4 iuran', 'iuran ~3 disetor|setor|perusahaan', 'bsu'] },
  { agency: 'dinkes', category: 'kesehatan', boost: 1.5, patterns: ['puskesmas', 'pustu', 'posyandu', 'imunisasi', 'stunting', 'fogging', 'dbd', 'demam berdarah', 'vaksin', 'kader posyandu'] },
  { agency: 'rsud_lerik', category: 'kesehatan', boost: 2, patterns: ['rsud', 'lerik', 'igd', 'rumah sakit', 'rs', 'rawat inap', 'jam besuk', 'hospital'] },
  { agency: 'psikologi', category: 'kesehatan', boost: 1.4, patterns: ['psikolog|psikiater|psikologi', 'konseling jiwa|mental', 'kesehatan|gangguan|poli jiwa|mental', 'naimata', 'rsj', 'obat jiwa', 'susah tidur ~4', 'cemas|panik|anxiety ~2'] },
  { agency: 'psikologi', category: 'pribadi_keluarga', boost: 1, patterns: ['cuma|hanya ~1 mau ~1 cerita|curhat', 'kepala penuh|berat', 'kesepian', 'patah hati', 'stres', 'putus cinta', 'sedih', 'galau'] },
  { agency: 'p2kb', boost: 2.2, patterns: ['kb', 'keluarga berencana', 'implan', 'iud', 'kontrasepsi', 'vasektomi', 'plkb'] },
  { agency: 'dinsos', category: 'bansos', boost: 1.8, patterns: ['bansos', 'pkh', 'bpnt', 'blt', 'desil', 'dtsen', 'dtks', 'kks', 'odgj', 'orang gila', 'lansia', 'disabilitas|difabel', 'terlantar|telantar', 'kursi roda', 'panti', 'yatim', 'nenek|kakek|opa|oma ~3 sendiri', 'anak jalanan', 'pengemis', 'sembako', 'bantuan sosial', 'dipasung|pasung'] },
  { agency: 'dprkp', boost: 2.4, patterns: ['bedah rumah', 'rtlh', 'bsps', 'rumah ~2 layak', 'rumah ~4 bebak|roboh|ambruk|rubuh', 'rumah subsidi', 'developer|pengembang', 'kawasan kumuh', 'psu', 'fasum'] },
  { agency: 'pupr', category: 'infrastruktur', boost: 1.5, patterns: ['jalan ~4 rusak|lubang|lobang|hancur|aspal|amblas', 'lampu jalan', 'lampu penerangan', 'pju', 'drainase', 'got ~2', 'gorong', 'trotoar', 'jembatan ~2 rusak|putus', 'aspal', 'selokan', 'deker', 'tata ruang'] },
  { agency: 'pdam', category: 'infrastruktur', boost: 2, patterns: ['pdam', 'air ledeng|pam', 'air ~3 jalan|mengalir|mati|macet|naik|keruh', 'pipa', 'meteran air', 'tagihan air', 'tirta', 'air ~1 tidak', 'sambungan air', 'perumda air'] },
  { agency: 'pln', category: 'infrastruktur', boost: 2.2, patterns: ['pln', 'listrik', 'mati lampu', 'token', 'voltase', 'kwh', 'gardu', 'trafo', 'lampu mati', 'lampu padam'] },
  { agency: 'dishub', category: 'infrastruktur', boost: 2.2, patterns: ['lampu merah', 'lalu lintas', 'parkir', 'bemo', 'angkot', 'trayek', 'rambu', 'macet', 'zebra', 'terminal', 'juru parkir'] },
  { agency: 'bpbd', boost: 2, patterns: ['banjir', 'longsor', 'bencana', 'puting beliung', 'badai', 'seroja', 'angin kencang', 'gempa', 'kekeringan', 'mengungsi'] },
  { agency: 'disnaker', category: 'ketenagakerjaan', boost: 1.6, patterns: ['kartu kuning', 'ak1', 'ak 1', 'phk', 'pesangon', 'lowongan', 'gaji ~3 dibayar|bayar|balum|belum', 'upah ~3 dibayar', 'thr', 'blk', 'job', 'pencari kerja', 'kontrak kerja', 'dipecat', 'magang'] },
  { agency: 'disnaker_prov', category: 'ketenagakerjaan', boost: 3.2, patterns: ['ump', 'umk', 'umr', 'upah minimum', 'pengawas ~1 ketenagakerjaan|kerja|tenaga', 'di bawah ump|umk|upah|standar', 'k3', 'norma kerja', 'jam kerja|lembur ~4 #', 'tanpa lembur', 'kerja ~2 # jam', 'minimum wage'] },
  { agency: 'bp3mi', category: 'ketenagakerjaan', boost: 2.4, patterns: ['tki', 'tkw', 'pmi', 'pekerja migran', 'bp3mi', 'kerja ~3 @abroad', 'calo ~3 kerja|tki|malaysia', 'penyalur'] },
  { agency: 'bkppd', boost: 2.6, patterns: ['pppk', 'p3k', 'cpns', 'honorer', 'asn ~2 pangkat|mutasi|pensiun', 'sk honorer', 'tenaga kontrak', 'pensiun ~1 asn|pns', 'bkd', 'kepegawaian'] },
  { agency: 'uptd_ppa', category: 'perlindungan_perempuan_anak', boost: 1.6, patterns: ['kdrt', 'nafkah', 'rumah aman', 'pelecehan', 'hak asuh', 'uptd ppa', 'pendampingan ~2 korban', 'suami ~3 pukul', 'dapat pukul', 'tidak ~1 mau ~1 tanggung jawab', 'visum'] },
  { agency: 'uptd_ppa_prov', category: 'perlindungan_perempuan_anak', boost: 3.5, patterns: ['ppa ~1 provinsi|ntt|prov', 'dp3ap2kb', 'provinsi ~3 dampingi|pendampingan|korban', 'korban|kekerasan|pelecehan ~5 tts|ttu|belu|rote|alor|sabu|malaka|amarasi|kabupaten', 'rujukan provinsi'] },
  { agency: 'dp3a', category: 'perlindungan_perempuan_anak', boost: 3, patterns: ['sosialisasi|penyuluhan|pelatihan|program|narasumber ~4 anak|perempuan|kdrt|kekerasan', 'forum anak', 'kota layak anak', 'pemberdayaan perempuan', 'puspaga', 'dp3a', 'dinas ~2 perempuan'] },
  { agency: 'polresta', category: 'perlindungan_perempuan_anak', boost: 1.8, patterns: ['polisi|polres|polresta|ppa|lapor ~6 kdrt|kekerasan|pelecehan|pemerkosaan|pencabulan ~6 mandek|polisi|polres|proses|balik', 'kdrt|kekerasan|pelecehan|pemerkosaan|pencabulan ~6 polisi|polres|polresta', 'polisi ~4 kdrt|kekerasan|pemerkosaan|pencabulan|pelecehan'] },
  { agency: 'polresta', boost: 1.8, patterns: ['dicuri|maling|curi|jambret|dijambret', 'tipu|ditipu|penipuan', 'skck', 'polisi', 'narkoba', 'dibobol', 'arisan', 'begal', 'tilang', 'sim', 'judi online', 'diperas', 'pinjol', 'investasi bodong', 'surat kehilangan', 'dibajak'] },
  { agency: 'dpmptsp', category: 'perizinan', boost: 2.2, patterns: ['nib', 'oss', 'pbg', 'imb', 'slf', 'izin ~2 usaha|bangunan|reklame|praktek|penelitian|kos', 'siup', 'izinnya', 'perizinan', 'dpmptsp', 'kbli'] },
  { agency: 'dpmptsp', category: 'lainnya', boost: 2.2, patterns: ['mpp', 'ruang ~1 curhat|bestie', 'mall ~1 pelayanan', 'loket mpp', 'bestie ~2 buka'] },
  { agency: 'bpn', category: 'perizinan', boost: 2.4, patterns: ['sertifikat ~3 tanah', 'tanah ~4 sertifikat|ukur|patok|serobot|diserobot|batas|sengketa', 'balik nama', 'bpn', 'ptsl', 'pertanahan', 'patok', 'roya', 'batas tanah'] },
  { agency: 'bapenda', boost: 2.6, patterns: ['pbb', 'njop', 'bphtb', 'sppt', 'pajak ~2 bumi|bangunan|daerah|restoran|hotel|reklame|hiburan', 'bapenda', 'npwpd', 'property tax'] },
  { agency: 'diskopukm', boost: 2.4, patterns: ['umkm', 'ukm', 'koperasi', 'modal ?usaha', 'halal', 'kur', 'merek', 'pirt', 'bpum', 'wirausaha'] },
  { agency: 'disperindag', boost: 2.2, patterns: ['minyak tanah', 'lpg', 'elpiji', 'harga ~2 beras|sembako|cabe|minyak|telur|bawang|gula|pasar', 'timbangan', 'pasar murah', 'het', 'kadaluarsa', 'tera', 'kerosene', 'operasi pasar', 'oplosan'] },
  { agency: 'pd_pasar', category: 'lainnya', boost: 2.6, patterns: ['lapak ~2', 'los pasar', 'retribusi ~2 pasar', 'kios ~1 pasar', 'pasar oebobo|oeba|kasih|inpres|naikoten', 'pedagang pasar', 'perumda pasar', 'market stall'] },
  { agency: 'dlhk', category: 'lingkungan', boost: 1.8, patterns: ['sampah', 'tps', 'tpa', 'limbah', 'pohon', 'pencemaran|tercemar', 'asap ~3 pabrik|bakar|sampah', 'bau ~3 sampah|limbah|busuk', 'amdal', 'garbage', 'kontainer'] },
  { agency: 'satpolpp', category: 'lingkungan', boost: 2.2, patterns: ['piara|pelihara babi|ayam|sapi|kambing|anjing', 'kandang', 'babi|sapi|kambing|ternak ~3 lepas|berkeliaran|bakaliaran|masuk|makan|bau', 'anjing ~2 liar|tetangga', 'ternak', 'tetangga ~4 babi|sapi|kambing|ayam|anjing'] },
  { agency: 'satpolpp', category: 'lainnya', boost: 2.2, patterns: ['pesta', 'musik ~1 keras', 'miras|sopi|moke', 'pkl', 'pedagang kaki', 'satpol', 'karaoke', 'balap liar', 'orang mabuk', 'sound system', 'remang', 'kos ~2 mesum', 'jualan ~1 trotoar', 'bangunan liar', 'minum mabuk'] },
  { agency: 'damkar', category: 'lainnya', boost: 2.6, patterns: ['kebakaran|terbakar', 'api ~2 besar', 'damkar|pemadam', 'sarang tawon|lebah', 'ular ~2 masuk|rumah|plafon', 'evakuasi', 'on fire', 'apar', 'cincin ~3 lepas'] },
  { agency: 'kominfo', category: 'lainnya', boost: 2.6, patterns: ['hoax|hoaks|hoak', 'website|web ~2 pemkot|kota|dinas', 'aplikasi ~2 pemkot|kota', 'wifi', 'akun ~2 palsu|instagram', 'cctv', 'kominfo', 'undian ~2', 'link bantuan'] },
  { agency: 'bagorg', category: 'lainnya', boost: 3, patterns: ['sp4n', 'lapor go', '1708', 'lapor.go.id', 'aplikasi lapor', 'di lapor $', 'kepuasan masyarakat', 'kanal pengaduan', 'di lapor'] },
  { agency: 'baghukum', boost: 2.2, patterns: ['gugat|digugat', 'cerai ~3', 'bantuan|konsultasi hukum', 'pengacara', 'lbh', 'hukum', 'warisan|waris', 'legal aid', 'perda', 'somasi', 'gono'] },
  { agency: 'dukcapil', category: 'adminduk', boost: 2.4, patterns: ['akta|akte cerai', 'status ~2 ktp ~2 cerai'] },
  { agency: 'bpn', category: 'perizinan', boost: 2.2, patterns: ['tanah warisan ~4 sertifikat|ukur', 'warisan ~3 sertifikat|ukur'] },
  { agency: 'inspektorat', category: 'lainnya', boost: 2, patterns: ['pungli|pungutan liar', 'korupsi', 'suap|pelicin|sogok', 'pegawai|asn|pns|lurah|camat|oknum|pejabat|staf ~3 bolos|minta|korupsi|mabuk|selingkuh|main|disiplin|kasar|bentak', 'petugas ~3 kasar|omong|bicara|marah|bentak', 'bribe', 'jam kerja ~2 main', 'mobil dinas', 'fiktif', 'setoran'] },
  { agency: 'ombudsman', category: 'lainnya', boost: 3, patterns: ['ombudsman', 'maladministrasi', 'tidak ~1 ditanggapi|dijawab|dibalas|tanggapi', 'penundaan berlarut', 'berlarut', 'abaikan ~1 surat|laporan'] },
  { agency: 'kua', category: 'pribadi_keluarga', boost: 2.2, patterns: ['kua', 'nikah|menikah|pernikahan|pranikah', 'pendeta|pastor|romo|gereja ~2 konseling', 'konseling ~2 pendeta|pastor|romo|gereja', 'buku nikah', 'belis', 'haji', 'kemenag', 'konsultasi ~2 pendeta|pastor|romo', 'isbat'] },
  { agency: 'kelurahan', boost: 1.8, patterns: ['ketua|pak rt|rw', 'rt|rw ~2 tidak|pilih|minta|uang|pakai', 'surat ~1 keterangan', 'surat pengantar', 'lurah', 'sktm', 'domisili', 'musyawarah kelurahan', 'camat', 'iuran rt', 'warga rt'] },
];

/** Where somebody weak depends on it, or something is about to fall on people. */
export const urgentPatterns: readonly string[] = [
  'nenek|kakek|opa|oma|lansia|anak|bayi|balita|janda|orang ~4 sendiri|terlantar|telantar|lumpuh|kelaparan', 'tidak ~2 makan', 'kasih makan', 'mengamuk', 'odgj ~4 mengamuk|jalan|telanjang|pasung|takut', 'miring ~3', 'mau ~1 jatuh|roboh|rubuh|ambruk|tumbang', 'hampir ~1 roboh|jatuh|tumbang', 'tumbang', 'longsor', 'banjir ~2 rumah|masuk', 'kebanjiran', 'kabel ~3 putus|jatuh|terbakar', 'cuci darah', 'operasi ~1 besok', 'besok ~3 operasi', 'kanker', 'gizi buruk', 'dbd|demam berdarah', 'wabah', 'anak ~5 tidak|belum ~2 akta|akte', 'akta|akte lahir ~3 karena ~2 bapak', 'parang|pisau|senjata', 'anak ~3 tidur ~2 toko|jalan|pasar|emperan', 'anak jalanan', 'ular ~2 rumah', 'lurah|camat|pejabat|oknum ~3 minta ~2 uang|setoran', 'korupsi', 'rabies', 'pasung*', 'mengungsi', 'atap ~3 terbang',
]; // prettier-ignore

export const fireNow: readonly string[] = ['kebakaran ~4 tolong|cepat|sekarang|besar', '^ kebakaran', 'ada kebakaran', 'rumah|toko|kios|pasar ~1 kebakaran|terbakar', 'api ~2 besar|membesar', 'on fire'];
