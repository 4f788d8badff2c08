import { describeChannel } from '../channel-contract.ts';
import { makeCloudHarness } from './cloud-harness.ts';

describeChannel('whatsapp by the official API', makeCloudHarness);
