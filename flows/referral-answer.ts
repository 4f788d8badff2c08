import type { AnswerApprovalResult } from '../src/actions/answer-approval.ts';
import type { Say, StepContext } from './define-flow.ts';

/** What is said to the resident's answer on whether their concern may go to an agency. */
export function approvalSays(result: AnswerApprovalResult, { t }: StepContext): Say[] {
  const only = (text: string): Say[] => [{ kind: 'text', text }];
  switch (result.kind) {
    case 'approved':
      return only(t('referral-approved', { code: result.code, agency: result.agency }));
    case 'refused':
      return only(t('referral-refused', { code: result.code, agency: result.agency }));
    case 'amended':
      return only(t('referral-amended', { code: result.code }));
    case 'changed':
      return only(t('referral-changed'));
    case 'too_late':
      return [
        { kind: 'text', text: t('referral-too-late', { agency: result.agency }), commands: ['petugas'] },
      ];
    case 'recalled':
      return [
        { kind: 'text', text: t('referral-recalled', { agency: result.agency }), commands: ['petugas'] },
      ];
    case 'leaving':
      return [
        { kind: 'text', text: t('referral-leaving', { agency: result.agency }), commands: ['petugas'] },
      ];
    case 'gone':
      return [{ kind: 'text', text: t('referral-gone'), commands: ['status', 'petugas'] }];
  }
}
