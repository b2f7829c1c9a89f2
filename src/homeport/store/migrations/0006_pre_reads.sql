-- How often an attempt of a job was read, for scripts that count reads. What belongs to a job goes with the job.
CREATE TABLE job_reads (
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    attempt INTEGER NOT NULL,
    reads BIGINT NOT NULL,
    PRIMARY KEY (job_id, attempt)
);

ALTER TABLE job ADD COLUMN counts_reads INTEGER NOT NULL DEFAULT 0;
