-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 100, "status": "success", "tasks": [{"created_at": "2026-11-27T19:57:57.603924Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:57:57.650556Z"}, {"created_at": "2026-11-27T19:57:57.603924Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:57:57.693011Z"}, {"created_at": "2026-11-27T19:57:57.603924Z", "detail": "1 instance started", "index": 3, "name": "deploy", "status": "success", "updated_at": "2026-11-27T19:57:57.709886Z"}, {"created_at": "2026-11-27T19:57:57.603924Z", "detail": "", "index": 4, "name": "verify", "status": "success", "updated_at": "2026-11-27T19:57:57.729216Z"}, {"created_at": "2026-11-27T19:57:57.603924Z", "detail": "1 serve, 0 stopped", "index": 5, "name": "record", "status": "success", "updated_at": "2026-11-27T19:57:57.734127Z"}]}}, "environment": "01a21e96-00c3-7ae9-ad22-d0b9a44cfa92", "id": "01a21e96-03e3-7612-851e-c05327c57d45"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "failed", "tasks": [{"created_at": "2026-11-27T19:57:57.788689Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:57:57.795098Z"}, {"created_at": "2026-11-27T19:57:57.788689Z", "detail": "image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.", "index": 2, "name": "pull", "status": "failed", "updated_at": "2026-11-27T19:57:57.832766Z"}, {"created_at": "2026-11-27T19:57:57.788689Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 3, "name": "deploy", "status": "skip", "updated_at": "2026-11-27T19:57:57.840198Z"}, {"created_at": "2026-11-27T19:57:57.788689Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 4, "name": "verify", "status": "skip", "updated_at": "2026-11-27T19:57:57.840198Z"}, {"created_at": "2026-11-27T19:57:57.788689Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:57:57.840198Z"}]}}, "environment": "01a21e96-00c3-7ae9-ad22-d0b9a44cfa92", "id": "01a21e96-049c-753c-8fe1-906d75591ef1"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "terminated", "tasks": [{"created_at": "2026-11-27T19:57:57.886277Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:57:57.899127Z"}, {"created_at": "2026-11-27T19:57:57.886277Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:57:57.914099Z"}, {"created_at": "2026-11-27T19:57:57.886277Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T19:57:57.981688Z"}, {"created_at": "2026-11-27T19:57:57.886277Z", "detail": "terminated: stopped by request during task 4 verify. Retry the job to run it again.", "index": 4, "name": "verify", "status": "terminated", "updated_at": "2026-11-27T19:57:57.981688Z"}, {"created_at": "2026-11-27T19:57:57.886277Z", "detail": "not run: task 4 ended the job (terminated)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:57:57.981688Z"}]}}, "environment": "01a21e96-00c3-7ae9-ad22-d0b9a44cfa92", "id": "01a21e96-04fe-74f3-8d96-f155aa4b491f"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 50, "status": "timeout", "tasks": [{"created_at": "2026-11-27T19:57:58.015493Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 1, "name": "restart", "status": "success", "updated_at": "2026-11-27T19:57:58.086153Z"}, {"created_at": "2026-11-27T19:57:58.015493Z", "detail": "deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:58.065493Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.", "index": 2, "name": "verify", "status": "timeout", "updated_at": "2026-11-27T19:57:58.086153Z"}, {"created_at": "2026-11-27T19:57:58.015493Z", "detail": "not run: task 2 ended the job (deadline-exceeded)", "index": 3, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:57:58.086153Z"}]}}, "environment": "01a21e96-00c3-7ae9-ad22-d0b9a44cfa92", "id": "01a21e96-057f-7e05-b3c3-47e6ab2cefbf"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "running", "tasks": [{"created_at": "2026-11-27T19:57:58.114844Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:57:58.125007Z"}, {"created_at": "2026-11-27T19:57:58.114844Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:57:58.131838Z"}, {"created_at": "2026-11-27T19:57:58.114844Z", "detail": "1 instance started", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T19:57:58.140017Z"}, {"created_at": "2026-11-27T19:57:58.114844Z", "detail": "", "index": 4, "name": "verify", "status": "running", "updated_at": "2026-11-27T19:57:58.140017Z"}, {"created_at": "2026-11-27T19:57:58.114844Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:57:58.114844Z"}]}}, "environment": "01a21e96-00c3-7ae9-ad22-d0b9a44cfa92", "id": "01a21e96-05e2-70c5-af86-a6e55f106372"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "running", "tasks": [{"created_at": "2026-11-27T19:57:58.182327Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:57:58.189954Z"}, {"created_at": "2026-11-27T19:57:58.182327Z", "detail": "", "index": 2, "name": "pull", "status": "running", "updated_at": "2026-11-27T19:57:58.189954Z"}, {"created_at": "2026-11-27T19:57:58.182327Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T19:57:58.182327Z"}, {"created_at": "2026-11-27T19:57:58.182327Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T19:57:58.182327Z"}, {"created_at": "2026-11-27T19:57:58.182327Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:57:58.182327Z"}]}}, "environment": "01a21e96-00c3-7ae9-ad22-d0b9a44cfa92", "id": "01a21e96-0626-7c75-8140-4f2583859750"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 0, "status": "init", "tasks": [{"created_at": "2026-11-27T19:57:58.233096Z", "detail": "", "index": 1, "name": "build", "status": "init", "updated_at": "2026-11-27T19:57:58.233096Z"}, {"created_at": "2026-11-27T19:57:58.233096Z", "detail": "", "index": 2, "name": "pull", "status": "init", "updated_at": "2026-11-27T19:57:58.233096Z"}, {"created_at": "2026-11-27T19:57:58.233096Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T19:57:58.233096Z"}, {"created_at": "2026-11-27T19:57:58.233096Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T19:57:58.233096Z"}, {"created_at": "2026-11-27T19:57:58.233096Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:57:58.233096Z"}]}}, "environment": "01a21e96-00c3-7ae9-ad22-d0b9a44cfa92", "id": "01a21e96-0659-788b-aef0-f591a87266c6"}
CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);
INSERT INTO "access_key" VALUES('HPTESTACCESSKEY00001','01a21e95fdfe7221996a4da29baec208','hp1:efdee771:Wfvd5rpLL6at6U+cnIkreI88cuxpbkgEAqov62e3R1GdZKnG24ZUpORFbH89yaUO/AUe7uKO1aZZj+f8wtKiN4hLEfw=','made at the first start',1795809476094901);
CREATE TABLE application (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environment (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
INSERT INTO "application" VALUES('01a21e96-0365-70c9-b067-643d993aecce','0123456789abcdef0123456789abcdef','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','app-1001',1795809477477321,1795809477477321);
CREATE TABLE certificate (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL,
    name TEXT NOT NULL,
    crt TEXT NOT NULL,
    private_key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
CREATE TABLE component (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environment (id),
    application_id TEXT NOT NULL REFERENCES application (id),
    name TEXT NOT NULL,
    annotations TEXT NOT NULL,
    version TEXT,
    runtime TEXT NOT NULL,
    replica INTEGER NOT NULL CHECK (replica BETWEEN 1 AND 99),
    source TEXT NOT NULL,
    build TEXT,
    resource_limit TEXT NOT NULL,
    image_url TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('created', 'notReady', 'running', 'paused')),
    available_replica INTEGER NOT NULL,
    job_id TEXT NOT NULL,
    build_id TEXT NOT NULL,
    snapshot_index INTEGER,
    operation_id TEXT,
    artifact TEXT,
    port INTEGER NOT NULL DEFAULT 0,
    route TEXT NOT NULL DEFAULT '[]',
    fence BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (application_id, name)
);
INSERT INTO "component" VALUES('01a21e96-0384-7d5e-b5ac-1cc383ed3c85','0123456789abcdef0123456789abcdef','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','01a21e96-0365-70c9-b067-643d993aecce','cart-1002','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',1,'01a21e96-05e2-70c5-af86-a6e55f106372','01a21e96-03e3-7612-851e-c05327c57d45',1,NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',0,'["cart-1002-489afb8fe5-phz26"]',4,1795809477508126,1795809478114978);
INSERT INTO "component" VALUES('01a21e96-048f-7061-a861-d8d134639ee8','0123456789abcdef0123456789abcdef','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','01a21e96-0365-70c9-b067-643d993aecce','cart-1003','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-049c-753c-8fe1-906d75591ef1','',NULL,NULL,NULL,0,'[]',1,1795809477775284,1795809477836159);
INSERT INTO "component" VALUES('01a21e96-061b-71f9-a7c7-848a65fe47a4','0123456789abcdef0123456789abcdef','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','01a21e96-0365-70c9-b067-643d993aecce','cart-1004','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-0626-7c75-8140-4f2583859750','',NULL,NULL,NULL,0,'[]',1,1795809478171943,1795809478182499);
INSERT INTO "component" VALUES('01a21e96-064b-7870-a6e2-886661966ac0','0123456789abcdef0123456789abcdef','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','01a21e96-0365-70c9-b067-643d993aecce','cart-1005','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-0659-788b-aef0-f591a87266c6','',NULL,NULL,NULL,0,'[]',0,1795809478219875,1795809478233196);
CREATE TABLE component_event (
    component_id TEXT NOT NULL,
    name TEXT NOT NULL,
    message TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('Normal', 'Warning')),
    count INTEGER NOT NULL,
    involved_object TEXT NOT NULL,
    involved_object_kind TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (component_id, involved_object, name, message)
);
INSERT INTO "component_event" VALUES('01a21e96-0384-7d5e-b5ac-1cc383ed3c85','SuccessfulCreate','Created instance cart-1002-489afb8fe5-phz26','Normal',1,'cart-1002-489afb8fe5-phz26','ComponentInstance',1795809477692930,1795809477692930);
INSERT INTO "component_event" VALUES('01a21e96-0384-7d5e-b5ac-1cc383ed3c85','ScalingReplicaSet','deploy: scaled up by 1 to 1','Normal',1,'cart-1002','Component',1795809477692930,1795809477692930);
INSERT INTO "component_event" VALUES('01a21e96-0384-7d5e-b5ac-1cc383ed3c85','Started','Instance cart-1002-489afb8fe5-phz26 is ready','Normal',1,'cart-1002-489afb8fe5-phz26','ComponentInstance',1795809477728877,1795809477728877);
INSERT INTO "component_event" VALUES('01a21e96-0384-7d5e-b5ac-1cc383ed3c85','SuccessfulCreate','Created instance cart-1002-f98e053bac-4mwgm','Normal',1,'cart-1002-f98e053bac-4mwgm','ComponentInstance',1795809477914048,1795809477914048);
INSERT INTO "component_event" VALUES('01a21e96-0384-7d5e-b5ac-1cc383ed3c85','ScalingReplicaSet','upgrade: scaled up by 1 to 1','Normal',2,'cart-1002','Component',1795809477914048,1795809478131792);
INSERT INTO "component_event" VALUES('01a21e96-0384-7d5e-b5ac-1cc383ed3c85','SuccessfulCreate','Created instance cart-1002-23dce46492-skjsz','Normal',1,'cart-1002-23dce46492-skjsz','ComponentInstance',1795809478034896,1795809478034896);
INSERT INTO "component_event" VALUES('01a21e96-0384-7d5e-b5ac-1cc383ed3c85','ScalingReplicaSet','restart: scaled up by 1 to 1','Normal',1,'cart-1002','Component',1795809478034896,1795809478034896);
INSERT INTO "component_event" VALUES('01a21e96-0384-7d5e-b5ac-1cc383ed3c85','SuccessfulCreate','Created instance cart-1002-7d917329b2-dcbhs','Normal',1,'cart-1002-7d917329b2-dcbhs','ComponentInstance',1795809478131792,1795809478131792);
CREATE TABLE configuration (
    component_id TEXT NOT NULL REFERENCES component (id),
    operation_id TEXT NOT NULL,
    items TEXT NOT NULL,
    operated_at BIGINT NOT NULL,
    PRIMARY KEY (component_id, operation_id)
);
CREATE TABLE configuration_item (
    component_id TEXT NOT NULL,
    operation_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    data TEXT,
    operated_at BIGINT NOT NULL,
    PRIMARY KEY (component_id, operation_id, position)
);
CREATE TABLE controller (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO "controller" VALUES('retention','01a21e96-00b5-756a-a7eb-b89f6b7f581f',1795809491805789);
INSERT INTO "controller" VALUES('keep:simulated:simulated','01a21e96-00b5-756a-a7eb-b89f6b7f581f',1795809491805931);
INSERT INTO "controller" VALUES('orphans:simulated:simulated','01a21e96-00b5-756a-a7eb-b89f6b7f581f',1795809491805943);
INSERT INTO "controller" VALUES('remains:simulated:simulated','01a21e96-00b5-756a-a7eb-b89f6b7f581f',1795809491805954);
INSERT INTO "controller" VALUES('scaling:simulated:simulated','01a21e96-00b5-756a-a7eb-b89f6b7f581f',1795809491805962);
INSERT INTO "controller" VALUES('metrics:simulated:simulated','01a21e96-00b5-756a-a7eb-b89f6b7f581f',1795809491805969);
INSERT INTO "controller" VALUES('keep:process:01a21e95-ff91-7cf8-ab69-c13d7564cf5c','01a21e96-00b5-756a-a7eb-b89f6b7f581f',1795809491805977);
INSERT INTO "controller" VALUES('orphans:process:01a21e95-ff91-7cf8-ab69-c13d7564cf5c','01a21e96-00b5-756a-a7eb-b89f6b7f581f',1795809491805985);
INSERT INTO "controller" VALUES('remains:process:01a21e95-ff91-7cf8-ab69-c13d7564cf5c','01a21e96-00b5-756a-a7eb-b89f6b7f581f',1795809491805992);
INSERT INTO "controller" VALUES('scaling:process:01a21e95-ff91-7cf8-ab69-c13d7564cf5c','01a21e96-00b5-756a-a7eb-b89f6b7f581f',1795809491806000);
INSERT INTO "controller" VALUES('metrics:process:01a21e95-ff91-7cf8-ab69-c13d7564cf5c','01a21e96-00b5-756a-a7eb-b89f6b7f581f',1795809491806007);
CREATE TABLE credential (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    server TEXT NOT NULL DEFAULT '',
    username TEXT NOT NULL DEFAULT '',
    known_hosts TEXT NOT NULL DEFAULT '',
    public_key TEXT NOT NULL DEFAULT '',
    secret TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (project_id, name)
);
CREATE TABLE environment (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('creating', 'finish', 'deleting', 'create_failed', 'delete_failed')),
    annotations TEXT NOT NULL,
    enterprise_project_id TEXT NOT NULL,
    driver TEXT NOT NULL,
    node TEXT,
    job_id TEXT NOT NULL,
    fence BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (project_id, name)
);
INSERT INTO "environment" VALUES('01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','0123456789abcdef0123456789abcdef','env-1000','finish','{"type": "exclusive"}','0','simulated','simulated','01a21e96-00c3-7cb6-b1c0-5a374afec0f0',1,1795809476803961,1795809476830681);
CREATE TABLE first_start (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    user_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
INSERT INTO "first_start" VALUES(1,'01a21e95fdfe7221996a4da29baec208','0123456789abcdef0123456789abcdef',1795809476094901);
CREATE TABLE iam_domain (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
INSERT INTO "iam_domain" VALUES('fedcba9876543210fedcba9876543210','homeport',1795809476094901);
CREATE TABLE iam_user (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    password TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "iam_user" VALUES('01a21e95fdfe7221996a4da29baec208','fedcba9876543210fedcba9876543210','tester','$argon2id$v=19$m=19456,t=2,p=1$qT7UKmfKfbwUSgPvXEyijQ$TpXtX0uy5cZ+jwCCfmOSR12jM89bm4PH+NBndVTBrYM',1795809476094901,1795809477433556);
CREATE TABLE instance (
    name TEXT PRIMARY KEY,
    component_id TEXT NOT NULL REFERENCES component (id),
    environment_id TEXT NOT NULL,
    job_id TEXT NOT NULL,
    fence BIGINT NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('creating', 'running', 'abnormal', 'failed', 'terminating')),
    orders TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
INSERT INTO "instance" VALUES('cart-1002-489afb8fe5-phz26','01a21e96-0384-7d5e-b5ac-1cc383ed3c85','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','01a21e96-03e3-7612-851e-c05327c57d45',1,'running','hp1:efdee771:igiBIOs/zp1qDjqhlPfWKjAseQGtP1CzcZidOr/E/PRiUbZ6JYi+gtjaSKW+3kyT3ztRP7hozIYhAFpp7Ogz8EdKal+OSZr27j5lZqKedsc+W+x42DIEAE59GW1fCVwliJ1/+HZQYz59aSBHxijtLbMHQukTMlG/LEBJIUMiweBi3g02rNV9aIXtj4G0MFjOT2upwuu87BQADeYKCf+Up8/XdDlguj20KzC45hW5+nvoD124bDrjINFcNvnjWj2P7uyFv3J0/ZBL5u6sse580eOG2YSutnGk619TO9bm4I6Z+LlpbTYNL+PgHtJh3SGVzuWZeHD6VhdjlAaZYez3FkgRsJz49znzp8dglqIAz6ztF+5rJB/Raw47K1tcq0ZqLDa3xPND8EjHAyW9kUrs2pLidkYiuCs0pawI1ih45yra6aaoOnmsTDxmTIwG7fTXswgKO5xz3UebfQzVOaBDPXV7n3jYzpbrTUlqFBnhkaDXXSkRT5Nhap2FRk0anNeG+BLXtHUvJ9hKjaSMod5MgJegxJOwEGlGDEBdXSpOeV+9EfkOpESbMgV4x8tzImGUql3iNx+GsiEsWRdlRy0ypUAdShv8Mu8FAe6K9QUnEYx8VZCLKWcbwiut7izzP7O5BXtBSYnicar+9k532bonesA2X6gHTotwYmoB15A5law1x9Ol4emfW13vNio/ZDT2aoY9TZQ7M98sn2lfQx0i/3tNKCoZul0Dib6d0Ap9zwS6EGc+bK3SySYuopzQ6XQtewi5hxQVrIl107jE5Onff8ATLCa9wzdPfmjfvmT0opj4AHEdsKGQ1wad2yfMEhUWbYWxNQKwaQ0meOrwoLuH4oYGtqgdyFLbn5NIJWAN/I2EdZXYyVM6sQrVN3tUxS/+wZWgx55Ic+3g5kClltFkxuqj2HaEbnm7wijkYXOhrrJVtJ1IJlttS/HfIMVtJTmVEyBgbKkJmoOt28Bsi+nLwBBq1xlwCc9lFzW8etSsd3rU2jSZWO9NuXFOTrPcByoE+I08xajyPmN+ce6YbDZmy3wrBvD6LiikqMM++i+rPp/r0JVU1oRcg5SE8xuJIk2pnzTF+Lt5GOSQ',1795809477692687,1795809477728877);
INSERT INTO "instance" VALUES('cart-1002-7d917329b2-dcbhs','01a21e96-0384-7d5e-b5ac-1cc383ed3c85','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','01a21e96-05e2-70c5-af86-a6e55f106372',4,'creating','hp1:efdee771:33egFd+7IQWMvHrzEfXuTZiv+RmGzllY4akblxihBRCAvrLIFfXHJgJ+Mw4qL8oAJ7Mqr2c0Kct4DLs1g2qS4xo4zKOcwEWFu5gwODg1fXQASDDuzFoodl9i38avUC5IIVRl0EJ61KVJbIJBhCDnXoEMJi1eXfvWUye+IImU4fnjAgU5dSDT4wHHm7Kir9O+WY4VyRIXkZFseB1fvaVklbvtx9aMsAeNlYslG4R4cPewv9kjL1Z6k+I2Yk36wU5/myi+BN73HV/Dp/60WyWdqg/qrpgGsi51wHwwMZrqwH7HM/8zKzEtFMd8Xzixh9yFxNVQ3+kUrChsAv3nJDZD5S37rQKfqGrtp7VOJ5EHg32uzGDT7FZMIWkp19Y2Pfy2oaqpu2AWpPDaiEf+aUT/1gpBzKiPAWZH3EOVGisUF60j5kq+Rf6kNSWONUmcejQJ8Wt1u1V+3QW6YMxXKMhhkHNFxZXz5D2YKRGvfINFBPPEEcx0uIMEUmVl8iVWjqmF3ElSvJUmpQ7HSOa1OR7CO8+EMCXl4N2L5cydoZNQ56cs9SjxeMVfYlW6dOkGur2Ck2JDF41gluoAN5I935nTdt8JQmZtSrmcJLxwazh7wsRXFR+c0zE4dd9CVPTpBMNqmvhYdQ6yn4UiAhfn7eJjzLARef0CXCf8Qs/dba4RJTOtpWLYXTgDPtDdjdzw0ZCdMF1CcC/to+AOBrF4xbDU1HXNupQUHqc3UsV7yvhuuYzsKWOg9mNFWYxIT/1HYcAkMwYMtTgLkK3R1qEEBxAWJ/viBaFky7zM155Ok/PCaEB5Yx9xlp0O1Mh5TITASNDsJY1Rup6GtMU4V9glPVOtdEVVo1q2Mn4KdkENs5L4LQsJ+g9Pj1AxPUR4c1E2vuCM3mBwYBpmy2/r++BjFHHb37RiRNs89V2bxANjKEwForFAIx3xA7lWYiujEcF32wguUThGkJs8aPH8MZQB+N8+wDg4v9qndpWLP0wukTlpxCZaUpdhSxZgsQjmEPD8t5nR9V4nDniUZZMX5gVmU4ak8LLoKc+XNHTJpmIqCwRNiPCfl8yR8AsfPgX8duUh8NxcwM+HE96ns5p5WKzHrU5Lb1w=',1795809478131632,1795809478131632);
CREATE TABLE job (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL,
    application_id TEXT,
    component_id TEXT,
    action TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN
        ('init', 'running', 'failed', 'timeout', 'success', 'skip', 'terminating', 'terminated')),
    progress INTEGER NOT NULL CHECK (progress BETWEEN 0 AND 100 AND (progress = 100) = (status = 'success')),
    seq BIGINT NOT NULL,
    fence BIGINT NOT NULL,
    owner TEXT,
    node TEXT,
    driver TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    deaths INTEGER NOT NULL,
    goal TEXT NOT NULL,
    artifact TEXT,
    ending TEXT,
    deadline_at BIGINT NOT NULL,
    hard_deadline INTEGER NOT NULL,
    accepted_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    requested_by TEXT NOT NULL,
    active_target TEXT,
    waiting_since BIGINT,
    updated_at BIGINT NOT NULL,
    document TEXT NOT NULL
, counts_reads INTEGER NOT NULL DEFAULT 0);
INSERT INTO "job" VALUES('01a21e96-00c3-7cb6-b1c0-5a374afec0f0','0123456789abcdef0123456789abcdef','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92',NULL,NULL,'create-environment','success',100,7,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"creating","replica":0,"route":[]},"driver":"simulated","while_running":"creating","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"type\": \"exclusive\"}","version":null,"runtime":"","replica":0,"source":"null","build":null,"resource_limit":"null","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"","build_id":"","script":""}',NULL,NULL,1795810016803961,0,1795809476803961,1795809476827072,1795809476830704,'tester',NULL,NULL,1795809476830704,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"create-environment","status":"success","detail":"driver simulated on node simulated","created_at":"2026-11-27T19:57:56.803961Z","updated_at":"2026-11-27T19:57:56.829502Z"},{"index":2,"name":"record","status":"success","detail":"","created_at":"2026-11-27T19:57:56.803961Z","updated_at":"2026-11-27T19:57:56.830704Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-03e3-7612-851e-c05327c57d45','0123456789abcdef0123456789abcdef','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','01a21e96-0365-70c9-b067-643d993aecce','01a21e96-0384-7d5e-b5ac-1cc383ed3c85','deploy','success',100,12,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795810017603924,0,1795809477603924,1795809477650556,1795809477734127,'tester',NULL,NULL,1795809477734127,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:57:57.603924Z","updated_at":"2026-11-27T19:57:57.650556Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:57:57.603924Z","updated_at":"2026-11-27T19:57:57.693011Z"},{"index":3,"name":"deploy","status":"success","detail":"1 instance started","created_at":"2026-11-27T19:57:57.603924Z","updated_at":"2026-11-27T19:57:57.709886Z"},{"index":4,"name":"verify","status":"success","detail":"","created_at":"2026-11-27T19:57:57.603924Z","updated_at":"2026-11-27T19:57:57.729216Z"},{"index":5,"name":"record","status":"success","detail":"1 serve, 0 stopped","created_at":"2026-11-27T19:57:57.603924Z","updated_at":"2026-11-27T19:57:57.734127Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1','0123456789abcdef0123456789abcdef','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','01a21e96-0365-70c9-b067-643d993aecce','01a21e96-048f-7061-a861-d8d134639ee8','deploy','failed',40,9,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=fail:image-missing"}',NULL,'{"status":"failed","cause":"image-missing","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","task":2}',1795810017788689,0,1795809477788689,1795809477795098,1795809477840198,'tester',NULL,NULL,1795809477840198,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"failed","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:57:57.788689Z","updated_at":"2026-11-27T19:57:57.795098Z"},{"index":2,"name":"pull","status":"failed","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","created_at":"2026-11-27T19:57:57.788689Z","updated_at":"2026-11-27T19:57:57.832766Z"},{"index":3,"name":"deploy","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:57:57.788689Z","updated_at":"2026-11-27T19:57:57.840198Z"},{"index":4,"name":"verify","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:57:57.788689Z","updated_at":"2026-11-27T19:57:57.840198Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:57:57.788689Z","updated_at":"2026-11-27T19:57:57.840198Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f','0123456789abcdef0123456789abcdef','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','01a21e96-0365-70c9-b067-643d993aecce','01a21e96-0384-7d5e-b5ac-1cc383ed3c85','upgrade','terminated',75,15,2,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-489afb8fe5-phz26"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21e96-03e3-7612-851e-c05327c57d45","script":"ready=never"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','{"status":"terminated","cause":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","task":4}',1795810017886277,0,1795809477886277,1795809477899127,1795809477981688,'tester',NULL,NULL,1795809477981688,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"terminated","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:57:57.886277Z","updated_at":"2026-11-27T19:57:57.899127Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:57:57.886277Z","updated_at":"2026-11-27T19:57:57.914099Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T19:57:57.886277Z","updated_at":"2026-11-27T19:57:57.981688Z"},{"index":4,"name":"verify","status":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","created_at":"2026-11-27T19:57:57.886277Z","updated_at":"2026-11-27T19:57:57.981688Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 4 ended the job (terminated)","created_at":"2026-11-27T19:57:57.886277Z","updated_at":"2026-11-27T19:57:57.981688Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf','0123456789abcdef0123456789abcdef','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','01a21e96-0365-70c9-b067-643d993aecce','01a21e96-0384-7d5e-b5ac-1cc383ed3c85','restart','timeout',50,10,3,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-489afb8fe5-phz26"]},"driver":"simulated","while_running":"notReady","time_limit":50000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}},"image_url":"nginx:1","build_id":"01a21e96-03e3-7612-851e-c05327c57d45","script":"ready=never"}',NULL,'{"status":"timeout","cause":"deadline-exceeded","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:58.065493Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","task":2}',1795809478065493,1,1795809478015493,1795809478034220,1795809478086153,'tester',NULL,NULL,1795809478086153,'{"api_version":"v1","kind":"Job","spec":{"progress":50,"status":"timeout","tasks":[{"index":1,"name":"restart","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T19:57:58.015493Z","updated_at":"2026-11-27T19:57:58.086153Z"},{"index":2,"name":"verify","status":"timeout","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:58.065493Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","created_at":"2026-11-27T19:57:58.015493Z","updated_at":"2026-11-27T19:57:58.086153Z"},{"index":3,"name":"record","status":"skip","detail":"not run: task 2 ended the job (deadline-exceeded)","created_at":"2026-11-27T19:57:58.015493Z","updated_at":"2026-11-27T19:57:58.086153Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372','0123456789abcdef0123456789abcdef','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','01a21e96-0365-70c9-b067-643d993aecce','01a21e96-0384-7d5e-b5ac-1cc383ed3c85','upgrade','running',75,8,4,'01a21e95-ff90-7012-a60a-ae4f1611a7a1','simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-489afb8fe5-phz26"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21e96-03e3-7612-851e-c05327c57d45","script":"ready=3s"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795810018114844,0,1795809478114844,1795809478125007,NULL,'tester','01a21e96-0384-7d5e-b5ac-1cc383ed3c85',1795809478114844,1795809478140017,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:57:58.114844Z","updated_at":"2026-11-27T19:57:58.125007Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:57:58.114844Z","updated_at":"2026-11-27T19:57:58.131838Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started","created_at":"2026-11-27T19:57:58.114844Z","updated_at":"2026-11-27T19:57:58.140017Z"},{"index":4,"name":"verify","status":"running","detail":"","created_at":"2026-11-27T19:57:58.114844Z","updated_at":"2026-11-27T19:57:58.140017Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:57:58.114844Z","updated_at":"2026-11-27T19:57:58.114844Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-0626-7c75-8140-4f2583859750','0123456789abcdef0123456789abcdef','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','01a21e96-0365-70c9-b067-643d993aecce','01a21e96-061b-71f9-a7c7-848a65fe47a4','deploy','running',40,4,1,'01a21e95-ff90-7012-a60a-ae4f1611a7a1','simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=3s"}',NULL,NULL,1795810018182327,0,1795809478182327,1795809478189954,NULL,'tester','01a21e96-061b-71f9-a7c7-848a65fe47a4',1795809478182327,1795809478189954,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:57:58.182327Z","updated_at":"2026-11-27T19:57:58.189954Z"},{"index":2,"name":"pull","status":"running","detail":"","created_at":"2026-11-27T19:57:58.182327Z","updated_at":"2026-11-27T19:57:58.189954Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T19:57:58.182327Z","updated_at":"2026-11-27T19:57:58.182327Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T19:57:58.182327Z","updated_at":"2026-11-27T19:57:58.182327Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:57:58.182327Z","updated_at":"2026-11-27T19:57:58.182327Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-0659-788b-aef0-f591a87266c6','0123456789abcdef0123456789abcdef','01a21e96-00c3-7ae9-ad22-d0b9a44cfa92','01a21e96-0365-70c9-b067-643d993aecce','01a21e96-064b-7870-a6e2-886661966ac0','deploy','init',0,1,0,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}',NULL,NULL,1795810018233096,0,1795809478233096,NULL,NULL,'tester','01a21e96-064b-7870-a6e2-886661966ac0',1795809478233096,1795809478233096,'{"api_version":"v1","kind":"Job","spec":{"progress":0,"status":"init","tasks":[{"index":1,"name":"build","status":"init","detail":"","created_at":"2026-11-27T19:57:58.233096Z","updated_at":"2026-11-27T19:57:58.233096Z"},{"index":2,"name":"pull","status":"init","detail":"","created_at":"2026-11-27T19:57:58.233096Z","updated_at":"2026-11-27T19:57:58.233096Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T19:57:58.233096Z","updated_at":"2026-11-27T19:57:58.233096Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T19:57:58.233096Z","updated_at":"2026-11-27T19:57:58.233096Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:57:58.233096Z","updated_at":"2026-11-27T19:57:58.233096Z"}]}}',0);
CREATE TABLE job_event (
    job_id TEXT NOT NULL REFERENCES job (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    task INTEGER NOT NULL,
    status TEXT NOT NULL,
    progress INTEGER NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (job_id, seq)
);
INSERT INTO "job_event" VALUES('01a21e96-00c3-7cb6-b1c0-5a374afec0f0',1,1795809476803961,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-00c3-7cb6-b1c0-5a374afec0f0',2,1795809476827072,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-00c3-7cb6-b1c0-5a374afec0f0',3,1795809476827072,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-00c3-7cb6-b1c0-5a374afec0f0',4,1795809476829502,1,'success',83,'driver simulated on node simulated');
INSERT INTO "job_event" VALUES('01a21e96-00c3-7cb6-b1c0-5a374afec0f0',5,1795809476829502,2,'running',83,'');
INSERT INTO "job_event" VALUES('01a21e96-00c3-7cb6-b1c0-5a374afec0f0',6,1795809476830704,2,'success',99,'');
INSERT INTO "job_event" VALUES('01a21e96-00c3-7cb6-b1c0-5a374afec0f0',7,1795809476830704,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',1,1795809477603924,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',2,1795809477650556,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',3,1795809477650556,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',4,1795809477650556,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',5,1795809477693011,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',6,1795809477693011,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',7,1795809477709886,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',8,1795809477709886,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',9,1795809477729216,4,'success',95,'');
INSERT INTO "job_event" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',10,1795809477729216,5,'running',95,'');
INSERT INTO "job_event" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',11,1795809477734127,5,'success',99,'1 serve, 0 stopped');
INSERT INTO "job_event" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',12,1795809477734127,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',1,1795809477788689,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',2,1795809477795098,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',3,1795809477795098,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',4,1795809477795098,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',5,1795809477832766,2,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',6,1795809477840198,3,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',7,1795809477840198,4,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',8,1795809477840198,5,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',9,1795809477840198,0,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',1,1795809477886277,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',2,1795809477899127,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',3,1795809477899127,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',4,1795809477899127,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',5,1795809477914099,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',6,1795809477914099,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',7,1795809477921448,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',8,1795809477921448,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',9,1795809477959262,0,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',10,1795809477959262,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',11,1795809477981688,3,'success',75,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',12,1795809477981688,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',13,1795809477981688,5,'skip',75,'not run: task 4 ended the job (terminated)');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',14,1795809477981688,4,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',15,1795809477981688,0,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',1,1795809478015493,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',2,1795809478034220,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',3,1795809478034220,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',4,1795809478044812,1,'success',50,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',5,1795809478044812,2,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',6,1795809478069202,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:58.065493Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',7,1795809478086153,1,'success',50,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',8,1795809478086153,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:58.065493Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',9,1795809478086153,3,'skip',50,'not run: task 2 ended the job (deadline-exceeded)');
INSERT INTO "job_event" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',10,1795809478086153,0,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:58.065493Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',1,1795809478114844,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',2,1795809478125007,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',3,1795809478125007,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',4,1795809478125007,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',5,1795809478131838,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',6,1795809478131838,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',7,1795809478140017,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',8,1795809478140017,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-0626-7c75-8140-4f2583859750',1,1795809478182327,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-0626-7c75-8140-4f2583859750',2,1795809478189954,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-0626-7c75-8140-4f2583859750',3,1795809478189954,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-0626-7c75-8140-4f2583859750',4,1795809478189954,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-0659-788b-aef0-f591a87266c6',1,1795809478233096,0,'init',0,'');
CREATE TABLE job_reads (
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    attempt INTEGER NOT NULL,
    reads BIGINT NOT NULL,
    PRIMARY KEY (job_id, attempt)
);
CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO "migration" VALUES(1,'first');
INSERT INTO "migration" VALUES(2,'identity');
INSERT INTO "migration" VALUES(3,'requests');
INSERT INTO "migration" VALUES(4,'turns');
INSERT INTO "migration" VALUES(5,'credentials');
INSERT INTO "migration" VALUES(6,'reads');
INSERT INTO "migration" VALUES(7,'certificates');
CREATE TABLE project (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "project" VALUES('0123456789abcdef0123456789abcdef','fedcba9876543210fedcba9876543210','local-1','',1795809476094901);
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
CREATE TABLE role_grant (
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT NOT NULL REFERENCES project (id),
    role TEXT NOT NULL CHECK (role IN ('read-only', 'operator', 'admin')),
    PRIMARY KEY (user_id, project_id)
);
INSERT INTO "role_grant" VALUES('01a21e95fdfe7221996a4da29baec208','0123456789abcdef0123456789abcdef','admin');
CREATE TABLE snapshot (
    component_id TEXT NOT NULL REFERENCES component (id),
    idx INTEGER NOT NULL,
    job_id TEXT NOT NULL,
    operation TEXT NOT NULL,
    operation_status TEXT NOT NULL,
    version TEXT,
    annotations TEXT NOT NULL,
    runtime TEXT NOT NULL,
    replica INTEGER NOT NULL,
    source TEXT NOT NULL,
    build TEXT,
    resource_limit TEXT NOT NULL,
    image_url TEXT NOT NULL,
    build_id TEXT NOT NULL,
    operation_id TEXT,
    artifact TEXT NOT NULL,
    status TEXT NOT NULL,
    available_replica INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (component_id, idx)
);
INSERT INTO "snapshot" VALUES('01a21e96-0384-7d5e-b5ac-1cc383ed3c85',1,'01a21e96-03e3-7612-851e-c05327c57d45','deploy','success','1.0.0','{"version": "1.0.0"}','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','01a21e96-03e3-7612-851e-c05327c57d45',NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','running',1,1795809477733955,1795809477733955);
CREATE TABLE task (
    job_id TEXT NOT NULL REFERENCES job (id),
    idx INTEGER NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN
        ('init', 'running', 'failed', 'timeout', 'success', 'skip', 'terminating', 'terminated')),
    detail TEXT NOT NULL,
    weight INTEGER NOT NULL,
    time_limit BIGINT NOT NULL,
    done INTEGER NOT NULL CHECK (done BETWEEN 0 AND 100),
    stands INTEGER NOT NULL,
    started_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (job_id, idx)
);
INSERT INTO "task" VALUES('01a21e96-00c3-7cb6-b1c0-5a374afec0f0',1,'create-environment','success','driver simulated on node simulated',25,300000000,100,1,1795809476827072,1795809476803961,1795809476829502);
INSERT INTO "task" VALUES('01a21e96-00c3-7cb6-b1c0-5a374afec0f0',2,'record','success','',5,300000000,100,1,1795809476829502,1795809476803961,1795809476830704);
INSERT INTO "task" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809477603924,1795809477650556);
INSERT INTO "task" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809477650556,1795809477603924,1795809477693011);
INSERT INTO "task" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',3,'deploy','success','1 instance started',25,300000000,100,1,1795809477693011,1795809477603924,1795809477709886);
INSERT INTO "task" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',4,'verify','success','',20,300000000,100,1,1795809477709886,1795809477603924,1795809477729216);
INSERT INTO "task" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',5,'record','success','1 serve, 0 stopped',5,300000000,100,1,1795809477729216,1795809477603924,1795809477734127);
INSERT INTO "task" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809477788689,1795809477795098);
INSERT INTO "task" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',2,'pull','failed','image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.',10,300000000,0,0,1795809477795098,1795809477788689,1795809477832766);
INSERT INTO "task" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',3,'deploy','skip','not run: task 2 ended the job (image-missing)',25,300000000,0,0,NULL,1795809477788689,1795809477840198);
INSERT INTO "task" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',4,'verify','skip','not run: task 2 ended the job (image-missing)',20,300000000,0,0,NULL,1795809477788689,1795809477840198);
INSERT INTO "task" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',5,'record','skip','not run: task 2 ended the job (image-missing)',5,300000000,0,0,NULL,1795809477788689,1795809477840198);
INSERT INTO "task" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809477886277,1795809477899127);
INSERT INTO "task" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809477899127,1795809477886277,1795809477914099);
INSERT INTO "task" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',3,'upgrade','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795809477914099,1795809477886277,1795809477981688);
INSERT INTO "task" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',4,'verify','terminated','terminated: stopped by request during task 4 verify. Retry the job to run it again.',20,300000000,0,0,1795809477921448,1795809477886277,1795809477981688);
INSERT INTO "task" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',5,'record','skip','not run: task 4 ended the job (terminated)',5,300000000,0,0,NULL,1795809477886277,1795809477981688);
INSERT INTO "task" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',1,'restart','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795809478034220,1795809478015493,1795809478086153);
INSERT INTO "task" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',2,'verify','timeout','deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:58.065493Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.',20,300000000,0,0,1795809478044812,1795809478015493,1795809478086153);
INSERT INTO "task" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',3,'record','skip','not run: task 2 ended the job (deadline-exceeded)',5,300000000,0,0,NULL,1795809478015493,1795809478086153);
INSERT INTO "task" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809478114844,1795809478125007);
INSERT INTO "task" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809478125007,1795809478114844,1795809478131838);
INSERT INTO "task" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',3,'upgrade','success','1 instance started',25,300000000,100,1,1795809478131838,1795809478114844,1795809478140017);
INSERT INTO "task" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',4,'verify','running','',20,300000000,0,0,1795809478140017,1795809478114844,1795809478140017);
INSERT INTO "task" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',5,'record','init','',5,300000000,0,0,NULL,1795809478114844,1795809478114844);
INSERT INTO "task" VALUES('01a21e96-0626-7c75-8140-4f2583859750',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809478182327,1795809478189954);
INSERT INTO "task" VALUES('01a21e96-0626-7c75-8140-4f2583859750',2,'pull','running','',10,300000000,0,0,1795809478189954,1795809478182327,1795809478189954);
INSERT INTO "task" VALUES('01a21e96-0626-7c75-8140-4f2583859750',3,'deploy','init','',25,300000000,0,0,NULL,1795809478182327,1795809478182327);
INSERT INTO "task" VALUES('01a21e96-0626-7c75-8140-4f2583859750',4,'verify','init','',20,300000000,0,0,NULL,1795809478182327,1795809478182327);
INSERT INTO "task" VALUES('01a21e96-0626-7c75-8140-4f2583859750',5,'record','init','',5,300000000,0,0,NULL,1795809478182327,1795809478182327);
INSERT INTO "task" VALUES('01a21e96-0659-788b-aef0-f591a87266c6',1,'build','init','',40,1800000000,0,0,NULL,1795809478233096,1795809478233096);
INSERT INTO "task" VALUES('01a21e96-0659-788b-aef0-f591a87266c6',2,'pull','init','',10,300000000,0,0,NULL,1795809478233096,1795809478233096);
INSERT INTO "task" VALUES('01a21e96-0659-788b-aef0-f591a87266c6',3,'deploy','init','',25,300000000,0,0,NULL,1795809478233096,1795809478233096);
INSERT INTO "task" VALUES('01a21e96-0659-788b-aef0-f591a87266c6',4,'verify','init','',20,300000000,0,0,NULL,1795809478233096,1795809478233096);
INSERT INTO "task" VALUES('01a21e96-0659-788b-aef0-f591a87266c6',5,'record','init','',5,300000000,0,0,NULL,1795809478233096,1795809478233096);
CREATE TABLE task_log (
    job_id TEXT NOT NULL REFERENCES job (id),
    task INTEGER NOT NULL,
    position BIGINT NOT NULL,
    size INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (job_id, task, position)
);
INSERT INTO "task_log" VALUES('01a21e96-03e3-7612-851e-c05327c57d45',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21e96-049c-753c-8fe1-906d75591ef1',2,0,122,'simulated pull of nginx:1
image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.
');
INSERT INTO "task_log" VALUES('01a21e96-04fe-74f3-8d96-f155aa4b491f',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21e96-057f-7e05-b3c3-47e6ab2cefbf',2,0,171,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:58.065493Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.
');
INSERT INTO "task_log" VALUES('01a21e96-05e2-70c5-af86-a6e55f106372',2,0,26,'simulated pull of nginx:1
');
CREATE TABLE token (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT REFERENCES project (id),
    methods TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO "token" VALUES('e9535c6f7f516c97ee6870fc3bb2875c7f2147a919a929166b01e4b9b4fb9806','01a21e95fdfe7221996a4da29baec208','0123456789abcdef0123456789abcdef','password',1795809477433556,1795895877433556);
CREATE TABLE worker (
    id TEXT PRIMARY KEY,
    heartbeat_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL
);
INSERT INTO "worker" VALUES('01a21e95-ff90-7012-a60a-ae4f1611a7a1',1795809476800695,1795809491800695,1795809476800695);
CREATE TABLE worker_node (
    worker_id TEXT NOT NULL REFERENCES worker (id),
    driver TEXT NOT NULL,
    node TEXT NOT NULL,
    PRIMARY KEY (worker_id, driver)
);
INSERT INTO "worker_node" VALUES('01a21e95-ff90-7012-a60a-ae4f1611a7a1','simulated','simulated');
INSERT INTO "worker_node" VALUES('01a21e95-ff90-7012-a60a-ae4f1611a7a1','process','01a21e95-ff91-7cf8-ab69-c13d7564cf5c');
CREATE INDEX component_environment ON component (environment_id);
CREATE INDEX configuration_newest ON configuration (component_id, operated_at);
CREATE INDEX instance_component ON instance (component_id);
CREATE INDEX component_event_age ON component_event (updated_at);
CREATE UNIQUE INDEX job_active ON job (active_target) WHERE active_target IS NOT NULL;
CREATE INDEX job_queue ON job (waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX job_project ON job (project_id, id);
CREATE INDEX job_component ON job (component_id, id) WHERE component_id IS NOT NULL;
CREATE INDEX job_environment ON job (environment_id, id);
CREATE INDEX access_key_user ON access_key (user_id);
CREATE INDEX token_user ON token (user_id);
CREATE INDEX token_expiry ON token (expires_at);
CREATE INDEX request_age ON request (made_at);
CREATE INDEX job_application ON job (application_id, id) WHERE application_id IS NOT NULL;
CREATE INDEX job_requester ON job (project_id, requested_by, id);
CREATE INDEX job_ended ON job (project_id, status, id) WHERE finished_at IS NOT NULL;
CREATE INDEX job_turns ON job (project_id, waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX job_age ON job (finished_at) WHERE finished_at IS NOT NULL;
