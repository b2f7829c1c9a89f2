-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 100, "status": "success", "tasks": [{"created_at": "2026-11-26T23:41:06.123889Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-26T23:41:06.137376Z"}, {"created_at": "2026-11-26T23:41:06.123889Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-26T23:41:06.155856Z"}, {"created_at": "2026-11-26T23:41:06.123889Z", "detail": "1 instance started", "index": 3, "name": "deploy", "status": "success", "updated_at": "2026-11-26T23:41:06.163569Z"}, {"created_at": "2026-11-26T23:41:06.123889Z", "detail": "", "index": 4, "name": "verify", "status": "success", "updated_at": "2026-11-26T23:41:06.165398Z"}, {"created_at": "2026-11-26T23:41:06.123889Z", "detail": "1 serve, 0 stopped", "index": 5, "name": "record", "status": "success", "updated_at": "2026-11-26T23:41:06.167308Z"}]}}, "environment": "01a21a3b-eef5-765f-8415-4e770ec99ddb", "id": "01a21a3b-f2cb-701d-93a5-1665af1f66c8"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "failed", "tasks": [{"created_at": "2026-11-26T23:41:06.202566Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-26T23:41:06.210349Z"}, {"created_at": "2026-11-26T23:41:06.202566Z", "detail": "image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.", "index": 2, "name": "pull", "status": "failed", "updated_at": "2026-11-26T23:41:06.217301Z"}, {"created_at": "2026-11-26T23:41:06.202566Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 3, "name": "deploy", "status": "skip", "updated_at": "2026-11-26T23:41:06.220186Z"}, {"created_at": "2026-11-26T23:41:06.202566Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 4, "name": "verify", "status": "skip", "updated_at": "2026-11-26T23:41:06.220186Z"}, {"created_at": "2026-11-26T23:41:06.202566Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-26T23:41:06.220186Z"}]}}, "environment": "01a21a3b-eef5-765f-8415-4e770ec99ddb", "id": "01a21a3b-f31a-772c-a7ef-bad1c4a7f85e"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "terminated", "tasks": [{"created_at": "2026-11-26T23:41:06.240883Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-26T23:41:06.245540Z"}, {"created_at": "2026-11-26T23:41:06.240883Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-26T23:41:06.252434Z"}, {"created_at": "2026-11-26T23:41:06.240883Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-26T23:41:06.291837Z"}, {"created_at": "2026-11-26T23:41:06.240883Z", "detail": "terminated: stopped by request during task 4 verify. Retry the job to run it again.", "index": 4, "name": "verify", "status": "terminated", "updated_at": "2026-11-26T23:41:06.291837Z"}, {"created_at": "2026-11-26T23:41:06.240883Z", "detail": "not run: task 4 ended the job (terminated)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-26T23:41:06.291837Z"}]}}, "environment": "01a21a3b-eef5-765f-8415-4e770ec99ddb", "id": "01a21a3b-f340-765c-a643-b4a66a514730"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 50, "status": "timeout", "tasks": [{"created_at": "2026-11-26T23:41:06.318075Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 1, "name": "restart", "status": "success", "updated_at": "2026-11-26T23:41:06.402636Z"}, {"created_at": "2026-11-26T23:41:06.318075Z", "detail": "deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:41:06.368075Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.", "index": 2, "name": "verify", "status": "timeout", "updated_at": "2026-11-26T23:41:06.402636Z"}, {"created_at": "2026-11-26T23:41:06.318075Z", "detail": "not run: task 2 ended the job (deadline-exceeded)", "index": 3, "name": "record", "status": "skip", "updated_at": "2026-11-26T23:41:06.402636Z"}]}}, "environment": "01a21a3b-eef5-765f-8415-4e770ec99ddb", "id": "01a21a3b-f38e-77f7-b10a-2c9226f36aee"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "running", "tasks": [{"created_at": "2026-11-26T23:41:06.438540Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-26T23:41:06.441187Z"}, {"created_at": "2026-11-26T23:41:06.438540Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-26T23:41:06.452879Z"}, {"created_at": "2026-11-26T23:41:06.438540Z", "detail": "1 instance started", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-26T23:41:06.457088Z"}, {"created_at": "2026-11-26T23:41:06.438540Z", "detail": "", "index": 4, "name": "verify", "status": "running", "updated_at": "2026-11-26T23:41:06.457088Z"}, {"created_at": "2026-11-26T23:41:06.438540Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-26T23:41:06.438540Z"}]}}, "environment": "01a21a3b-eef5-765f-8415-4e770ec99ddb", "id": "01a21a3b-f406-70cc-b3fc-5d5084ae7d2d"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "running", "tasks": [{"created_at": "2026-11-26T23:41:06.501736Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-26T23:41:06.505351Z"}, {"created_at": "2026-11-26T23:41:06.501736Z", "detail": "", "index": 2, "name": "pull", "status": "running", "updated_at": "2026-11-26T23:41:06.505351Z"}, {"created_at": "2026-11-26T23:41:06.501736Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-26T23:41:06.501736Z"}, {"created_at": "2026-11-26T23:41:06.501736Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-26T23:41:06.501736Z"}, {"created_at": "2026-11-26T23:41:06.501736Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-26T23:41:06.501736Z"}]}}, "environment": "01a21a3b-eef5-765f-8415-4e770ec99ddb", "id": "01a21a3b-f445-70fb-a365-461861e950a5"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 0, "status": "init", "tasks": [{"created_at": "2026-11-26T23:41:06.542498Z", "detail": "", "index": 1, "name": "build", "status": "init", "updated_at": "2026-11-26T23:41:06.542498Z"}, {"created_at": "2026-11-26T23:41:06.542498Z", "detail": "", "index": 2, "name": "pull", "status": "init", "updated_at": "2026-11-26T23:41:06.542498Z"}, {"created_at": "2026-11-26T23:41:06.542498Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-26T23:41:06.542498Z"}, {"created_at": "2026-11-26T23:41:06.542498Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-26T23:41:06.542498Z"}, {"created_at": "2026-11-26T23:41:06.542498Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-26T23:41:06.542498Z"}]}}, "environment": "01a21a3b-eef5-765f-8415-4e770ec99ddb", "id": "01a21a3b-f46e-77fc-af9c-f1f1c45d1f14"}
CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);
INSERT INTO "access_key" VALUES('HPTESTACCESSKEY00001','01a21a3bec337e7f9a9219d1b22fd3cf','hp1:efdee771:LSD0pBWIQ9RBc+rO7hPMRu1DDGW7W4HDb/0vSZhyGTSkkBGIseUgpbBdP/ij0DIOIBV642/ax6zVFq3rCDchaj/iTBo=','made at the first start',1795736464435760);
CREATE TABLE application (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environment (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
INSERT INTO "application" VALUES('01a21a3b-f28c-74b2-b170-cceb20eff9d4','0123456789abcdef0123456789abcdef','01a21a3b-eef5-765f-8415-4e770ec99ddb','app-2',1795736466060937,1795736466060937);
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
INSERT INTO "component" VALUES('01a21a3b-f2a5-76d9-9256-baed2ca55063','0123456789abcdef0123456789abcdef','01a21a3b-eef5-765f-8415-4e770ec99ddb','01a21a3b-f28c-74b2-b170-cceb20eff9d4','cart-3','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',1,'01a21a3b-f406-70cc-b3fc-5d5084ae7d2d','01a21a3b-f2cb-701d-93a5-1665af1f66c8',1,NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',0,'["cart-3-468a3738e4-jrxvk"]',4,1795736466085070,1795736466438641);
INSERT INTO "component" VALUES('01a21a3b-f312-7672-bcd9-422ea3d57a8b','0123456789abcdef0123456789abcdef','01a21a3b-eef5-765f-8415-4e770ec99ddb','01a21a3b-f28c-74b2-b170-cceb20eff9d4','cart-4','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21a3b-f31a-772c-a7ef-bad1c4a7f85e','',NULL,NULL,NULL,0,'[]',1,1795736466194339,1795736466219978);
INSERT INTO "component" VALUES('01a21a3b-f439-7333-b426-b19676e710dc','0123456789abcdef0123456789abcdef','01a21a3b-eef5-765f-8415-4e770ec99ddb','01a21a3b-f28c-74b2-b170-cceb20eff9d4','cart-5','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21a3b-f445-70fb-a365-461861e950a5','',NULL,NULL,NULL,0,'[]',1,1795736466489565,1795736466501841);
INSERT INTO "component" VALUES('01a21a3b-f460-7446-821d-4044f2d0e291','0123456789abcdef0123456789abcdef','01a21a3b-eef5-765f-8415-4e770ec99ddb','01a21a3b-f28c-74b2-b170-cceb20eff9d4','cart-6','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21a3b-f46e-77fc-af9c-f1f1c45d1f14','',NULL,NULL,NULL,0,'[]',0,1795736466528153,1795736466542565);
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
INSERT INTO "component_event" VALUES('01a21a3b-f2a5-76d9-9256-baed2ca55063','SuccessfulCreate','Created instance cart-3-468a3738e4-jrxvk','Normal',1,'cart-3-468a3738e4-jrxvk','ComponentInstance',1795736466155812,1795736466155812);
INSERT INTO "component_event" VALUES('01a21a3b-f2a5-76d9-9256-baed2ca55063','ScalingReplicaSet','deploy: scaled up by 1 to 1','Normal',1,'cart-3','Component',1795736466155812,1795736466155812);
INSERT INTO "component_event" VALUES('01a21a3b-f2a5-76d9-9256-baed2ca55063','Started','Instance cart-3-468a3738e4-jrxvk is ready','Normal',1,'cart-3-468a3738e4-jrxvk','ComponentInstance',1795736466165209,1795736466165209);
INSERT INTO "component_event" VALUES('01a21a3b-f2a5-76d9-9256-baed2ca55063','SuccessfulCreate','Created instance cart-3-1c8709c826-mv7q4','Normal',1,'cart-3-1c8709c826-mv7q4','ComponentInstance',1795736466252401,1795736466252401);
INSERT INTO "component_event" VALUES('01a21a3b-f2a5-76d9-9256-baed2ca55063','ScalingReplicaSet','upgrade: scaled up by 1 to 1','Normal',2,'cart-3','Component',1795736466252401,1795736466452824);
INSERT INTO "component_event" VALUES('01a21a3b-f2a5-76d9-9256-baed2ca55063','SuccessfulCreate','Created instance cart-3-dc5482a814-lrknt','Normal',1,'cart-3-dc5482a814-lrknt','ComponentInstance',1795736466331157,1795736466331157);
INSERT INTO "component_event" VALUES('01a21a3b-f2a5-76d9-9256-baed2ca55063','ScalingReplicaSet','restart: scaled up by 1 to 1','Normal',1,'cart-3','Component',1795736466331157,1795736466331157);
INSERT INTO "component_event" VALUES('01a21a3b-f2a5-76d9-9256-baed2ca55063','SuccessfulCreate','Created instance cart-3-b519f2dd5d-f96sw','Normal',1,'cart-3-b519f2dd5d-f96sw','ComponentInstance',1795736466452824,1795736466452824);
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
INSERT INTO "controller" VALUES('retention','01a21a3b-eef1-74b7-87d1-8fff57878690',1795736480146965);
INSERT INTO "controller" VALUES('keep:simulated:simulated','01a21a3b-eef1-74b7-87d1-8fff57878690',1795736480147125);
INSERT INTO "controller" VALUES('orphans:simulated:simulated','01a21a3b-eef1-74b7-87d1-8fff57878690',1795736480147136);
INSERT INTO "controller" VALUES('keep:process:01a21a3b-eeee-78da-8c08-4ec07840d2eb','01a21a3b-eef1-74b7-87d1-8fff57878690',1795736480147146);
INSERT INTO "controller" VALUES('orphans:process:01a21a3b-eeee-78da-8c08-4ec07840d2eb','01a21a3b-eef1-74b7-87d1-8fff57878690',1795736480147153);
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
INSERT INTO "environment" VALUES('01a21a3b-eef5-765f-8415-4e770ec99ddb','0123456789abcdef0123456789abcdef','env-1','finish','{"type": "exclusive"}','0','simulated','simulated','01a21a3b-eef5-7cf9-b7a8-a6f1e2ee2ea5',1,1795736465141275,1795736465204908);
CREATE TABLE first_start (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    user_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
INSERT INTO "first_start" VALUES(1,'01a21a3bec337e7f9a9219d1b22fd3cf','0123456789abcdef0123456789abcdef',1795736464435760);
CREATE TABLE iam_domain (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
INSERT INTO "iam_domain" VALUES('fedcba9876543210fedcba9876543210','homeport',1795736464435760);
CREATE TABLE iam_user (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    password TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "iam_user" VALUES('01a21a3bec337e7f9a9219d1b22fd3cf','fedcba9876543210fedcba9876543210','tester','$argon2id$v=19$m=19456,t=2,p=1$NOZzKoNiUmwwEdjTGmlaFw$HkaPd3wzZPAhrlhlYL6lORUVfsOrRj9dcCivOaAJ7kA',1795736464435760,1795736465765862);
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
INSERT INTO "instance" VALUES('cart-3-468a3738e4-jrxvk','01a21a3b-f2a5-76d9-9256-baed2ca55063','01a21a3b-eef5-765f-8415-4e770ec99ddb','01a21a3b-f2cb-701d-93a5-1665af1f66c8',1,'running','hp1:efdee771:Eb4s+MC+LeKFgVQuFxIlX+MJPk2O730NMMnUW4xyCZv7Jt7r/HwhHEiuOAB9pGGZdhNl2Z8LjOHj1+9GDwesh+wLLWPvPIXzn2KKsL8EAfVdQGZAMBeETYV5aneKtz89oy9oU7zrIdWYCIfdhOSPxP4NKQzxUyb/LGFXbdGDcZjzGvRR6FpTUOV2GXq9Ouunz264APnre4fg94Ti7tjxUnJQlXVgNskwOys7vE6Imh/DoYYoC+koblHAvClhP1NeCub8W+UcDfF6SsY5pAvlfRyrAb4lJtnpRLn04mNWkRtEx/Bwt/WRcF2q7/DADXCxUxgXi+WBn26VoyPb0URI33ih7TMTlxl7EnXCj6Scuw86kuqnzoeCskcxYDmpsS86a0rla2blDkR2TtH/KTiK8gWY+BNp66mmQhH6goXPeGQWUEt+tvyUxEBRhmg1zvLiVCQlZo63VB6URGjt7ZQWHC+BWXJAWeaLWNIderVIqvMISLVdY9NxlQRZg8QgVmNMc3UVtBtdmR7qVAwIpwtEziknOidLb/lCYzEVLvakjonnYSzQ4oPaXM2Ve856/9XOfmrOm1TB143pU4c+rYqY/ZtG1+Eg3AdaFTX/nXywvDsoBRQIuwd3X8tY1Viooxf2wJtL3ozy/nhzSawgTVIsOQT6MOiN48UG/ibZbG6CShdVQmPGK4pF4AILdxHQBIkP1jJ7pEEzevx+fs/Q00GSgVgv4Rf+AFUqc15XmkpOV6kA+ERhGh88uwQjRwkPHYtDCxp3EQ+mPCdhzo1ruidoH4nrbwvvEaAXABhOabO3B4kmg+XgcUcL4Q0oWnr/loejDaOtlqL4kw1Z1ztBPf5RK0dr8P+9pxBh3UPNXNeIrboGbFI+vDhD6o4w0KNuVGArLTJXRKpcqIXykrgvM3dJXaM9THqUjffwTmmIrAuGJtNMSc6+towuf9B/ThH3mp7jgO8Q+Mds2Y7pL8H42vsKZauaGvhRSdccPDEDBs8rrFbHQ4ynEtb3rwzMX1Wd+B7r2Hg=',1795736466155684,1795736466165209);
INSERT INTO "instance" VALUES('cart-3-b519f2dd5d-f96sw','01a21a3b-f2a5-76d9-9256-baed2ca55063','01a21a3b-eef5-765f-8415-4e770ec99ddb','01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',4,'creating','hp1:efdee771:gIhrbCncwWW6guDQl8n2WyKZiBmAhWAjl9cDUKwAYNMS46ST7HkTibwWByakW8awJXZ4nrpxn502uiSSXHnzDBMy05p2mXlSxlzt7PrWGe9fIstKuDQSXZDzlaQlIUYl1W9NRrSOywK9mWKwBYlDTHlhRrm7Rf7VPOKr9rzcKhWxI5sNS/qhT8wZSmYNe+GyMbp4X4aRF/lHyWmC9xi6M3NcQqI3+8VXi5SoBoJYcLeftaHACkuLtXHr9CCwsmPuXtrch8SeHRMvnnN6eHGamAp8O0C652T8q3Q7Kl/9jmhO3+/LtKOJpMBcMkgC+U/C646i1rOTQNKuDohR5fU7uyZ/6fKNA1lP4u+0E24Z9yCqWD6knWveG40J9IOM8TwCme2VWljELVpVUhRm/Cv/XiNF2p+DAnn9lqoIPKk5LiDiYbDLZcrWb3T31qqKxbltAOCUhR7rwHvaAowj385PaYUNCj4IMSrXMzkFByo7TMp9pU9KB/WTkRzQKO9HhAbqSw3O405toF8I3rQXIaYftDXcE5jMFVokLdLl9qk4uoYgk/BLHbceRgPVz/SKbX35vf7WU8xLjjHmSiZGXHPZ/bXpMGt4bLjJm8mpuqChlXEXNU28XczurynTGoJZiHvovvrEiGFVBf/27iTV8Lt2uDLZXIKhVbW7SlGJHwzMMPWwLz91KigEni7yTxdQtj1BvEpDl2lg8HloWEQg7ACbAI1xFO2AcP6SLqR8K56xMoUunentvkmQWZCD9HN400jleQc5vitDGESZ2K+TSl+VH2MZkzG0vz5j0rTdwWSIOurGiorog5jcJURqkW9v2Srw1R0AtgrNyWFaK3gkHa/AGyKoQ+WY1Z0o6dVKXfHFpHC1DLWKGDrGKfwblHI5JVEvBFPcL0RTgU0ysdBCnFOovJnP5U7mOg6zIOUkz6tS+KqLObYkIYbNie/WOUMdcbuvMHZqGvFDRVj3R/nkZc/TALHyjz5kRw5apnJDre7jcLTwsz7mrvC/kaKPPQNMj2U2mvvaZFYINvfFQA==',1795736466452621,1795736466452621);
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
);
INSERT INTO "job" VALUES('01a21a3b-eef5-7cf9-b7a8-a6f1e2ee2ea5','0123456789abcdef0123456789abcdef','01a21a3b-eef5-765f-8415-4e770ec99ddb',NULL,NULL,'create-environment','success',100,7,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"creating","replica":0,"route":[]},"driver":"simulated","while_running":"creating","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"type\": \"exclusive\"}","version":null,"runtime":"","replica":0,"source":"null","build":null,"resource_limit":"null","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"","build_id":"","script":""}',NULL,NULL,1795737005141275,0,1795736465141275,1795736465165834,1795736465204996,'tester',NULL,NULL,1795736465204996,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"create-environment","status":"success","detail":"driver simulated on node simulated","created_at":"2026-11-26T23:41:05.141275Z","updated_at":"2026-11-26T23:41:05.182572Z"},{"index":2,"name":"record","status":"success","detail":"","created_at":"2026-11-26T23:41:05.141275Z","updated_at":"2026-11-26T23:41:05.204996Z"}]}}');
INSERT INTO "job" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8','0123456789abcdef0123456789abcdef','01a21a3b-eef5-765f-8415-4e770ec99ddb','01a21a3b-f28c-74b2-b170-cceb20eff9d4','01a21a3b-f2a5-76d9-9256-baed2ca55063','deploy','success',100,12,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795737006123889,0,1795736466123889,1795736466137376,1795736466167308,'tester',NULL,NULL,1795736466167308,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-26T23:41:06.123889Z","updated_at":"2026-11-26T23:41:06.137376Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-26T23:41:06.123889Z","updated_at":"2026-11-26T23:41:06.155856Z"},{"index":3,"name":"deploy","status":"success","detail":"1 instance started","created_at":"2026-11-26T23:41:06.123889Z","updated_at":"2026-11-26T23:41:06.163569Z"},{"index":4,"name":"verify","status":"success","detail":"","created_at":"2026-11-26T23:41:06.123889Z","updated_at":"2026-11-26T23:41:06.165398Z"},{"index":5,"name":"record","status":"success","detail":"1 serve, 0 stopped","created_at":"2026-11-26T23:41:06.123889Z","updated_at":"2026-11-26T23:41:06.167308Z"}]}}');
INSERT INTO "job" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e','0123456789abcdef0123456789abcdef','01a21a3b-eef5-765f-8415-4e770ec99ddb','01a21a3b-f28c-74b2-b170-cceb20eff9d4','01a21a3b-f312-7672-bcd9-422ea3d57a8b','deploy','failed',40,9,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=fail:image-missing"}',NULL,'{"status":"failed","cause":"image-missing","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","task":2}',1795737006202566,0,1795736466202566,1795736466210349,1795736466220186,'tester',NULL,NULL,1795736466220186,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"failed","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-26T23:41:06.202566Z","updated_at":"2026-11-26T23:41:06.210349Z"},{"index":2,"name":"pull","status":"failed","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","created_at":"2026-11-26T23:41:06.202566Z","updated_at":"2026-11-26T23:41:06.217301Z"},{"index":3,"name":"deploy","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-26T23:41:06.202566Z","updated_at":"2026-11-26T23:41:06.220186Z"},{"index":4,"name":"verify","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-26T23:41:06.202566Z","updated_at":"2026-11-26T23:41:06.220186Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-26T23:41:06.202566Z","updated_at":"2026-11-26T23:41:06.220186Z"}]}}');
INSERT INTO "job" VALUES('01a21a3b-f340-765c-a643-b4a66a514730','0123456789abcdef0123456789abcdef','01a21a3b-eef5-765f-8415-4e770ec99ddb','01a21a3b-f28c-74b2-b170-cceb20eff9d4','01a21a3b-f2a5-76d9-9256-baed2ca55063','upgrade','terminated',75,15,2,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-3-468a3738e4-jrxvk"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21a3b-f2cb-701d-93a5-1665af1f66c8","script":"ready=never"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','{"status":"terminated","cause":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","task":4}',1795737006240883,0,1795736466240883,1795736466245540,1795736466291837,'tester',NULL,NULL,1795736466291837,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"terminated","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-26T23:41:06.240883Z","updated_at":"2026-11-26T23:41:06.245540Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-26T23:41:06.240883Z","updated_at":"2026-11-26T23:41:06.252434Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-26T23:41:06.240883Z","updated_at":"2026-11-26T23:41:06.291837Z"},{"index":4,"name":"verify","status":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","created_at":"2026-11-26T23:41:06.240883Z","updated_at":"2026-11-26T23:41:06.291837Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 4 ended the job (terminated)","created_at":"2026-11-26T23:41:06.240883Z","updated_at":"2026-11-26T23:41:06.291837Z"}]}}');
INSERT INTO "job" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee','0123456789abcdef0123456789abcdef','01a21a3b-eef5-765f-8415-4e770ec99ddb','01a21a3b-f28c-74b2-b170-cceb20eff9d4','01a21a3b-f2a5-76d9-9256-baed2ca55063','restart','timeout',50,10,3,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-3-468a3738e4-jrxvk"]},"driver":"simulated","while_running":"notReady","time_limit":50000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}},"image_url":"nginx:1","build_id":"01a21a3b-f2cb-701d-93a5-1665af1f66c8","script":"ready=never"}',NULL,'{"status":"timeout","cause":"deadline-exceeded","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:41:06.368075Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","task":2}',1795736466368075,1,1795736466318075,1795736466330726,1795736466402636,'tester',NULL,NULL,1795736466402636,'{"api_version":"v1","kind":"Job","spec":{"progress":50,"status":"timeout","tasks":[{"index":1,"name":"restart","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-26T23:41:06.318075Z","updated_at":"2026-11-26T23:41:06.402636Z"},{"index":2,"name":"verify","status":"timeout","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:41:06.368075Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","created_at":"2026-11-26T23:41:06.318075Z","updated_at":"2026-11-26T23:41:06.402636Z"},{"index":3,"name":"record","status":"skip","detail":"not run: task 2 ended the job (deadline-exceeded)","created_at":"2026-11-26T23:41:06.318075Z","updated_at":"2026-11-26T23:41:06.402636Z"}]}}');
INSERT INTO "job" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d','0123456789abcdef0123456789abcdef','01a21a3b-eef5-765f-8415-4e770ec99ddb','01a21a3b-f28c-74b2-b170-cceb20eff9d4','01a21a3b-f2a5-76d9-9256-baed2ca55063','upgrade','running',75,8,4,'01a21a3b-eee6-774a-b6ce-0003aff29ad7','simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-3-468a3738e4-jrxvk"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21a3b-f2cb-701d-93a5-1665af1f66c8","script":"ready=3s"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795737006438540,0,1795736466438540,1795736466441187,NULL,'tester','01a21a3b-f2a5-76d9-9256-baed2ca55063',1795736466438540,1795736466457088,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-26T23:41:06.438540Z","updated_at":"2026-11-26T23:41:06.441187Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-26T23:41:06.438540Z","updated_at":"2026-11-26T23:41:06.452879Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started","created_at":"2026-11-26T23:41:06.438540Z","updated_at":"2026-11-26T23:41:06.457088Z"},{"index":4,"name":"verify","status":"running","detail":"","created_at":"2026-11-26T23:41:06.438540Z","updated_at":"2026-11-26T23:41:06.457088Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-26T23:41:06.438540Z","updated_at":"2026-11-26T23:41:06.438540Z"}]}}');
INSERT INTO "job" VALUES('01a21a3b-f445-70fb-a365-461861e950a5','0123456789abcdef0123456789abcdef','01a21a3b-eef5-765f-8415-4e770ec99ddb','01a21a3b-f28c-74b2-b170-cceb20eff9d4','01a21a3b-f439-7333-b426-b19676e710dc','deploy','running',40,4,1,'01a21a3b-eee6-774a-b6ce-0003aff29ad7','simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=3s"}',NULL,NULL,1795737006501736,0,1795736466501736,1795736466505351,NULL,'tester','01a21a3b-f439-7333-b426-b19676e710dc',1795736466501736,1795736466505351,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-26T23:41:06.501736Z","updated_at":"2026-11-26T23:41:06.505351Z"},{"index":2,"name":"pull","status":"running","detail":"","created_at":"2026-11-26T23:41:06.501736Z","updated_at":"2026-11-26T23:41:06.505351Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-26T23:41:06.501736Z","updated_at":"2026-11-26T23:41:06.501736Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-26T23:41:06.501736Z","updated_at":"2026-11-26T23:41:06.501736Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-26T23:41:06.501736Z","updated_at":"2026-11-26T23:41:06.501736Z"}]}}');
INSERT INTO "job" VALUES('01a21a3b-f46e-77fc-af9c-f1f1c45d1f14','0123456789abcdef0123456789abcdef','01a21a3b-eef5-765f-8415-4e770ec99ddb','01a21a3b-f28c-74b2-b170-cceb20eff9d4','01a21a3b-f460-7446-821d-4044f2d0e291','deploy','init',0,1,0,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}',NULL,NULL,1795737006542498,0,1795736466542498,NULL,NULL,'tester','01a21a3b-f460-7446-821d-4044f2d0e291',1795736466542498,1795736466542498,'{"api_version":"v1","kind":"Job","spec":{"progress":0,"status":"init","tasks":[{"index":1,"name":"build","status":"init","detail":"","created_at":"2026-11-26T23:41:06.542498Z","updated_at":"2026-11-26T23:41:06.542498Z"},{"index":2,"name":"pull","status":"init","detail":"","created_at":"2026-11-26T23:41:06.542498Z","updated_at":"2026-11-26T23:41:06.542498Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-26T23:41:06.542498Z","updated_at":"2026-11-26T23:41:06.542498Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-26T23:41:06.542498Z","updated_at":"2026-11-26T23:41:06.542498Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-26T23:41:06.542498Z","updated_at":"2026-11-26T23:41:06.542498Z"}]}}');
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
INSERT INTO "job_event" VALUES('01a21a3b-eef5-7cf9-b7a8-a6f1e2ee2ea5',1,1795736465141275,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-eef5-7cf9-b7a8-a6f1e2ee2ea5',2,1795736465165834,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-eef5-7cf9-b7a8-a6f1e2ee2ea5',3,1795736465165834,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-eef5-7cf9-b7a8-a6f1e2ee2ea5',4,1795736465182572,1,'success',83,'driver simulated on node simulated');
INSERT INTO "job_event" VALUES('01a21a3b-eef5-7cf9-b7a8-a6f1e2ee2ea5',5,1795736465182572,2,'running',83,'');
INSERT INTO "job_event" VALUES('01a21a3b-eef5-7cf9-b7a8-a6f1e2ee2ea5',6,1795736465204996,2,'success',99,'');
INSERT INTO "job_event" VALUES('01a21a3b-eef5-7cf9-b7a8-a6f1e2ee2ea5',7,1795736465204996,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',1,1795736466123889,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',2,1795736466137376,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',3,1795736466137376,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',4,1795736466137376,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',5,1795736466155856,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',6,1795736466155856,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',7,1795736466163569,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',8,1795736466163569,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',9,1795736466165398,4,'success',95,'');
INSERT INTO "job_event" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',10,1795736466165398,5,'running',95,'');
INSERT INTO "job_event" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',11,1795736466167308,5,'success',99,'1 serve, 0 stopped');
INSERT INTO "job_event" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',12,1795736466167308,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',1,1795736466202566,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',2,1795736466210349,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',3,1795736466210349,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',4,1795736466210349,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',5,1795736466217301,2,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',6,1795736466220186,3,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',7,1795736466220186,4,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',8,1795736466220186,5,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',9,1795736466220186,0,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',1,1795736466240883,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',2,1795736466245540,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',3,1795736466245540,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',4,1795736466245540,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',5,1795736466252434,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',6,1795736466252434,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',7,1795736466256113,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',8,1795736466256113,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',9,1795736466277363,0,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',10,1795736466277363,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',11,1795736466291837,3,'success',75,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',12,1795736466291837,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',13,1795736466291837,5,'skip',75,'not run: task 4 ended the job (terminated)');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',14,1795736466291837,4,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',15,1795736466291837,0,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',1,1795736466318075,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',2,1795736466330726,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',3,1795736466330726,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',4,1795736466345928,1,'success',50,'1 instance started');
INSERT INTO "job_event" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',5,1795736466345928,2,'running',50,'');
INSERT INTO "job_event" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',6,1795736466380578,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:41:06.368075Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',7,1795736466402636,1,'success',50,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',8,1795736466402636,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:41:06.368075Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',9,1795736466402636,3,'skip',50,'not run: task 2 ended the job (deadline-exceeded)');
INSERT INTO "job_event" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',10,1795736466402636,0,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:41:06.368075Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',1,1795736466438540,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',2,1795736466441187,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',3,1795736466441187,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',4,1795736466441187,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',5,1795736466452879,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',6,1795736466452879,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',7,1795736466457088,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',8,1795736466457088,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21a3b-f445-70fb-a365-461861e950a5',1,1795736466501736,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-f445-70fb-a365-461861e950a5',2,1795736466505351,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a3b-f445-70fb-a365-461861e950a5',3,1795736466505351,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a3b-f445-70fb-a365-461861e950a5',4,1795736466505351,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a3b-f46e-77fc-af9c-f1f1c45d1f14',1,1795736466542498,0,'init',0,'');
CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO "migration" VALUES(1,'first');
INSERT INTO "migration" VALUES(2,'identity');
INSERT INTO "migration" VALUES(3,'requests');
INSERT INTO "migration" VALUES(4,'turns');
CREATE TABLE project (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "project" VALUES('0123456789abcdef0123456789abcdef','fedcba9876543210fedcba9876543210','local-1','',1795736464435760);
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
INSERT INTO "role_grant" VALUES('01a21a3bec337e7f9a9219d1b22fd3cf','0123456789abcdef0123456789abcdef','admin');
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
INSERT INTO "snapshot" VALUES('01a21a3b-f2a5-76d9-9256-baed2ca55063',1,'01a21a3b-f2cb-701d-93a5-1665af1f66c8','deploy','success','1.0.0','{"version": "1.0.0"}','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','01a21a3b-f2cb-701d-93a5-1665af1f66c8',NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','running',1,1795736466167222,1795736466167222);
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
INSERT INTO "task" VALUES('01a21a3b-eef5-7cf9-b7a8-a6f1e2ee2ea5',1,'create-environment','success','driver simulated on node simulated',25,300000000,100,1,1795736465165834,1795736465141275,1795736465182572);
INSERT INTO "task" VALUES('01a21a3b-eef5-7cf9-b7a8-a6f1e2ee2ea5',2,'record','success','',5,300000000,100,1,1795736465182572,1795736465141275,1795736465204996);
INSERT INTO "task" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795736466123889,1795736466137376);
INSERT INTO "task" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795736466137376,1795736466123889,1795736466155856);
INSERT INTO "task" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',3,'deploy','success','1 instance started',25,300000000,100,1,1795736466155856,1795736466123889,1795736466163569);
INSERT INTO "task" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',4,'verify','success','',20,300000000,100,1,1795736466163569,1795736466123889,1795736466165398);
INSERT INTO "task" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',5,'record','success','1 serve, 0 stopped',5,300000000,100,1,1795736466165398,1795736466123889,1795736466167308);
INSERT INTO "task" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795736466202566,1795736466210349);
INSERT INTO "task" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',2,'pull','failed','image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.',10,300000000,0,0,1795736466210349,1795736466202566,1795736466217301);
INSERT INTO "task" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',3,'deploy','skip','not run: task 2 ended the job (image-missing)',25,300000000,0,0,NULL,1795736466202566,1795736466220186);
INSERT INTO "task" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',4,'verify','skip','not run: task 2 ended the job (image-missing)',20,300000000,0,0,NULL,1795736466202566,1795736466220186);
INSERT INTO "task" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',5,'record','skip','not run: task 2 ended the job (image-missing)',5,300000000,0,0,NULL,1795736466202566,1795736466220186);
INSERT INTO "task" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795736466240883,1795736466245540);
INSERT INTO "task" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795736466245540,1795736466240883,1795736466252434);
INSERT INTO "task" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',3,'upgrade','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795736466252434,1795736466240883,1795736466291837);
INSERT INTO "task" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',4,'verify','terminated','terminated: stopped by request during task 4 verify. Retry the job to run it again.',20,300000000,0,0,1795736466256113,1795736466240883,1795736466291837);
INSERT INTO "task" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',5,'record','skip','not run: task 4 ended the job (terminated)',5,300000000,0,0,NULL,1795736466240883,1795736466291837);
INSERT INTO "task" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',1,'restart','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795736466330726,1795736466318075,1795736466402636);
INSERT INTO "task" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',2,'verify','timeout','deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:41:06.368075Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.',20,300000000,0,0,1795736466345928,1795736466318075,1795736466402636);
INSERT INTO "task" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',3,'record','skip','not run: task 2 ended the job (deadline-exceeded)',5,300000000,0,0,NULL,1795736466318075,1795736466402636);
INSERT INTO "task" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795736466438540,1795736466441187);
INSERT INTO "task" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795736466441187,1795736466438540,1795736466452879);
INSERT INTO "task" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',3,'upgrade','success','1 instance started',25,300000000,100,1,1795736466452879,1795736466438540,1795736466457088);
INSERT INTO "task" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',4,'verify','running','',20,300000000,0,0,1795736466457088,1795736466438540,1795736466457088);
INSERT INTO "task" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',5,'record','init','',5,300000000,0,0,NULL,1795736466438540,1795736466438540);
INSERT INTO "task" VALUES('01a21a3b-f445-70fb-a365-461861e950a5',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795736466501736,1795736466505351);
INSERT INTO "task" VALUES('01a21a3b-f445-70fb-a365-461861e950a5',2,'pull','running','',10,300000000,0,0,1795736466505351,1795736466501736,1795736466505351);
INSERT INTO "task" VALUES('01a21a3b-f445-70fb-a365-461861e950a5',3,'deploy','init','',25,300000000,0,0,NULL,1795736466501736,1795736466501736);
INSERT INTO "task" VALUES('01a21a3b-f445-70fb-a365-461861e950a5',4,'verify','init','',20,300000000,0,0,NULL,1795736466501736,1795736466501736);
INSERT INTO "task" VALUES('01a21a3b-f445-70fb-a365-461861e950a5',5,'record','init','',5,300000000,0,0,NULL,1795736466501736,1795736466501736);
INSERT INTO "task" VALUES('01a21a3b-f46e-77fc-af9c-f1f1c45d1f14',1,'build','init','',40,1800000000,0,0,NULL,1795736466542498,1795736466542498);
INSERT INTO "task" VALUES('01a21a3b-f46e-77fc-af9c-f1f1c45d1f14',2,'pull','init','',10,300000000,0,0,NULL,1795736466542498,1795736466542498);
INSERT INTO "task" VALUES('01a21a3b-f46e-77fc-af9c-f1f1c45d1f14',3,'deploy','init','',25,300000000,0,0,NULL,1795736466542498,1795736466542498);
INSERT INTO "task" VALUES('01a21a3b-f46e-77fc-af9c-f1f1c45d1f14',4,'verify','init','',20,300000000,0,0,NULL,1795736466542498,1795736466542498);
INSERT INTO "task" VALUES('01a21a3b-f46e-77fc-af9c-f1f1c45d1f14',5,'record','init','',5,300000000,0,0,NULL,1795736466542498,1795736466542498);
CREATE TABLE task_log (
    job_id TEXT NOT NULL REFERENCES job (id),
    task INTEGER NOT NULL,
    position BIGINT NOT NULL,
    size INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (job_id, task, position)
);
INSERT INTO "task_log" VALUES('01a21a3b-f2cb-701d-93a5-1665af1f66c8',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21a3b-f31a-772c-a7ef-bad1c4a7f85e',2,0,122,'simulated pull of nginx:1
image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.
');
INSERT INTO "task_log" VALUES('01a21a3b-f340-765c-a643-b4a66a514730',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21a3b-f38e-77f7-b10a-2c9226f36aee',2,0,171,'deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:41:06.368075Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.
');
INSERT INTO "task_log" VALUES('01a21a3b-f406-70cc-b3fc-5d5084ae7d2d',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21a3b-f445-70fb-a365-461861e950a5',2,0,26,'simulated pull of nginx:1
');
CREATE TABLE token (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT REFERENCES project (id),
    methods TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO "token" VALUES('05b9272b8acc1e19effdcde75816d8e3abebc7882e9a84bdd0343907db44d94d','01a21a3bec337e7f9a9219d1b22fd3cf','0123456789abcdef0123456789abcdef','password',1795736465765862,1795822865765862);
CREATE TABLE worker (
    id TEXT PRIMARY KEY,
    heartbeat_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL
);
INSERT INTO "worker" VALUES('01a21a3b-eee6-774a-b6ce-0003aff29ad7',1795736465140454,1795736480140454,1795736465140454);
CREATE TABLE worker_node (
    worker_id TEXT NOT NULL REFERENCES worker (id),
    driver TEXT NOT NULL,
    node TEXT NOT NULL,
    PRIMARY KEY (worker_id, driver)
);
INSERT INTO "worker_node" VALUES('01a21a3b-eee6-774a-b6ce-0003aff29ad7','simulated','simulated');
INSERT INTO "worker_node" VALUES('01a21a3b-eee6-774a-b6ce-0003aff29ad7','process','01a21a3b-eeee-78da-8c08-4ec07840d2eb');
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
