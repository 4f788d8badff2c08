import { useState } from 'react';
import type { FileView } from '../../reads/message-view.ts';

/** A voice note plays where it stands; a picture shows, a document is fetched. */
export function MessageFile({ file }: { file: FileView }) {
  const [isBroken, setBroken] = useState(false);
  const name = file.name ?? kindWord(file.kind);
  if (file.path === null) return <p className="file faint">{stateWord(file)}</p>;
  const url = `/desk/api/${file.path}`;
  const mime = file.mime ?? '';
  if (isBroken) {
    return (
      <a className="file" href={url} download>
        {name} tidak bisa ditampilkan di sini, unduh saja
      </a>
    );
  }
  if (file.kind === 'voice' || file.kind === 'audio' || mime.startsWith('audio/')) {
    return (
      <span className="voice">
        <small>
          {file.kind === 'voice' ? 'Pesan suara' : name}
          {file.seconds === null ? '' : ` · ${duration(file.seconds)}`}
        </small>
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a resident's voice has no captions */}
        <audio controls preload="none" src={url} onError={() => setBroken(true)} />
      </span>
    );
  }
  if (file.kind === 'photo' || file.kind === 'sticker' || mime.startsWith('image/')) {
    return (
      <a href={url} target="_blank" rel="noreferrer" className="photo">
        <img src={url} alt={`Foto: ${name}`} loading="lazy" onError={() => setBroken(true)} />
      </a>
    );
  }
  if (mime.startsWith('video/')) {
    return (
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- a resident's video has no captions
      <video className="film" controls preload="none" src={url} onError={() => setBroken(true)} />
    );
  }
  return (
    <a className="file" href={url} download>
      {name}
      {file.size === null ? '' : ` · ${Math.max(1, Math.round(file.size / 1024))} KB`}
    </a>
  );
}

function kindWord(kind: string): string {
  return kind === 'photo'
    ? 'Foto'
    : kind === 'voice'
      ? 'Pesan suara'
      : kind === 'video'
        ? 'Video'
        : 'Dokumen';
}

function stateWord(file: FileView): string {
  const what = kindWord(file.kind);
  if (file.state === 'private') return `${file.name ?? what}, hanya bisa dibuka warga`;
  if (file.state === 'pending') return `${what} sedang diambil…`;
  if (file.state === 'too_large')
    return `${what} terlalu besar, tidak disimpan. Mintalah dikirim lebih kecil.`;
  return `${what} sudah tidak ada di server pengirim.`;
}

function duration(seconds: number): string {
  return `${Math.floor(seconds / 60)}.${String(Math.round(seconds % 60)).padStart(2, '0')}`;
}
