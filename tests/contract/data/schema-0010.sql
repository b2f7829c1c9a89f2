-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 100, "status": "success", "tasks": [{"created_at": "2026-11-27T19:58:20.259852Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:20.269618Z"}, {"created_at": "2026-11-27T19:58:20.259852Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:58:20.287788Z"}, {"created_at": "2026-11-27T19:58:20.259852Z", "detail": "1 instance started", "index": 3, "name": "deploy", "status": "success", "updated_at": "2026-11-27T19:58:20.300304Z"}, {"created_at": "2026-11-27T19:58:20.259852Z", "detail": "", "index": 4, "name": "verify", "status": "success", "updated_at": "2026-11-27T19:58:20.307112Z"}, {"created_at": "2026-11-27T19:58:20.259852Z", "detail": "1 serve, 0 stopped", "index": 5, "name": "record", "status": "success", "updated_at": "2026-11-27T19:58:20.310982Z"}]}}, "environment": "01a21e96-5ac7-743d-a9b3-2ff288945aa4", "id": "01a21e96-5c63-73ed-9b71-5fb8f69bf2ab"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "failed", "tasks": [{"created_at": "2026-11-27T19:58:20.372007Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:20.383261Z"}, {"created_at": "2026-11-27T19:58:20.372007Z", "detail": "image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.", "index": 2, "name": "pull", "status": "failed", "updated_at": "2026-11-27T19:58:20.391727Z"}, {"created_at": "2026-11-27T19:58:20.372007Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 3, "name": "deploy", "status": "skip", "updated_at": "2026-11-27T19:58:20.392781Z"}, {"created_at": "2026-11-27T19:58:20.372007Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 4, "name": "verify", "status": "skip", "updated_at": "2026-11-27T19:58:20.392781Z"}, {"created_at": "2026-11-27T19:58:20.372007Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:58:20.392781Z"}]}}, "environment": "01a21e96-5ac7-743d-a9b3-2ff288945aa4", "id": "01a21e96-5cd4-737b-92f3-abc5c4e376d0"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "terminated", "tasks": [{"created_at": "2026-11-27T19:58:20.406262Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:20.413453Z"}, {"created_at": "2026-11-27T19:58:20.406262Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:58:20.425404Z"}, {"created_at": "2026-11-27T19:58:20.406262Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T19:58:20.548983Z"}, {"created_at": "2026-11-27T19:58:20.406262Z", "detail": "terminated: stopped by request during task 4 verify. Retry the job to run it again.", "index": 4, "name": "verify", "status": "terminated", "updated_at": "2026-11-27T19:58:20.548983Z"}, {"created_at": "2026-11-27T19:58:20.406262Z", "detail": "not run: task 4 ended the job (terminated)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:58:20.548983Z"}]}}, "environment": "01a21e96-5ac7-743d-a9b3-2ff288945aa4", "id": "01a21e96-5cf6-76cd-88a2-1e9f517d3f7f"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 50, "status": "timeout", "tasks": [{"created_at": "2026-11-27T19:58:20.580758Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 1, "name": "restart", "status": "success", "updated_at": "2026-11-27T19:58:20.654254Z"}, {"created_at": "2026-11-27T19:58:20.580758Z", "detail": "deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:20.630758Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.", "index": 2, "name": "verify", "status": "timeout", "updated_at": "2026-11-27T19:58:20.654254Z"}, {"created_at": "2026-11-27T19:58:20.580758Z", "detail": "not run: task 2 ended the job (deadline-exceeded)", "index": 3, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:58:20.654254Z"}]}}, "environment": "01a21e96-5ac7-743d-a9b3-2ff288945aa4", "id": "01a21e96-5da4-7327-b6cb-3a863bb15df7"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "running", "tasks": [{"created_at": "2026-11-27T19:58:20.673784Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:20.680107Z"}, {"created_at": "2026-11-27T19:58:20.673784Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:58:20.689858Z"}, {"created_at": "2026-11-27T19:58:20.673784Z", "detail": "1 instance started", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T19:58:20.700237Z"}, {"created_at": "2026-11-27T19:58:20.673784Z", "detail": "", "index": 4, "name": "verify", "status": "running", "updated_at": "2026-11-27T19:58:20.700237Z"}, {"created_at": "2026-11-27T19:58:20.673784Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:58:20.673784Z"}]}}, "environment": "01a21e96-5ac7-743d-a9b3-2ff288945aa4", "id": "01a21e96-5e01-7990-b2fd-96bd1d1577ee"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "running", "tasks": [{"created_at": "2026-11-27T19:58:20.747570Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:20.754922Z"}, {"created_at": "2026-11-27T19:58:20.747570Z", "detail": "", "index": 2, "name": "pull", "status": "running", "updated_at": "2026-11-27T19:58:20.754922Z"}, {"created_at": "2026-11-27T19:58:20.747570Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T19:58:20.747570Z"}, {"created_at": "2026-11-27T19:58:20.747570Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T19:58:20.747570Z"}, {"created_at": "2026-11-27T19:58:20.747570Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:58:20.747570Z"}]}}, "environment": "01a21e96-5ac7-743d-a9b3-2ff288945aa4", "id": "01a21e96-5e4b-741a-aedd-6b34c0747b92"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 0, "status": "init", "tasks": [{"created_at": "2026-11-27T19:58:20.818316Z", "detail": "", "index": 1, "name": "build", "status": "init", "updated_at": "2026-11-27T19:58:20.818316Z"}, {"created_at": "2026-11-27T19:58:20.818316Z", "detail": "", "index": 2, "name": "pull", "status": "init", "updated_at": "2026-11-27T19:58:20.818316Z"}, {"created_at": "2026-11-27T19:58:20.818316Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T19:58:20.818316Z"}, {"created_at": "2026-11-27T19:58:20.818316Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T19:58:20.818316Z"}, {"created_at": "2026-11-27T19:58:20.818316Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:58:20.818316Z"}]}}, "environment": "01a21e96-5ac7-743d-a9b3-2ff288945aa4", "id": "01a21e96-5e92-7870-981b-114cf487e0d6"}
CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);
INSERT INTO "access_key" VALUES('HPTESTACCESSKEY00001','01a21e96599871aa92f09d3aca58eff0','hp1:efdee771:JQFI4hvBQUc7jrhBU25tPpAOSgJMUiZkpjcVwl8kF7QlCnIBsKiM3YCPVhtLJP6RcVgnrAbBsw5gNc9exeshe2mYpi8=','made at the first start',1795809499544542);
CREATE TABLE application (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environment (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
INSERT INTO "application" VALUES('01a21e96-5c16-7c13-9e5d-fd1840b90a47','0123456789abcdef0123456789abcdef','01a21e96-5ac7-743d-a9b3-2ff288945aa4','app-1001',1795809500182800,1795809500182800);
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
    status TEXT NOT NULL CHECK (status = 'created' OR status = 'notReady' OR status = 'running' OR status = 'paused'),
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
INSERT INTO "component" VALUES('01a21e96-5c35-709e-a346-2cbfb184ead8','0123456789abcdef0123456789abcdef','01a21e96-5ac7-743d-a9b3-2ff288945aa4','01a21e96-5c16-7c13-9e5d-fd1840b90a47','cart-1002','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',1,'01a21e96-5e01-7990-b2fd-96bd1d1577ee','01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',1,NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',0,'["cart-1002-03efd3226c-j2qxm"]',4,1795809500213822,1795809500673945);
INSERT INTO "component" VALUES('01a21e96-5cba-762b-bdae-c00dcd8576de','0123456789abcdef0123456789abcdef','01a21e96-5ac7-743d-a9b3-2ff288945aa4','01a21e96-5c16-7c13-9e5d-fd1840b90a47','cart-1003','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-5cd4-737b-92f3-abc5c4e376d0','',NULL,NULL,NULL,0,'[]',1,1795809500346762,1795809500392705);
INSERT INTO "component" VALUES('01a21e96-5e3d-781a-91a1-e2e68da54a68','0123456789abcdef0123456789abcdef','01a21e96-5ac7-743d-a9b3-2ff288945aa4','01a21e96-5c16-7c13-9e5d-fd1840b90a47','cart-1004','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-5e4b-741a-aedd-6b34c0747b92','',NULL,NULL,NULL,0,'[]',1,1795809500733736,1795809500747703);
INSERT INTO "component" VALUES('01a21e96-5e7e-781d-9f93-e7eef567b190','0123456789abcdef0123456789abcdef','01a21e96-5ac7-743d-a9b3-2ff288945aa4','01a21e96-5c16-7c13-9e5d-fd1840b90a47','cart-1005','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-5e92-7870-981b-114cf487e0d6','',NULL,NULL,NULL,0,'[]',0,1795809500798613,1795809500818405);
CREATE TABLE component_event (
    component_id TEXT NOT NULL,
    name TEXT NOT NULL,
    message TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type = 'Normal' OR type = 'Warning'),
    count INTEGER NOT NULL,
    involved_object TEXT NOT NULL,
    involved_object_kind TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (component_id, involved_object, name, message)
);
INSERT INTO "component_event" VALUES('01a21e96-5c35-709e-a346-2cbfb184ead8','SuccessfulCreate','Created instance cart-1002-03efd3226c-j2qxm','Normal',1,'cart-1002-03efd3226c-j2qxm','ComponentInstance',1795809500287749,1795809500287749);
INSERT INTO "component_event" VALUES('01a21e96-5c35-709e-a346-2cbfb184ead8','ScalingReplicaSet','deploy: scaled up by 1 to 1','Normal',1,'cart-1002','Component',1795809500287749,1795809500287749);
INSERT INTO "component_event" VALUES('01a21e96-5c35-709e-a346-2cbfb184ead8','Started','Instance cart-1002-03efd3226c-j2qxm is ready','Normal',1,'cart-1002-03efd3226c-j2qxm','ComponentInstance',1795809500307009,1795809500307009);
INSERT INTO "component_event" VALUES('01a21e96-5c35-709e-a346-2cbfb184ead8','SuccessfulCreate','Created instance cart-1002-2584f0143f-z2q8r','Normal',1,'cart-1002-2584f0143f-z2q8r','ComponentInstance',1795809500425357,1795809500425357);
INSERT INTO "component_event" VALUES('01a21e96-5c35-709e-a346-2cbfb184ead8','ScalingReplicaSet','upgrade: scaled up by 1 to 1','Normal',2,'cart-1002','Component',1795809500425357,1795809500689809);
INSERT INTO "component_event" VALUES('01a21e96-5c35-709e-a346-2cbfb184ead8','SuccessfulCreate','Created instance cart-1002-6d7e6554ad-wjpph','Normal',1,'cart-1002-6d7e6554ad-wjpph','ComponentInstance',1795809500598347,1795809500598347);
INSERT INTO "component_event" VALUES('01a21e96-5c35-709e-a346-2cbfb184ead8','ScalingReplicaSet','restart: scaled up by 1 to 1','Normal',1,'cart-1002','Component',1795809500598347,1795809500598347);
INSERT INTO "component_event" VALUES('01a21e96-5c35-709e-a346-2cbfb184ead8','SuccessfulCreate','Created instance cart-1002-8850a53951-275l6','Normal',1,'cart-1002-8850a53951-275l6','ComponentInstance',1795809500689809,1795809500689809);
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
INSERT INTO "controller" VALUES('retention','01a21e96-5abd-7e9f-a744-dcfd6474d138',1795809514844472);
INSERT INTO "controller" VALUES('keep:simulated:simulated','01a21e96-5abd-7e9f-a744-dcfd6474d138',1795809514844669);
INSERT INTO "controller" VALUES('orphans:simulated:simulated','01a21e96-5abd-7e9f-a744-dcfd6474d138',1795809514844683);
INSERT INTO "controller" VALUES('remains:simulated:simulated','01a21e96-5abd-7e9f-a744-dcfd6474d138',1795809514844694);
INSERT INTO "controller" VALUES('scaling:simulated:simulated','01a21e96-5abd-7e9f-a744-dcfd6474d138',1795809514844702);
INSERT INTO "controller" VALUES('metrics:simulated:simulated','01a21e96-5abd-7e9f-a744-dcfd6474d138',1795809514844710);
INSERT INTO "controller" VALUES('keep:process:01a21e96-5abd-7e9f-a744-dcfc812aaaf7','01a21e96-5abd-7e9f-a744-dcfd6474d138',1795809514856694);
INSERT INTO "controller" VALUES('orphans:process:01a21e96-5abd-7e9f-a744-dcfc812aaaf7','01a21e96-5abd-7e9f-a744-dcfd6474d138',1795809514856727);
INSERT INTO "controller" VALUES('remains:process:01a21e96-5abd-7e9f-a744-dcfc812aaaf7','01a21e96-5abd-7e9f-a744-dcfd6474d138',1795809514856734);
INSERT INTO "controller" VALUES('scaling:process:01a21e96-5abd-7e9f-a744-dcfc812aaaf7','01a21e96-5abd-7e9f-a744-dcfd6474d138',1795809514856739);
INSERT INTO "controller" VALUES('metrics:process:01a21e96-5abd-7e9f-a744-dcfc812aaaf7','01a21e96-5abd-7e9f-a744-dcfd6474d138',1795809514856745);
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
    created_at BIGINT NOT NULL, buckets TEXT NOT NULL DEFAULT '',
    UNIQUE (project_id, name)
);
CREATE TABLE environment (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL
        CHECK (status = 'creating' OR status = 'finish' OR status = 'deleting' OR status = 'create_failed' OR status = 'delete_failed'),
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
INSERT INTO "environment" VALUES('01a21e96-5ac7-743d-a9b3-2ff288945aa4','0123456789abcdef0123456789abcdef','env-1000','finish','{"type": "exclusive"}','0','simulated','simulated','01a21e96-5ac7-7d56-89db-349f74170249',1,1795809499847722,1795809499896846);
CREATE TABLE environment_domain (
    id TEXT PRIMARY KEY,
    environment_id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
CREATE TABLE first_start (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    user_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
INSERT INTO "first_start" VALUES(1,'01a21e96599871aa92f09d3aca58eff0','0123456789abcdef0123456789abcdef',1795809499544542);
CREATE TABLE iam_domain (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
INSERT INTO "iam_domain" VALUES('fedcba9876543210fedcba9876543210','homeport',1795809499544542);
CREATE TABLE iam_user (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    password TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "iam_user" VALUES('01a21e96599871aa92f09d3aca58eff0','fedcba9876543210fedcba9876543210','tester','$argon2id$v=19$m=19456,t=2,p=1$ug3Bq2MV7MvSTytwDzKHSw$H9akaKWkpC39snmmcXDUOQeFQJbKuksBP/WHskrLO68',1795809499544542,1795809500159632);
CREATE TABLE instance (
    name TEXT PRIMARY KEY,
    component_id TEXT NOT NULL REFERENCES component (id),
    environment_id TEXT NOT NULL,
    job_id TEXT NOT NULL,
    fence BIGINT NOT NULL,
    status TEXT NOT NULL
        CHECK (status = 'creating' OR status = 'running' OR status = 'abnormal' OR status = 'failed' OR status = 'terminating'),
    orders TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
INSERT INTO "instance" VALUES('cart-1002-03efd3226c-j2qxm','01a21e96-5c35-709e-a346-2cbfb184ead8','01a21e96-5ac7-743d-a9b3-2ff288945aa4','01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',1,'running','hp1:efdee771:djwa3eZ696BFDe2WOas29TJHMO2h3UVS98yYePMg07NsD2DonSH/jsvq5efsLHwk5v/eD0N4xhoL5sRmODBy3b8eH9nY/vC+uhMaO9AAOoHlyjHMlm+97ZO6WKrh1tN+jepxi6c5isYuZuAf633Xs0vqTVgTL+3N8QuJv+y5UTBYXXddnhMPlJlFd2heNsoFaY+8M8l+CnS6riBPR44gq9PMPOuOX0tRL5f3lOdlXvo8c6skpurIvU+vauZozDgp2NRAKsznFwEn8jSeWKGp+MGQdlwc4S59QjtHK/cJI0dRgMffRTeZuFC8vblxxTwIydx6dTA+IxHhV3gOyGFYcE0/5/02NZmfQj4lGsn0Wqr8KHl8aTzl9DyFysm+/VrZsnYsbN58IdCplfhe2jR7z4IXplseU6EqSj80V1sTe/4mSJ8cdWh/02YaSRvI9Trkt7SZJYGrNPP64utV+nXMsXJD0NuCywpx9zRWHw23N5DueNbX6/WK2TqmU5+NSs2QkKmkFjua3EkBAAw8FOZak5invjKUq2Q9cfLVi52UI21W7KWbeRGKsmt5B5/ttGFr0tByz98ettqYFy8Yz+uaPJ6VskSHxf1RvpryseA6I9WwAeBMOFRgkLwqId/YPA33GWuKLaLJbPnuUsu3QhX+ki5sTgDD8+pS2+fwKMAGGchzmXYBXOBalwpLco3yBsTd2W4yQedsTl8dHiXeU+1w9R3MVsq1SJT/A+5gMtWK07xTvfJN495xRXkxMbqjVOrZjfO80+VcoksFpia4oFfyIwe+u6D8vjZqGlkfZK7nroLllIrm69OpmpSUlZE6uM+83Wj/5h2GHUCHj0mqDPAZqLI1jNqOT5n15k+IM0IFQHdMk/q1SzrmKHeNGdrvdhFwLgUWeSwi5wJ3BTJR7Vtx57PSCeEgMFLfiFcPTMZ6bNtytgi8oZyT/FrXtz9np+2spgNABUYuLQbzkwHgW3R3tNfPgnm/B5oZK/333b+sHkI7FIiR8Ra75MGOa9AvNDARpp2pnzfvUfi8GMjZuKzbgkDc1Gn+2GINcTFqRnppXwg+DPNLglfuz5hdeYUwxMzwYrkhPI+LLHPwtTHamkQsOQQJ8qIO5A==',1795809500287595,1795809500307009);
INSERT INTO "instance" VALUES('cart-1002-8850a53951-275l6','01a21e96-5c35-709e-a346-2cbfb184ead8','01a21e96-5ac7-743d-a9b3-2ff288945aa4','01a21e96-5e01-7990-b2fd-96bd1d1577ee',4,'creating','hp1:efdee771:l5aWNzAYSqwV09vVy8f8iPoNVABAOaAJPhtgnIpA/vBtVO3xniwRsLXM3QW+NnXnalyX3Muj0iB1lM5/lS2MaQ5byvSLdzcPqczu1QtuziOtd1tikqz/nTbbiqZbq+ndG6EIE4hqadmlrWBdVvXl8SI4FmPaH56jrUge8RMsUNJQoJr5Js9teMNytKPJKAB2x4AIWCnF812vxr8helUL3i4hBX77TPOzxF+hmNwOCKgUkLHkVqQ4GKcsqO2sgVmN7Lal9vKYubztCL8UR/G6ymc5UTWnU2s7M0caSnPuCYiTgDwny7sLFv283aja/EoTuDxjpTaELDlVj9tYE/Ng5DCIOr3+8iZMFUxAKoUKbGwNvY7PqBnKN17OxGIli8KQGsVBKtJ3lbh9rIlH+wkYvv3R8t3VQtTF8fo2etnnwle8NKz6sb9DLelih9FlfDS8HA3O9Dpb+tK3RcMS8ROTo4mI26ojbTFTOxKiDmiGyTr2Jv6Ih1gZba1M9XcgOGqLK2eRJuGP2IiB6+xQqp1LlRvddPD8HtYDvzL5utHPeoKEchpBXpIH1Qznt09GBKKl5e5ZBTduGMeQFni04pRcbSK3fh0cuW7jOUG+dVi/5Gg/C9TdRafm0PIV3fcC1NP0+QbC1Fvi1/tXezyed0dH/F9v+OG//vYLgH4FWBPUF0pliLSoe9/1kjkPBwULz35jtfebjBKmO2Xzi9FYZRiRXuYsZoQIf6RHUjqiZFdhfnvZwPjf2KpADZYU8irlt97tsi2/kBzgFB3BNVzhiownJ9LfJjPNImeASzelFExfgInhUqDaL7nbwMsYL0BsUDk+JBKm5vxYEdK5mjbFcLIjkc8tc5z6JhpoGK+NR5Z1WnubYnSPmChwDZSe/cd7ug5GWi2uMEMwYZmSOaAuCIOMiloGNVYw3YalJ6pmNp0g1swa2xIJ9c6TZLnq+m4c+9NCxmBe2c+lcsGmyceoZniBdKTrBqkriCrg2s516o0/OuGlD+XQn8wh7NcbVyneO/d/H6QMIM8HMAuO9njkUj6kovlq/X0tY72T2vBKm/6BkmcRX7tTU3djCTx1I2ItudncwBCB3fBMAQ61w3qopGHdii92hYaOfjmjR5Jk52QT',1795809500689638,1795809500689638);
CREATE TABLE job (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL,
    application_id TEXT,
    component_id TEXT,
    action TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status = 'init' OR status = 'running' OR status = 'failed' OR status = 'timeout' OR status = 'success' OR status = 'skip' OR status = 'terminating' OR status = 'terminated'),
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
INSERT INTO "job" VALUES('01a21e96-5ac7-7d56-89db-349f74170249','0123456789abcdef0123456789abcdef','01a21e96-5ac7-743d-a9b3-2ff288945aa4',NULL,NULL,'create-environment','success',100,7,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"creating","replica":0,"route":[]},"driver":"simulated","while_running":"creating","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"type\": \"exclusive\"}","version":null,"runtime":"","replica":0,"source":"null","build":null,"resource_limit":"null","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"","build_id":"","script":""}',NULL,NULL,1795810039847722,0,1795809499847722,1795809499871257,1795809499896916,'tester',NULL,NULL,1795809499896916,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"create-environment","status":"success","detail":"driver simulated on node simulated","created_at":"2026-11-27T19:58:19.847722Z","updated_at":"2026-11-27T19:58:19.886927Z"},{"index":2,"name":"record","status":"success","detail":"","created_at":"2026-11-27T19:58:19.847722Z","updated_at":"2026-11-27T19:58:19.896916Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab','0123456789abcdef0123456789abcdef','01a21e96-5ac7-743d-a9b3-2ff288945aa4','01a21e96-5c16-7c13-9e5d-fd1840b90a47','01a21e96-5c35-709e-a346-2cbfb184ead8','deploy','success',100,12,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795810040259852,0,1795809500259852,1795809500269618,1795809500310982,'tester',NULL,NULL,1795809500310982,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:20.259852Z","updated_at":"2026-11-27T19:58:20.269618Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:58:20.259852Z","updated_at":"2026-11-27T19:58:20.287788Z"},{"index":3,"name":"deploy","status":"success","detail":"1 instance started","created_at":"2026-11-27T19:58:20.259852Z","updated_at":"2026-11-27T19:58:20.300304Z"},{"index":4,"name":"verify","status":"success","detail":"","created_at":"2026-11-27T19:58:20.259852Z","updated_at":"2026-11-27T19:58:20.307112Z"},{"index":5,"name":"record","status":"success","detail":"1 serve, 0 stopped","created_at":"2026-11-27T19:58:20.259852Z","updated_at":"2026-11-27T19:58:20.310982Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0','0123456789abcdef0123456789abcdef','01a21e96-5ac7-743d-a9b3-2ff288945aa4','01a21e96-5c16-7c13-9e5d-fd1840b90a47','01a21e96-5cba-762b-bdae-c00dcd8576de','deploy','failed',40,9,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=fail:image-missing"}',NULL,'{"status":"failed","cause":"image-missing","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","task":2}',1795810040372007,0,1795809500372007,1795809500383261,1795809500392781,'tester',NULL,NULL,1795809500392781,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"failed","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:20.372007Z","updated_at":"2026-11-27T19:58:20.383261Z"},{"index":2,"name":"pull","status":"failed","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","created_at":"2026-11-27T19:58:20.372007Z","updated_at":"2026-11-27T19:58:20.391727Z"},{"index":3,"name":"deploy","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:58:20.372007Z","updated_at":"2026-11-27T19:58:20.392781Z"},{"index":4,"name":"verify","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:58:20.372007Z","updated_at":"2026-11-27T19:58:20.392781Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:58:20.372007Z","updated_at":"2026-11-27T19:58:20.392781Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f','0123456789abcdef0123456789abcdef','01a21e96-5ac7-743d-a9b3-2ff288945aa4','01a21e96-5c16-7c13-9e5d-fd1840b90a47','01a21e96-5c35-709e-a346-2cbfb184ead8','upgrade','terminated',75,15,2,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-03efd3226c-j2qxm"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21e96-5c63-73ed-9b71-5fb8f69bf2ab","script":"ready=never"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','{"status":"terminated","cause":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","task":4}',1795810040406262,0,1795809500406262,1795809500413453,1795809500548983,'tester',NULL,NULL,1795809500548983,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"terminated","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:20.406262Z","updated_at":"2026-11-27T19:58:20.413453Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:58:20.406262Z","updated_at":"2026-11-27T19:58:20.425404Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T19:58:20.406262Z","updated_at":"2026-11-27T19:58:20.548983Z"},{"index":4,"name":"verify","status":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","created_at":"2026-11-27T19:58:20.406262Z","updated_at":"2026-11-27T19:58:20.548983Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 4 ended the job (terminated)","created_at":"2026-11-27T19:58:20.406262Z","updated_at":"2026-11-27T19:58:20.548983Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7','0123456789abcdef0123456789abcdef','01a21e96-5ac7-743d-a9b3-2ff288945aa4','01a21e96-5c16-7c13-9e5d-fd1840b90a47','01a21e96-5c35-709e-a346-2cbfb184ead8','restart','timeout',50,10,3,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-03efd3226c-j2qxm"]},"driver":"simulated","while_running":"notReady","time_limit":50000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}},"image_url":"nginx:1","build_id":"01a21e96-5c63-73ed-9b71-5fb8f69bf2ab","script":"ready=never"}',NULL,'{"status":"timeout","cause":"deadline-exceeded","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:20.630758Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","task":2}',1795809500630758,1,1795809500580758,1795809500597664,1795809500654254,'tester',NULL,NULL,1795809500654254,'{"api_version":"v1","kind":"Job","spec":{"progress":50,"status":"timeout","tasks":[{"index":1,"name":"restart","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T19:58:20.580758Z","updated_at":"2026-11-27T19:58:20.654254Z"},{"index":2,"name":"verify","status":"timeout","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:20.630758Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","created_at":"2026-11-27T19:58:20.580758Z","updated_at":"2026-11-27T19:58:20.654254Z"},{"index":3,"name":"record","status":"skip","detail":"not run: task 2 ended the job (deadline-exceeded)","created_at":"2026-11-27T19:58:20.580758Z","updated_at":"2026-11-27T19:58:20.654254Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee','0123456789abcdef0123456789abcdef','01a21e96-5ac7-743d-a9b3-2ff288945aa4','01a21e96-5c16-7c13-9e5d-fd1840b90a47','01a21e96-5c35-709e-a346-2cbfb184ead8','upgrade','running',75,8,4,'01a21e96-5abc-7d97-8b55-3161c7f750c9','simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-03efd3226c-j2qxm"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21e96-5c63-73ed-9b71-5fb8f69bf2ab","script":"ready=3s"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795810040673784,0,1795809500673784,1795809500680107,NULL,'tester','01a21e96-5c35-709e-a346-2cbfb184ead8',1795809500673784,1795809500700237,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:20.673784Z","updated_at":"2026-11-27T19:58:20.680107Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:58:20.673784Z","updated_at":"2026-11-27T19:58:20.689858Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started","created_at":"2026-11-27T19:58:20.673784Z","updated_at":"2026-11-27T19:58:20.700237Z"},{"index":4,"name":"verify","status":"running","detail":"","created_at":"2026-11-27T19:58:20.673784Z","updated_at":"2026-11-27T19:58:20.700237Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:58:20.673784Z","updated_at":"2026-11-27T19:58:20.673784Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-5e4b-741a-aedd-6b34c0747b92','0123456789abcdef0123456789abcdef','01a21e96-5ac7-743d-a9b3-2ff288945aa4','01a21e96-5c16-7c13-9e5d-fd1840b90a47','01a21e96-5e3d-781a-91a1-e2e68da54a68','deploy','running',40,4,1,'01a21e96-5abc-7d97-8b55-3161c7f750c9','simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=3s"}',NULL,NULL,1795810040747570,0,1795809500747570,1795809500754922,NULL,'tester','01a21e96-5e3d-781a-91a1-e2e68da54a68',1795809500747570,1795809500754922,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:20.747570Z","updated_at":"2026-11-27T19:58:20.754922Z"},{"index":2,"name":"pull","status":"running","detail":"","created_at":"2026-11-27T19:58:20.747570Z","updated_at":"2026-11-27T19:58:20.754922Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T19:58:20.747570Z","updated_at":"2026-11-27T19:58:20.747570Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T19:58:20.747570Z","updated_at":"2026-11-27T19:58:20.747570Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:58:20.747570Z","updated_at":"2026-11-27T19:58:20.747570Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-5e92-7870-981b-114cf487e0d6','0123456789abcdef0123456789abcdef','01a21e96-5ac7-743d-a9b3-2ff288945aa4','01a21e96-5c16-7c13-9e5d-fd1840b90a47','01a21e96-5e7e-781d-9f93-e7eef567b190','deploy','init',0,1,0,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}',NULL,NULL,1795810040818316,0,1795809500818316,NULL,NULL,'tester','01a21e96-5e7e-781d-9f93-e7eef567b190',1795809500818316,1795809500818316,'{"api_version":"v1","kind":"Job","spec":{"progress":0,"status":"init","tasks":[{"index":1,"name":"build","status":"init","detail":"","created_at":"2026-11-27T19:58:20.818316Z","updated_at":"2026-11-27T19:58:20.818316Z"},{"index":2,"name":"pull","status":"init","detail":"","created_at":"2026-11-27T19:58:20.818316Z","updated_at":"2026-11-27T19:58:20.818316Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T19:58:20.818316Z","updated_at":"2026-11-27T19:58:20.818316Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T19:58:20.818316Z","updated_at":"2026-11-27T19:58:20.818316Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:58:20.818316Z","updated_at":"2026-11-27T19:58:20.818316Z"}]}}',0);
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
INSERT INTO "job_event" VALUES('01a21e96-5ac7-7d56-89db-349f74170249',1,1795809499847722,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5ac7-7d56-89db-349f74170249',2,1795809499871257,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5ac7-7d56-89db-349f74170249',3,1795809499871257,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5ac7-7d56-89db-349f74170249',4,1795809499886927,1,'success',83,'driver simulated on node simulated');
INSERT INTO "job_event" VALUES('01a21e96-5ac7-7d56-89db-349f74170249',5,1795809499886927,2,'running',83,'');
INSERT INTO "job_event" VALUES('01a21e96-5ac7-7d56-89db-349f74170249',6,1795809499896916,2,'success',99,'');
INSERT INTO "job_event" VALUES('01a21e96-5ac7-7d56-89db-349f74170249',7,1795809499896916,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',1,1795809500259852,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',2,1795809500269618,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',3,1795809500269618,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',4,1795809500269618,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',5,1795809500287788,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',6,1795809500287788,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',7,1795809500300304,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',8,1795809500300304,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',9,1795809500307112,4,'success',95,'');
INSERT INTO "job_event" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',10,1795809500307112,5,'running',95,'');
INSERT INTO "job_event" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',11,1795809500310982,5,'success',99,'1 serve, 0 stopped');
INSERT INTO "job_event" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',12,1795809500310982,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',1,1795809500372007,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',2,1795809500383261,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',3,1795809500383261,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',4,1795809500383261,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',5,1795809500391727,2,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',6,1795809500392781,3,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',7,1795809500392781,4,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',8,1795809500392781,5,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',9,1795809500392781,0,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',1,1795809500406262,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',2,1795809500413453,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',3,1795809500413453,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',4,1795809500413453,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',5,1795809500425404,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',6,1795809500425404,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',7,1795809500449807,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',8,1795809500449807,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',9,1795809500510469,0,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',10,1795809500510469,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',11,1795809500548983,3,'success',75,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',12,1795809500548983,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',13,1795809500548983,5,'skip',75,'not run: task 4 ended the job (terminated)');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',14,1795809500548983,4,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',15,1795809500548983,0,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',1,1795809500580758,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',2,1795809500597664,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',3,1795809500597664,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',4,1795809500621111,1,'success',50,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',5,1795809500621111,2,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',6,1795809500643074,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:20.630758Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',7,1795809500654254,1,'success',50,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',8,1795809500654254,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:20.630758Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',9,1795809500654254,3,'skip',50,'not run: task 2 ended the job (deadline-exceeded)');
INSERT INTO "job_event" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',10,1795809500654254,0,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:20.630758Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',1,1795809500673784,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',2,1795809500680107,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',3,1795809500680107,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',4,1795809500680107,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',5,1795809500689858,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',6,1795809500689858,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',7,1795809500700237,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',8,1795809500700237,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-5e4b-741a-aedd-6b34c0747b92',1,1795809500747570,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5e4b-741a-aedd-6b34c0747b92',2,1795809500754922,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-5e4b-741a-aedd-6b34c0747b92',3,1795809500754922,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-5e4b-741a-aedd-6b34c0747b92',4,1795809500754922,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-5e92-7870-981b-114cf487e0d6',1,1795809500818316,0,'init',0,'');
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
INSERT INTO "migration" VALUES(8,'domains_volumes');
INSERT INTO "migration" VALUES(9,'buckets');
INSERT INTO "migration" VALUES(10,'readings');
CREATE TABLE project (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "project" VALUES('0123456789abcdef0123456789abcdef','fedcba9876543210fedcba9876543210','local-1','',1795809499544542);
CREATE TABLE reading (
    component_id TEXT PRIMARY KEY,
    readings TEXT NOT NULL,
    read_at BIGINT NOT NULL
);
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
    role TEXT NOT NULL CHECK (role = 'read-only' OR role = 'operator' OR role = 'admin'),
    PRIMARY KEY (user_id, project_id)
);
INSERT INTO "role_grant" VALUES('01a21e96599871aa92f09d3aca58eff0','0123456789abcdef0123456789abcdef','admin');
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
INSERT INTO "snapshot" VALUES('01a21e96-5c35-709e-a346-2cbfb184ead8',1,'01a21e96-5c63-73ed-9b71-5fb8f69bf2ab','deploy','success','1.0.0','{"version": "1.0.0"}','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','running',1,1795809500310857,1795809500310857);
CREATE TABLE task (
    job_id TEXT NOT NULL REFERENCES job (id),
    idx INTEGER NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status = 'init' OR status = 'running' OR status = 'failed' OR status = 'timeout' OR status = 'success' OR status = 'skip' OR status = 'terminating' OR status = 'terminated'),
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
INSERT INTO "task" VALUES('01a21e96-5ac7-7d56-89db-349f74170249',1,'create-environment','success','driver simulated on node simulated',25,300000000,100,1,1795809499871257,1795809499847722,1795809499886927);
INSERT INTO "task" VALUES('01a21e96-5ac7-7d56-89db-349f74170249',2,'record','success','',5,300000000,100,1,1795809499886927,1795809499847722,1795809499896916);
INSERT INTO "task" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809500259852,1795809500269618);
INSERT INTO "task" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809500269618,1795809500259852,1795809500287788);
INSERT INTO "task" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',3,'deploy','success','1 instance started',25,300000000,100,1,1795809500287788,1795809500259852,1795809500300304);
INSERT INTO "task" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',4,'verify','success','',20,300000000,100,1,1795809500300304,1795809500259852,1795809500307112);
INSERT INTO "task" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',5,'record','success','1 serve, 0 stopped',5,300000000,100,1,1795809500307112,1795809500259852,1795809500310982);
INSERT INTO "task" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809500372007,1795809500383261);
INSERT INTO "task" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',2,'pull','failed','image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.',10,300000000,0,0,1795809500383261,1795809500372007,1795809500391727);
INSERT INTO "task" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',3,'deploy','skip','not run: task 2 ended the job (image-missing)',25,300000000,0,0,NULL,1795809500372007,1795809500392781);
INSERT INTO "task" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',4,'verify','skip','not run: task 2 ended the job (image-missing)',20,300000000,0,0,NULL,1795809500372007,1795809500392781);
INSERT INTO "task" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',5,'record','skip','not run: task 2 ended the job (image-missing)',5,300000000,0,0,NULL,1795809500372007,1795809500392781);
INSERT INTO "task" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809500406262,1795809500413453);
INSERT INTO "task" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809500413453,1795809500406262,1795809500425404);
INSERT INTO "task" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',3,'upgrade','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795809500425404,1795809500406262,1795809500548983);
INSERT INTO "task" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',4,'verify','terminated','terminated: stopped by request during task 4 verify. Retry the job to run it again.',20,300000000,0,0,1795809500449807,1795809500406262,1795809500548983);
INSERT INTO "task" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',5,'record','skip','not run: task 4 ended the job (terminated)',5,300000000,0,0,NULL,1795809500406262,1795809500548983);
INSERT INTO "task" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',1,'restart','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795809500597664,1795809500580758,1795809500654254);
INSERT INTO "task" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',2,'verify','timeout','deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:20.630758Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.',20,300000000,0,0,1795809500621111,1795809500580758,1795809500654254);
INSERT INTO "task" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',3,'record','skip','not run: task 2 ended the job (deadline-exceeded)',5,300000000,0,0,NULL,1795809500580758,1795809500654254);
INSERT INTO "task" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809500673784,1795809500680107);
INSERT INTO "task" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809500680107,1795809500673784,1795809500689858);
INSERT INTO "task" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',3,'upgrade','success','1 instance started',25,300000000,100,1,1795809500689858,1795809500673784,1795809500700237);
INSERT INTO "task" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',4,'verify','running','',20,300000000,0,0,1795809500700237,1795809500673784,1795809500700237);
INSERT INTO "task" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',5,'record','init','',5,300000000,0,0,NULL,1795809500673784,1795809500673784);
INSERT INTO "task" VALUES('01a21e96-5e4b-741a-aedd-6b34c0747b92',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809500747570,1795809500754922);
INSERT INTO "task" VALUES('01a21e96-5e4b-741a-aedd-6b34c0747b92',2,'pull','running','',10,300000000,0,0,1795809500754922,1795809500747570,1795809500754922);
INSERT INTO "task" VALUES('01a21e96-5e4b-741a-aedd-6b34c0747b92',3,'deploy','init','',25,300000000,0,0,NULL,1795809500747570,1795809500747570);
INSERT INTO "task" VALUES('01a21e96-5e4b-741a-aedd-6b34c0747b92',4,'verify','init','',20,300000000,0,0,NULL,1795809500747570,1795809500747570);
INSERT INTO "task" VALUES('01a21e96-5e4b-741a-aedd-6b34c0747b92',5,'record','init','',5,300000000,0,0,NULL,1795809500747570,1795809500747570);
INSERT INTO "task" VALUES('01a21e96-5e92-7870-981b-114cf487e0d6',1,'build','init','',40,1800000000,0,0,NULL,1795809500818316,1795809500818316);
INSERT INTO "task" VALUES('01a21e96-5e92-7870-981b-114cf487e0d6',2,'pull','init','',10,300000000,0,0,NULL,1795809500818316,1795809500818316);
INSERT INTO "task" VALUES('01a21e96-5e92-7870-981b-114cf487e0d6',3,'deploy','init','',25,300000000,0,0,NULL,1795809500818316,1795809500818316);
INSERT INTO "task" VALUES('01a21e96-5e92-7870-981b-114cf487e0d6',4,'verify','init','',20,300000000,0,0,NULL,1795809500818316,1795809500818316);
INSERT INTO "task" VALUES('01a21e96-5e92-7870-981b-114cf487e0d6',5,'record','init','',5,300000000,0,0,NULL,1795809500818316,1795809500818316);
CREATE TABLE task_log (
    job_id TEXT NOT NULL REFERENCES job (id),
    task INTEGER NOT NULL,
    position BIGINT NOT NULL,
    size INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (job_id, task, position)
);
INSERT INTO "task_log" VALUES('01a21e96-5c63-73ed-9b71-5fb8f69bf2ab',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21e96-5cd4-737b-92f3-abc5c4e376d0',2,0,122,'simulated pull of nginx:1
image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.
');
INSERT INTO "task_log" VALUES('01a21e96-5cf6-76cd-88a2-1e9f517d3f7f',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21e96-5da4-7327-b6cb-3a863bb15df7',2,0,171,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:20.630758Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.
');
INSERT INTO "task_log" VALUES('01a21e96-5e01-7990-b2fd-96bd1d1577ee',2,0,26,'simulated pull of nginx:1
');
CREATE TABLE token (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT REFERENCES project (id),
    methods TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO "token" VALUES('60bd1354e7aa2a31ec6a014bd30c63949f04ae872ff077299192689df560a9b6','01a21e96599871aa92f09d3aca58eff0','0123456789abcdef0123456789abcdef','password',1795809500159632,1795895900159632);
CREATE TABLE volume (
    id TEXT PRIMARY KEY,
    environment_id TEXT NOT NULL,
    name TEXT NOT NULL,
    resource_type TEXT NOT NULL,
    resource_sub_type TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
CREATE TABLE worker (
    id TEXT PRIMARY KEY,
    heartbeat_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL
);
INSERT INTO "worker" VALUES('01a21e96-5abc-7d97-8b55-3161c7f750c9',1795809499838413,1795809514838413,1795809499838413);
CREATE TABLE worker_node (
    worker_id TEXT NOT NULL REFERENCES worker (id),
    driver TEXT NOT NULL,
    node TEXT NOT NULL,
    PRIMARY KEY (worker_id, driver)
);
INSERT INTO "worker_node" VALUES('01a21e96-5abc-7d97-8b55-3161c7f750c9','simulated','simulated');
INSERT INTO "worker_node" VALUES('01a21e96-5abc-7d97-8b55-3161c7f750c9','process','01a21e96-5abd-7e9f-a744-dcfc812aaaf7');
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
CREATE INDEX reading_by_time ON reading (read_at);
