import { describeChannel } from '../channel-contract.ts';
import { makeWebHarness } from './web-harness.ts';

describeChannel('web', makeWebHarness, {
  skip: [
    {
      reason: 'an upload brings its bytes with it, there is no ref to fetch by; see write-routes.test.ts',
      tests: ['voice in', 'media too large', 'media gone'],
    },
    {
      reason: 'no platform stands between the room and its page: the row in the database is the delivery',
      tests: ['busy', 'broken', 'refused', 'answer lost', 'dark while sending', 'dark at the start'],
    },
    { reason: 'a page cannot be blocked; who closed it simply has not read', tests: ['blocked'] },
  ],
});
