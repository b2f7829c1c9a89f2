-- Requests that were made under a key, with the answer they were given, sealed. Of a body only its digest is kept.
CREATE TABLE request (
    project_id TEXT NOT NULL,
    key TEXT NOT NULL,
    operation TEXT NOT NULL,
    digest TEXT NOT NULL,
    status INTEGER NOT NULL,
    answer TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (project_id, key)
);

CREATE INDEX request_age ON request (made_at);

-- Lists of jobs by what they are asked for. That of statuses holds only jobs that ended: a move costs it nothing.
CREATE INDEX job_application ON job (application_id, id) WHERE application_id IS NOT NULL;
CREATE INDEX job_requester ON job (project_id, requested_by, id);
CREATE INDEX job_ended ON job (project_id, status, id) WHERE finished_at IS NOT NULL;
