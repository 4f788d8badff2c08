import { sealed } from '../store/sealed.ts';
import { makeCard, residentLabel } from './card.ts';
import type { Card } from './card.ts';
import { isSame } from './show-step.ts';
import type { GroupState, ShowDeps, Step } from './show-step.ts';
import type { TopicFacts } from './topic-facts.ts';

/** A card with keyed hashes of what it and the topic's name say: they may hold a name. */
export type KeptCard = Card & { hash: Uint8Array; titleHash: Uint8Array; label: string };

/** What the card and the name of a topic should be. */
export function cardOf(deps: Pick<ShowDeps, 'vault' | 'publicUrl'>, topic: TopicFacts): KeptCard {
  const name = topic.name_sealed && deps.vault.openText(topic.name_sealed, sealed.residentName);
  const card = makeCard(topic, { name, publicUrl: deps.publicUrl });
  return {
    ...card,
    hash: deps.vault.fingerprint(`group-card:${card.text}`),
    titleHash: deps.vault.fingerprint(`group-title:${card.title}`),
    label: residentLabel(topic, name),
  };
}

export async function putCard(
  deps: ShowDeps,
  { group }: GroupState,
  topic: TopicFacts,
  card: KeptCard,
): Promise<Step> {
  if (topic.card_ref !== null) return 'idle';
  const posted = await group.post({
    threadRef: topic.thread_ref,
    replyToRef: null,
    content: { kind: 'text', text: card.text, buttons: card.buttons },
    isUrgent: card.isUrgent,
  });
  if (!posted.ok) return posted;
  await deps.db.query(
    `WITH card AS (
       INSERT INTO officer_group_message (topic_id, kind, post_ref, created_at) VALUES ($1, 'card', $2, $4)
     )
     UPDATE handoff_topic SET card_ref = $2, card_hash = $3 WHERE id = $1`,
    [topic.id, posted.postRef, card.hash, deps.clock.now()],
  );
  return 'did';
}

export async function editCard(
  deps: ShowDeps,
  { group }: GroupState,
  topic: TopicFacts,
  card: KeptCard,
): Promise<Step> {
  if (topic.card_ref === null || isSame(topic.card_hash, card.hash)) return 'idle';
  const edited = await group.edit(topic.card_ref, card);
  if (!edited.ok && edited.outcome !== 'post_gone') return edited;
  const cardRef = edited.ok ? topic.card_ref : null;
  await deps.db.query(`UPDATE handoff_topic SET card_ref = $2, card_hash = $3 WHERE id = $1`, [
    topic.id,
    cardRef,
    card.hash,
  ]);
  return 'did';
}
