-- Concerns whose officer has left, or became an analyst, before these were released with them: nobody could open them.
WITH released AS (
  UPDATE concern SET officer_id = NULL, status = CASE WHEN status = 'with_officer' THEN 'read' ELSE status END
    FROM (SELECT id AS left_id FROM officer WHERE NOT is_active OR role = 'analyst') gone
   WHERE officer_id = gone.left_id AND status <> 'settled'
  RETURNING concern.id, code, gone.left_id
)
INSERT INTO audit (at, officer_id, action, subject_kind, subject_id, detail)
SELECT now(), NULL, 'release_concern', 'concern', id, jsonb_build_object('code', code, 'from', left_id) FROM released;
