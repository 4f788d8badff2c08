-- Where no mail server is set, a letter waits until an officer has sent it by hand: only then does the agency have it.
ALTER TABLE referral DROP CONSTRAINT referral_status_check;
ALTER TABLE referral ADD CONSTRAINT referral_status_check
  CHECK (status IN ('draft', 'asked', 'approved', 'sending', 'by_hand', 'sent', 'acknowledged', 'answered', 'not_ours',
                    'refused_by_resident', 'withdrawn', 'failed'));
-- As for every state behind it: nothing waits to leave before the yes, nor without a way.
ALTER TABLE referral ADD CONSTRAINT referral_by_hand_is_approved
  CHECK (status <> 'by_hand' OR (approved_hash IS NOT NULL AND way IS NOT DISTINCT FROM 'mail'));
DROP INDEX referral_one_open;
CREATE UNIQUE INDEX referral_one_open ON referral (concern_id)
  WHERE status IN ('draft', 'asked', 'approved', 'sending', 'by_hand', 'sent', 'acknowledged', 'failed');

ALTER TABLE agency_letter DROP CONSTRAINT agency_letter_status_check;
ALTER TABLE agency_letter ADD CONSTRAINT agency_letter_status_check
  CHECK (status IN ('due', 'sending', 'by_hand', 'sent', 'refused', 'failed', 'dropped'));
-- Since when it waits, or waited, for a hand.
ALTER TABLE agency_letter ADD COLUMN by_hand_at timestamptz;
-- Who has to send it must be able to read it.
ALTER TABLE agency_letter ADD CONSTRAINT agency_letter_by_hand_has_words
  CHECK (status <> 'by_hand' OR (content_sealed IS NOT NULL AND by_hand_at IS NOT NULL));
CREATE INDEX agency_letter_by_hand ON agency_letter (created_at) WHERE status = 'by_hand';

-- Erased at the resident's wish: the agency is asked to erase its copy, by a letter that outlives the referral and names
-- its code alone. An agency without a mailbox (it was told through SP4N-LAPOR!) is told by hand.
ALTER TABLE agency_letter DROP CONSTRAINT agency_letter_kind_check;
ALTER TABLE agency_letter ADD CONSTRAINT agency_letter_kind_check
  CHECK (kind IN ('packet', 'reminder', 'withdrawal', 'erasure'));
ALTER TABLE agency_letter ADD COLUMN agency_id text REFERENCES agency;
UPDATE agency_letter SET agency_id = r.agency_id FROM referral r WHERE r.id = referral_id;
ALTER TABLE agency_letter ALTER COLUMN agency_id SET NOT NULL;
ALTER TABLE agency_letter ADD COLUMN code text;
ALTER TABLE agency_letter ALTER COLUMN referral_id DROP NOT NULL;
ALTER TABLE agency_letter ADD CONSTRAINT agency_letter_of_referral_or_erased
  CHECK (CASE WHEN kind = 'erasure' THEN referral_id IS NULL AND code IS NOT NULL
              ELSE referral_id IS NOT NULL AND code IS NULL END);
ALTER TABLE agency_letter ALTER COLUMN mailbox DROP NOT NULL;
ALTER TABLE agency_letter ADD CONSTRAINT agency_letter_without_mailbox_by_hand
  CHECK (mailbox IS NOT NULL OR (kind = 'erasure' AND status IN ('by_hand', 'sent')));

-- A word in the officers' group is a sign of its writer, as a page that is open is: until then they count as there.
ALTER TABLE officer ADD COLUMN in_group_until timestamptz;
