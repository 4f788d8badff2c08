import { html } from 'hono/html';
import type { OpenedReferral, OwedClock } from '../actions/open-referral-link.ts';
import { fileName } from '../domain/referral-packet.ts';
import { dayOf, formatDay, formatInstant } from '../domain/wita.ts';

type Html = ReturnType<typeof html>;
export type Sender = { room: string; place: string; address: string };

/** What was typed, kept where a step could not be made. */
export type Typed = { words: string; expectedBy: string; betterAgencyId: string };
export type Note = { isBad: boolean; text: string };

/** One page of plain HTML: no script, nothing from elsewhere. Whatever somebody wrote is escaped by the template. */
function page(from: Sender, title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/rujukan/-/weave.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/rujukan/-/style.css" />
      </head>
      <body>
        <header class="bar"><strong>${from.room}</strong><span>${from.place}</span></header>
        <div class="weave" aria-hidden="true"></div>
        <main>${body}</main>
      </body>
    </html>`;
}

/** For every link that does not open: it tells nobody whether there ever was anything behind it. */
export function closedPage(from: Sender): Html {
  return page(
    from,
    'Tautan tidak berlaku',
    html`<h1>Tautan ini sudah tidak berlaku</h1>
      <p class="lead">
        Mungkin waktunya sudah lewat, sudah diganti dengan yang lebih baru, atau alamatnya terpotong. Bukalah
        surat terakhir yang Anda terima dari kami, atau hubungi petugas ${from.room}, ${from.place},
        ${from.address}.
      </p>`,
  );
}

export function tooManyPage(from: Sender): Html {
  return page(
    from,
    'Sebentar',
    html`<h1>Sebentar, ya</h1>
      <p class="lead">Halaman ini baru saja dibuka terlalu sering. Tunggu satu menit, lalu coba lagi.</p>`,
  );
}

const overWords = {
  answered: 'Jawaban Anda sudah kami terima dan akan disampaikan petugas kepada warganya.',
  not_ours: 'Kami mengerti bahwa ini bukan wewenang Anda. Petugas kami akan mencari tempat yang tepat.',
  settled: 'Menurut warganya, hal ini sudah beres. Tidak ada lagi yang perlu ditindaklanjuti.',
} as const;

export function referralPage(input: {
  from: Sender;
  opened: OpenedReferral;
  token: string;
  now: Date;
  note: Note | null;
  typed: Typed;
  /** To name where it belongs instead. */
  agencies: readonly { id: string; name: string }[];
}): Html {
  const { from, opened, note } = input;
  const title = `Rujukan ${opened.code}`;
  if (opened.kind === 'over') {
    return page(
      from,
      title,
      html`<h1>Rujukan ${opened.code}</h1>
        <p class="note">Terima kasih. ${overWords[opened.why]}</p>
        ${footer}`,
    );
  }
  return page(
    from,
    title,
    html`<div>
        <h1>Rujukan ${opened.code}</h1>
        <p class="lead">
          Untuk ${opened.agency}${opened.sentOn ? `, dikirim ${formatDay(dayOf(opened.sentOn), 'id')}` : ''}
        </p>
      </div>
      ${note ? html`<p class="note ${note.isBad ? 'bad' : ''}" role="status">${note.text}</p>` : ''}
      <section class="card" aria-labelledby="isi">
        <h2 id="isi">Yang disampaikan warga</h2>
        <pre class="packet">${opened.packet}</pre>
        ${opened.files.length > 0 ? fileList(opened, input.token) : ''}
      </section>
      ${opened.clocks.length > 0 ? owed(opened.clocks, dayOf(input.now)) : ''}
      ${opened.isAcknowledged ? '' : acknowledgeForm(opened)}
      ${
        opened.said.length > 0
          ? html`<section class="card">
              <h2>Kabar yang sudah Anda kirim</h2>
              ${opened.said.map(
                ({ at, words }) =>
                  html`<p class="said">
                    <time datetime="${at.toISOString()}">${formatInstant(at, 'id')}</time
                    ><span>${words}</span>
                  </p>`,
              )}
            </section>`
          : ''
      }
      ${answerForm(opened, input.typed, dayOf(input.now))} ${disownForm(opened, input.typed, input.agencies)}
      ${footer}`,
  );
}

const footer = html`<footer>
  Halaman ini hanya untuk instansi yang menerima tautannya; setiap kali dibuka dicatat. Warga sudah membaca
  dan menyetujui isi yang diteruskan. Mohon tidak disebarkan.
</footer>`;

function fileList(opened: Extract<OpenedReferral, { kind: 'open' }>, token: string): Html {
  return html`<ul class="files">
    ${opened.files.map(
      (file, at) =>
        html`<li>
          <a href="/rujukan/${token}/berkas/${file.id}"
            >Lampiran ${at + 1}:
            ${fileName(file.kind)}${file.sizeBytes === null ? '' : ` (${sizeOf(file.sizeBytes)})`}</a
          >
        </li>`,
    )}
  </ul>`;
}

function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} MB`;
}

const owedNames = { acknowledge: 'Tanda terima', follow_up: 'Kabar pertama', answer: 'Jawaban' } as const;

function owed(clocks: readonly OwedClock[], today: string): Html {
  const state = ({ isMet, dueOn }: OwedClock) =>
    isMet
      ? html`<dd class="met">sudah</dd>`
      : dueOn < today
        ? html`<dd class="late">lewat, ditunggu sejak ${formatDay(dueOn, 'id')}</dd>`
        : html`<dd>paling lambat ${formatDay(dueOn, 'id')}</dd>`;
  return html`<section class="card" aria-labelledby="waktu">
    <h2 id="waktu">Yang ditunggu warga</h2>
    <dl class="clocks">
      ${clocks.map(
        (clock) =>
          html`<dt>${owedNames[clock.clock]}</dt>
            ${state(clock)}`,
      )}
    </dl>
  </section>`;
}

/** The version goes along, so that a step on a page that is not the newest is told so instead of made. */
function version(opened: OpenedReferral): Html {
  return html`<input type="hidden" name="version" value="${String(opened.version)}" />`;
}

function acknowledgeForm(opened: OpenedReferral): Html {
  return html`<form class="card" method="post">
    ${version(opened)}
    <h2>Sudah Anda terima?</h2>
    <p>Tekan ini dulu, supaya warganya tahu bahwa ceritanya sudah sampai.</p>
    <div class="row"><button class="solid" name="step" value="acknowledge">Sudah kami terima</button></div>
  </form>`;
}

function answerForm(opened: OpenedReferral, typed: Typed, today: string): Html {
  return html`<form class="card" method="post">
    ${version(opened)}
    <h2>Kabar atau jawaban</h2>
    <label for="words"
      >Apa yang sudah atau akan dilakukan?<small
        >Petugas kami membacanya lebih dulu, lalu menyampaikannya kepada warga.</small
      ></label
    >
    <textarea id="words" name="words" maxlength="8000">${typed.words}</textarea>
    <label for="expected">Perkiraan selesai<small>Boleh dikosongkan.</small></label>
    <input id="expected" type="date" name="expectedBy" min="${today}" value="${typed.expectedBy}" />
    <div class="row">
      <button name="step" value="follow_up">Kirim kabar, masih dikerjakan</button>
      <button class="solid" name="step" value="answer">Kirim jawaban</button>
    </div>
  </form>`;
}

function disownForm(
  opened: OpenedReferral,
  typed: Typed,
  agencies: readonly { id: string; name: string }[],
): Html {
  return html`<details class="card" ${typed.betterAgencyId === '' ? '' : 'open'}>
    <summary>Ini bukan wewenang kami</summary>
    <form method="post">
      ${version(opened)}
      <label for="why"
        >Mengapa?<small>Satu kalimat cukup, supaya petugas kami tidak salah alamat lagi.</small></label
      >
      <textarea id="why" name="words" maxlength="8000">${typed.words}</textarea>
      <label for="better">Yang lebih tepat<small>Kalau Anda tahu.</small></label>
      <select id="better" name="betterAgencyId">
        <option value="">Tidak tahu</option>
        ${agencies.map(
          ({ id, name }) =>
            html`<option value="${id}" ${id === typed.betterAgencyId ? 'selected' : ''}>${name}</option>`,
        )}
      </select>
      <div class="row"><button name="step" value="disown">Kembalikan ke petugas</button></div>
    </form>
  </details>`;
}
