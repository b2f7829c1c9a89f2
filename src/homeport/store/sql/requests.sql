-- Requests made under a key, and their answers.

-- name: add_request
-- Misses while another request of the key counts; one that counts no more is replaced.
INSERT INTO request (project_id, key, operation, digest, status, answer, made_at)
VALUES (:project_id, :key, :operation, :digest, :status, :answer, :made_at)
ON CONFLICT (project_id, key) DO UPDATE SET
    operation = excluded.operation, digest = excluded.digest, status = excluded.status, answer = excluded.answer,
    made_at = excluded.made_at
WHERE request.made_at <= :since

-- name: request
SELECT operation, digest, status, answer FROM request
WHERE project_id = :project_id AND key = :key AND made_at > :since

-- name: remove_old_requests
DELETE FROM request WHERE made_at <= :before
