import { describeChannel } from '../channel-contract.ts';
import { makeTelegramHarness } from './telegram-harness.ts';

describeChannel('telegram by polling', () => makeTelegramHarness('polling'));

describeChannel('telegram by webhook', () => makeTelegramHarness('webhook'));
