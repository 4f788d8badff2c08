import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api.ts';
import { useDraft } from '../draft.ts';
import { sayError } from '../notify.ts';

/** A note about a concern, or about a chat that one reads along in. */
export function NoteForm(of: { concernId: string } | { conversationId: string }) {
  const client = useQueryClient();
  const [id, page] =
    'concernId' in of ? [of.concernId, 'concern' as const] : [of.conversationId, 'conversation' as const];
  const [body, setBody] = useDraft(`note.${id}`);
  const add = useMutation({
    mutationFn: () =>
      ask(
        (page === 'concern' ? api.concerns : api.conversations)[':id'].notes.$post({
          param: { id },
          json: { body: body.trim() },
        }),
      ),
    onSuccess: () => setBody(''),
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey: [page, id] }),
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
