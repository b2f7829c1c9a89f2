-- Workers, their leases and the nodes they act on; leases of controllers. `:store_now` is filled in by the store.

-- name: add_worker
INSERT INTO worker (id, heartbeat_at, expires_at, started_at)
VALUES (:id, :store_now, :store_now + :lease, :store_now)

-- name: add_worker_node
-- It may be there already: whoever could not be told that it was written asks again.
INSERT INTO worker_node (worker_id, driver, node) VALUES (:worker_id, :driver, :node)
ON CONFLICT (worker_id, driver) DO NOTHING

-- name: renew_worker
-- A lease that has ended is never renewed: its jobs may be somebody else's by now.
UPDATE worker SET heartbeat_at = :store_now, expires_at = :store_now + :lease
WHERE id = :id AND expires_at > :store_now

-- name: living_worker
SELECT id FROM worker WHERE id = :id AND expires_at > :store_now

-- name: end_worker
UPDATE worker SET expires_at = 0 WHERE id = :id

-- name: void_leases
-- The one process that owns the file has just started: whoever held a lease before is gone.
UPDATE worker SET expires_at = 0 WHERE expires_at > 0

-- name: void_controllers
DELETE FROM controller

-- name: remove_old_worker_nodes
DELETE FROM worker_node WHERE worker_id IN (
    SELECT id FROM worker WHERE expires_at < :before AND NOT EXISTS (SELECT 1 FROM job WHERE job.owner = worker.id))

-- name: remove_old_workers
DELETE FROM worker WHERE expires_at < :before
    AND NOT EXISTS (SELECT 1 FROM job WHERE job.owner = worker.id AND job.waiting_since IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM worker_node WHERE worker_node.worker_id = worker.id)

-- name: take_controller
INSERT INTO controller (name, owner, expires_at) VALUES (:name, :owner, :store_now + :lease)
ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
WHERE controller.owner = excluded.owner OR controller.expires_at <= :store_now

-- name: store_time
SELECT :store_now AS now
