import { Alert, Button, Group, Modal, SimpleGrid, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { checkSentence, sayExample, variablesOf } from '../../../../domain/sentence.ts';
import { api, ask } from '../../api.ts';
import { sayDone, sentenceOf } from '../../notify.ts';
import type { Sentence } from './sentences.tsx';

/** One sentence beside its original, and how a resident will read it. */
export function SentenceForm({ sentence, onClose }: { sentence: Sentence; onClose: () => void }) {
  const { key, language, shipped, own } = sentence;
  const client = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const [value, setValue] = useState(own?.value ?? shipped);
  const done = (message: string): void => {
    sayDone(message);
    onClose();
  };
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['sentences'] });
  const save = useMutation({
    mutationFn: () =>
      ask(api.sentences.$post({ json: { language, key, value, version: own?.version ?? 0 } })),
    onSuccess: () => done('Disimpan. Berlaku mulai pesan berikutnya.'),
    onSettled: refresh,
  });
  const reset = useMutation({
    mutationFn: (version: number) => ask(api.sentences.reset.$post({ json: { language, key, version } })),
    onSuccess: () => done('Kalimat asli dipakai lagi.'),
    onSettled: refresh,
  });
  const checked = checkSentence({ language, key, value }, shipped);
  const refusal = save.error ?? reset.error;
  /** Where the cursor stands, so that nobody has to write braces by hand. */
  const insert = (name: string): void => {
    const element = field.current;
    const at = element?.selectionStart ?? value.length;
    setValue(`${value.slice(0, at)}{ $${name} }${value.slice(element?.selectionEnd ?? at)}`);
    element?.focus();
  };
  return (
    <Modal opened onClose={onClose} title={key} size="xl" centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <section>
              <h3 className="sentence-head">Asli</h3>
              <p className="said faint">{shipped}</p>
              <p className="said preview">{sayExample({ key, language, value: shipped })}</p>
            </section>
            <section>
              <Textarea
                ref={field}
                label="Kalimat Anda"
                autosize
                minRows={3}
                maxLength={6000}
                value={value}
                onChange={(event) => setValue(event.currentTarget.value)}
              />
              <Group gap={4} my="xs">
                {[...variablesOf(shipped)].map((name) => (
                  <Button key={name} size="compact-xs" variant="default" onClick={() => insert(name)}>
                    {`{ $${name} }`}
                  </Button>
                ))}
              </Group>
              <div role="status">
                {checked.kind === 'ok' ? (
                  <p className="said preview">{checked.text}</p>
                ) : (
                  <Alert color="jagung">
                    {checked.line !== null && `Baris ${checked.line}: `}
                    {checked.sentence}
                  </Alert>
                )}
              </div>
            </section>
          </SimpleGrid>
          {refusal && (
            <Alert color="bata" role="alert">
              {sentenceOf(refusal)}
            </Alert>
          )}
          <Group justify="space-between">
            {own ? (
              <Button
                variant="subtle"
                color="bata"
                loading={reset.isPending}
                onClick={() => reset.mutate(own.version)}
              >
                Pakai kalimat asli lagi
              </Button>
            ) : (
              <span />
            )}
            <Button type="submit" loading={save.isPending} disabled={checked.kind === 'bad'}>
              Simpan
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
