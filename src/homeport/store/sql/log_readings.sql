-- Logs of instances that a process without their driver asks for, read piece by piece by a worker of their node.

-- name: living_node
SELECT 1 AS lives FROM worker_node AS theirs JOIN worker ON worker.id = theirs.worker_id
WHERE theirs.driver = :driver AND theirs.node = :node AND worker.expires_at > :store_now
LIMIT 1

-- name: add_log_reading
INSERT INTO log_reading (id, component_id, instance, lines, follow, driver, node, state, wanted_until)
VALUES (:id, :component_id, :instance, :lines, :follow, :driver, :node, :state, :store_now + :lease)

-- name: want_log_reading
UPDATE log_reading SET wanted_until = :store_now + :lease WHERE id = :id

-- name: asked_log_readings
SELECT id, component_id, instance, lines, follow FROM log_reading
WHERE driver = :driver AND node = :node AND reader IS NULL AND wanted_until > :store_now
ORDER BY id
LIMIT :most

-- name: begin_log_reading
-- Misses when another worker has begun, and when nobody wants it any more.
UPDATE log_reading SET reader = :reader, read_until = :store_now + :lease
WHERE id = :id AND reader IS NULL AND wanted_until > :store_now

-- name: keep_log_reading
-- Misses when nobody wants it any more.
UPDATE log_reading SET read_until = :store_now + :lease
WHERE id = :id AND reader = :reader AND wanted_until > :store_now

-- name: tell_log_reading
UPDATE log_reading SET state = :state, words = :words WHERE id = :id AND reader = :reader

-- name: log_reading
SELECT state, words, taken, CASE WHEN read_until > :store_now THEN 1 ELSE 0 END AS read_now
FROM log_reading WHERE id = :id

-- name: add_log_piece
INSERT INTO log_piece (reading_id, number, text) VALUES (:reading_id, :number, :text)

-- name: log_pieces
SELECT number, text FROM log_piece WHERE reading_id = :reading_id ORDER BY number

-- name: take_log_pieces
UPDATE log_reading SET taken = :taken WHERE id = :id

-- name: remove_log_pieces
DELETE FROM log_piece WHERE reading_id = :reading_id AND number <= :taken

-- name: remove_log_reading
DELETE FROM log_reading WHERE id = :id

-- name: remove_old_log_readings
DELETE FROM log_reading WHERE wanted_until <= :store_now
