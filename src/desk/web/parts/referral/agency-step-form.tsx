import { Button, Group, Select, Stack, TextInput, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { stepWord } from '../../referral-words.ts';
import type { ReferralView } from './referral-panel.tsx';
import type { StepProps } from './referral-steps.tsx';

type Step = ReferralView['may']['record'][number];

/** What an agency said by telephone or in SP4N-LAPOR!, written down by an officer. */
export function AgencyStepForm({ referral, isBusy, run }: StepProps) {
  const steps = referral.may.record;
  const [step, setStep] = useState<Step | null>(steps[0] ?? null);
  const [words, setWords] = useState('');
  const [expectedBy, setExpectedBy] = useState('');
  const [better, setBetter] = useState<string | null>(null);
  const agencies = useQuery({ queryKey: ['agencies'], queryFn: () => ask(api.agencies.$get()) });
  if (step === null) return null;
  const needsWords = step !== 'acknowledge';
  return (
    <form
      className="sheet"
      onSubmit={(event) => {
        event.preventDefault();
        const json = {
          version: referral.version,
          step,
          words: words.trim(),
          expectedBy: expectedBy === '' ? null : expectedBy,
          betterAgencyId: step === 'disown' ? better : null,
        };
        run(
          () => ask(api.referrals[':id'].record.$post({ param: { id: referral.id }, json })),
          'Kabar instansi dicatat.',
        );
      }}
    >
      <Stack gap="sm">
        <Group align="end" gap="sm">
          <Select
            label="Kabar apa?"
            allowDeselect={false}
            data={steps.map((one) => ({ value: one, label: stepWord(one) }))}
            value={step}
            onChange={(value) => setStep(steps.find((one) => one === value) ?? step)}
          />
          {(step === 'acknowledge' || step === 'follow_up') && (
            <TextInput
              type="date"
              label="Perkiraan selesai (bila disebut)"
              value={expectedBy}
              onChange={(event) => setExpectedBy(event.currentTarget.value)}
            />
          )}
          {step === 'disown' && (
            <Select
              label="Yang berwenang (bila disebut)"
              searchable
              clearable
              data={(agencies.data?.items ?? [])
                .filter((agency) => agency.isActive)
                .map((agency) => ({ value: agency.id, label: agency.short }))}
              value={better}
              onChange={setBetter}
            />
          )}
        </Group>
        {needsWords && (
          <Textarea
            label="Kata instansi"
            autosize
            minRows={2}
            maxLength={8000}
            required
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        )}
        <Group>
          <Button type="submit" loading={isBusy} disabled={needsWords && words.trim() === ''}>
            Catat
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
