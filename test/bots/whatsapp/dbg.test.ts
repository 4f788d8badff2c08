import { it } from 'vitest';
import { benchWhatsapp } from '../../bench/whatsapp.bench.ts';
it('bench', async () => { console.log((await benchWhatsapp()).map((f) => `${f.name}: ${f.value} ${f.unit}`).join('\n')); }, 400_000);
