import { Badge, Group, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api, ask } from '../api.ts';
import { moment } from '../time.ts';
import { contactWord } from '../words.ts';

export function useUnsentPages() {
  return useQuery({
    queryKey: ['pages'],
    queryFn: () => ask(api.pages.$get()),
    refetchInterval: 60_000,
  });
}

/** Calls to colleagues that did not leave: call them another way. */
export function UnsentPages() {
  const pages = useUnsentPages();
  const items = pages.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="unsent-pages">
      <Title order={2} size="h4" mb="xs">
        Panggilan petugas yang tidak terkirim
      </Title>
      <ul className="cards">
        {items.map((page) => (
          <li key={page.id} className={page.isOpen ? 'card red' : 'card'}>
            <div>
              <Group gap="xs">
                <strong>{page.officer}</strong>
                <Badge variant="light" color={page.isDanger ? 'bata' : 'jagung'}>
                  {page.isDanger ? 'tanda bahaya' : page.concernId ? 'janji kabar' : 'chat menunggu'}
                </Badge>
                {page.kind !== 'none' && (
                  <Badge variant="light" color="gray">
                    {contactWord(page.kind)}
                  </Badge>
                )}
              </Group>
              <p>{page.sentence}</p>
              <small className="faint">
                {moment(page.at)}
                {page.attempts > 0 && ` · ${page.attempts} kali dicoba`}
              </small>
            </div>
            <Link
              className="quiet-link"
              href={page.concernId ? `/curhat/${page.concernId}` : `/antrean/${page.conversationId}`}
            >
              {page.concernId ? 'Buka curhat' : 'Buka chat'}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
