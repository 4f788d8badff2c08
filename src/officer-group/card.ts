import type { GroupButton } from '../../bots/officer-group.ts';
import { categoryNames, isCategory } from '../domain/category.ts';
import { isUpForTaking } from '../domain/handoff.ts';
import { formatInstant, formatTime } from '../domain/wita.ts';
import { channelWord, dangerWord, reasonWord, severityWord } from '../desk/web/words.ts';
import { groupWords } from './group-words.ts';
import type { TopicFacts } from './topic-facts.ts';

export type Card = { title: string; text: string; buttons: readonly GroupButton[]; isUrgent: boolean };

const claimPrefix = 'ambil:';

/** What a pressed button of a card carries; null when it is none of ours. */
export function readClaimToken(token: string): string | null {
  const id = token.startsWith(claimPrefix) ? token.slice(claimPrefix.length) : '';
  return /^[0-9a-f-]{36}$/.test(id) ? id : null;
}

export function deskLink(publicUrl: string, conversationId: string): string {
  return `${publicUrl}/desk/antrean/${conversationId}`;
}

/** What a chat is called in the group: a name only with leave, else a word that stays the same. */
export function residentLabel(topic: Pick<TopicFacts, 'resident_id'>, name: string | null): string {
  return name ?? `Warga ${topic.resident_id.slice(0, 4).toUpperCase()}`;
}

/**
 * The card of a handoff: who waits since when, about what, how urgent, who holds it. Never a resident's words: a card
 * is read by the whole group, before anybody has taken the chat.
 */
export function makeCard(topic: TopicFacts, given: { name: string | null; publicUrl: string }): Card {
  const label = residentLabel(topic, given.name);
  const isDanger = topic.danger_kind !== null || topic.priority === 0;
  const mark = isDanger ? '🔴 ' : '';
  const lines = [
    ...(isDanger ? [`🔴 BAHAYA${dangerOf(topic)}`] : []),
    stateOf(topic),
    ...(topic.status === 'waiting' && topic.offered_name !== null
      ? [`Giliran ${topic.offered_name}; siapa pun boleh mengambil`]
      : []),
    [label, channelWord(topic.channel), ...(topic.language === 'en' ? ['bahasa Inggris'] : [])].join(' · '),
    ...(topic.reason === 'danger' ? [] : [reasonWord(topic.reason)]),
    ...(topic.category === null ? [] : [`Soal: ${categoryOf(topic.category)}`]),
    ...(topic.booking_time === null
      ? []
      : [`Punya janji hari ini pukul ${formatTime(topic.booking_time)} WITA`]),
    `Di meja: ${deskLink(given.publicUrl, topic.conversation_id)}`,
  ];
  return {
    title: `${mark}${titleOf(topic, label)}`,
    text: lines.join('\n'),
    buttons: isUpForTaking({ status: topic.status, officerId: topic.officer_id })
      ? [{ label: groupWords.claim, token: `${claimPrefix}${topic.id}` }]
      : [],
    isUrgent: isDanger && topic.status === 'waiting',
  };
}

function titleOf(topic: TopicFacts, label: string): string {
  const chat = `${label} · ${channelWord(topic.channel)}`;
  if (topic.status === 'waiting') return `⏳ ${chat}`;
  if (topic.status === 'closed') return `✅ ${chat}`;
  return `${holderOf(topic)} · ${chat}`;
}

function stateOf(topic: TopicFacts): string {
  if (topic.status === 'waiting')
    return `⏳ Menunggu petugas sejak ${formatInstant(topic.waiting_since, 'id')}`;
  if (topic.status === 'held') return `Dipegang ${holderOf(topic)}`;
  const at = topic.ended_at ? `, ${formatInstant(topic.ended_at, 'id')}` : '';
  if (topic.outcome === 'left') return `✅ Warga tidak lagi menunggu${at}`;
  if (topic.outcome === 'returned') return `✅ Dikembalikan ke bot oleh ${holderOf(topic)}${at}`;
  return `✅ Selesai oleh ${holderOf(topic)}${at}`;
}

function holderOf(topic: TopicFacts): string {
  return topic.officer_name ?? (topic.reason === 'phone' ? 'telepon ruang' : 'petugas');
}

function dangerOf({ danger_kind: kind, danger_severity: severity }: TopicFacts): string {
  return kind === null ? '' : `: ${dangerWord(kind)} (${severityWord(severity ?? '').toLowerCase()})`;
}

function categoryOf(id: string): string {
  return isCategory(id) ? categoryNames[id] : id;
}
