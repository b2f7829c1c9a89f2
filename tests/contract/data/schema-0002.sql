-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 100, "status": "success", "tasks": [{"created_at": "2026-11-26T23:10:24.296102Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-26T23:10:24.317165Z"}, {"created_at": "2026-11-26T23:10:24.296102Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-26T23:10:24.356318Z"}, {"created_at": "2026-11-26T23:10:24.296102Z", "detail": "1 instance started", "index": 3, "name": "deploy", "status": "success", "updated_at": "2026-11-26T23:10:24.377912Z"}, {"created_at": "2026-11-26T23:10:24.296102Z", "detail": "", "index": 4, "name": "verify", "status": "success", "updated_at": "2026-11-26T23:10:24.389725Z"}, {"created_at": "2026-11-26T23:10:24.296102Z", "detail": "1 serve, 0 stopped", "index": 5, "name": "record", "status": "success", "updated_at": "2026-11-26T23:10:24.397698Z"}]}}, "environment": "01a21a1f-d31e-72ae-9133-74407e06d2bf", "id": "01a21a1f-d828-76a3-b1ba-84d68f7e3007"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "failed", "tasks": [{"created_at": "2026-11-26T23:10:24.461815Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-26T23:10:24.472868Z"}, {"created_at": "2026-11-26T23:10:24.461815Z", "detail": "image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.", "index": 2, "name": "pull", "status": "failed", "updated_at": "2026-11-26T23:10:24.495190Z"}, {"created_at": "2026-11-26T23:10:24.461815Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 3, "name": "deploy", "status": "skip", "updated_at": "2026-11-26T23:10:24.516652Z"}, {"created_at": "2026-11-26T23:10:24.461815Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 4, "name": "verify", "status": "skip", "updated_at": "2026-11-26T23:10:24.516652Z"}, {"created_at": "2026-11-26T23:10:24.461815Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-26T23:10:24.516652Z"}]}}, "environment": "01a21a1f-d31e-72ae-9133-74407e06d2bf", "id": "01a21a1f-d8cd-721d-ad00-3543697771b6"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "terminated", "tasks": [{"created_at": "2026-11-26T23:10:24.566132Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-26T23:10:24.585828Z"}, {"created_at": "2026-11-26T23:10:24.566132Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-26T23:10:24.618661Z"}, {"created_at": "2026-11-26T23:10:24.566132Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-26T23:10:24.698074Z"}, {"created_at": "2026-11-26T23:10:24.566132Z", "detail": "terminated: stopped by request during task 4 verify. Retry the job to run it again.", "index": 4, "name": "verify", "status": "terminated", "updated_at": "2026-11-26T23:10:24.698074Z"}, {"created_at": "2026-11-26T23:10:24.566132Z", "detail": "not run: task 4 ended the job (terminated)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-26T23:10:24.698074Z"}]}}, "environment": "01a21a1f-d31e-72ae-9133-74407e06d2bf", "id": "01a21a1f-d936-7da3-a0fb-127080e3b911"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 50, "status": "timeout", "tasks": [{"created_at": "2026-11-26T23:10:24.782249Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 1, "name": "restart", "status": "success", "updated_at": "2026-11-26T23:10:24.849044Z"}, {"created_at": "2026-11-26T23:10:24.782249Z", "detail": "deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:10:24.832249Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.", "index": 2, "name": "verify", "status": "timeout", "updated_at": "2026-11-26T23:10:24.849044Z"}, {"created_at": "2026-11-26T23:10:24.782249Z", "detail": "not run: task 2 ended the job (deadline-exceeded)", "index": 3, "name": "record", "status": "skip", "updated_at": "2026-11-26T23:10:24.849044Z"}]}}, "environment": "01a21a1f-d31e-72ae-9133-74407e06d2bf", "id": "01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "running", "tasks": [{"created_at": "2026-11-26T23:10:24.906246Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-26T23:10:24.909475Z"}, {"created_at": "2026-11-26T23:10:24.906246Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-26T23:10:24.918950Z"}, {"created_at": "2026-11-26T23:10:24.906246Z", "detail": "1 instance started", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-26T23:10:24.930131Z"}, {"created_at": "2026-11-26T23:10:24.906246Z", "detail": "", "index": 4, "name": "verify", "status": "running", "updated_at": "2026-11-26T23:10:24.930131Z"}, {"created_at": "2026-11-26T23:10:24.906246Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-26T23:10:24.906246Z"}]}}, "environment": "01a21a1f-d31e-72ae-9133-74407e06d2bf", "id": "01a21a1f-da8a-7cc0-9101-a9eacfb87e18"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "running", "tasks": [{"created_at": "2026-11-26T23:10:25.046643Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-26T23:10:25.062009Z"}, {"created_at": "2026-11-26T23:10:25.046643Z", "detail": "", "index": 2, "name": "pull", "status": "running", "updated_at": "2026-11-26T23:10:25.062009Z"}, {"created_at": "2026-11-26T23:10:25.046643Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-26T23:10:25.046643Z"}, {"created_at": "2026-11-26T23:10:25.046643Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-26T23:10:25.046643Z"}, {"created_at": "2026-11-26T23:10:25.046643Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-26T23:10:25.046643Z"}]}}, "environment": "01a21a1f-d31e-72ae-9133-74407e06d2bf", "id": "01a21a1f-db16-7808-ab3e-15d16c477d42"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 0, "status": "init", "tasks": [{"created_at": "2026-11-26T23:10:25.116707Z", "detail": "", "index": 1, "name": "build", "status": "init", "updated_at": "2026-11-26T23:10:25.116707Z"}, {"created_at": "2026-11-26T23:10:25.116707Z", "detail": "", "index": 2, "name": "pull", "status": "init", "updated_at": "2026-11-26T23:10:25.116707Z"}, {"created_at": "2026-11-26T23:10:25.116707Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-26T23:10:25.116707Z"}, {"created_at": "2026-11-26T23:10:25.116707Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-26T23:10:25.116707Z"}, {"created_at": "2026-11-26T23:10:25.116707Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-26T23:10:25.116707Z"}]}}, "environment": "01a21a1f-d31e-72ae-9133-74407e06d2bf", "id": "01a21a1f-db5c-7d7c-8e66-47a1ebc99244"}
CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);
INSERT INTO "access_key" VALUES('HPTESTACCESSKEY00001','01a21a1fd0757cd9934b9ee9bcb974f6','hp1:efdee771:J5bGjiwK/g96YQT1YQ9YZ0WxUPMs01T8oiqR9DiDS4VdvwzcPDXf/GAhT+O8IvUfMcUovRiEGVV8C5ZvVVR4ESl7//g=','made at the first start',1795734622325043);
CREATE TABLE application (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environment (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
INSERT INTO "application" VALUES('01a21a1f-d776-73a9-b1f3-f3bdfbc28787','0123456789abcdef0123456789abcdef','01a21a1f-d31e-72ae-9133-74407e06d2bf','app-2',1795734624118713,1795734624118713);
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
INSERT INTO "component" VALUES('01a21a1f-d797-75f3-9439-c51e96b7bbd5','0123456789abcdef0123456789abcdef','01a21a1f-d31e-72ae-9133-74407e06d2bf','01a21a1f-d776-73a9-b1f3-f3bdfbc28787','cart-3','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',1,'01a21a1f-da8a-7cc0-9101-a9eacfb87e18','01a21a1f-d828-76a3-b1ba-84d68f7e3007',1,NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',0,'["cart-3-3dfaca7ddb-5hlfp"]',4,1795734624151469,1795734624906361);
INSERT INTO "component" VALUES('01a21a1f-d8ab-7df9-9ebd-097466b89342','0123456789abcdef0123456789abcdef','01a21a1f-d31e-72ae-9133-74407e06d2bf','01a21a1f-d776-73a9-b1f3-f3bdfbc28787','cart-4','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21a1f-d8cd-721d-ad00-3543697771b6','',NULL,NULL,NULL,0,'[]',1,1795734624427236,1795734624513474);
INSERT INTO "component" VALUES('01a21a1f-daf2-7b92-b484-eb1d13b29311','0123456789abcdef0123456789abcdef','01a21a1f-d31e-72ae-9133-74407e06d2bf','01a21a1f-d776-73a9-b1f3-f3bdfbc28787','cart-5','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21a1f-db16-7808-ab3e-15d16c477d42','',NULL,NULL,NULL,0,'[]',1,1795734625010105,1795734625046799);
INSERT INTO "component" VALUES('01a21a1f-db4c-7315-82d7-d9f119e55251','0123456789abcdef0123456789abcdef','01a21a1f-d31e-72ae-9133-74407e06d2bf','01a21a1f-d776-73a9-b1f3-f3bdfbc28787','cart-6','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21a1f-db5c-7d7c-8e66-47a1ebc99244','',NULL,NULL,NULL,0,'[]',0,1795734625100669,1795734625116803);
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
INSERT INTO "component_event" VALUES('01a21a1f-d797-75f3-9439-c51e96b7bbd5','SuccessfulCreate','Created instance cart-3-3dfaca7ddb-5hlfp','Normal',1,'cart-3-3dfaca7ddb-5hlfp','ComponentInstance',1795734624356270,1795734624356270);
INSERT INTO "component_event" VALUES('01a21a1f-d797-75f3-9439-c51e96b7bbd5','ScalingReplicaSet','deploy: scaled up by 1 to 1','Normal',1,'cart-3','Component',1795734624356270,1795734624356270);
INSERT INTO "component_event" VALUES('01a21a1f-d797-75f3-9439-c51e96b7bbd5','Started','Instance cart-3-3dfaca7ddb-5hlfp is ready','Normal',1,'cart-3-3dfaca7ddb-5hlfp','ComponentInstance',1795734624389333,1795734624389333);
INSERT INTO "component_event" VALUES('01a21a1f-d797-75f3-9439-c51e96b7bbd5','SuccessfulCreate','Created instance cart-3-d007c86436-vplvb','Normal',1,'cart-3-d007c86436-vplvb','ComponentInstance',1795734624618608,1795734624618608);
INSERT INTO "component_event" VALUES('01a21a1f-d797-75f3-9439-c51e96b7bbd5','ScalingReplicaSet','upgrade: scaled up by 1 to 1','Normal',2,'cart-3','Component',1795734624618608,1795734624918908);
INSERT INTO "component_event" VALUES('01a21a1f-d797-75f3-9439-c51e96b7bbd5','SuccessfulCreate','Created instance cart-3-2565a87501-hz52k','Normal',1,'cart-3-2565a87501-hz52k','ComponentInstance',1795734624801992,1795734624801992);
INSERT INTO "component_event" VALUES('01a21a1f-d797-75f3-9439-c51e96b7bbd5','ScalingReplicaSet','restart: scaled up by 1 to 1','Normal',1,'cart-3','Component',1795734624801992,1795734624801992);
INSERT INTO "component_event" VALUES('01a21a1f-d797-75f3-9439-c51e96b7bbd5','SuccessfulCreate','Created instance cart-3-a30c22cadb-npgbn','Normal',1,'cart-3-a30c22cadb-npgbn','ComponentInstance',1795734624918908,1795734624918908);
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
INSERT INTO "controller" VALUES('retention','01a21a1f-d162-7624-afbc-409b5dc568e1',1795734638004728);
INSERT INTO "controller" VALUES('keep:simulated:simulated','01a21a1f-d162-7624-afbc-409b5dc568e1',1795734638004874);
INSERT INTO "controller" VALUES('orphans:simulated:simulated','01a21a1f-d162-7624-afbc-409b5dc568e1',1795734638004887);
INSERT INTO "controller" VALUES('keep:process:01a21a1f-d2eb-7f4f-9b7d-8eba80f644b0','01a21a1f-d162-7624-afbc-409b5dc568e1',1795734638004899);
INSERT INTO "controller" VALUES('orphans:process:01a21a1f-d2eb-7f4f-9b7d-8eba80f644b0','01a21a1f-d162-7624-afbc-409b5dc568e1',1795734638004908);
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
INSERT INTO "environment" VALUES('01a21a1f-d31e-72ae-9133-74407e06d2bf','0123456789abcdef0123456789abcdef','env-1','finish','{"type": "exclusive"}','0','simulated','simulated','01a21a1f-d31e-7d0c-b2dd-0007dd22f1c9',1,1795734623006775,1795734623096992);
CREATE TABLE first_start (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    user_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
INSERT INTO "first_start" VALUES(1,'01a21a1fd0757cd9934b9ee9bcb974f6','0123456789abcdef0123456789abcdef',1795734622325043);
CREATE TABLE iam_domain (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
INSERT INTO "iam_domain" VALUES('fedcba9876543210fedcba9876543210','homeport',1795734622325043);
CREATE TABLE iam_user (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    password TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "iam_user" VALUES('01a21a1fd0757cd9934b9ee9bcb974f6','fedcba9876543210fedcba9876543210','tester','$argon2id$v=19$m=19456,t=2,p=1$PkRg6BgNZgSV4b+qaYsRXg$jRgWJh9Ul0lMc8UOLzwJYdp9xvYZy/qHTLywGr7TLfc',1795734622325043,1795734623885522);
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
INSERT INTO "instance" VALUES('cart-3-3dfaca7ddb-5hlfp','01a21a1f-d797-75f3-9439-c51e96b7bbd5','01a21a1f-d31e-72ae-9133-74407e06d2bf','01a21a1f-d828-76a3-b1ba-84d68f7e3007',1,'running','hp1:efdee771:EtUuAHrpDMayGQKcZi0TsWSBD2VdRUKBLClVaxUbxUHQ69zc8bvNxJYiUdMOzbgTbqIM4bv3Uw83iR33jGd42W7+ZKLFFW9naF1ibQpK/Gx5l5lqeFNdVPwXONsOhUstiMQoQDl6zHqCcy73QVLsLaoYwsdGoLV5G721v7ouv1TkFMwv6Wk3MrNVaK02gXNtzMc8HGsLmLD2SgXoKQxS3CDQ9JR0UK0ERVO9rHAG2tkBhCd2RjJSfRaRBMy0iNvw48Z9ib0HJcjV+aOpAyNpnt/wEfI5TMTM5GG+ZN/dJtrzIOv+mIXMuA3Nj8rwC8ckplCZl8F8Ku2BZxu1ytjfPgj7e1DNO+JdCsGCqz1kd8OwGupLTHws/+kk/MReyTaqTiATnG5tHb7rUWiJPvvgVod6+Pg/uDK653yD2E64I5D9twDaIRukQyGTQ4wuY+1cVa3G+LHlHh9aHR2fn5diKIhOlSXnbmGoWlMOm76UUqSUzh8blN1u6yoEdy5kBJxpO8DGKJ/6zmhbD7cBzjqSlRw9vYxumce/25DM8f/Nb9q+zVq47WQT/7kS2qZayRITo5308+7bRb/gLXjnQVaS2Hh6Ll8XnX5TdGkXzGeylu+ZH/7tGTstFUs4Tp5NGDKKetV6p+ubkhzs5PnSOKEPO2tfGZzxfsR9TfXLzqx566MBX9zIBuaxR6lw3eSTYq8fLYhJUkIiuYTkZHikGSRlQu7jY39VseA5miie8OqPctCOpk4ANmx885oj3ucAZuQ/5TIRapCh317Ngr+de1v/8Q771hoaSUytAgCzxlTws8xvnHHjcUkAqJQjYxrROpN18OWfqGPPsPFqiT+Lf6ktoY25D/HrWrjTnumuNiJfns9SSklD6xkSbgrc+9wvxPuv1QBquX/PigcaGdBHAfhY3aUVmliaGj8EXhOmoVGdZdldyopHXA5u/Eb51+JjQTMt0dpo+8eSqimu1EN2vkaRDO9huRSLEr7gW+v5QPxuVM+eIpXD6yyj08ovcM0vJktYwrg=',1795734624356101,1795734624389333);
INSERT INTO "instance" VALUES('cart-3-a30c22cadb-npgbn','01a21a1f-d797-75f3-9439-c51e96b7bbd5','01a21a1f-d31e-72ae-9133-74407e06d2bf','01a21a1f-da8a-7cc0-9101-a9eacfb87e18',4,'creating','hp1:efdee771:NFYf0WMlHAc2s/gz5+srexm9cA1nA27X9YRAvIqp4n8a/jjaz2EKbAS5UrS+F5G8qjO7nvloGOyUEAYSzeuEJZ9GVXslkyQJX+JZLJNr9mTOAAmI9FgGZzrEtM1aSMipBSzREmZEgSsTZRlO1fbAxuVOYIAd9Emo1J9mKa2AhxIE9LHCtG0e3bwluE8mveF3uyGIZDqkanXePZbw6SXu3nAjMucOerZy9uc1MGbsetkxYhG91McO5fH1UL35SNG4rINS2SnOM7C/fZtg6jxVufh1XdJ7uKM4MPzGjPNlBUE1wPuboQSuict3yWIaZVBnIzyhJqA/8R+8gt4/JRHrdMUk91CNlqHpO6OrPIIlUJh5r9r9hEozRxwVWVGlTaZKehHopxFTVqra4LESR+zDcgi4cKmwXI6LEoX/dwWN9IcGBowXzdVhbplJmom9WbAOV/aFv+Lj98J7oz2kWkaAwaVhrH837kpfrT9vidYJvS02kObywi2SRtcyMankA7o4ZGF97zPUBL4NjelT2ekNW2SywxTD6doAqKNH42qEdEncN5+poxMLdlaCWbajdHRpGGtbxSHfb4kmKH5AzMThlm9+pbqZs9cYIDYvBhQyg0wKtZtW1ztkIHzrZpE1IUgKKtDuUeWV4s80aQgz52giL5T7H9uKw7fv638pj1VkZeqAZV/0ICsr8AddJq9rrEAKJ9ycDtf9LKsjBOozSmJMfDFoL/8d44k3Dg9K1voH2Sw+nanjk2tuqWNgEowk7v9TZqsPrD154XBGatyq6GO49enJEibyrIl55noMjwqEyrUpZrkActon4BwDm12J7rPtSc2EHKnKuTmcF+2ySzbfNttcH9LXGxf4EoylMUjvNyPa8cjoht8uY6o7St5oWdsmn+xuvk6E9CI7zIoXuJc9/jQVFovd04RP6cT4oIqRnrwD26FNY8afPFuK++lrPzOt6C7dlVm4fecLgWwDdOE1+VOtq68DCwjcLBB9a+nLeCPtK6gZWMKoPh4vEf8IRFsOMqQ29uASlIQ0aw==',1795734624918764,1795734624918764);
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
INSERT INTO "job" VALUES('01a21a1f-d31e-7d0c-b2dd-0007dd22f1c9','0123456789abcdef0123456789abcdef','01a21a1f-d31e-72ae-9133-74407e06d2bf',NULL,NULL,'create-environment','success',100,7,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"creating","replica":0,"route":[]},"driver":"simulated","while_running":"creating","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"type\": \"exclusive\"}","version":null,"runtime":"","replica":0,"source":"null","build":null,"resource_limit":"null","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"","build_id":"","script":""}',NULL,NULL,1795735163006775,0,1795734623006775,1795734623039715,1795734623097058,'tester',NULL,NULL,1795734623097058,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"create-environment","status":"success","detail":"driver simulated on node simulated","created_at":"2026-11-26T23:10:23.006775Z","updated_at":"2026-11-26T23:10:23.057491Z"},{"index":2,"name":"record","status":"success","detail":"","created_at":"2026-11-26T23:10:23.006775Z","updated_at":"2026-11-26T23:10:23.097058Z"}]}}');
INSERT INTO "job" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007','0123456789abcdef0123456789abcdef','01a21a1f-d31e-72ae-9133-74407e06d2bf','01a21a1f-d776-73a9-b1f3-f3bdfbc28787','01a21a1f-d797-75f3-9439-c51e96b7bbd5','deploy','success',100,12,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795735164296102,0,1795734624296102,1795734624317165,1795734624397698,'tester',NULL,NULL,1795734624397698,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-26T23:10:24.296102Z","updated_at":"2026-11-26T23:10:24.317165Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-26T23:10:24.296102Z","updated_at":"2026-11-26T23:10:24.356318Z"},{"index":3,"name":"deploy","status":"success","detail":"1 instance started","created_at":"2026-11-26T23:10:24.296102Z","updated_at":"2026-11-26T23:10:24.377912Z"},{"index":4,"name":"verify","status":"success","detail":"","created_at":"2026-11-26T23:10:24.296102Z","updated_at":"2026-11-26T23:10:24.389725Z"},{"index":5,"name":"record","status":"success","detail":"1 serve, 0 stopped","created_at":"2026-11-26T23:10:24.296102Z","updated_at":"2026-11-26T23:10:24.397698Z"}]}}');
INSERT INTO "job" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6','0123456789abcdef0123456789abcdef','01a21a1f-d31e-72ae-9133-74407e06d2bf','01a21a1f-d776-73a9-b1f3-f3bdfbc28787','01a21a1f-d8ab-7df9-9ebd-097466b89342','deploy','failed',40,9,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=fail:image-missing"}',NULL,'{"status":"failed","cause":"image-missing","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","task":2}',1795735164461815,0,1795734624461815,1795734624472868,1795734624516652,'tester',NULL,NULL,1795734624516652,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"failed","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-26T23:10:24.461815Z","updated_at":"2026-11-26T23:10:24.472868Z"},{"index":2,"name":"pull","status":"failed","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","created_at":"2026-11-26T23:10:24.461815Z","updated_at":"2026-11-26T23:10:24.495190Z"},{"index":3,"name":"deploy","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-26T23:10:24.461815Z","updated_at":"2026-11-26T23:10:24.516652Z"},{"index":4,"name":"verify","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-26T23:10:24.461815Z","updated_at":"2026-11-26T23:10:24.516652Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-26T23:10:24.461815Z","updated_at":"2026-11-26T23:10:24.516652Z"}]}}');
INSERT INTO "job" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911','0123456789abcdef0123456789abcdef','01a21a1f-d31e-72ae-9133-74407e06d2bf','01a21a1f-d776-73a9-b1f3-f3bdfbc28787','01a21a1f-d797-75f3-9439-c51e96b7bbd5','upgrade','terminated',75,15,2,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-3-3dfaca7ddb-5hlfp"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21a1f-d828-76a3-b1ba-84d68f7e3007","script":"ready=never"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','{"status":"terminated","cause":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","task":4}',1795735164566132,0,1795734624566132,1795734624585828,1795734624698074,'tester',NULL,NULL,1795734624698074,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"terminated","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-26T23:10:24.566132Z","updated_at":"2026-11-26T23:10:24.585828Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-26T23:10:24.566132Z","updated_at":"2026-11-26T23:10:24.618661Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-26T23:10:24.566132Z","updated_at":"2026-11-26T23:10:24.698074Z"},{"index":4,"name":"verify","status":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","created_at":"2026-11-26T23:10:24.566132Z","updated_at":"2026-11-26T23:10:24.698074Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 4 ended the job (terminated)","created_at":"2026-11-26T23:10:24.566132Z","updated_at":"2026-11-26T23:10:24.698074Z"}]}}');
INSERT INTO "job" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff','0123456789abcdef0123456789abcdef','01a21a1f-d31e-72ae-9133-74407e06d2bf','01a21a1f-d776-73a9-b1f3-f3bdfbc28787','01a21a1f-d797-75f3-9439-c51e96b7bbd5','restart','timeout',50,10,3,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-3-3dfaca7ddb-5hlfp"]},"driver":"simulated","while_running":"notReady","time_limit":50000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}},"image_url":"nginx:1","build_id":"01a21a1f-d828-76a3-b1ba-84d68f7e3007","script":"ready=never"}',NULL,'{"status":"timeout","cause":"deadline-exceeded","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:10:24.832249Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","task":2}',1795734624832249,1,1795734624782249,1795734624801254,1795734624849044,'tester',NULL,NULL,1795734624849044,'{"api_version":"v1","kind":"Job","spec":{"progress":50,"status":"timeout","tasks":[{"index":1,"name":"restart","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-26T23:10:24.782249Z","updated_at":"2026-11-26T23:10:24.849044Z"},{"index":2,"name":"verify","status":"timeout","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:10:24.832249Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","created_at":"2026-11-26T23:10:24.782249Z","updated_at":"2026-11-26T23:10:24.849044Z"},{"index":3,"name":"record","status":"skip","detail":"not run: task 2 ended the job (deadline-exceeded)","created_at":"2026-11-26T23:10:24.782249Z","updated_at":"2026-11-26T23:10:24.849044Z"}]}}');
INSERT INTO "job" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18','0123456789abcdef0123456789abcdef','01a21a1f-d31e-72ae-9133-74407e06d2bf','01a21a1f-d776-73a9-b1f3-f3bdfbc28787','01a21a1f-d797-75f3-9439-c51e96b7bbd5','upgrade','running',75,8,4,'01a21a1f-d162-7624-afbc-409b5dc568e1','simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-3-3dfaca7ddb-5hlfp"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21a1f-d828-76a3-b1ba-84d68f7e3007","script":"ready=3s"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795735164906246,0,1795734624906246,1795734624909475,NULL,'tester','01a21a1f-d797-75f3-9439-c51e96b7bbd5',1795734624906246,1795734624930131,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-26T23:10:24.906246Z","updated_at":"2026-11-26T23:10:24.909475Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-26T23:10:24.906246Z","updated_at":"2026-11-26T23:10:24.918950Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started","created_at":"2026-11-26T23:10:24.906246Z","updated_at":"2026-11-26T23:10:24.930131Z"},{"index":4,"name":"verify","status":"running","detail":"","created_at":"2026-11-26T23:10:24.906246Z","updated_at":"2026-11-26T23:10:24.930131Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-26T23:10:24.906246Z","updated_at":"2026-11-26T23:10:24.906246Z"}]}}');
INSERT INTO "job" VALUES('01a21a1f-db16-7808-ab3e-15d16c477d42','0123456789abcdef0123456789abcdef','01a21a1f-d31e-72ae-9133-74407e06d2bf','01a21a1f-d776-73a9-b1f3-f3bdfbc28787','01a21a1f-daf2-7b92-b484-eb1d13b29311','deploy','running',40,4,1,'01a21a1f-d162-7624-afbc-409b5dc568e1','simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=3s"}',NULL,NULL,1795735165046643,0,1795734625046643,1795734625062009,NULL,'tester','01a21a1f-daf2-7b92-b484-eb1d13b29311',1795734625046643,1795734625062009,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-26T23:10:25.046643Z","updated_at":"2026-11-26T23:10:25.062009Z"},{"index":2,"name":"pull","status":"running","detail":"","created_at":"2026-11-26T23:10:25.046643Z","updated_at":"2026-11-26T23:10:25.062009Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-26T23:10:25.046643Z","updated_at":"2026-11-26T23:10:25.046643Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-26T23:10:25.046643Z","updated_at":"2026-11-26T23:10:25.046643Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-26T23:10:25.046643Z","updated_at":"2026-11-26T23:10:25.046643Z"}]}}');
INSERT INTO "job" VALUES('01a21a1f-db5c-7d7c-8e66-47a1ebc99244','0123456789abcdef0123456789abcdef','01a21a1f-d31e-72ae-9133-74407e06d2bf','01a21a1f-d776-73a9-b1f3-f3bdfbc28787','01a21a1f-db4c-7315-82d7-d9f119e55251','deploy','init',0,1,0,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}',NULL,NULL,1795735165116707,0,1795734625116707,NULL,NULL,'tester','01a21a1f-db4c-7315-82d7-d9f119e55251',1795734625116707,1795734625116707,'{"api_version":"v1","kind":"Job","spec":{"progress":0,"status":"init","tasks":[{"index":1,"name":"build","status":"init","detail":"","created_at":"2026-11-26T23:10:25.116707Z","updated_at":"2026-11-26T23:10:25.116707Z"},{"index":2,"name":"pull","status":"init","detail":"","created_at":"2026-11-26T23:10:25.116707Z","updated_at":"2026-11-26T23:10:25.116707Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-26T23:10:25.116707Z","updated_at":"2026-11-26T23:10:25.116707Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-26T23:10:25.116707Z","updated_at":"2026-11-26T23:10:25.116707Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-26T23:10:25.116707Z","updated_at":"2026-11-26T23:10:25.116707Z"}]}}');
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
INSERT INTO "job_event" VALUES('01a21a1f-d31e-7d0c-b2dd-0007dd22f1c9',1,1795734623006775,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-d31e-7d0c-b2dd-0007dd22f1c9',2,1795734623039715,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-d31e-7d0c-b2dd-0007dd22f1c9',3,1795734623039715,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-d31e-7d0c-b2dd-0007dd22f1c9',4,1795734623057491,1,'success',83,'driver simulated on node simulated');
INSERT INTO "job_event" VALUES('01a21a1f-d31e-7d0c-b2dd-0007dd22f1c9',5,1795734623057491,2,'running',83,'');
INSERT INTO "job_event" VALUES('01a21a1f-d31e-7d0c-b2dd-0007dd22f1c9',6,1795734623097058,2,'success',99,'');
INSERT INTO "job_event" VALUES('01a21a1f-d31e-7d0c-b2dd-0007dd22f1c9',7,1795734623097058,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',1,1795734624296102,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',2,1795734624317165,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',3,1795734624317165,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',4,1795734624317165,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',5,1795734624356318,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',6,1795734624356318,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',7,1795734624377912,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',8,1795734624377912,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',9,1795734624389725,4,'success',95,'');
INSERT INTO "job_event" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',10,1795734624389725,5,'running',95,'');
INSERT INTO "job_event" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',11,1795734624397698,5,'success',99,'1 serve, 0 stopped');
INSERT INTO "job_event" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',12,1795734624397698,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',1,1795734624461815,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',2,1795734624472868,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',3,1795734624472868,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',4,1795734624472868,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',5,1795734624495190,2,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',6,1795734624516652,3,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',7,1795734624516652,4,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',8,1795734624516652,5,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',9,1795734624516652,0,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',1,1795734624566132,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',2,1795734624585828,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',3,1795734624585828,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',4,1795734624585828,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',5,1795734624618661,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',6,1795734624618661,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',7,1795734624633346,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',8,1795734624633346,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',9,1795734624663108,0,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',10,1795734624663108,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',11,1795734624698074,3,'success',75,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',12,1795734624698074,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',13,1795734624698074,5,'skip',75,'not run: task 4 ended the job (terminated)');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',14,1795734624698074,4,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',15,1795734624698074,0,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',1,1795734624782249,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',2,1795734624801254,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',3,1795734624801254,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',4,1795734624829336,1,'success',50,'1 instance started');
INSERT INTO "job_event" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',5,1795734624829336,2,'running',50,'');
INSERT INTO "job_event" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',6,1795734624843737,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:10:24.832249Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',7,1795734624849044,1,'success',50,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',8,1795734624849044,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:10:24.832249Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',9,1795734624849044,3,'skip',50,'not run: task 2 ended the job (deadline-exceeded)');
INSERT INTO "job_event" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',10,1795734624849044,0,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:10:24.832249Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',1,1795734624906246,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',2,1795734624909475,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',3,1795734624909475,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',4,1795734624909475,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',5,1795734624918950,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',6,1795734624918950,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',7,1795734624930131,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',8,1795734624930131,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21a1f-db16-7808-ab3e-15d16c477d42',1,1795734625046643,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-db16-7808-ab3e-15d16c477d42',2,1795734625062009,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a1f-db16-7808-ab3e-15d16c477d42',3,1795734625062009,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a1f-db16-7808-ab3e-15d16c477d42',4,1795734625062009,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a1f-db5c-7d7c-8e66-47a1ebc99244',1,1795734625116707,0,'init',0,'');
CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO "migration" VALUES(1,'first');
INSERT INTO "migration" VALUES(2,'identity');
CREATE TABLE project (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "project" VALUES('0123456789abcdef0123456789abcdef','fedcba9876543210fedcba9876543210','local-1','',1795734622325043);
CREATE TABLE role_grant (
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT NOT NULL REFERENCES project (id),
    role TEXT NOT NULL CHECK (role IN ('read-only', 'operator', 'admin')),
    PRIMARY KEY (user_id, project_id)
);
INSERT INTO "role_grant" VALUES('01a21a1fd0757cd9934b9ee9bcb974f6','0123456789abcdef0123456789abcdef','admin');
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
INSERT INTO "snapshot" VALUES('01a21a1f-d797-75f3-9439-c51e96b7bbd5',1,'01a21a1f-d828-76a3-b1ba-84d68f7e3007','deploy','success','1.0.0','{"version": "1.0.0"}','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','01a21a1f-d828-76a3-b1ba-84d68f7e3007',NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','running',1,1795734624397493,1795734624397493);
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
INSERT INTO "task" VALUES('01a21a1f-d31e-7d0c-b2dd-0007dd22f1c9',1,'create-environment','success','driver simulated on node simulated',25,300000000,100,1,1795734623039715,1795734623006775,1795734623057491);
INSERT INTO "task" VALUES('01a21a1f-d31e-7d0c-b2dd-0007dd22f1c9',2,'record','success','',5,300000000,100,1,1795734623057491,1795734623006775,1795734623097058);
INSERT INTO "task" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795734624296102,1795734624317165);
INSERT INTO "task" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795734624317165,1795734624296102,1795734624356318);
INSERT INTO "task" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',3,'deploy','success','1 instance started',25,300000000,100,1,1795734624356318,1795734624296102,1795734624377912);
INSERT INTO "task" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',4,'verify','success','',20,300000000,100,1,1795734624377912,1795734624296102,1795734624389725);
INSERT INTO "task" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',5,'record','success','1 serve, 0 stopped',5,300000000,100,1,1795734624389725,1795734624296102,1795734624397698);
INSERT INTO "task" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795734624461815,1795734624472868);
INSERT INTO "task" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',2,'pull','failed','image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.',10,300000000,0,0,1795734624472868,1795734624461815,1795734624495190);
INSERT INTO "task" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',3,'deploy','skip','not run: task 2 ended the job (image-missing)',25,300000000,0,0,NULL,1795734624461815,1795734624516652);
INSERT INTO "task" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',4,'verify','skip','not run: task 2 ended the job (image-missing)',20,300000000,0,0,NULL,1795734624461815,1795734624516652);
INSERT INTO "task" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',5,'record','skip','not run: task 2 ended the job (image-missing)',5,300000000,0,0,NULL,1795734624461815,1795734624516652);
INSERT INTO "task" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795734624566132,1795734624585828);
INSERT INTO "task" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795734624585828,1795734624566132,1795734624618661);
INSERT INTO "task" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',3,'upgrade','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795734624618661,1795734624566132,1795734624698074);
INSERT INTO "task" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',4,'verify','terminated','terminated: stopped by request during task 4 verify. Retry the job to run it again.',20,300000000,0,0,1795734624633346,1795734624566132,1795734624698074);
INSERT INTO "task" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',5,'record','skip','not run: task 4 ended the job (terminated)',5,300000000,0,0,NULL,1795734624566132,1795734624698074);
INSERT INTO "task" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',1,'restart','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795734624801254,1795734624782249,1795734624849044);
INSERT INTO "task" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',2,'verify','timeout','deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:10:24.832249Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.',20,300000000,0,0,1795734624829336,1795734624782249,1795734624849044);
INSERT INTO "task" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',3,'record','skip','not run: task 2 ended the job (deadline-exceeded)',5,300000000,0,0,NULL,1795734624782249,1795734624849044);
INSERT INTO "task" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795734624906246,1795734624909475);
INSERT INTO "task" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795734624909475,1795734624906246,1795734624918950);
INSERT INTO "task" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',3,'upgrade','success','1 instance started',25,300000000,100,1,1795734624918950,1795734624906246,1795734624930131);
INSERT INTO "task" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',4,'verify','running','',20,300000000,0,0,1795734624930131,1795734624906246,1795734624930131);
INSERT INTO "task" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',5,'record','init','',5,300000000,0,0,NULL,1795734624906246,1795734624906246);
INSERT INTO "task" VALUES('01a21a1f-db16-7808-ab3e-15d16c477d42',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795734625046643,1795734625062009);
INSERT INTO "task" VALUES('01a21a1f-db16-7808-ab3e-15d16c477d42',2,'pull','running','',10,300000000,0,0,1795734625062009,1795734625046643,1795734625062009);
INSERT INTO "task" VALUES('01a21a1f-db16-7808-ab3e-15d16c477d42',3,'deploy','init','',25,300000000,0,0,NULL,1795734625046643,1795734625046643);
INSERT INTO "task" VALUES('01a21a1f-db16-7808-ab3e-15d16c477d42',4,'verify','init','',20,300000000,0,0,NULL,1795734625046643,1795734625046643);
INSERT INTO "task" VALUES('01a21a1f-db16-7808-ab3e-15d16c477d42',5,'record','init','',5,300000000,0,0,NULL,1795734625046643,1795734625046643);
INSERT INTO "task" VALUES('01a21a1f-db5c-7d7c-8e66-47a1ebc99244',1,'build','init','',40,1800000000,0,0,NULL,1795734625116707,1795734625116707);
INSERT INTO "task" VALUES('01a21a1f-db5c-7d7c-8e66-47a1ebc99244',2,'pull','init','',10,300000000,0,0,NULL,1795734625116707,1795734625116707);
INSERT INTO "task" VALUES('01a21a1f-db5c-7d7c-8e66-47a1ebc99244',3,'deploy','init','',25,300000000,0,0,NULL,1795734625116707,1795734625116707);
INSERT INTO "task" VALUES('01a21a1f-db5c-7d7c-8e66-47a1ebc99244',4,'verify','init','',20,300000000,0,0,NULL,1795734625116707,1795734625116707);
INSERT INTO "task" VALUES('01a21a1f-db5c-7d7c-8e66-47a1ebc99244',5,'record','init','',5,300000000,0,0,NULL,1795734625116707,1795734625116707);
CREATE TABLE task_log (
    job_id TEXT NOT NULL REFERENCES job (id),
    task INTEGER NOT NULL,
    position BIGINT NOT NULL,
    size INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (job_id, task, position)
);
INSERT INTO "task_log" VALUES('01a21a1f-d828-76a3-b1ba-84d68f7e3007',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21a1f-d8cd-721d-ad00-3543697771b6',2,0,122,'simulated pull of nginx:1
image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.
');
INSERT INTO "task_log" VALUES('01a21a1f-d936-7da3-a0fb-127080e3b911',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21a1f-da0e-7aeb-bed4-ab2e5fd3fcff',2,0,171,'deadline-exceeded: the job was not done by its deadline, 2026-11-26T23:10:24.832249Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.
');
INSERT INTO "task_log" VALUES('01a21a1f-da8a-7cc0-9101-a9eacfb87e18',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21a1f-db16-7808-ab3e-15d16c477d42',2,0,26,'simulated pull of nginx:1
');
CREATE TABLE token (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT REFERENCES project (id),
    methods TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO "token" VALUES('c3af29532693df1e196eb907489bb73a4b81758ef999c348f0e411396d02b3b8','01a21a1fd0757cd9934b9ee9bcb974f6','0123456789abcdef0123456789abcdef','password',1795734623885522,1795821023885522);
CREATE TABLE worker (
    id TEXT PRIMARY KEY,
    heartbeat_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL
);
INSERT INTO "worker" VALUES('01a21a1f-d162-7624-afbc-409b5dc568e1',1795734622969890,1795734637969890,1795734622969890);
CREATE TABLE worker_node (
    worker_id TEXT NOT NULL REFERENCES worker (id),
    driver TEXT NOT NULL,
    node TEXT NOT NULL,
    PRIMARY KEY (worker_id, driver)
);
INSERT INTO "worker_node" VALUES('01a21a1f-d162-7624-afbc-409b5dc568e1','simulated','simulated');
INSERT INTO "worker_node" VALUES('01a21a1f-d162-7624-afbc-409b5dc568e1','process','01a21a1f-d2eb-7f4f-9b7d-8eba80f644b0');
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
