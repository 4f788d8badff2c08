import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { api, ask, makeOnceKey } from '../api.ts';
import { useDraft } from '../draft.ts';
import { sayDone, sayError } from '../notify.ts';
import type { ConcernView } from './concern-reader.tsx';

type Status = Parameters<(typeof api.concerns)[':id']['answer']['$post']>[0]['json']['from'];

export function AnswerForm({ concern }: { concern: ConcernView }) {
  const client = useQueryClient();
  const [word, setWord] = useDraft(`answer.${concern.id}`);
  const onceKey = useRef(makeOnceKey());
  const answer = useMutation({
    mutationFn: () =>
      ask(
        api.concerns[':id'].answer.$post({
          param: { id: concern.id },
          json: { from: concern.status as Status, word: word.trim(), onceKey: onceKey.current },
        }),
      ),
    onSuccess: (result) => {
      onceKey.current = makeOnceKey();
      setWord('');
      sayDone(
        result.isTold
          ? 'Jawaban dikirim, dan warganya ditanya apakah sudah beres.'
          : 'Tercatat. Warga ini tidak punya chat: sampaikan langsung.',
      );
    },
    onError: sayError,
    onSettled: () =>
      Promise.all(['concern', 'concerns'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
  return (
    <form
      className="answer-form no-print"
      onSubmit={(event) => {
        event.preventDefault();
        answer.mutate();
      }}
    >
      <Textarea
        label="Jawaban untuk warga"
        description="Hanya warga yang menentukan beres atau belum; ia ditanya sesudah membaca ini."
        autosize
        minRows={3}
        maxLength={8000}
        value={word}
        onChange={(event) => setWord(event.currentTarget.value)}
      />
      <Button type="submit" mt="xs" loading={answer.isPending} disabled={word.trim() === ''}>
        Kirim jawaban
      </Button>
    </form>
  );
}
