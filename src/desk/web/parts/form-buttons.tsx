import { Button, Group } from '@mantine/core';

/** The foot of a form: save, and remove where there is something to remove, asked once more. */
export function FormButtons({
  isSaving,
  onRemove,
  ask,
}: {
  isSaving: boolean;
  onRemove?: () => void;
  ask?: string;
}) {
  return (
    <Group justify="space-between">
      {onRemove ? (
        <Button
          variant="subtle"
          color="bata"
          onClick={() => {
            if (confirm(ask ?? 'Hapus?')) onRemove();
          }}
        >
          Hapus
        </Button>
      ) : (
        <span />
      )}
      <Button type="submit" loading={isSaving}>
        Simpan
      </Button>
    </Group>
  );
}
