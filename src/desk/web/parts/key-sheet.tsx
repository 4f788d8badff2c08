import { Modal } from '@mantine/core';

const keys: readonly [string, string][] = [
  ['j', 'curhat berikutnya'],
  ['k', 'curhat sebelumnya'],
  ['Enter', 'buka curhat yang ditunjuk'],
  ['t', 'tangani curhat yang ditunjuk'],
  ['/', 'cari'],
  ['Esc', 'kosongkan pencarian'],
  ['1 … 9', 'pindah halaman, menurut urutan di menu'],
  ['?', 'daftar ini'],
];

/** What the keyboard can do on the board. */
export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Papan ketik" centered size="sm">
      <dl className="key-sheet">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="faint">Tidak berlaku selagi Anda mengetik.</p>
    </Modal>
  );
}
