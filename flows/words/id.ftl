# Setiap kalimat yang dibaca warga. Hangat, jelas, pendek; tanpa bahasa surat dinas.

## Salam dan persetujuan

greeting = Halo, saya Bestie, teman cerita dari Ruang Curhat di Mall Pelayanan Publik Kota Kupang. Di sini Anda bisa bercerita, memesan waktu bertemu petugas, dan mengikuti kelanjutannya sampai beres. Ruangnya buka setiap { $days }, tetapi keadaan darurat jangan menunggu hari buka.
greeting-short = Halo, saya di sini.
hotlines-intro = Kalau ada yang dalam bahaya sekarang, hubungi:
consent =
    Sebelum mulai, kami minta izin Anda. Yang kami simpan: pesan dan berkas yang Anda kirim, jadwal Anda, dan alamat chat ini. Yang membaca: hanya petugas Ruang Curhat yang menangani Anda dan penyelianya, dan setiap pembacaan dicatat. Dinas lain hanya tahu seperlunya, itu pun setelah Anda setuju. Kota belajar dari jumlahnya saja, tanpa nama. Anda bisa menghapus semuanya kapan saja dengan mengetik /data.

    Setuju?
consent-held = Pesan Anda yang tadi sudah sampai. Pesan itu kami simpan hanya kalau Anda setuju; tanpa jawaban dalam { $days } hari, kami hapus.
consent-held-short = Pesan Anda sudah sampai; kami simpan kalau Anda setuju. Tanpa jawaban dalam { $days } hari, kami hapus.
consent-held-danger = Pesan Anda yang tadi sudah sampai. Sambil menunggu jawaban Anda, petugas boleh membacanya demi keselamatan Anda.
consent-gentle =
    Supaya petugas boleh menyimpan dan membaca cerita Anda, kami perlu izin Anda. Yang membaca hanya petugas yang menangani Anda dan penyelianya. Dinas lain hanya tahu kalau Anda setuju; kota belajar dari jumlahnya saja, tanpa nama. Anda bisa menghapus semuanya kapan saja dengan /data.

    Setuju?
consent-again = Boleh kami simpan dan baca pesan Anda, seperti izin di atas? Setuju?
consent-first = Bisa. Satu hal dulu:
consent-yes = Setuju
consent-no = Tidak setuju
consent-given = Terima kasih sudah percaya kepada kami.
consent-unclear = Mohon jawab “Setuju” atau “Tidak setuju” dulu, ya.
consent-refused-danger = Tidak apa-apa. Yang tetap kami simpan hanya pesan tentang bahaya, supaya petugas bisa menolong; paling lama { $days } hari setelah selesai ditangani, kami hapus. Anda tetap boleh datang langsung, tanpa jadwal.
consent-refused = Tidak apa-apa, tidak ada yang kami simpan. Anda tetap boleh datang langsung, tanpa jadwal. Kalau berubah pikiran, ketik /start.

menu = Mau mulai dari mana?
help-place = Alamat: { $address }.

command-start = Mulai
command-pesan = Pesan jadwal
command-curhat = Mulai curhat
command-status = Lihat status
command-petugas = Bicara dengan petugas
command-data = Data saya
command-bahasa = Ganti bahasa
command-bantuan = Bantuan
command-batal = Batal

## Umum

please-choose = Silakan pilih salah satu, tekan tombolnya atau ketik nomornya.
skip = Lewati
nothing-to-leave = Tidak ada yang sedang berjalan. Mau mulai dari mana?
left = Baik, kita tinggalkan dulu. Mau mulai dari mana?
left-queue = Baik, Anda tidak lagi menunggu petugas. Kalau perlu lagi, ketik /petugas.
stale-choice = Tombol itu dari percakapan yang sudah lewat, jadi tidak saya jalankan.
stale-choice-done = Pilihan itu sudah saya terima tadi. Untuk melihat hasilnya, ketik /status.
not-understood = Maaf, saya belum menangkap maksudnya. Boleh dengan kata lain, atau pilih salah satu:
not-understood-question = Maaf, pertanyaan itu belum bisa saya jawab. Petugas bisa menjawabnya, atau coba dengan kata lain.
not-understood-twice = Maaf, saya masih belum menangkap maksudnya. Saya minta petugas membaca pesan Anda.
media-mid-flow = Kiriman Anda sudah saya terima. Kita selesaikan dulu yang ini, ya.
unreadable = Kiriman seperti itu belum bisa saya buka. Boleh diceritakan dengan tulisan, suara, atau foto?
empty-message = Pesannya kosong. Boleh ditulis ulang?
thanks = Sama-sama. Kami senang bisa bantu.
praise = Terima kasih, itu menyemangati kami.
sorry = Tidak apa-apa.
ask-away = Silakan, tanya saja.
no-hurry = Tidak usah buru-buru.
nod = Baik.
sad = Saya di sini. Kalau mau, ceritakan pelan-pelan; boleh juga dengan suara.
waiting-kept = Pesan Anda sudah masuk dan akan dibaca petugas saat giliran Anda.
insult = Saya dengar Anda sedang kesal, dan itu wajar. Ceritakan saja, atau bicara langsung dengan petugas.
insult-midway = Saya dengar Anda kesal, dan itu wajar. Mau bicara langsung dengan orang? Ketik /petugas.
trouble = Maaf, ada gangguan di pihak kami. Pesan Anda tersimpan dan sudah kami teruskan ke petugas.
call-answer = Maaf, kami tidak bisa menerima telepon di sini. Silakan tulis atau kirim pesan suara.
file-too-large = Berkas itu terlalu besar untuk kami simpan (paling besar { $megabytes } MB). Pesan Anda yang lain tetap tersimpan.
file-gone = Berkas yang tadi tidak bisa kami ambil. Boleh dikirim sekali lagi?
language-ask = Mau bahasa apa? / Which language?
language-set = Baik, kita lanjut dalam Bahasa Indonesia.
hours = Ruang Curhat buka setiap { $days }, pukul { $opens }–{ $closes } WITA, istirahat { $breakFrom }–{ $breakTo }.
hours-next = Buka berikutnya: { $next }.
hours-open-now = Ruang Curhat buka sekarang, sampai pukul { $closes } WITA.
answer-about-bot = Saya Bestie, program komputer yang menerima chat untuk Ruang Curhat Kota Kupang, bukan orang. Cerita Anda dibaca petugas, dan petugas itu orang. Mau bicara langsung dengan mereka? Ketik /petugas.
answer-cost = Gratis. Curhat, datang, dan chat di sini tidak dipungut biaya. Kalau ada yang meminta uang atas nama kami, beri tahu lewat /petugas.
answer-privacy = Cerita Anda hanya dibaca petugas Ruang Curhat yang menangani Anda dan penyelianya, dan setiap pembacaan dicatat. Ke dinas lain hanya kalau Anda setuju, boleh tanpa nama. Semuanya bisa Anda hapus lewat /data.
answer-consent = Tanpa izin Anda, kami tidak boleh menyimpan pesan Anda, jadi petugas tidak bisa membacanya. Kalau tidak setuju, tidak ada yang disimpan; Anda tetap boleh datang langsung.
answer-shared-phone = Kami tidak memberi tahu keluarga Anda. Tetapi siapa pun yang membuka HP ini bisa membaca chat di layarnya; hapus chat ini dari HP kalau perlu. Yang tersimpan pada kami bisa dihapus lewat /data.
answer-walk-in = Boleh datang langsung tanpa janji; dengan jadwal, kursinya sudah pasti.
answer-home-visit = Petugas bertemu warga di ruangnya. Kalau sulit datang, ceritakan di sini dengan tulisan atau suara, atau minta keluarga datang; petugas akan mencari jalan.
answer-proxy = Boleh. Anda bisa memesan dan bercerita untuk orang lain, dan boleh datang ditemani atau diwakilkan; cukup sebutkan kode jadwalnya. Kalau orangnya sendiri perlu hadir, petugas akan bilang.
answer-what-to-bring = Cukup sebutkan kode jadwal Anda. Kalau ada surat yang berhubungan, misalnya KTP atau KK, boleh dibawa; kalau tidak ada, datang saja.
answer-duration = Satu pertemuan sekitar { $minutes } menit. Bercerita di chat ini boleh selama yang Anda perlu.
answer-late = Tidak apa-apa, datang saja, tetapi mungkin perlu menunggu. Kalau tidak sempat, ubah jadwalnya dengan /pesan.
answer-scope = Apa saja boleh: keluarga, KTP dan bantuan sosial, jalan dan air, pekerjaan, sampai hal yang sulit diceritakan kepada orang lain. Kami catat, hubungkan ke dinas yang bisa membantu, dan ikuti sampai beres.
answer-document = Surat seperti KTP, KK, akta, atau SIM diurus di dinasnya, bukan di Ruang Curhat. Kalau urusannya macet atau dipersulit, ceritakan di sini; kami hubungkan dengan dinas yang tepat.
answer-phone = Nomor telepon untuk bicara dengan petugas tidak ada di sini; petugas menjawab lewat chat ini. Ketik /petugas untuk menunggu mereka, atau datang ke ruangnya.
answer-emergency = Chat ini tidak bisa mengirim pertolongan. Kalau sedang terjadi, menjauhlah ke tempat aman dan telepon sekarang:

## Pesan jadwal

book-has-booking = Anda sudah punya jadwal { $code }: { $when }. Mau bagaimana?
book-no-booking = Jadwalnya sudah tidak ada.
book-move = Ubah jadwal
book-cancel = Batalkan jadwal
book-keep = Biarkan saja
book-kept = Baik, jadwal Anda tetap.
book-held = Ada kursi kosong yang kami tahan untuk Anda: { $when }. Mau diambil?
book-left = Baik, tidak jadi. Kalau mau lagi, ketik /pesan.
book-nothing-open = Belum ada hari yang bisa dipesan. Coba lagi besok, atau ketik /petugas.
book-choose-day = Hari apa yang cocok? Boleh pilih atau ketik, misalnya “senin” atau “rabu jam 9”.
book-day = { $day } (sisa { $left })
book-day-none-left = { $day } (penuh)
book-day-unclear = Saya belum menangkap harinya.
book-day-full = { $day } sudah penuh. Mau masuk daftar tunggu? Kalau ada yang batal, kursinya kami tahan untuk Anda dan kami kabari.
book-day-full-move = { $day } sudah penuh.
book-join-waiting = Masuk daftar tunggu
book-other-day = Hari lain
book-waiting = Anda ada di urutan { $place } daftar tunggu { $day }. Kalau ada kursi kosong, kami kabari.
book-choose-time = { $day }. Jam berapa? (WITA)
book-slot = { $time } (sisa { $left })
book-time-unclear = Saya belum menangkap jamnya.
book-time-not-offered = Pukul { $time } tidak ada di jadwal hari itu. Yang terdekat pukul { $nearest }.
book-time-closed = Pukul { $time } ruangnya tutup; kami buka pukul { $opens } sampai { $closes }. Yang terdekat pukul { $nearest }.
book-time-break = Pukul { $time } petugas istirahat, dari { $breakFrom } sampai { $breakTo }. Yang terdekat pukul { $nearest }.
book-slot-full = Maaf, jam itu baru saja penuh.
book-slot-not-open = Maaf, jam itu sudah tidak bisa dipesan.
book-confirm = { $when }. Saya pesankan?
book-confirm-move = Jadwal { $code } pindah ke { $when }. Benar?
book-yes = Ya, pesan
book-yes-move = Ya, pindahkan
book-change-time = Ganti jam
book-leave = Tidak jadi
book-booked =
    Jadwal Anda tercatat.

    Kode: { $code }
    { $when }
    { $place }
    { $address }

    Cukup sebutkan kodenya saat datang. Kalau mau, ceritakan dulu sebelum datang supaya petugas sudah membacanya.
book-carried = Curhat { $codes } ikut dilampirkan ke jadwal ini. Petugas membacanya dulu, jadi Anda tidak perlu cerita dari awal.
book-moved =
    Jadwal Anda sudah dipindah.

    Kode: { $code }
    { $when }
    { $place }
    { $address }
book-gone = Jadwal itu sudah tidak bisa diubah. Ketik /status untuk melihat yang berlaku.
book-cancel-sure = Batalkan jadwal { $code }?
book-cancel-yes = Ya, batalkan
book-cancelled = Jadwal { $code } ({ $when }) sudah dibatalkan. Kapan pun mau pesan lagi, ketik /pesan.
book-closed = { $day } tutup: { $reason }. Ini hari buka yang terdekat.
book-wrong-weekday = { $day } ruangnya tidak buka; kami buka setiap { $days }. Ini hari buka yang terdekat.
book-out-of-reach = { $day } tidak bisa dipesan. Yang bisa dipesan: sampai { $days } hari ke depan.
calendar-description = Sebutkan kode { $code } saat datang.

booking-held = Kursi ditahan untuk Anda; tekan “Ambil kursi” untuk memastikan.
booking-booked = Sudah tercatat.
booking-arrived = Anda sudah datang.
booking-finished = Kunjungan selesai.
booking-missed = Belum sempat datang.
booking-cancelled = Dibatalkan.

## Curhat

concern-which = Anda punya curhat yang masih berjalan. Mau tambah cerita di situ, atau curhat baru?
concern-new = Curhat baru
concern-add-to = Tambah ke { $code }
concern-pour =
    Silakan cerita, saya dengarkan. Boleh dengan tulisan, pesan suara, foto, atau berkas, sebanyak yang perlu; saya tidak akan memotong. Kalau sudah, tekan atau ketik “Selesai”.
concern-pour-more = Silakan tambahkan untuk { $code }. Kalau sudah, tekan atau ketik “Selesai”.
concern-nod = Saya dengarkan. Lanjutkan saja, pelan-pelan. Kalau sudah, tekan atau ketik “Selesai”.
concern-done = Selesai
concern-empty = Belum ada yang masuk. Silakan tulis dulu, atau ketik /batal kalau tidak jadi.
concern-silent-empty = Belum ada cerita yang masuk, jadi saya tutup dulu. Kapan pun siap, ketik /curhat.
concern-received-counts = Terima kasih sudah bercerita. Saya terima: { $counts }.
concern-received-silence = Sepertinya ceritanya sudah cukup untuk sekarang. Saya terima: { $counts }. Masih bisa ditambah nanti.
concern-added-by = Terima kasih, tambahan untuk { $code } sudah masuk ({ $counts }). Petugas akan membacanya, dan Anda mendengar kabar dari kami paling lambat { $day }.
concern-added = Terima kasih, tambahan untuk { $code } sudah masuk ({ $counts }). Petugas akan membacanya.
concern-left = Baik, ceritanya tidak kami teruskan. Kapan pun siap lagi, ketik /curhat.
concern-left-adding = Baik, kita berhenti di sini. Yang sudah Anda kirim tetap ada di { $code }.
concern-gone = Curhat itu sudah tidak ada. Mau mulai lagi?
concern-kept-more = Sudah saya tambahkan ke cerita Anda.
concern-sure = Mau saya catat sebagai curhat, supaya petugas membacanya?
concern-sure-yes = Ya, catat
concern-sure-no = Bukan
concern-sure-not = Baik, tidak saya catat. Kalau ada yang lain, pilih saja atau tulis dengan kata lain.
concern-file-kept = Sudah masuk.
concern-midway = Kalau yang ini bukan bagian cerita, ketik /{ $command }. Kalau ya, lanjutkan saja.
concern-midway-cancel = Kalau mau membatalkan jadwal, ketik /pesan; kalau mau berhenti bercerita, ketik /batal. Kalau ini bagian cerita, lanjutkan saja.
concern-when = Begitu ceritanya selesai, saya sebutkan tanggal paling lambat Anda mendengar kabar dari kami.
count-texts = { $count } pesan tulisan
count-voices = { $count } pesan suara
count-photos = { $count } foto
count-files = { $count } kiriman lain
concern-category = Ini soal apa? Pilih yang paling dekat.
concern-category-guess = Ini soal apa? Dugaan saya ada di atas; pilih yang paling dekat.
concern-category-suggested = { $name } (dugaan saya)
concern-category-unclear = Saya belum menangkap soalnya.
concern-kelurahan = Di kelurahan mana? Ketik namanya, atau lewati.
concern-kelurahan-guess = Kelurahan { $name }, betul?
concern-kelurahan-yes = Ya, { $name }
concern-kelurahan-other = Kelurahan lain
concern-kelurahan-which = Yang mana, ya?
concern-kelurahan-unclear = Saya belum menemukan kelurahan itu. Ketik namanya saja, misalnya “Oesapa”, atau lewati.
concern-name = Kalau perlu diteruskan ke dinas, boleh dinas itu tahu nama Anda? Kalau tidak, kami teruskan tanpa nama.
concern-name-no = Tidak, rahasiakan
concern-name-yes = Boleh
concern-name-unclear = Mohon jawab boleh atau tidak, ya.
concern-name-kept = Baik, nama Anda tidak kami sebut.
concern-attach = Anda punya jadwal { $code } ({ $when }). Curhat ini dilampirkan supaya petugas membacanya sebelum Anda datang?
concern-attach-yes = Ya, lampirkan
concern-attach-no = Tidak perlu
concern-visit = Mau sekalian pesan jadwal bertemu petugas?
concern-visit-no = Tanpa jadwal
concern-visit-yes = Pesan jadwal
concern-booking-unclear = Silakan pilih salah satu.
concern-received =
    Curhat Anda kami terima dengan kode { $code }. Petugas akan membacanya, dan Anda mendengar kabar dari kami paling lambat { $day }. Cek kapan saja dengan /status; mau menambah cerita, ketik /curhat.

category-pendidikan = Pendidikan
category-kesehatan = Kesehatan
category-adminduk = KTP, KK, akta
category-bansos = Bantuan sosial
category-infrastruktur = Jalan, air, listrik
category-ketenagakerjaan = Pekerjaan
category-perlindungan-perempuan-anak = Perempuan dan anak
category-perizinan = Perizinan usaha
category-lingkungan = Lingkungan, sampah
category-pribadi-keluarga = Pribadi dan keluarga
category-lainnya = Lainnya

concern-status-new = Sudah masuk, menunggu dibaca.
concern-status-read = Sudah dibaca petugas.
concern-status-with_officer = Sedang ditangani petugas.
concern-status-referred = Sudah diteruskan ke dinas.
concern-status-answered = Sudah dijawab; kami menunggu kabar Anda apakah sudah beres.
concern-status-settled = Sudah beres.
concern-status-reopened = Dibuka lagi.

## Status, petugas, data

status-intro = Ini yang tercatat:
status-nothing = Belum ada jadwal atau curhat yang tercatat. Mau mulai dari mana?
status-pouring = Curhat yang sedang Anda sampaikan belum terkirim; kita lanjutkan setelah ini.
status-waiting-day = Daftar tunggu { $day }.
status-next-word = Kabar berikutnya paling lambat { $day }.
status-handoff-waiting = Chat Anda menunggu petugas.
status-handoff-held = Petugas sedang bersama Anda di chat ini.
officer-queued = Baik, saya panggilkan petugas. Anda di urutan { $place }.
officer-still-queued = Anda masih di antrean, urutan { $place }.
officer-open = Ruang sedang buka; petugas menjawab begitu ada yang kosong.
officer-closed = Sekarang ruang tutup, jadi belum ada petugas yang membaca. Petugas ada lagi { $when }.
officer-unknown = Jadwal buka berikutnya belum ada; petugas akan membaca pesan Anda secepatnya.
officer-meanwhile = Sambil menunggu, silakan tulis; semuanya akan dibaca. Tidak jadi? Ketik /batal.
officer-open-nobody = Ruang sedang buka, tetapi saat ini belum ada petugas di meja. Pesan Anda tetap di antrean dan dibaca begitu ada yang kembali.
officer-break = Petugas sedang istirahat sampai pukul { $until } WITA.
officer-wait = Biasanya petugas datang ke chat dalam { $minutes } menit.
officer-wait-opened = Setelah buka, biasanya petugas datang ke chat dalam { $minutes } menit.
officer-wait-unknown = Berapa lamanya belum bisa kami perkirakan.
officer-closed-choices = Anda boleh menunggu di sini, memesan jadwal bertemu, atau menuliskannya sebagai curhat supaya petugas membacanya begitu buka. Tidak jadi menunggu? Ketik /batal.
data-danger = Tanpa izin Anda, yang kami simpan hanya percakapan tentang bahaya, supaya petugas bisa menolong; paling lama { $days } hari setelah selesai ditangani, kami hapus.
data-nothing = Belum ada yang kami simpan tentang Anda.
data-kept = Yang kami simpan: alamat chat ini, pesan Anda, { $bookings } jadwal, dan { $concerns } curhat. Semuanya tersimpan terkunci. Mau apa?
data-export = Unduh salinannya
data-reminders-off = Jangan kirim pengingat
data-reminders-on = Kirim pengingat lagi
data-reminders-are-off = Baik, kami tidak mengirim pengingat lagi.
data-reminders-are-on = Baik, pengingat kami kirim lagi.
data-link = Hubungkan aplikasi lain
data-link-hint = Sudah memakai Bestie di aplikasi lain? Buka /data di sana, pilih “Hubungkan aplikasi lain”, lalu ketik di sini: hubungkan dan kodenya.
link-code = Di aplikasi lain tempat Anda menulis kepada kami, ketik:

    hubungkan { $code }

    Kodenya berlaku { $minutes } menit dan sekali pakai. Jangan berikan kepada orang lain, petugas kami pun tidak pernah memintanya.
link-ask = Kalau Anda justru punya kode dari aplikasi lain, kirim kodenya di sini.
link-done = Sudah terhubung. Jadwal, curhat, dan kabarnya sekarang satu, dari aplikasi mana pun Anda menulis.
link-told = Chat Anda di { $channel } baru saja dihubungkan dengan chat ini. Kalau itu bukan Anda, segera ketik /petugas.
link-wrong = Kode itu tidak cocok, sudah dipakai, atau lewat waktunya. Periksa lagi, atau minta kode baru lewat /data di aplikasi yang satunya.
link-too-many = Sudah beberapa kali kodenya tidak cocok. Demi keamanan, coba lagi satu jam lagi ya, atau ketik /petugas.
link-same = Kode itu untuk diketik di aplikasi yang lain; chat ini sudah terhubung.
link-two-drafts = Di kedua aplikasi ada curhat yang belum selesai. Selesaikan dulu salah satunya, lalu kirim kodenya lagi.
link-two-bookings = Anda punya dua jadwal: di sini { $here }; di aplikasi lain { $there }. Satu orang satu jadwal, jadi batalkan dulu yang di sini (ketik /pesan), atau yang di sana kalau yang ini mau dipakai. Setelah itu kirim kodenya lagi.
channel-telegram = Telegram
channel-whatsapp = WhatsApp
channel-web = chat web
data-erase = Hapus semua
data-back = Kembali
data-done = Baik.
data-exported = Ini salinan data Anda. Simpan baik-baik; isinya cerita Anda sendiri.
data-erase-ask = Semua pesan, curhat, dan jadwal Anda akan dihapus dan tidak bisa dikembalikan. Lanjut?
data-erase-sure = Benar-benar hapus semuanya?
data-erase-no = Tidak, simpan
data-erase-yes = Lanjut
data-erase-yes-all = Ya, hapus semua
data-kept-on = Baik, tidak ada yang dihapus.
data-erased-agencies = Rujukan Anda yang sudah ada di { $agencies } kami minta dihapus di sana juga.
data-erased = Semuanya sudah dihapus; salinan cadangan kami ikut terhapus paling lama dalam 7 hari. Terima kasih pernah percaya. Kalau butuh lagi, pintu kami terbuka: ketik /start.

## Bahaya: teks tetap, ditulis manusia

danger-self-harm = Terima kasih sudah mengatakannya. Yang Anda rasakan berat, dan Anda tidak harus menanggungnya sendiri.
danger-kekerasan-kdrt = Apa yang terjadi itu bukan salah Anda. Keselamatan Anda yang utama; kalau bisa, pergi ke tempat yang aman atau ke tetangga yang dipercaya.
danger-kekerasan-anak = Anak itu harus aman lebih dulu. Kalau bisa, jauhkan dia dari orang yang menyakitinya dan temani dia. Ini bukan salahnya.
danger-ancaman-orang-lain = Saya dengar keadaannya panas. Menjauhlah dulu dari orang dan tempat itu, dan beri waktu untuk tenang.
danger-tppo = Terima kasih sudah memberi tahu. Jangan menghadapi ini sendirian; catat nama dan tempat yang Anda tahu.
danger-medis-darurat = Ini darurat. Telepon sekarang atau langsung ke IGD rumah sakit terdekat; pesan di sini jangan ditunggu.
danger-safe-now = Apakah Anda aman sekarang?
danger-gentle = Saya ingin pastikan Anda baik-baik saja. Kalau ada hal berat yang Anda rasakan, boleh cerita; petugas akan membacanya.
danger-contacts = Hubungi sekarang, ada orang yang siap membantu:
danger-officer-open = Petugas kami sudah diberi tahu dan akan segera ke chat ini.
danger-officer-closed = Petugas piket sedang kami panggil, tetapi chat ini tidak dijaga 24 jam. Jangan menunggu kami; hubungi nomor di atas.
danger-officer-none = Sekarang belum ada petugas yang bisa kami panggil, dan chat ini tidak dijaga 24 jam. Jangan menunggu kami; hubungi nomor di atas.
danger-again = Saya masih di sini. Kalau bahayanya sekarang, hubungi:
danger-safe = Syukurlah Anda aman. Kalau mau, ceritakan pelan-pelan di sini, atau bicara dengan petugas. Kalau keadaannya berubah, tulis saja, atau hubungi nomor yang tadi.
danger-safe-sure = Supaya saya tidak salah mengerti: apakah Anda sudah aman sekarang?
danger-safe-still = Saya masih di sini. Apakah Anda aman sekarang? Jawab saja “aman” atau “belum”.
danger-heard = Saya dengar, dan saya tetap di sini.
danger-listening = Tentu. Ceritakan saja pelan-pelan, tidak usah buru-buru. Nomor tadi tetap ada kalau sewaktu-waktu perlu.
danger-secrecy = Tidak, kami tidak memberi tahu dia. Yang membaca chat ini hanya petugas kami.
danger-no-answer = Jangan berhenti di situ. Coba yang lain: { $ways }.
danger-or = atau
danger-police = Telepon polisi sekarang: { $number }. Sebutkan dulu Anda di mana.
danger-unsafe = Saya di sini. Hubungi sekarang, mereka siap membantu:
danger-do-self-harm = Jangan sendirian dulu: panggil satu orang yang Anda percaya ke dekat Anda sekarang, dan jauhkan apa pun yang bisa melukai.
danger-do-violence = Kalau bisa, keluar dulu ke tetangga atau ke tempat yang ramai. Kalau tidak bisa keluar, kunci pintu, jauhi dapur dan benda tajam, dan pelankan suara HP.
danger-do-medical = Minta orang di dekat Anda mengantar ke IGD terdekat sekarang.

## Kabar

notice-booking-evening = Pengingat: besok Anda punya jadwal { $code } di Ruang Curhat, { $when }. Jadi datang?
notice-booking-soon = Pengingat: hari ini Anda punya jadwal { $code } di Ruang Curhat, { $when }. Jadi datang?
notice-come = Datang
notice-change = Ubah
notice-cancel = Batal
notice-come-thanks = Terima kasih, kami tunggu { $when }.
notice-booking-gone = Jadwal itu sudah berubah atau dibatalkan. Ketik /status untuk melihat yang berlaku.
notice-booking-missed = Belum datang? Tidak apa-apa, mungkin ada halangan. Mau kami carikan jadwal lain?
notice-rebook = Pesan jadwal lain
notice-no-thanks = Tidak dulu
notice-no-thanks-answer = Baik. Kapan pun perlu, kami ada di sini.
notice-booking-closed = Mohon maaf, ruang tutup pada { $when } ({ $reason }), jadi jadwal { $code } tidak bisa dipakai. Ini yang terdekat; pilih salah satu, ya:
notice-booking-changed = Mohon maaf, jam buka ruang berubah, jadi jadwal { $code } pada { $when } tidak bisa kami penuhi. Ini yang terdekat; pilih salah satu, ya:
notice-booking-moved = Jadwal { $code } sudah kami pindahkan ke { $when }. Jadi datang?
notice-booking-cancelled = Jadwal { $code } pada { $when } sudah kami batalkan. Mau kami carikan jadwal lain?
notice-waiting-closed = Mohon maaf, { $day } ruang tutup ({ $reason }), jadi daftar tunggunya kami hentikan. Mau kami carikan hari lain?
notice-waiting-over = Mohon maaf, tidak ada kursi yang kosong untuk { $day }, jadi daftar tunggunya selesai. Mau kami carikan hari lain?
notice-seat-released = Kursi untuk { $day } sudah kami lepas karena belum ada jawaban. Mau kami carikan hari lain?
notice-seat-offered = Ada kursi kosong untuk Anda: { $when }. Kami tahan sampai { $until }. Mau diambil?
notice-seat-take = Ambil kursi
notice-seat-pass = Lewati
notice-seat-expired = Maaf, kursi itu sudah tidak ditahan lagi. Ketik /pesan untuk melihat yang kosong.
notice-seat-passed = Baik, kursinya kami berikan ke yang lain.
notice-concern-taken = Kabar untuk { $code }: sekarang ditangani petugas kami, { $officer }.
notice-concern-answered = Kabar untuk { $code }: petugas sudah memberi jawaban. Apakah sudah beres menurut Anda?
notice-concern-check = Kami ingin memastikan soal { $code }: sudah beres?
notice-concern-settled = { $code } kami catat beres. Kalau ternyata belum, tekan “Belum” dan kami buka lagi.
notice-concern-late = Maaf, kabar untuk { $code } belum ada, padahal hari yang kami janjikan sudah lewat. Curhat Anda tetap ada pada kami, dan petugas sudah kami ingatkan. Kabarnya kami usahakan paling lambat { $day }. Kalau tidak bisa menunggu, ketik /petugas.
notice-queue-next = Anda yang berikutnya. Petugas segera masuk ke chat ini.
notice-queue-longer = Ternyata lebih lama dari yang kami kira, maaf. Anda tetap di antrean, urutan { $place }. Kalau lebih suka, pesan jadwal dengan /pesan atau tulis dulu dengan /curhat; keluar dari antrean dengan /batal.
notice-settled-yes = Sudah beres
notice-settled-no = Belum
notice-settled-thanks = Syukurlah. Terima kasih sudah memberi tahu; { $code } kami tutup.
notice-reopened = Baik, { $code } kami buka lagi. Anda mendengar kabar dari kami paling lambat { $day }. Mau menambah cerita, ketik /curhat.
notice-survey-invited = Terima kasih sudah mempercayakan { $code } kepada kami. Boleh kami tahu bagaimana kami melayani Anda? Ada sembilan pertanyaan singkat; boleh dilewati, boleh berhenti kapan saja. Jawabannya kami simpan tanpa nama.
notice-survey-begin = Mulai
notice-officer-first = Petugas sedang bersama Anda di chat ini. Tekan lagi setelah selesai, ya.
notice-unclear = Soal { $code }, boleh saya pastikan dulu? Pilih salah satu, ya:
notice-waiting = Soal { $code } masih kami tunggu jawaban Anda:

## Penilaian (SKM)

survey-intro = Terima kasih. Jawab dengan tombol, dengan angkanya, atau dengan kata-kata.
survey-persyaratan = Persyaratan: bagaimana berkas dan data yang kami minta dari Anda?
survey-prosedur = Cara: bagaimana langkah-langkahnya, dari mendaftar sampai dilayani?
survey-waktu = Waktu: bagaimana lamanya menunggu, dilayani, dan mendapat kabar?
survey-biaya = Biaya: bagaimana biayanya bagi Anda?
survey-produk = Hasil: bagaimana hasilnya, dibanding yang kami janjikan?
survey-kompetensi = Kemampuan: bagaimana kemampuan petugas kami?
survey-perilaku = Sikap: bagaimana sikap petugas kami kepada Anda?
survey-sarana = Tempat: bagaimana ruangan, chat, dan perlengkapan kami?
survey-pengaduan = Keluhan dan saran: bagaimana kami menanggapinya?
survey-scale-1 = Tidak baik
survey-scale-2 = Kurang baik
survey-scale-3 = Baik
survey-scale-4 = Sangat baik
survey-cost-1 = Sangat mahal
survey-cost-2 = Cukup mahal
survey-cost-3 = Murah
survey-cost-4 = Gratis
survey-stop = Cukup sampai di sini
survey-unclear = Silakan pilih satu sampai empat, atau lewati.
survey-comment = Terakhir: adakah satu kalimat untuk kami? Tulis apa adanya, atau lewati.
survey-comment-words = Untuk ini cukup satu kalimat tertulis, atau ketik “lewati”.
survey-thanks = Terima kasih. Penilaian Anda kami simpan tanpa nama, supaya ruang ini makin baik.
survey-nothing = Baik, tidak ada yang kami simpan. Kapan pun perlu, kami ada di sini.
survey-used = Penilaian untuk { $code } sudah kami terima. Terima kasih.
survey-gone = Undangan menilai ini sudah tidak berlaku. Kalau ada yang mau disampaikan, ketik /petugas.

## Rujukan ke dinas

notice-referral-ask = Untuk { $code }, petugas ingin meneruskan ceritanya ke { $agency }. Yang dikirim hanya tulisan di bawah ini, tidak ada yang lain. Sebelum Anda setuju, tidak ada yang keluar dari ruang ini.
notice-referral-ask-name = Kalau Anda pilih “Kirim dengan nama”, dinas juga tahu nama Anda: { $name }.
notice-referral-ask-contact = Kalau Anda pilih “Kirim dengan nama”, dinas juga tahu nama dan nomor Anda: { $name }, { $contact }.
notice-referral-ask-nameless = Nama Anda tidak ikut dikirim.
notice-referral-yes = Kirim tanpa nama
notice-referral-yes-named = Kirim dengan nama
notice-referral-amend = Minta diubah
notice-referral-no = Jangan kirim
notice-referral-sent = Kabar untuk { $code }: sudah kami kirim ke { $agency }. Kami tagih sampai dijawab, dan Anda kami kabari.
notice-referral-handed-in = Kabar untuk { $code }: sudah kami masukkan ke SP4N-LAPOR! untuk { $agency }. Kami tagih sampai dijawab, dan Anda kami kabari.
notice-referral-acknowledged = Kabar untuk { $code }: { $agency } sudah membaca dan menerimanya.
notice-referral-progress = Kabar untuk { $code }: { $agency } sedang mengerjakannya.
notice-referral-progress-until = Kabar untuk { $code }: { $agency } sedang mengerjakannya, perkiraan selesai { $day }.
notice-referral-answered = Kabar untuk { $code }: ada jawaban dari { $agency }. Petugas kami sedang membacanya dan akan menyampaikannya kepada Anda.
notice-referral-not-ours = Kabar untuk { $code }: kata { $agency }, ini bukan bagian mereka. Petugas kami sedang mencari dinas yang tepat; sebelum dikirim ke sana, Anda kami tanya dulu.
notice-referral-overdue = Kabar untuk { $code }: { $agency } belum memberi kabar pada waktunya. Masih kami tagih, dan penyelia kami ikut memantau.
notice-referral-withdrawn = Kabar untuk { $code }: kami menariknya kembali dari { $agency }. Curhat Anda sekarang dipegang petugas kami lagi.
referral-approved = Terima kasih. { $code } kami kirim ke { $agency } persis seperti yang Anda baca, dan Anda kami kabari begitu terkirim.
referral-refused = Baik, { $code } tidak kami kirim ke { $agency }. Petugas tetap menangani curhat Anda di sini.
referral-amended = Baik, petugas akan mengubah tulisan untuk { $code } dan menunjukkannya lagi kepada Anda. Belum ada yang dikirim.
referral-changed = Tulisan itu sedang atau sudah diubah petugas. Tunggu yang terbaru, lalu jawab yang itu, ya.
referral-too-late = Tulisan itu sudah telanjur dikirim ke { $agency }. Kalau ada yang mau ditarik atau ditambah, bicaralah dengan petugas.
referral-recalled = Tulisan itu sudah telanjur dikirim ke { $agency }. Petugas kami melihat bahwa Anda ingin menariknya kembali. Kalau mau bicara langsung, ketik /petugas.
referral-leaving = Tulisan itu sedang dikirim ke { $agency } persis saat Anda menjawab, jadi bisa saja sudah sampai. Kalau ternyata sampai, kami minta { $agency } tidak memakainya. Petugas kami melihat jawaban Anda.
referral-gone = Pertanyaan itu sudah tidak berlaku. Kalau ada yang mau disampaikan, ketik /petugas.
referral-change-ask = Bagian mana yang perlu diubah, dan bagaimana seharusnya? Tulis saja, atau kirim pesan suara.
referral-change-left = Baik, tulisannya kami biarkan. Kalau mau menjawab, tekan tombol di bawah tulisan tadi.
status-referral-asked = Kami menunggu jawaban Anda, apakah boleh dikirim ke { $agency }.
status-referral-sending = Sedang dikirim ke { $agency }.
status-referral-by-hand = Suratnya untuk { $agency } sudah siap; petugas segera mengirimkannya.
status-referral-sent = Sudah dikirim ke { $agency }, belum ada tanda terima.
status-referral-acknowledged = { $agency } sudah menerimanya dan sedang menanganinya.
status-referral-expected = { $agency } sudah menerimanya, perkiraan selesai { $day }.
status-referral-answered = Ada jawaban dari { $agency }; petugas sedang membacanya.
status-referral-not-ours = Bukan bagian { $agency }; petugas mencari dinas yang tepat.
status-referral-overdue = { $agency } belum menjawab pada waktunya; masih kami tagih.

weekday-0 = Minggu
weekday-1 = Senin
weekday-2 = Selasa
weekday-3 = Rabu
weekday-4 = Kamis
weekday-5 = Jumat
weekday-6 = Sabtu
