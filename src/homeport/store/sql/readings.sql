-- What instances of components told last of themselves.

-- name: keep_readings
INSERT INTO reading (component_id, readings, read_at) VALUES (:component_id, :readings, :read_at)
ON CONFLICT (component_id) DO UPDATE SET readings = excluded.readings, read_at = excluded.read_at

-- name: readings
SELECT readings FROM reading WHERE component_id = :component_id AND read_at >= :since

-- name: remove_readings
DELETE FROM reading WHERE component_id = :component_id

-- name: remove_old_readings
DELETE FROM reading WHERE read_at < :before
