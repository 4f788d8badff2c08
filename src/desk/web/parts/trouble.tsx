import { Alert, Button, Group } from '@mantine/core';
import { sentenceOf } from '../notify.ts';

/** What stands in the place of something that could not be read. */
export function Trouble({ error, again }: { error: unknown; again?: () => void }) {
  return (
    <Alert color="bata" variant="light" title="Tidak bisa ditampilkan" m="md" role="alert">
      <Group justify="space-between">
        <span>{sentenceOf(error)}</span>
        <Button size="xs" variant="default" onClick={again ?? (() => location.reload())}>
          Coba lagi
        </Button>
      </Group>
    </Alert>
  );
}
