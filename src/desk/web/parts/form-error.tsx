import { Alert } from '@mantine/core';
import { sentenceOf } from '../notify.ts';

/** Why a form was refused, within it and read out at once. */
export function FormError({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  return (
    <Alert color="bata" role="alert">
      {sentenceOf(error)}
    </Alert>
  );
}
