-- What finds the projects that have jobs, and the oldest of each, when there are more jobs than workers can run at once.
CREATE INDEX job_turns ON job (project_id, waiting_since) WHERE waiting_since IS NOT NULL;

-- What finds the jobs that are old enough to be removed.
CREATE INDEX job_age ON job (finished_at) WHERE finished_at IS NOT NULL;
