-- PostgreSQL writes a row that moves anew. With room for it on the same page no index is written: jobs and tasks move
-- several times in their first seconds.

ALTER TABLE job SET (fillfactor = 50);
ALTER TABLE task SET (fillfactor = 50);
