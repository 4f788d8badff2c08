import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api.ts';
import { useDraft } from '../draft.ts';
import { sayError } from '../notify.ts';

export function NoteForm({ concernId }: { concernId: string }) {
  const client = useQueryClient();
  const [body, setBody] = useDraft(`note.${concernId}`);
  const add = useMutation({
    mutationFn: () =>
      ask(api.concerns[':id'].notes.$post({ param: { id: concernId }, json: { body: body.trim() } })),
    onSuccess: () => setBody(''),
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey: ['concern', concernId] }),
  });
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Textarea
        aria-label="Catatan baru"
        placeholder="Tulis catatan. Warga tidak melihatnya."
        autosize
        minRows={2}
        maxLength={8000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        size="compact-sm"
        mt="xs"
        loading={add.isPending}
        disabled={body.trim() === ''}
      >
        Simpan catatan
      </Button>
    </form>
  );
}
