import { describe, expect, it } from 'vitest';
import { readLine, readObject, understandLine } from '../../../src/understanding/understand.ts';

const now = '2026-11-24T10:00:00+08:00';

describe('a line of `bestie understand`', () => {
  it.each([
    ['', 'not JSON'],
    ['halo', 'not JSON'],
    ['{"id":"1","text":"rahasia"', 'not JSON'],
    ['[]', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['"senin"', 'not a JSON object'],
    ['{"text":"rahasia","now":"2026-11-24T10:00:00+08:00"}', '"id" is neither a text nor a number'],
    ['{"id":"1","now":"2026-11-24T10:00:00+08:00"}', '"text" is not a text'],
    ['{"id":"1","text":5,"now":"2026-11-24T10:00:00+08:00"}', '"text" is not a text'],
    ['{"id":"1","text":"rahasia"}', '"now" is not a time like 2026-11-24T10:00:00+08:00'],
    ['{"id":"1","text":"rahasia","now":"kemarin"}', '"now" is not a time like 2026-11-24T10:00:00+08:00'],
  ])('%s is left out, and why is said without repeating it', (json, why) => {
    expect(readLine(json)).toEqual({ kind: 'bad', why });
  });

  it('takes a number for an id', () => {
    expect(readLine(JSON.stringify({ id: 7, text: 'besok', now }))).toEqual({
      kind: 'line',
      line: { id: '7', text: 'besok', now },
    });
  });

  it('takes any object where only labels are asked for', () => {
    expect(readObject('{"about":"..."}')).toEqual({ kind: 'line', line: { about: '...' } });
  });

  it('finds nothing in an empty text', () => {
    expect(understandLine({ id: '1', text: '', now })).toMatchObject({ id: '1', when: null, danger: null });
  });
});
