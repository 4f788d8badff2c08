/**
 * Who may do what on the desk. The only place that knows: every route declares its permission with `allow`,
 * and the routes that touch one conversation or concern ask again here with that subject at hand.
 */
export const roles = ['officer', 'supervisor', 'admin', 'analyst'] as const;
export type Role = (typeof roles)[number];

export type Actor = { readonly id: string; readonly role: Role };

const team: readonly Role[] = ['officer', 'supervisor', 'admin'];
const leads: readonly Role[] = ['supervisor', 'admin'];
const everyone: readonly Role[] = roles;

/** Permission → roles that have it at all. An analyst sees sums only, never a person. */
export const permissions = {
  'account.own': everyone,
  'events.read': team,
  'day.read': team,
  'booking.mark': team,
  'walk_in.add': team,
  'day.close': leads,
  'queue.read': team,
  'conversation.read': team,
  'conversation.take': team,
  'conversation.write': team,
  'conversation.reveal': team,
  'resident.merge': leads,
  'resident.erase': leads,
  'handoff.claim': team,
  'handoff.close': team,
  'handoff.transfer': team,
  'handoff.invite': team,
  'duty.read': team,
  'duty.manage': leads,
  'contact.own': team,
  'note.write': team,
  'unsent.read': team,
  'message.retry': team,
  'alert.read': team,
  'alert.acknowledge': team,
  'alert.dismiss': team,
  'concern.list': team,
  'concern.read': team,
  'concern.handle': team,
  'concern.correct': team,
  'concern.export': leads,
  'corrections.export': ['admin'],
  'referral.read': team,
  'referral.handle': team,
  'referral.overdue': leads,
  'survey.read': ['supervisor', 'admin', 'analyst'],
  'survey.comments': leads,
  'trends.read': ['supervisor', 'admin', 'analyst'],
  'canned.read': team,
  'canned.manage': leads,
  'officers.list': team,
  'officers.manage': ['admin'],
  'room.read': team,
  'room.manage': ['admin'],
  'agencies.manage': leads,
  'sentences.manage': ['admin'],
  'audit.read': leads,
  'channels.read': leads,
  'channels.manage': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

export function can(actor: Actor, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(actor.role);
}

/** What of a conversation decides who may open it. */
export type ConversationSubject = {
  /** Who holds it; null when nobody does. */
  readonly holderId: string | null;
  /** Anybody of the team may take it. */
  readonly isWaiting: boolean;
  /** Whom the holder lets read along, for as long as it is held. */
  readonly guestIds: readonly string[];
};

/**
 * A chat that waits may be read by the whole team, a held one by its holder and those invited to read along; the
 * supervisor reads all. Whoever may read it may note in it.
 */
export function canReadConversation(actor: Actor, subject: ConversationSubject): boolean {
  if (!can(actor, 'conversation.read')) return false;
  return holdsOrLeads(actor, subject) || subject.guestIds.includes(actor.id);
}

/** The number or account behind it is not a guest's to see. */
export function canRevealConversation(actor: Actor, subject: ConversationSubject): boolean {
  return can(actor, 'conversation.reveal') && holdsOrLeads(actor, subject);
}

function holdsOrLeads(actor: Actor, subject: ConversationSubject): boolean {
  return actor.role === 'supervisor' || subject.isWaiting || subject.holderId === actor.id;
}

/** Only who holds it talks in it, the supervisor too must take it over first: one voice at a time. */
export function canWriteConversation(actor: Actor, subject: ConversationSubject): boolean {
  return can(actor, 'conversation.write') && subject.holderId === actor.id;
}

/** Closing, handing back, passing on: the holder, and the supervisor for one who is not there. */
export function canSteerConversation(actor: Actor, subject: ConversationSubject): boolean {
  if (!can(actor, 'handoff.close') || subject.holderId === null) return false;
  return actor.role === 'supervisor' || subject.holderId === actor.id;
}

export type ConcernSubject = {
  /** The officer it is assigned to. */
  readonly officerId: string | null;
  /** Attached to a booking of today or of the coming session: the room must read it before the visit. */
  readonly isOfComingSession: boolean;
  /** Of the conversation it came in by. */
  readonly conversation: ConversationSubject | null;
};

export function canReadConcern(actor: Actor, subject: ConcernSubject): boolean {
  if (!can(actor, 'concern.read')) return false;
  if (actor.role === 'supervisor' || subject.officerId === actor.id || subject.isOfComingSession) return true;
  return subject.conversation !== null && canReadConversation(actor, subject.conversation);
}

/** Whoever may read the words may say what they are about. */
export function canCorrectConcern(actor: Actor, subject: ConcernSubject): boolean {
  return can(actor, 'concern.correct') && canReadConcern(actor, subject);
}

/** Nobody is assigned yet: an officer may take it on, and from then on reads it. */
export function canTakeConcern(actor: Actor, subject: ConcernSubject): boolean {
  return can(actor, 'concern.handle') && (subject.officerId === null || actor.role === 'supervisor');
}

export function canHandleConcern(actor: Actor, subject: ConcernSubject): boolean {
  return can(actor, 'concern.handle') && (subject.officerId === actor.id || actor.role === 'supervisor');
}
