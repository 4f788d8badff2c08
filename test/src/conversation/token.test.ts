import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshDialog, readDialog } from '../../../src/conversation/dialog.ts';
import { exactChoice } from '../../../src/conversation/exact-choice.ts';
import { offeredToken } from '../../../src/conversation/offered-token.ts';
import { readCommand } from '../../../src/conversation/read-command.ts';
import { choiceToken, commandToken, noticeToken, readToken } from '../../../src/conversation/token.ts';

describe('a button', () => {
  it('reads back what was put into it, within the length that every platform takes', () => {
    expect(readToken(choiceToken(12, 3))).toEqual({ kind: 'choice', promptId: 12, index: 3 });
    expect(readToken(commandToken('petugas'))).toEqual({ kind: 'command', name: 'petugas' });
    const slot = noticeToken('slot', '2026-11-30.0900');
    expect(slot.length).toBeLessThanOrEqual(60);
    expect(readToken(slot)).toEqual({ kind: 'notice', verb: 'slot', code: '2026-11-30.0900' });
  });

  it('with anything else in it is unknown, and never an error', () => {
    for (const token of [
      '',
      'p',
      'p1',
      'p1.',
      'px.1',
      'p1.1.5x',
      'c.',
      'c.rm',
      'n.come',
      'n.kill.BST-1',
      '🙂',
    ])
      expect(['unknown', 'choice']).toContain(readToken(token).kind);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (token) => void readToken(token)));
  });
});

describe('a command', () => {
  it('is read with and without the slash, with what follows it, and not out of a sentence', () => {
    expect(readCommand('/pesan senin jam 9')).toEqual({ name: 'pesan', rest: 'senin jam 9', hasSlash: true });
    expect(readCommand('/PESAN@BestieBot')).toMatchObject({ name: 'pesan', rest: '' });
    expect(readCommand(' Batal. ')).toEqual({ name: 'batal', rest: '', hasSlash: false });
    for (const text of ['pesan makanan', '/makan', 'status saya di kantor', '', '/'])
      expect(readCommand(text)).toBeNull();
  });
});

describe('words where buttons are merely offered', () => {
  const choices = [
    { id: 'a', label: 'Datang' },
    { id: 'b', label: 'Batal' },
    { id: 'c', label: 'Selesai', words: ['sudah', 'su selesai'] },
  ];

  it('press one only when they are nothing but its name or its number', () => {
    expect(exactChoice('batal', choices)).toBe('b');
    expect(exactChoice('2', choices)).toBe('b');
    expect(exactChoice('Su selesai!', choices)).toBe('c');
    for (const text of ['kalau batal bagaimana', 'urusan tidak selesai', '9', '', 'jangan batal'])
      expect(exactChoice(text, choices)).toBeNull();
  });

  it('answer a notice in more ways than its labels', () => {
    const offers = ['settled', 'unsettled'].map((verb, at) => ({
      token: noticeToken(verb as 'settled', 'CRH-123456'),
      label: at === 0 ? 'Sudah beres' : 'Belum',
    }));
    const dialog = { ...freshDialog, offers };
    expect(offeredToken(dialog, 'sudah')).toBe('n.settled.CRH-123456');
    expect(offeredToken(dialog, 'belum beres')).toBe('n.unsettled.CRH-123456');
    expect(offeredToken(dialog, 'sudah tapi airnya keruh lagi')).toBeNull();
    expect(offeredToken(dialog, null)).toBeNull();
  });
});

describe('a dialog that was kept', () => {
  it('is read whole or not at all', () => {
    const dialog = { ...freshDialog, promptId: 7, misses: 1 };
    expect(readDialog(structuredClone(dialog))).toEqual(dialog);
    for (const value of [null, {}, { ...dialog, v: 2 }, { ...dialog, choices: 'x' }, 'text'])
      expect(readDialog(value)).toEqual(freshDialog);
  });
});
