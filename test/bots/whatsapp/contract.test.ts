import { afterAll, describe, it, vi } from 'vitest';
import { dropPairedProfile, noBrowser } from '../../support/whatsapp-page/channel.ts';
import { describeChannel } from '../channel-contract.ts';
import { makeWhatsappHarness } from './whatsapp-harness.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
afterAll(dropPairedProfile);

if (noBrowser) {
  describe.skip(`channel contract: whatsapp by the library (${noBrowser})`, () => {
    it('runs', () => undefined);
  });
} else {
  describeChannel('whatsapp by the library', makeWhatsappHarness, {
    skip: [
      { reason: 'choices are numbers in the text, nothing can be pressed', tests: ['press in'] },
      { reason: 'WhatsApp Web never says how long to wait', tests: ['busy'] },
      { reason: 'WhatsApp Web does not tell a refusal from a failure', tests: ['refused'] },
    ],
  });
}
