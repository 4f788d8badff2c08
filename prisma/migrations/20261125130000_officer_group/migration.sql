-- The officers' Telegram supergroup: a second desk. Nothing here is needed to serve a resident; it says what of the
-- chats that were handed off stands in the group already.

CREATE TABLE officer_group (
  chat_ref     text PRIMARY KEY,
  -- Since when it has no topics for us (not a forum, or no right to make them); null where it has.
  flat_since   timestamptz,
  flat_told_at timestamptz
);

-- One row a handoff. Whoever looks at it claims the row; what it lacks in the group is found by comparing.
CREATE TABLE handoff_topic (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  handoff_id      uuid NOT NULL UNIQUE REFERENCES handoff ON DELETE CASCADE,
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  chat_ref        text NOT NULL,
  -- Null: not made yet, removed by a person, or the group has no topics.
  thread_ref      text,
  card_ref        text,
  -- Keyed hashes of what the card and the topic's name say; they may hold a name.
  card_hash       bytea,
  title_hash      bytea,
  -- Messages from here on are shown: the first claim.
  shows_from      timestamptz,
  closed_at       timestamptz,
  -- The resident had all erased, and it is gone from the group too.
  removed_at      timestamptz,
  attempts        integer NOT NULL DEFAULT 0,
  failure         text,
  next_attempt_at timestamptz,
  claimed_until   timestamptz,
  created_at      timestamptz NOT NULL
);
CREATE INDEX handoff_topic_of_conversation ON handoff_topic (conversation_id);
CREATE INDEX handoff_topic_open ON handoff_topic (created_at) WHERE closed_at IS NULL;
CREATE INDEX handoff_topic_of_thread ON handoff_topic (thread_ref);

-- What stands in the group, both ways: so that nothing is shown twice, quotes find each other, edits show.
CREATE TABLE officer_group_message (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic_id   uuid NOT NULL REFERENCES handoff_topic ON DELETE CASCADE,
  kind       text NOT NULL CHECK (kind IN ('card', 'shown', 'said', 'answer')),
  -- The group's id of it. Several messages may stand in one post. Null: the group would not take it.
  post_ref   text,
  -- Ours. Null for cards and answers, and after it was erased.
  message_id uuid REFERENCES message ON DELETE SET NULL,
  -- A long message stands in several posts: how many of them are out, and whether that is all.
  parts      integer NOT NULL DEFAULT 1,
  is_whole   boolean NOT NULL DEFAULT true,
  -- The message's own, as they were when it was shown.
  edited_at  timestamptz,
  deleted_at timestamptz,
  -- said: what the officer was told became of it.
  told       text CHECK (told IN ('sent', 'failed', 'waits')),
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX officer_group_message_once ON officer_group_message (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX officer_group_message_of_topic ON officer_group_message (topic_id);
CREATE INDEX officer_group_message_of_post ON officer_group_message (post_ref);

-- What officers wrote in the group, stored before Telegram is told "yes", then handled in order. Words only until then.
CREATE TABLE officer_group_event (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_key       text NOT NULL UNIQUE,
  topic_id        uuid REFERENCES handoff_topic ON DELETE CASCADE,
  chat_ref        text NOT NULL,
  thread_ref      text,
  post_ref        text NOT NULL,
  sender_hash     bytea,
  event_sealed    bytea,
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  claimed_until   timestamptz,
  handled_at      timestamptz,
  -- What the officer is told of it; a reply in the group.
  answer          text,
  answered_at     timestamptz,
  created_at      timestamptz NOT NULL
);
CREATE INDEX officer_group_event_unhandled ON officer_group_event (id) WHERE handled_at IS NULL;
CREATE INDEX officer_group_event_unanswered ON officer_group_event (id) WHERE answer IS NOT NULL AND answered_at IS NULL;
CREATE INDEX officer_group_event_of_topic ON officer_group_event (topic_id);
