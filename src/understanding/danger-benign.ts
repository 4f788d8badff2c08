/**
 * Everyday phrases that borrow the words of danger. They are masked before the danger rules look, so
 * "cape mati urus KK" can never meet "mau mati". Adjacent words only: "capek, mati saja" is no idiom.
 */
export const benign: readonly string[] = [
  // things that go off, break, expire, or are documents about death
  'mati lampu|listrik|air|hp|gaya|kutu|rasa|total|suri|mesin|langkah|ide|kiri|kanan|pajak|jaringan|sinyal|lampunya|tv|wifi|internet|token|aki|ac|kipas|starter|pompa|pucuk|angin|akal',
  'mati ?karena ?sakit hewan|ternak|babi|ayam',
  'lampu|listrik|air|hp|hape|mesin|pompa|jaringan|sinyal|internet|wifi|pajak|pajaknya|token|meteran|kompor|gas|motor|mobil|komputer|laptop|server|sistem|aplikasi|lampunya|listriknya|pln|pdam|sim|stnk|plat|kartu|atm|rekening|ac|kipas|tv|freon|ledeng|keran|kran ~2 mati',
  'nomor|jalan|jalur|lalu|harga|akta|akte|surat|aktanya|keterangan|urusan|otak|dua|hak|kontak|hukuman|vonis|meter|daun|sumur|usaha|akun|sawah mati',
  'lampu|listrik|air|hp|mesin|pompa|jaringan|sinyal|internet|motor|mobil|komputer|atm|token|pln ~4 mati',
  'lampu|listrik|air|hp|mesin|genset|pln|token|pompa|ac|tv|motor ~2 hidup',
  'ikan|ayam|babi|sapi|anjing|kucing|kambing|ternak|bebek|burung|tanaman|pohon|jagung|padi|bunga ~4 mati',
  'hidup lampu|listrik|air|hp|mesin|pompa',
  // hyperbole
  'capek|lapar|haus|panas|pedas|cantik|ganteng|ketawa|tertawa|manis|enak|mahal|susah|pusing|malu|ngantuk|bosan|rindu|lucu|gila|dingin|asin|bagus|keras|sibuk|cinta|suka|kenyang|jauh|takut|kangen|pahit|lelah|bau|asam|gemas|sayang|penuh|macet|lambat|lama mati',
  'setengah mati', 'mati matian', 'kerja ?keras sampai mati', 'ketawa|tertawa|ngakak|cinta|rindu|sayang sampai ?mau mati', 'sampai mati ketawa|rasa|gaya|langkah|lampu', 'hampir mati ketawa|kepanasan|kelaparan|bosan', 'mati ketawa|kutu|penasaran|kepanasan|kelaparan|bosan|lapar|kangen|gemas',
  'hidup ?dan|atau mati', 'antara hidup dan mati', 'seumur hidup', 'biaya|kebutuhan|standar|lingkungan|riwayat|gaya|pola|makhluk|asuransi|alat|penghasilan|daftar hidup', 'hidup sehat|bersih|mpp|bestie|kupang|pancasila|merdeka|rukun', 'lingkungan hidup', 'sudah|bapak|mama|kakek|nenek|opa|oma|suami|istri|almarhum|anak|adik|kakak|om ?saya ?sudah meninggal',
  'meninggal dunia|tahun|bulan|minggu|kemarin', 'orang meninggal', 'penghuni|pasien|warga|ahli|santunan|keterangan|surat|akta ~1 kematian|meninggal',
  // money and effort
  'bunuh waktu|nyamuk|tikus|ular|lalat|kecoa|hama|semut|karakter|usaha|usahanya|kuman|virus|bakteri|rayap|pasar|pedagang|umkm|babi|ayam|anjing|kutu|mesin|pasaran|kesempatan|karir|karier|ekonomi|mimpi|semangat|kreativitas|keong|ulat|rumput|gulma|time',
  'pembunuhan karakter', 'bunuh* karakter|pasar', 'bunuh usaha|ekonomi|pedagang', 'harga|biaya|pajak|bunga|tarif ~2 cekik*', 'harga|biaya|tarif ~2 bunuh*', 'cekik* leher', 'cekik* kantong',
  'kena|dapat pukul* pajak|denda|inflasi|biaya|rata', 'pukul* rata|mundur|pajak|telak|tong|bel|lonceng|gong|rebana|drum|kayu', 'terpukul ?oleh ?karena harga|ekonomi|pandemi|covid|inflasi|berita|kabar', 'pukul|jam|pkl|pk # !kali|x|orang',
  'pukul|jam|pkl|pk berapa|brp|tepat|sekitar|kira|kurang|setengah|lewat',
  'gantung baju|jemuran|pakaian|status|nasib|harapan|cita|raket|kabel|spanduk|lampu|hidup|pada', 'nasib|status|berkas|kasus|laporan|pengajuan|honorer|pppk|digantung|guru|pegawai|nakes|perkara|permohonan|proses ~3 gantung*', 'digantung oleh|dengan|sama|dinas|pemerintah|pemkot|janji|loket|kantor', 'kabel ~3 gantung*', 'jangan gantung kami',
  'lompat pagar|tali|jauh|tinggi|kelas|kodok|girang|harimau', 'bakar sampah|ikan|ayam|jagung|babi|batu|rumput|kayu|lilin|semangat|kalori|daging|sate|hutan|lahan|kebun|kembang', 'potong rambut|gaji|babi|sapi|ayam|pohon|kue|pita|antre|kuku|harga|pajak|rumput|ranting|jalur|kompas|tunjangan|iuran|bantuan|kambing|hewan|dahan|bansos|uang|pulsa|saldo',
  'tembak langsung|harga|sim|bola|kuda|lampu', 'tembak-tembakan|tembakan', 'main ?game|bola|ps tembak*', 'banting harga|setir|tulang|pintu', 'tendang bola|sampah', 'tusuk gigi|sate|jarum|konde', 'lempar batu|sampah|bola|tanggung|handuk|kesalahan|pertanyaan|berkas', 'saling lempar', 'dilempar ke|dari|kantor|sana|loket', 'injak rem|gas|kaki|tanah', 'hantam rumah|mobil|motor|atap|kios|tembok|gelombang|ombak|banjir', 'dihantam gelombang|ombak|badai|banjir|angin|ekonomi|krisis', 'pohon|ombak|badai|banjir|truk|angin ~3 hantam*', 'seret nama|arus', 'air seret', 'racun tikus|serangga|rumput|nyamuk ~3 jual*|bagi*|beli*|cari|butuh', 'jual* ~3 racun tikus|rumput', 'sabet juara|medali|emas', 'lompat dari|ke sd|smp|sma|kelas|topik', 'peras keringat|otak|susu|santan|jeruk', 'tikam dari belakang',
  // illness and accident told as ordinary errands
  'pencegahan|penyuluhan stroke|jantung', 'jatuh tempo|cinta|bangun|miskin|sakit|hati', 'pingsan tunggu|antre|lihat|dengar', 'kritis terhadap', 'darurat sampah|bencana|dana|air', 'donor darah', 'tekanan|golongan|cek|tes|tambah|kurang|cuci|gula darah', 'main hakim|bola|game|gila|kartu|judi|hp', 'susul kartu|berkas|dokumen|surat', 'serangan fajar', 'diserang|serang nyamuk|hama|ulat|tikus|buzzer',
  'ancaman|terancam ?akan ?kena banjir|longsor|krisis|kekeringan|putus|phk|gagal|tutup|ditutup|punah|gusur|digusur|dipecat|dbd|hukuman|pidana|denda|tidak|rusak|roboh|batal|gempa|tsunami|hilang', 'hampir|mau mati tunggu|menunggu|antre|bosan|urus|kepanasan|panas|ketawa|lapar', 'ancam* pecat|phk|denda|potong|cabut|tilang|putus|tutup|lapor*',
  'self service', 'juara|lomba|latihan|olahraga|atlet|sasana|cabang|klub|pertandingan ?cabang tinju|silat|panah|taekwondo', 'apa itu|arti kdrt|tppo|pelecehan', 'persekap', 'sumpah|sampai|berani mati', 'ancam* coret|hapus', 'orang|almarhum|mendiang ?sudah mati|meninggal', '@kin ?saya ?punya ?sudah mati', 'saya|kami punya @kin mati', 'killing time|it|game', 'bunuh time', 'killing me', 'dead end|line', 'cepat mati lampu', 
  'bunuh diri sendiri nama*', 'sama saja bunuh* diri', 'sama dengan bunuh* diri', 'gol bunuh diri', 'bunuh diri politik|karir|karier|ekonomi|massal', 'namanya bunuh diri', 'bunuh diri nama*',
]; // prettier-ignore

/** A sentence about the subject as a subject: an event, a lesson, a film, a job. */
export const aboutIt: ReadonlySet<string> = new Set(
  'sosialisasi seminar webinar pelatihan penyuluhan kampanye lomba film buku novel lagu berita sinetron drakor pencegahan mencegah cegah relawan volunteer konselor edukasi workshop bimtek diskusi skripsi tesis makalah penelitian riset statistik artikel poster brosur puisi drama teater game permainan perda uu ceramah khotbah talkshow peringatan narasumber pepeneliti jurnal nonton tonton menonton serial podcast training filem materi definisi pengertian'.split(' '),
); // prettier-ignore
