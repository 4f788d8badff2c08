import './sentences.css';
import { Badge, Button, Checkbox, Group, Loader, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sayExample } from '../../../../domain/sentence.ts';
import { api, ask } from '../../api.ts';
import type { Answer } from '../../api.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { SentenceForm } from './sentence-form.tsx';

export type Sentence = Answer<Awaited<ReturnType<typeof api.sentences.$get>>>['items'][number];

/** Everything the bot says, as residents read it, and an admin's own words in its place. */
export function Sentences() {
  const [language, setLanguage] = useState('id');
  const [search, setSearch] = useState('');
  const [isOwnOnly, setIsOwnOnly] = useState(false);
  const [editing, setEditing] = useState<Sentence | null>(null);
  const sentences = useQuery({ queryKey: ['sentences'], queryFn: () => ask(api.sentences.$get()) });
  if (sentences.isPending) return <Loader type="dots" />;
  if (sentences.error) return <Trouble error={sentences.error} />;
  const wanted = search.trim().toLowerCase();
  const items = sentences.data.items.filter(
    (each) =>
      each.language === language &&
      (!isOwnOnly || each.own !== null) &&
      `${each.key} ${each.own?.value ?? ''} ${each.shipped}`.toLowerCase().includes(wanted),
  );
  const sections = [...new Set(items.map((each) => each.section))];
  return (
    <>
      <p className="lead">
        Kalimat yang dibaca warga. Yang diubah berlaku mulai pesan berikutnya; isian seperti {'{ $code }'}{' '}
        diisi bot.
      </p>
      <Group my="md">
        <SegmentedControl
          aria-label="Bahasa"
          value={language}
          onChange={setLanguage}
          data={[
            { value: 'id', label: 'Indonesia' },
            { value: 'en', label: 'Inggris' },
          ]}
        />
        <TextInput
          className="spring"
          aria-label="Cari kalimat"
          placeholder="Cari kalimat…"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Checkbox
          label="Hanya yang diubah"
          checked={isOwnOnly}
          onChange={(event) => setIsOwnOnly(event.currentTarget.checked)}
        />
      </Group>
      {items.length === 0 && <p className="empty">Tidak ada kalimat yang cocok.</p>}
      {sections.map((section) => (
        <section key={section}>
          <h2 className="sentence-section">{section}</h2>
          <ul className="cards">
            {items
              .filter((each) => each.section === section)
              .map((each) => (
                <SentenceCard key={each.key} sentence={each} onEdit={() => setEditing(each)} />
              ))}
          </ul>
        </section>
      ))}
      {editing && <SentenceForm sentence={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function SentenceCard({ sentence, onEdit }: { sentence: Sentence; onEdit: () => void }) {
  const { key, language, own, shipped, lockReason } = sentence;
  const value = own && !own.isUnfit ? own.value : shipped;
  return (
    <li className="card sentence">
      <div>
        <p className="said">{sayExample({ key, language, value }) ?? value}</p>
        <Group gap="xs">
          <small className="faint">{key}</small>
          {own && <Badge variant="light">diubah{own.updatedBy ? ` oleh ${own.updatedBy}` : ''}</Badge>}
          {own?.isUnfit && (
            <Badge variant="light" color="bata">
              tidak dipakai: kalimat aslinya berubah
            </Badge>
          )}
        </Group>
        {lockReason !== null && <small className="faint">{lockReason}</small>}
      </div>
      {lockReason === null && (
        <Button variant="default" size="compact-sm" aria-label={`Ubah ${key}`} onClick={onEdit}>
          Ubah
        </Button>
      )}
    </li>
  );
}
