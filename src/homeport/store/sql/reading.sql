-- What clients read page by page or piece by piece.

-- name: task_log_between
SELECT position, text FROM task_log
WHERE job_id = :job_id AND task = :task AND position < :before AND position + size > :start
ORDER BY position
