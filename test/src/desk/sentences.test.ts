import { beforeEach, expect, it } from 'vitest';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

type Item = {
  language: string;
  key: string;
  shipped: string;
  lockReason: string | null;
  own: { value: string; version: number; updatedBy: string | null } | null;
};

describeOnEachStore('the sentences of the bot at the desk', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    ana = await desk.officer('Ana', 'admin');
  });

  const item = async (key: string): Promise<Item | undefined> => {
    const { items } = (await (await ana.get('/sentences')).json()) as { items: Item[] };
    return items.find((each) => each.language === 'id' && each.key === key);
  };
  const save = (key: string, value: string, version = 0) =>
    ana.post('/sentences', { language: 'id', key, value, version });

  it('stand beside the original, are saved by one of two, and reset', async () => {
    const told: string[] = [];
    desk.listeners.add((change) => void told.push(`${change.kind} ${change.id}`));
    const both = await Promise.all([save('thanks', 'Sama-sama, kaka.'), save('thanks', 'Mari.')]);
    expect(both.map((response) => response.status).sort()).toEqual([200, 409]);
    expect(told).toEqual(['room sentences']);
    expect(await item('thanks')).toMatchObject({
      shipped: 'Sama-sama. Kami senang bisa bantu.',
      lockReason: null,
      own: { version: 1, updatedBy: 'Ana' },
    });
    expect((await save('thanks', 'Lagi', 1)).status).toBe(200);
    expect((await save('thanks', 'Basi', 1)).status).toBe(409);
    const reset = (version: number) =>
      ana.post('/sentences/reset', { language: 'id', key: 'thanks', version });
    expect((await reset(1)).status).toBe(409);
    expect((await reset(2)).status).toBe(200);
    expect((await item('thanks'))?.own).toBeNull();
    const { items } = (await (await ana.get('/audit')).json()) as { items: { action: string }[] };
    expect(items.map(({ action }) => action)).toEqual(['reset_sentence', 'edit_sentence', 'edit_sentence']);
  });

  it('that are broken are refused with the line, and nothing is kept', async () => {
    const broken = await save('book-slot', '{ $time }\n(sisa { $sisa })');
    expect(broken.status).toBe(400);
    expect((await errorOf(broken)).sentence).toMatch(/^Baris 2: Isian { \$sisa } tidak dikenal/);
    expect((await errorOf(await save('book-slot', '{ $time }'))).sentence).toMatch(/\$left } hilang/);
    expect((await item('book-slot'))?.own).toBeNull();
  });

  it('of danger and consent say why they are locked', async () => {
    expect((await item('danger-self-harm'))?.lockReason).toMatch(/diperiksa/);
    expect((await item('consent'))?.lockReason).toMatch(/sidik/);
    const refused = await save('consent', 'Setuju saja');
    expect(refused.status).toBe(403);
    expect((await errorOf(refused)).code).toBe('LOCKED');
    expect((await save('tidak-ada', 'x')).status).toBe(404);
  });

  it('keep HTML and formulas as the text that they are', async () => {
    const text = '=HYPERLINK("x") <img src=x onerror=alert(1)>';
    expect((await save('thanks', text)).status).toBe(200);
    expect((await item('thanks'))?.own?.value).toBe(text);
  });
});
