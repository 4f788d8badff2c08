import { expect, it } from 'vitest';
import { isEnglish, languageNamed } from '../../../src/understanding/english.ts';
import { readEmoji } from '../../../src/understanding/emoji.ts';
import { isQuestion } from '../../../src/understanding/question.ts';
import { readPlea, readSafety } from '../../../src/understanding/safety.ts';

it.each([
  'I want to book an appointment on Monday at 9', 'is this free?', 'where is your office', 'who reads my messages?',
  'my neighbour throws garbage in front of my house every day', "I don't know what to do anymore", 'Good morning, can you help me please',
])('%s is English', (text) => {
  expect(isEnglish(text)).toBe(true);
}); // prettier-ignore

it.each([
  '', 'ok', 'thank you', 'hello admin', 'I agree', 'mau booking hari senin', 'ok thank you kaka', 'please help beta',
  'my suami pukul saya', 'update status laporan dong admin', 'bestie do you buka hari ini', '123 456 789', 'no no no di sini',
])('%s is not, or not surely', (text) => {
  expect(isEnglish(text)).toBe(false);
}); // prettier-ignore

it('reads the language that is asked for', () => {
  expect([languageNamed('english please'), languageNamed('bahasa inggris bisa ko'), languageNamed('bahasa indonesia saja')]).toEqual(['en', 'en', 'id']);
  expect(languageNamed('ganti bahasa')).toBeNull();
}); // prettier-ignore

it('reads what emoji alone say', () => {
  expect(['😭', '👍🏽', '🙏🙏', '🌧️', 'ok 👍', '', '12'].map(readEmoji)).toEqual(['sad', 'yes', 'thanks', 'other', null, null, null]); // prettier-ignore
});

it.each([
  ['buka ko', true], ['di mana', true], ['bisa tanpa nama', true], ['siapa yang baca', true], ['sudah lapor?', true],
  ['??', false], ['saya sudah lapor', false], ['lampu jalan mati', false], ['', false],
] as const)('whether "%s" asks: %s', (text, asks) => {
  expect(isQuestion(text)).toBe(asks);
}); // prettier-ignore

it.each([
  ['aman', 'safe'], ['sudah', 'safe'], ['iya', 'safe'], ['saya sudah di rumah kakak', 'safe'], ['dia sudah pergi', 'safe'], ['i am safe now', 'safe'],
  ['tidak', 'unsafe'], ['belum aman', 'unsafe'], ['sonde', 'unsafe'], ['masih takut', 'unsafe'], ['dia ada di sini', 'unsafe'], ['i am not safe', 'unsafe'],
  ['dia sudah pergi tapi saya masih takut', 'unsafe'], ['hmm', 'unclear'], ['tidak tahu', 'unsafe'],
] as const)('"%s" is %s', (text, answer) => {
  expect(readSafety(text)?.answer).toBe(answer);
}); // prettier-ignore

it('leaves a long text to those who read stories', () => {
  expect(readSafety('dia masih ada di rumah dan saya tidak tahu harus pergi ke mana malam ini')).toBeNull();
});

it.each([
  ['su telpon sonde diangkat', 'no_answer'], ['129 tidak bisa dihubungi', 'no_answer'], ['nobody picks up', 'no_answer'], ['beta tidak bisa telpon', 'no_answer'],
  ['jang kasi tau dia', 'secrecy'], ['jangan bilang suami saya', 'secrecy'], ['tolong rahasiakan', 'secrecy'], ["please don't tell him", 'secrecy'],
  ['beta mau polisi', 'police'], ['tolong panggil polisi', 'police'], ['call the police', 'police'],
  ['aku cuma mau didengar', 'listening'], ['beta hanya mau cerita', 'listening'], ['i just want to be heard', 'listening'],
  ['jangan panggil polisi', null], ['beta takut polisi', null], ['sonde usah telpon', null], ['dia masih di luar', null], ['dia tidak tahu saya di sini', null],
  ['sonde', null], ['asdfgh', null],
] as const)('what is asked of us with "%s": %s', (text, plea) => {
  expect(readPlea(text)).toBe(plea);
}); // prettier-ignore
