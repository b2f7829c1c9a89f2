-- Jobs: their moves, their tasks, events and logs. `:store_now` is filled in by the store.

-- name: add_job
INSERT INTO job (
    id, project_id, environment_id, application_id, component_id, action, status, progress, seq, fence, owner, node,
    driver, attempt, deaths, goal, artifact, ending, deadline_at, hard_deadline, accepted_at, started_at, finished_at,
    requested_by, active_target, waiting_since, updated_at, document, counts_reads
) VALUES (
    :id, :project_id, :environment_id, :application_id, :component_id, :action, :status, :progress, :seq, :fence, :owner,
    :node, :driver, :attempt, :deaths, :goal, :artifact, :ending, :deadline_at, :hard_deadline, :accepted_at, :started_at,
    :finished_at, :requested_by, :active_target, :waiting_since, :updated_at, :document,
    :counts_reads
)
ON CONFLICT DO NOTHING

-- name: move_job
-- A move of a job that stays active. It writes no column of the queue's indexes: SQLite would write them anew each time.
UPDATE job SET
    status = :status, progress = :progress, seq = :seq, fence = :fence, owner = :owner, node = :node,
    attempt = :attempt, deaths = :deaths, artifact = :artifact, ending = :ending, deadline_at = :deadline_at,
    started_at = :started_at, finished_at = :finished_at, updated_at = :updated_at, document = :document
WHERE id = :id AND seq = :was_seq AND status = :was_status AND fence = :was_fence
    AND COALESCE(owner, '') = :was_owner

-- name: turn_job
-- The move that ends a job or begins it anew: its target is free, or taken again.
UPDATE job SET
    status = :status, progress = :progress, seq = :seq, fence = :fence, owner = :owner, node = :node,
    attempt = :attempt, deaths = :deaths, artifact = :artifact, ending = :ending, deadline_at = :deadline_at,
    started_at = :started_at, finished_at = :finished_at, active_target = :active_target,
    waiting_since = :waiting_since, updated_at = :updated_at, document = :document
WHERE id = :id AND seq = :was_seq AND status = :was_status AND fence = :was_fence
    AND COALESCE(owner, '') = :was_owner

-- name: add_task
INSERT INTO task (job_id, idx, name, status, detail, weight, time_limit, done, stands, started_at, created_at, updated_at)
VALUES (:job_id, :idx, :name, :status, :detail, :weight, :time_limit, :done, :stands, :started_at, :created_at, :updated_at)

-- name: move_task
UPDATE task SET
    status = :status, detail = :detail, done = :done, stands = :stands, started_at = :started_at, updated_at = :updated_at
WHERE job_id = :job_id AND idx = :idx

-- name: add_job_event
INSERT INTO job_event (job_id, seq, at, task, status, progress, detail)
VALUES (:job_id, :seq, :at, :task, :status, :progress, :detail)

-- name: job
SELECT id, project_id, environment_id, application_id, component_id, action, status, progress, seq, fence, owner, node,
    driver, attempt, deaths, goal, artifact, ending, deadline_at, hard_deadline, accepted_at, started_at, finished_at,
    requested_by
FROM job WHERE id = :id

-- name: job_document
SELECT project_id, environment_id, action, seq, status, document, counts_reads FROM job WHERE id = :id

-- name: count_read
-- One more read of this attempt of a job, unless it has ended.
INSERT INTO job_reads (job_id, attempt, reads)
SELECT job.id, job.attempt, 1 FROM job WHERE job.id = :job_id AND job.waiting_since IS NOT NULL
ON CONFLICT (job_id, attempt) DO UPDATE SET reads = job_reads.reads + 1

-- name: reads_of_job
-- How often this attempt of a job was read; no row for one that has ended.
SELECT COALESCE(job_reads.reads, 0) AS reads
FROM job LEFT JOIN job_reads ON job_reads.job_id = job.id AND job_reads.attempt = job.attempt
WHERE job.id = :job_id AND job.waiting_since IS NOT NULL

-- name: tasks_of_job
SELECT * FROM task WHERE job_id = :job_id ORDER BY idx

-- name: active_job_of
SELECT id, action, status FROM job WHERE active_target = :target

-- name: latest_job_of_component
-- The one it names itself: ids follow the clock, which may have gone back. Of a component that is gone, the newest id.
SELECT COALESCE(
    (SELECT job_id FROM component WHERE id = :target),
    (SELECT id FROM job WHERE component_id = :target ORDER BY id DESC LIMIT 1)) AS id

-- name: latest_job_of_environment
SELECT COALESCE(
    (SELECT job_id FROM environment WHERE id = :target),
    (SELECT id FROM job WHERE environment_id = :target AND component_id IS NULL ORDER BY id DESC LIMIT 1)) AS id

-- name: claimable_jobs
-- The jobs a worker may claim, oldest first: waiting ones of its nodes, and those whose owner's lease has ended.
SELECT job.id, job.component_id FROM job
WHERE job.waiting_since IS NOT NULL
    AND (job.owner IS NULL OR NOT EXISTS (
        SELECT 1 FROM worker WHERE worker.id = job.owner AND worker.expires_at > :store_now))
    AND EXISTS (
        SELECT 1 FROM worker_node AS mine
        WHERE mine.worker_id = :worker AND mine.driver = job.driver AND (job.node IS NULL OR job.node = mine.node))
ORDER BY job.waiting_since
LIMIT :most

-- name: claimable_jobs_by_turn
-- Of each project the oldest job that a worker may claim, those of projects of which the fewest jobs run first.
WITH RECURSIVE waiting (project_id) AS (
    SELECT MIN(job.project_id) FROM job WHERE job.waiting_since IS NOT NULL
    UNION ALL
    SELECT (SELECT MIN(job.project_id) FROM job
        WHERE job.waiting_since IS NOT NULL AND job.project_id > waiting.project_id)
    FROM waiting WHERE waiting.project_id IS NOT NULL
), turns (id, running) AS (
    SELECT
        (SELECT job.id FROM job
        WHERE job.project_id = waiting.project_id AND job.waiting_since IS NOT NULL
            AND (job.owner IS NULL OR NOT EXISTS (
                SELECT 1 FROM worker WHERE worker.id = job.owner AND worker.expires_at > :store_now))
            AND EXISTS (
                SELECT 1 FROM worker_node AS mine
                WHERE mine.worker_id = :worker AND mine.driver = job.driver
                    AND (job.node IS NULL OR job.node = mine.node))
        ORDER BY job.waiting_since LIMIT 1),
        (SELECT COUNT(*) FROM job
        WHERE job.project_id = waiting.project_id AND job.waiting_since IS NOT NULL AND job.owner IS NOT NULL)
    FROM waiting WHERE waiting.project_id IS NOT NULL
)
SELECT turns.id, job.component_id FROM turns JOIN job ON job.id = turns.id ORDER BY turns.running, turns.id LIMIT :most

-- name: overdue_jobs
-- Jobs past their deadline whose node has no living worker; any worker may end them.
SELECT job.id FROM job
WHERE job.waiting_since IS NOT NULL AND job.deadline_at <= :store_now
    AND (job.owner IS NULL OR NOT EXISTS (
        SELECT 1 FROM worker WHERE worker.id = job.owner AND worker.expires_at > :store_now))
    AND NOT EXISTS (
        SELECT 1 FROM worker_node AS theirs JOIN worker ON worker.id = theirs.worker_id
        WHERE theirs.driver = job.driver AND (job.node IS NULL OR job.node = theirs.node)
            AND worker.expires_at > :store_now)
ORDER BY job.waiting_since
LIMIT :most

-- name: job_events
SELECT seq, at, task, status, progress, detail FROM job_event
WHERE job_id = :job_id AND seq > :after ORDER BY seq LIMIT :most

-- name: add_task_log
INSERT INTO task_log (job_id, task, position, size, text) VALUES (:job_id, :task, :position, :size, :text)
ON CONFLICT DO NOTHING

-- name: task_log
SELECT position, size, text FROM task_log
WHERE job_id = :job_id AND task = :task AND position + size > :start ORDER BY position

-- name: task_log_tail
SELECT position, size, text FROM task_log
WHERE job_id = :job_id AND task = :task ORDER BY position DESC LIMIT :most

-- name: task_log_size
SELECT COALESCE(SUM(size), 0) AS kept, COALESCE(MAX(position + size), 0) AS written FROM task_log
WHERE job_id = :job_id AND task = :task

-- name: drop_task_log_middle
DELETE FROM task_log
WHERE job_id = :job_id AND task = :task AND position >= :from_position AND position + size <= :to_position

-- name: check_job_fence
-- Passes while the job is still its worker's: whoever claims it raises the fence, who hands it back owns it no more.
UPDATE job SET updated_at = updated_at
WHERE id = :id AND fence = :fence AND owner = :owner AND waiting_since IS NOT NULL

-- name: clear_task_log
DELETE FROM task_log WHERE job_id = :job_id AND task = :task

-- name: removable_jobs
-- Jobs that ended before a time, but neither the latest of a target that exists nor one that a snapshot names.
SELECT job.id FROM job
WHERE job.finished_at IS NOT NULL AND job.finished_at < :before AND job.waiting_since IS NULL
    AND NOT EXISTS (SELECT 1 FROM component WHERE component.id = job.component_id AND component.job_id = job.id)
    AND NOT EXISTS (SELECT 1 FROM environment WHERE environment.id = job.environment_id AND environment.job_id = job.id)
    AND NOT EXISTS (
        SELECT 1 FROM snapshot WHERE snapshot.component_id = job.component_id AND snapshot.job_id = job.id)
ORDER BY job.finished_at LIMIT :most

-- name: remove_events_of_job
DELETE FROM job_event WHERE job_id = :job_id

-- name: remove_logs_of_job
DELETE FROM task_log WHERE job_id = :job_id

-- name: remove_tasks_of_job
DELETE FROM task WHERE job_id = :job_id

-- name: remove_job
DELETE FROM job WHERE id = :job_id AND waiting_since IS NULL
