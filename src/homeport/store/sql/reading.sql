-- What clients read page by page or piece by piece.

-- name: task_log_between
SELECT position, text FROM task_log
WHERE job_id = :job_id AND task = :task AND position < :before AND position + size > :start
ORDER BY position

-- Lists of jobs, newest first, between two ids: a statement an index, so that none looks at jobs it does not list. What
-- an index does not tell is looked at behind it.

-- name: jobs_of_project
SELECT job.id, job.project_id, job.environment_id, environment.name AS environment_name, job.application_id,
    job.component_id, component.name AS component_name, job.action, job.status, job.progress, job.attempt,
    job.accepted_at, job.updated_at, job.finished_at, job.deadline_at, job.requested_by
FROM job
    LEFT JOIN environment ON environment.id = job.environment_id
    LEFT JOIN component ON component.id = job.component_id
WHERE job.project_id = :value AND job.id < :before AND job.id > :floor
ORDER BY job.id DESC
LIMIT :most

-- name: jobs_of_component
SELECT job.id, job.project_id, job.environment_id, environment.name AS environment_name, job.application_id,
    job.component_id, component.name AS component_name, job.action, job.status, job.progress, job.attempt,
    job.accepted_at, job.updated_at, job.finished_at, job.deadline_at, job.requested_by
FROM job
    LEFT JOIN environment ON environment.id = job.environment_id
    LEFT JOIN component ON component.id = job.component_id
WHERE job.component_id = :value AND job.id < :before AND job.id > :floor
ORDER BY job.id DESC
LIMIT :most

-- name: jobs_of_application
SELECT job.id, job.project_id, job.environment_id, environment.name AS environment_name, job.application_id,
    job.component_id, component.name AS component_name, job.action, job.status, job.progress, job.attempt,
    job.accepted_at, job.updated_at, job.finished_at, job.deadline_at, job.requested_by
FROM job
    LEFT JOIN environment ON environment.id = job.environment_id
    LEFT JOIN component ON component.id = job.component_id
WHERE job.application_id = :value AND job.id < :before AND job.id > :floor
ORDER BY job.id DESC
LIMIT :most

-- name: jobs_of_environment
SELECT job.id, job.project_id, job.environment_id, environment.name AS environment_name, job.application_id,
    job.component_id, component.name AS component_name, job.action, job.status, job.progress, job.attempt,
    job.accepted_at, job.updated_at, job.finished_at, job.deadline_at, job.requested_by
FROM job
    LEFT JOIN environment ON environment.id = job.environment_id
    LEFT JOIN component ON component.id = job.component_id
WHERE job.environment_id = :value AND job.id < :before AND job.id > :floor
ORDER BY job.id DESC
LIMIT :most

-- name: jobs_of_requester
SELECT job.id, job.project_id, job.environment_id, environment.name AS environment_name, job.application_id,
    job.component_id, component.name AS component_name, job.action, job.status, job.progress, job.attempt,
    job.accepted_at, job.updated_at, job.finished_at, job.deadline_at, job.requested_by
FROM job
    LEFT JOIN environment ON environment.id = job.environment_id
    LEFT JOIN component ON component.id = job.component_id
WHERE job.project_id = :project_id AND job.requested_by = :value AND job.id < :before AND job.id > :floor
ORDER BY job.id DESC
LIMIT :most

-- name: jobs_that_ended
SELECT job.id, job.project_id, job.environment_id, environment.name AS environment_name, job.application_id,
    job.component_id, component.name AS component_name, job.action, job.status, job.progress, job.attempt,
    job.accepted_at, job.updated_at, job.finished_at, job.deadline_at, job.requested_by
FROM job
    LEFT JOIN environment ON environment.id = job.environment_id
    LEFT JOIN component ON component.id = job.component_id
WHERE job.project_id = :project_id AND job.status = :value AND job.finished_at IS NOT NULL AND job.id < :before AND job.id > :floor
ORDER BY job.id DESC
LIMIT :most

-- name: jobs_under_way
-- The queue is looked through: it is short, however many jobs there were.
SELECT job.id, job.project_id, job.environment_id, environment.name AS environment_name, job.application_id,
    job.component_id, component.name AS component_name, job.action, job.status, job.progress, job.attempt,
    job.accepted_at, job.updated_at, job.finished_at, job.deadline_at, job.requested_by
FROM (SELECT id FROM job WHERE waiting_since IS NOT NULL ORDER BY waiting_since LIMIT 100000) AS queued
    CROSS JOIN job
    LEFT JOIN environment ON environment.id = job.environment_id
    LEFT JOIN component ON component.id = job.component_id
WHERE job.id = queued.id AND job.project_id = :project_id AND job.status = :value AND job.id < :before AND job.id > :floor
ORDER BY job.id DESC
LIMIT :most
