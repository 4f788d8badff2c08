import { expect, it } from 'vitest';
import { proposeAgency } from '../../../src/domain/agency-route.ts';

const table = { category: 'infrastruktur', kelurahanCode: null, agencyId: 'pupr' };
const here = { ...table, kelurahanCode: '53.71.01.1001', agencyId: 'kelurahan' };
const sure = { agencyId: 'pdam', confidence: 0.999, categories: ['infrastruktur'] };
const category = 'infrastruktur';

it.each([
  ['an officer’s own word before all', { corrected: 'pln', route: here, read: sure }, 'pln by correction'],
  ['the row of the kelurahan next', { corrected: null, route: here, read: sure }, 'kelurahan by kelurahan'],
  [
    'words and table that agree',
    { corrected: null, route: table, read: { ...sure, agencyId: 'pupr' } },
    'pupr by table',
  ],
  ['neither where they differ', { corrected: null, route: table, read: sure }, 'pdam or pupr'],
  ['the words where the table says nothing', { corrected: null, route: null, read: sure }, 'pdam by words'],
  [
    'the table where the reader is not sure',
    { corrected: null, route: table, read: { ...sure, confidence: 0.8 } },
    'pupr by table',
  ],
  [
    'the table where the agency is for something else',
    { corrected: null, route: table, read: { ...sure, categories: ['perizinan'] } },
    'pupr by table',
  ],
  ['nobody where nobody knows', { corrected: null, route: null, read: null }, 'nobody'],
] as const)('proposes %s', (_what, given, expected) => {
  const proposal = proposeAgency({ ...given, category });
  const said = !proposal
    ? 'nobody'
    : proposal.kind === 'one'
      ? `${proposal.agencyId} by ${proposal.by}`
      : `${proposal.byWords} or ${proposal.byTable}`;
  expect(said).toBe(expected);
});
