-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 100, "status": "success", "tasks": [{"created_at": "2026-11-27T19:57:48.093402Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:57:48.103847Z"}, {"created_at": "2026-11-27T19:57:48.093402Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:57:48.124253Z"}, {"created_at": "2026-11-27T19:57:48.093402Z", "detail": "1 instance started", "index": 3, "name": "deploy", "status": "success", "updated_at": "2026-11-27T19:57:48.138440Z"}, {"created_at": "2026-11-27T19:57:48.093402Z", "detail": "", "index": 4, "name": "verify", "status": "success", "updated_at": "2026-11-27T19:57:48.145352Z"}, {"created_at": "2026-11-27T19:57:48.093402Z", "detail": "1 serve, 0 stopped", "index": 5, "name": "record", "status": "success", "updated_at": "2026-11-27T19:57:48.153336Z"}]}}, "environment": "01a21e95-db4b-7bbd-a49b-fc462d65d59e", "id": "01a21e95-debd-7002-ab68-5a96649ea4ef"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "failed", "tasks": [{"created_at": "2026-11-27T19:57:48.197406Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:57:48.205318Z"}, {"created_at": "2026-11-27T19:57:48.197406Z", "detail": "image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.", "index": 2, "name": "pull", "status": "failed", "updated_at": "2026-11-27T19:57:48.224896Z"}, {"created_at": "2026-11-27T19:57:48.197406Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 3, "name": "deploy", "status": "skip", "updated_at": "2026-11-27T19:57:48.248644Z"}, {"created_at": "2026-11-27T19:57:48.197406Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 4, "name": "verify", "status": "skip", "updated_at": "2026-11-27T19:57:48.248644Z"}, {"created_at": "2026-11-27T19:57:48.197406Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:57:48.248644Z"}]}}, "environment": "01a21e95-db4b-7bbd-a49b-fc462d65d59e", "id": "01a21e95-df25-7202-bee1-ebda2ae4a4ba"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "terminated", "tasks": [{"created_at": "2026-11-27T19:57:48.287044Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:57:48.299355Z"}, {"created_at": "2026-11-27T19:57:48.287044Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:57:48.311577Z"}, {"created_at": "2026-11-27T19:57:48.287044Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T19:57:48.369472Z"}, {"created_at": "2026-11-27T19:57:48.287044Z", "detail": "terminated: stopped by request during task 4 verify. Retry the job to run it again.", "index": 4, "name": "verify", "status": "terminated", "updated_at": "2026-11-27T19:57:48.369472Z"}, {"created_at": "2026-11-27T19:57:48.287044Z", "detail": "not run: task 4 ended the job (terminated)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:57:48.369472Z"}]}}, "environment": "01a21e95-db4b-7bbd-a49b-fc462d65d59e", "id": "01a21e95-df7f-7792-9cc8-17f466a78d82"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 50, "status": "timeout", "tasks": [{"created_at": "2026-11-27T19:57:48.402061Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 1, "name": "restart", "status": "success", "updated_at": "2026-11-27T19:57:48.490169Z"}, {"created_at": "2026-11-27T19:57:48.402061Z", "detail": "deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:48.452061Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.", "index": 2, "name": "verify", "status": "timeout", "updated_at": "2026-11-27T19:57:48.490169Z"}, {"created_at": "2026-11-27T19:57:48.402061Z", "detail": "not run: task 2 ended the job (deadline-exceeded)", "index": 3, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:57:48.490169Z"}]}}, "environment": "01a21e95-db4b-7bbd-a49b-fc462d65d59e", "id": "01a21e95-dff2-7bf3-8c4e-63548ddf379f"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "running", "tasks": [{"created_at": "2026-11-27T19:57:48.545396Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:57:48.554103Z"}, {"created_at": "2026-11-27T19:57:48.545396Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:57:48.578276Z"}, {"created_at": "2026-11-27T19:57:48.545396Z", "detail": "1 instance started", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T19:57:48.585421Z"}, {"created_at": "2026-11-27T19:57:48.545396Z", "detail": "", "index": 4, "name": "verify", "status": "running", "updated_at": "2026-11-27T19:57:48.585421Z"}, {"created_at": "2026-11-27T19:57:48.545396Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:57:48.545396Z"}]}}, "environment": "01a21e95-db4b-7bbd-a49b-fc462d65d59e", "id": "01a21e95-e081-724a-85e6-62a7b150931b"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "running", "tasks": [{"created_at": "2026-11-27T19:57:48.649289Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:57:48.658693Z"}, {"created_at": "2026-11-27T19:57:48.649289Z", "detail": "", "index": 2, "name": "pull", "status": "running", "updated_at": "2026-11-27T19:57:48.658693Z"}, {"created_at": "2026-11-27T19:57:48.649289Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T19:57:48.649289Z"}, {"created_at": "2026-11-27T19:57:48.649289Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T19:57:48.649289Z"}, {"created_at": "2026-11-27T19:57:48.649289Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:57:48.649289Z"}]}}, "environment": "01a21e95-db4b-7bbd-a49b-fc462d65d59e", "id": "01a21e95-e0e9-7832-be9a-379c1bec2546"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 0, "status": "init", "tasks": [{"created_at": "2026-11-27T19:57:48.733869Z", "detail": "", "index": 1, "name": "build", "status": "init", "updated_at": "2026-11-27T19:57:48.733869Z"}, {"created_at": "2026-11-27T19:57:48.733869Z", "detail": "", "index": 2, "name": "pull", "status": "init", "updated_at": "2026-11-27T19:57:48.733869Z"}, {"created_at": "2026-11-27T19:57:48.733869Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T19:57:48.733869Z"}, {"created_at": "2026-11-27T19:57:48.733869Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T19:57:48.733869Z"}, {"created_at": "2026-11-27T19:57:48.733869Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:57:48.733869Z"}]}}, "environment": "01a21e95-db4b-7bbd-a49b-fc462d65d59e", "id": "01a21e95-e13d-7463-8742-6073939cbad8"}
CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);
INSERT INTO "access_key" VALUES('HPTESTACCESSKEY00001','01a21e95d9147d089468721034c9ed0a','hp1:efdee771:0x7XR+vZsygsF3Yvzq7alKKgqqMXSUD/GGd432QdUANSBWQbmee+L3DyQIX78yGCFHAVTMTb+2CdLMiAQcIQd/X8g6w=','made at the first start',1795809466644499);
CREATE TABLE application (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environment (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
INSERT INTO "application" VALUES('01a21e95-de3e-72c4-8f32-a92f4a0004d6','0123456789abcdef0123456789abcdef','01a21e95-db4b-7bbd-a49b-fc462d65d59e','app-1001',1795809467966279,1795809467966279);
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
INSERT INTO "component" VALUES('01a21e95-de6e-7bf9-a6e4-227bb9e233b7','0123456789abcdef0123456789abcdef','01a21e95-db4b-7bbd-a49b-fc462d65d59e','01a21e95-de3e-72c4-8f32-a92f4a0004d6','cart-1002','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',1,'01a21e95-e081-724a-85e6-62a7b150931b','01a21e95-debd-7002-ab68-5a96649ea4ef',1,NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',0,'["cart-1002-7d794ae065-9q7kr"]',4,1795809468014142,1795809468545571);
INSERT INTO "component" VALUES('01a21e95-df15-7e85-bd51-03896c1d1ae5','0123456789abcdef0123456789abcdef','01a21e95-db4b-7bbd-a49b-fc462d65d59e','01a21e95-de3e-72c4-8f32-a92f4a0004d6','cart-1003','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e95-df25-7202-bee1-ebda2ae4a4ba','',NULL,NULL,NULL,0,'[]',1,1795809468181248,1795809468248431);
INSERT INTO "component" VALUES('01a21e95-e0c6-79d6-ba51-5c9202d00952','0123456789abcdef0123456789abcdef','01a21e95-db4b-7bbd-a49b-fc462d65d59e','01a21e95-de3e-72c4-8f32-a92f4a0004d6','cart-1004','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e95-e0e9-7832-be9a-379c1bec2546','',NULL,NULL,NULL,0,'[]',1,1795809468614399,1795809468649630);
INSERT INTO "component" VALUES('01a21e95-e11e-79b0-933f-eeefd155d077','0123456789abcdef0123456789abcdef','01a21e95-db4b-7bbd-a49b-fc462d65d59e','01a21e95-de3e-72c4-8f32-a92f4a0004d6','cart-1005','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e95-e13d-7463-8742-6073939cbad8','',NULL,NULL,NULL,0,'[]',0,1795809468702558,1795809468733982);
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
INSERT INTO "component_event" VALUES('01a21e95-de6e-7bf9-a6e4-227bb9e233b7','SuccessfulCreate','Created instance cart-1002-7d794ae065-9q7kr','Normal',1,'cart-1002-7d794ae065-9q7kr','ComponentInstance',1795809468124188,1795809468124188);
INSERT INTO "component_event" VALUES('01a21e95-de6e-7bf9-a6e4-227bb9e233b7','ScalingReplicaSet','deploy: scaled up by 1 to 1','Normal',1,'cart-1002','Component',1795809468124188,1795809468124188);
INSERT INTO "component_event" VALUES('01a21e95-de6e-7bf9-a6e4-227bb9e233b7','Started','Instance cart-1002-7d794ae065-9q7kr is ready','Normal',1,'cart-1002-7d794ae065-9q7kr','ComponentInstance',1795809468145035,1795809468145035);
INSERT INTO "component_event" VALUES('01a21e95-de6e-7bf9-a6e4-227bb9e233b7','SuccessfulCreate','Created instance cart-1002-42d2804f25-4b9zv','Normal',1,'cart-1002-42d2804f25-4b9zv','ComponentInstance',1795809468311540,1795809468311540);
INSERT INTO "component_event" VALUES('01a21e95-de6e-7bf9-a6e4-227bb9e233b7','ScalingReplicaSet','upgrade: scaled up by 1 to 1','Normal',2,'cart-1002','Component',1795809468311540,1795809468578175);
INSERT INTO "component_event" VALUES('01a21e95-de6e-7bf9-a6e4-227bb9e233b7','SuccessfulCreate','Created instance cart-1002-12d0ce2b51-h67qb','Normal',1,'cart-1002-12d0ce2b51-h67qb','ComponentInstance',1795809468410277,1795809468410277);
INSERT INTO "component_event" VALUES('01a21e95-de6e-7bf9-a6e4-227bb9e233b7','ScalingReplicaSet','restart: scaled up by 1 to 1','Normal',1,'cart-1002','Component',1795809468410277,1795809468410277);
INSERT INTO "component_event" VALUES('01a21e95-de6e-7bf9-a6e4-227bb9e233b7','SuccessfulCreate','Created instance cart-1002-b20297bfc1-f2fg2','Normal',1,'cart-1002-b20297bfc1-f2fg2','ComponentInstance',1795809468578175,1795809468578175);
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
INSERT INTO "controller" VALUES('retention','01a21e95-db3f-743d-adc0-344d692e4eca',1795809482224821);
INSERT INTO "controller" VALUES('keep:simulated:simulated','01a21e95-db3f-743d-adc0-344d692e4eca',1795809482225012);
INSERT INTO "controller" VALUES('orphans:simulated:simulated','01a21e95-db3f-743d-adc0-344d692e4eca',1795809482225029);
INSERT INTO "controller" VALUES('scaling:simulated:simulated','01a21e95-db3f-743d-adc0-344d692e4eca',1795809482225045);
INSERT INTO "controller" VALUES('keep:process:01a21e95-da90-7c5f-9e49-0a209e03e855','01a21e95-db3f-743d-adc0-344d692e4eca',1795809482225054);
INSERT INTO "controller" VALUES('orphans:process:01a21e95-da90-7c5f-9e49-0a209e03e855','01a21e95-db3f-743d-adc0-344d692e4eca',1795809482225065);
INSERT INTO "controller" VALUES('scaling:process:01a21e95-da90-7c5f-9e49-0a209e03e855','01a21e95-db3f-743d-adc0-344d692e4eca',1795809482225075);
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
INSERT INTO "environment" VALUES('01a21e95-db4b-7bbd-a49b-fc462d65d59e','0123456789abcdef0123456789abcdef','env-1000','finish','{"type": "exclusive"}','0','simulated','simulated','01a21e95-db4b-7cd2-aabe-01ad69844aec',1,1795809467211718,1795809467288748);
CREATE TABLE first_start (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    user_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
INSERT INTO "first_start" VALUES(1,'01a21e95d9147d089468721034c9ed0a','0123456789abcdef0123456789abcdef',1795809466644499);
CREATE TABLE iam_domain (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
INSERT INTO "iam_domain" VALUES('fedcba9876543210fedcba9876543210','homeport',1795809466644499);
CREATE TABLE iam_user (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    password TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "iam_user" VALUES('01a21e95d9147d089468721034c9ed0a','fedcba9876543210fedcba9876543210','tester','$argon2id$v=19$m=19456,t=2,p=1$+C4/EIlaxTS4C9p3s0jahA$r5TE14efhkNDMsdtF6RoD4qsnoBW9pUwfP67O7cm28k',1795809466644499,1795809467945465);
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
INSERT INTO "instance" VALUES('cart-1002-7d794ae065-9q7kr','01a21e95-de6e-7bf9-a6e4-227bb9e233b7','01a21e95-db4b-7bbd-a49b-fc462d65d59e','01a21e95-debd-7002-ab68-5a96649ea4ef',1,'running','hp1:efdee771:ZRLizpB901X1/sHYAnkRk427ZQDEDVmQi0Dt5GpTqsz4qtYG357GfuaWtfy0K5ybJr7nvLTrcEQqTglu0U0+K0wbJua/wbH8myLtSpo5uQLNOG2M+hob9OD281pScDhXn9ZQqcox8XfdHWeBwtiW70bb+u55VWouPVitdC1NUduEarlgrmi2+ccSy/W3om9ePL1Q5o8gUtafL/zxMjQyESO8EQoZqzgiwvCQ9wa9gKJ0X2hsq5Il7IXmtUHwbRiclz/nhPNCpy1bmIaAy/1oM7qEjnV+4Rc/xXnnaE9lCU2hEzbY6hU+QuWM1wRHSl29db8m5KwNku273/Rj0OrvqQNweLEC5LSZd5tR1aPrbTPZX5Lx37X7NijuoEAtRW6wXsTVTSfB2VRR1x7LJguzlDAUyibdRf8UpQgbGoAADtjSkwB9qspwiULgRv0zY4Sec+waKsbOkRgqWSqIAEVkhQzSIKZin8bSK9je5UZi899N6jR4PtwtP1UUCkUi5EJIY9mc2rXDJiPt8HfoWLjlju1FlPzwAWfzE818BUymPhvukcN0a6CXWk3fLdq3U6fLH3TZZJl0q/uGlopSk6nHEpDMYZ3s0hut7h7RFhuBoRNOZwQMlI0I9eWJCeK6gbKan36B6GIwShai6DpZhQX3kF+rdp1shXhFjCwf4JbL6MjAu4GeCIy596enJE+lIuFSQkqbx6+fQLaijhFg9H7zW+kbuljvq1rROtAH6XroG+cilqHAEtewLDZ1R+t1UmYOO/Ekrcw7QMYePRFLwM5OKG/gsGIyBsxzHQMT5StMdY17hQpEDpjjqGx9tknpPJ9mWWB6WEaDk8uhyQsQxC0MH+/IG0evo5vEcPL5GpjM/Pkh+wGxEUNC/hM6+EVzZ6+DQC+AksjWV+J8YuUhRbqMWRxvfAW/tTA8i/tTZOVbue3bRei/XS+BD6XRGt88sEG1efgUiTtdiP2qNUV9VDyrwTUL7VCbGYYmMaTPPJmRggI6eSugOpa/oxjWjWak3q/aLc1iiGSLRFwMgDzdiICuKqq04CrLtSjhMkfF97EG',1795809468123974,1795809468145035);
INSERT INTO "instance" VALUES('cart-1002-b20297bfc1-f2fg2','01a21e95-de6e-7bf9-a6e4-227bb9e233b7','01a21e95-db4b-7bbd-a49b-fc462d65d59e','01a21e95-e081-724a-85e6-62a7b150931b',4,'creating','hp1:efdee771:1P5kPCnt5kgSAiTD1/eMC5D+WXq15nan1ll9XRt6RbJt6e1A/tgQPmg7JU6J5Fr74dvTR2YPJKc39sKvD4e1LkT3tJVyI423AfTkXKKzJahtvOMvNOoFLxSIGxwMI269SfMBP0WAIFWkRiN9d621iUYRsDNP8Rl483iL1EYpbQgCdaEuDxJ6qpbtUvLwKU5DmRRZk7feCNEJhUW7qhJ5xLCfvR6K3Lv9Hi/5wDiv9GWfGmm5Bp66u0kG6dVtZY9APFF97MxhUmqnaba/dDNRN6cLDn8TPePjbrPX6ur7aC8cIiQ73dfoJ0Dke/i1H41Uj58ZYVjE0JwrlcnxyPPZdtiFE2+/wpzwUkoD+KXjUBjweG4rQgNvjD262nopixEaLMuPgKVrz2g+zXOSRkqeEfih4YW3U/pXCQ/8tEhqc1mMtZPSWRg6SePVjqdJvnwIJ3vPlrtyjFfn69C+xnXqujMnA2B1W8IrDbMCP8iJOo2ax1nVsvzHdpij7ucBINcbal+gbDmr+p62e1LLqA2n5qMVUakkbxopCq0TBmr3JXU00MaDaUG6co9qW7yEgB4Ucz4JxbiKNBUca3FpPIvYfgbUj0jzOXCPOxznd3oVDB0YHT2nX6COG97HDIPh8nztGAgKMvCzEuXmZDvQFdeQflmm/i/kYCsSujUq4F2nfYmMEZLhQ0gxopDeaN10F+I7gxbMfuvCqfYyWl53JMGJ2yJ6DCNQa2ItSo5hGKAX0pLo+/LODVkaIlVDiTo9vVTJhhD45rlruUnZz8/FK4nGKx4URiV2e6Y+YeVPzxcSmnKhWtAPeQs93OITmWC04pR2EnfdkOd0VLDkCdmyxTRqKRWymLT6iMQ3/bfjnRDHU3R13h21vkFyhQrL+gQmuRBPL0JDz8MJAU5Y+Y4KOVYmLM3VLOQ/I+RlVC/zXrJzNfG15/cJuPFOWkWxQhvutrFbjgo3eTs8hIrtVUI+o66hqs9nTDpzO0nYxniqj1K4QU0p3RBiVNzf4NBVEToH0epocWATTzpiN+PmeMW4uHNTo9xRuwEKj3IFu0eF51klJBPRAWch9cg=',1795809468572218,1795809468572218);
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
INSERT INTO "job" VALUES('01a21e95-db4b-7cd2-aabe-01ad69844aec','0123456789abcdef0123456789abcdef','01a21e95-db4b-7bbd-a49b-fc462d65d59e',NULL,NULL,'create-environment','success',100,7,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"creating","replica":0,"route":[]},"driver":"simulated","while_running":"creating","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"type\": \"exclusive\"}","version":null,"runtime":"","replica":0,"source":"null","build":null,"resource_limit":"null","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"","build_id":"","script":""}',NULL,NULL,1795810007211718,0,1795809467211718,1795809467255753,1795809467288815,'tester',NULL,NULL,1795809467288815,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"create-environment","status":"success","detail":"driver simulated on node simulated","created_at":"2026-11-27T19:57:47.211718Z","updated_at":"2026-11-27T19:57:47.265554Z"},{"index":2,"name":"record","status":"success","detail":"","created_at":"2026-11-27T19:57:47.211718Z","updated_at":"2026-11-27T19:57:47.288815Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef','0123456789abcdef0123456789abcdef','01a21e95-db4b-7bbd-a49b-fc462d65d59e','01a21e95-de3e-72c4-8f32-a92f4a0004d6','01a21e95-de6e-7bf9-a6e4-227bb9e233b7','deploy','success',100,12,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795810008093402,0,1795809468093402,1795809468103847,1795809468153336,'tester',NULL,NULL,1795809468153336,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:57:48.093402Z","updated_at":"2026-11-27T19:57:48.103847Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:57:48.093402Z","updated_at":"2026-11-27T19:57:48.124253Z"},{"index":3,"name":"deploy","status":"success","detail":"1 instance started","created_at":"2026-11-27T19:57:48.093402Z","updated_at":"2026-11-27T19:57:48.138440Z"},{"index":4,"name":"verify","status":"success","detail":"","created_at":"2026-11-27T19:57:48.093402Z","updated_at":"2026-11-27T19:57:48.145352Z"},{"index":5,"name":"record","status":"success","detail":"1 serve, 0 stopped","created_at":"2026-11-27T19:57:48.093402Z","updated_at":"2026-11-27T19:57:48.153336Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba','0123456789abcdef0123456789abcdef','01a21e95-db4b-7bbd-a49b-fc462d65d59e','01a21e95-de3e-72c4-8f32-a92f4a0004d6','01a21e95-df15-7e85-bd51-03896c1d1ae5','deploy','failed',40,9,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=fail:image-missing"}',NULL,'{"status":"failed","cause":"image-missing","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","task":2}',1795810008197406,0,1795809468197406,1795809468205318,1795809468248644,'tester',NULL,NULL,1795809468248644,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"failed","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:57:48.197406Z","updated_at":"2026-11-27T19:57:48.205318Z"},{"index":2,"name":"pull","status":"failed","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","created_at":"2026-11-27T19:57:48.197406Z","updated_at":"2026-11-27T19:57:48.224896Z"},{"index":3,"name":"deploy","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:57:48.197406Z","updated_at":"2026-11-27T19:57:48.248644Z"},{"index":4,"name":"verify","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:57:48.197406Z","updated_at":"2026-11-27T19:57:48.248644Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:57:48.197406Z","updated_at":"2026-11-27T19:57:48.248644Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82','0123456789abcdef0123456789abcdef','01a21e95-db4b-7bbd-a49b-fc462d65d59e','01a21e95-de3e-72c4-8f32-a92f4a0004d6','01a21e95-de6e-7bf9-a6e4-227bb9e233b7','upgrade','terminated',75,15,2,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-7d794ae065-9q7kr"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21e95-debd-7002-ab68-5a96649ea4ef","script":"ready=never"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','{"status":"terminated","cause":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","task":4}',1795810008287044,0,1795809468287044,1795809468299355,1795809468369472,'tester',NULL,NULL,1795809468369472,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"terminated","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:57:48.287044Z","updated_at":"2026-11-27T19:57:48.299355Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:57:48.287044Z","updated_at":"2026-11-27T19:57:48.311577Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T19:57:48.287044Z","updated_at":"2026-11-27T19:57:48.369472Z"},{"index":4,"name":"verify","status":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","created_at":"2026-11-27T19:57:48.287044Z","updated_at":"2026-11-27T19:57:48.369472Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 4 ended the job (terminated)","created_at":"2026-11-27T19:57:48.287044Z","updated_at":"2026-11-27T19:57:48.369472Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f','0123456789abcdef0123456789abcdef','01a21e95-db4b-7bbd-a49b-fc462d65d59e','01a21e95-de3e-72c4-8f32-a92f4a0004d6','01a21e95-de6e-7bf9-a6e4-227bb9e233b7','restart','timeout',50,10,3,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-7d794ae065-9q7kr"]},"driver":"simulated","while_running":"notReady","time_limit":50000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}},"image_url":"nginx:1","build_id":"01a21e95-debd-7002-ab68-5a96649ea4ef","script":"ready=never"}',NULL,'{"status":"timeout","cause":"deadline-exceeded","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:48.452061Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","task":2}',1795809468452061,1,1795809468402061,1795809468409597,1795809468490169,'tester',NULL,NULL,1795809468490169,'{"api_version":"v1","kind":"Job","spec":{"progress":50,"status":"timeout","tasks":[{"index":1,"name":"restart","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T19:57:48.402061Z","updated_at":"2026-11-27T19:57:48.490169Z"},{"index":2,"name":"verify","status":"timeout","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:48.452061Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","created_at":"2026-11-27T19:57:48.402061Z","updated_at":"2026-11-27T19:57:48.490169Z"},{"index":3,"name":"record","status":"skip","detail":"not run: task 2 ended the job (deadline-exceeded)","created_at":"2026-11-27T19:57:48.402061Z","updated_at":"2026-11-27T19:57:48.490169Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e95-e081-724a-85e6-62a7b150931b','0123456789abcdef0123456789abcdef','01a21e95-db4b-7bbd-a49b-fc462d65d59e','01a21e95-de3e-72c4-8f32-a92f4a0004d6','01a21e95-de6e-7bf9-a6e4-227bb9e233b7','upgrade','running',75,8,4,'01a21e95-da8e-71a0-a2ba-567916e207c5','simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-7d794ae065-9q7kr"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21e95-debd-7002-ab68-5a96649ea4ef","script":"ready=3s"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795810008545396,0,1795809468545396,1795809468554103,NULL,'tester','01a21e95-de6e-7bf9-a6e4-227bb9e233b7',1795809468545396,1795809468585421,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:57:48.545396Z","updated_at":"2026-11-27T19:57:48.554103Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:57:48.545396Z","updated_at":"2026-11-27T19:57:48.578276Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started","created_at":"2026-11-27T19:57:48.545396Z","updated_at":"2026-11-27T19:57:48.585421Z"},{"index":4,"name":"verify","status":"running","detail":"","created_at":"2026-11-27T19:57:48.545396Z","updated_at":"2026-11-27T19:57:48.585421Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:57:48.545396Z","updated_at":"2026-11-27T19:57:48.545396Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e95-e0e9-7832-be9a-379c1bec2546','0123456789abcdef0123456789abcdef','01a21e95-db4b-7bbd-a49b-fc462d65d59e','01a21e95-de3e-72c4-8f32-a92f4a0004d6','01a21e95-e0c6-79d6-ba51-5c9202d00952','deploy','running',40,4,1,'01a21e95-da8e-71a0-a2ba-567916e207c5','simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=3s"}',NULL,NULL,1795810008649289,0,1795809468649289,1795809468658693,NULL,'tester','01a21e95-e0c6-79d6-ba51-5c9202d00952',1795809468649289,1795809468658693,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:57:48.649289Z","updated_at":"2026-11-27T19:57:48.658693Z"},{"index":2,"name":"pull","status":"running","detail":"","created_at":"2026-11-27T19:57:48.649289Z","updated_at":"2026-11-27T19:57:48.658693Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T19:57:48.649289Z","updated_at":"2026-11-27T19:57:48.649289Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T19:57:48.649289Z","updated_at":"2026-11-27T19:57:48.649289Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:57:48.649289Z","updated_at":"2026-11-27T19:57:48.649289Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e95-e13d-7463-8742-6073939cbad8','0123456789abcdef0123456789abcdef','01a21e95-db4b-7bbd-a49b-fc462d65d59e','01a21e95-de3e-72c4-8f32-a92f4a0004d6','01a21e95-e11e-79b0-933f-eeefd155d077','deploy','init',0,1,0,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}',NULL,NULL,1795810008733869,0,1795809468733869,NULL,NULL,'tester','01a21e95-e11e-79b0-933f-eeefd155d077',1795809468733869,1795809468733869,'{"api_version":"v1","kind":"Job","spec":{"progress":0,"status":"init","tasks":[{"index":1,"name":"build","status":"init","detail":"","created_at":"2026-11-27T19:57:48.733869Z","updated_at":"2026-11-27T19:57:48.733869Z"},{"index":2,"name":"pull","status":"init","detail":"","created_at":"2026-11-27T19:57:48.733869Z","updated_at":"2026-11-27T19:57:48.733869Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T19:57:48.733869Z","updated_at":"2026-11-27T19:57:48.733869Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T19:57:48.733869Z","updated_at":"2026-11-27T19:57:48.733869Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:57:48.733869Z","updated_at":"2026-11-27T19:57:48.733869Z"}]}}',0);
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
INSERT INTO "job_event" VALUES('01a21e95-db4b-7cd2-aabe-01ad69844aec',1,1795809467211718,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e95-db4b-7cd2-aabe-01ad69844aec',2,1795809467255753,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e95-db4b-7cd2-aabe-01ad69844aec',3,1795809467255753,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e95-db4b-7cd2-aabe-01ad69844aec',4,1795809467265554,1,'success',83,'driver simulated on node simulated');
INSERT INTO "job_event" VALUES('01a21e95-db4b-7cd2-aabe-01ad69844aec',5,1795809467265554,2,'running',83,'');
INSERT INTO "job_event" VALUES('01a21e95-db4b-7cd2-aabe-01ad69844aec',6,1795809467288815,2,'success',99,'');
INSERT INTO "job_event" VALUES('01a21e95-db4b-7cd2-aabe-01ad69844aec',7,1795809467288815,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',1,1795809468093402,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',2,1795809468103847,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',3,1795809468103847,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',4,1795809468103847,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',5,1795809468124253,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',6,1795809468124253,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',7,1795809468138440,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',8,1795809468138440,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',9,1795809468145352,4,'success',95,'');
INSERT INTO "job_event" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',10,1795809468145352,5,'running',95,'');
INSERT INTO "job_event" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',11,1795809468153336,5,'success',99,'1 serve, 0 stopped');
INSERT INTO "job_event" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',12,1795809468153336,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',1,1795809468197406,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',2,1795809468205318,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',3,1795809468205318,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',4,1795809468205318,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',5,1795809468224896,2,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',6,1795809468248644,3,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',7,1795809468248644,4,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',8,1795809468248644,5,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',9,1795809468248644,0,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',1,1795809468287044,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',2,1795809468299355,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',3,1795809468299355,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',4,1795809468299355,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',5,1795809468311577,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',6,1795809468311577,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',7,1795809468317954,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',8,1795809468317954,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',9,1795809468346006,0,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',10,1795809468346006,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',11,1795809468369472,3,'success',75,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',12,1795809468369472,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',13,1795809468369472,5,'skip',75,'not run: task 4 ended the job (terminated)');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',14,1795809468369472,4,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',15,1795809468369472,0,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',1,1795809468402061,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',2,1795809468409597,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',3,1795809468409597,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',4,1795809468417897,1,'success',50,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',5,1795809468417897,2,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',6,1795809468470913,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:48.452061Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',7,1795809468490169,1,'success',50,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',8,1795809468490169,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:48.452061Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',9,1795809468490169,3,'skip',50,'not run: task 2 ended the job (deadline-exceeded)');
INSERT INTO "job_event" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',10,1795809468490169,0,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:48.452061Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',1,1795809468545396,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',2,1795809468554103,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',3,1795809468554103,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',4,1795809468554103,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',5,1795809468578276,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',6,1795809468578276,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',7,1795809468585421,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',8,1795809468585421,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e95-e0e9-7832-be9a-379c1bec2546',1,1795809468649289,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e95-e0e9-7832-be9a-379c1bec2546',2,1795809468658693,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e95-e0e9-7832-be9a-379c1bec2546',3,1795809468658693,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e95-e0e9-7832-be9a-379c1bec2546',4,1795809468658693,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e95-e13d-7463-8742-6073939cbad8',1,1795809468733869,0,'init',0,'');
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
CREATE TABLE project (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "project" VALUES('0123456789abcdef0123456789abcdef','fedcba9876543210fedcba9876543210','local-1','',1795809466644499);
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
INSERT INTO "role_grant" VALUES('01a21e95d9147d089468721034c9ed0a','0123456789abcdef0123456789abcdef','admin');
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
INSERT INTO "snapshot" VALUES('01a21e95-de6e-7bf9-a6e4-227bb9e233b7',1,'01a21e95-debd-7002-ab68-5a96649ea4ef','deploy','success','1.0.0','{"version": "1.0.0"}','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','01a21e95-debd-7002-ab68-5a96649ea4ef',NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','running',1,1795809468153178,1795809468153178);
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
INSERT INTO "task" VALUES('01a21e95-db4b-7cd2-aabe-01ad69844aec',1,'create-environment','success','driver simulated on node simulated',25,300000000,100,1,1795809467255753,1795809467211718,1795809467265554);
INSERT INTO "task" VALUES('01a21e95-db4b-7cd2-aabe-01ad69844aec',2,'record','success','',5,300000000,100,1,1795809467265554,1795809467211718,1795809467288815);
INSERT INTO "task" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809468093402,1795809468103847);
INSERT INTO "task" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809468103847,1795809468093402,1795809468124253);
INSERT INTO "task" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',3,'deploy','success','1 instance started',25,300000000,100,1,1795809468124253,1795809468093402,1795809468138440);
INSERT INTO "task" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',4,'verify','success','',20,300000000,100,1,1795809468138440,1795809468093402,1795809468145352);
INSERT INTO "task" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',5,'record','success','1 serve, 0 stopped',5,300000000,100,1,1795809468145352,1795809468093402,1795809468153336);
INSERT INTO "task" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809468197406,1795809468205318);
INSERT INTO "task" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',2,'pull','failed','image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.',10,300000000,0,0,1795809468205318,1795809468197406,1795809468224896);
INSERT INTO "task" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',3,'deploy','skip','not run: task 2 ended the job (image-missing)',25,300000000,0,0,NULL,1795809468197406,1795809468248644);
INSERT INTO "task" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',4,'verify','skip','not run: task 2 ended the job (image-missing)',20,300000000,0,0,NULL,1795809468197406,1795809468248644);
INSERT INTO "task" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',5,'record','skip','not run: task 2 ended the job (image-missing)',5,300000000,0,0,NULL,1795809468197406,1795809468248644);
INSERT INTO "task" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809468287044,1795809468299355);
INSERT INTO "task" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809468299355,1795809468287044,1795809468311577);
INSERT INTO "task" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',3,'upgrade','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795809468311577,1795809468287044,1795809468369472);
INSERT INTO "task" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',4,'verify','terminated','terminated: stopped by request during task 4 verify. Retry the job to run it again.',20,300000000,0,0,1795809468317954,1795809468287044,1795809468369472);
INSERT INTO "task" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',5,'record','skip','not run: task 4 ended the job (terminated)',5,300000000,0,0,NULL,1795809468287044,1795809468369472);
INSERT INTO "task" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',1,'restart','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795809468409597,1795809468402061,1795809468490169);
INSERT INTO "task" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',2,'verify','timeout','deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:48.452061Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.',20,300000000,0,0,1795809468417897,1795809468402061,1795809468490169);
INSERT INTO "task" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',3,'record','skip','not run: task 2 ended the job (deadline-exceeded)',5,300000000,0,0,NULL,1795809468402061,1795809468490169);
INSERT INTO "task" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809468545396,1795809468554103);
INSERT INTO "task" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809468554103,1795809468545396,1795809468578276);
INSERT INTO "task" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',3,'upgrade','success','1 instance started',25,300000000,100,1,1795809468578276,1795809468545396,1795809468585421);
INSERT INTO "task" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',4,'verify','running','',20,300000000,0,0,1795809468585421,1795809468545396,1795809468585421);
INSERT INTO "task" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',5,'record','init','',5,300000000,0,0,NULL,1795809468545396,1795809468545396);
INSERT INTO "task" VALUES('01a21e95-e0e9-7832-be9a-379c1bec2546',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809468649289,1795809468658693);
INSERT INTO "task" VALUES('01a21e95-e0e9-7832-be9a-379c1bec2546',2,'pull','running','',10,300000000,0,0,1795809468658693,1795809468649289,1795809468658693);
INSERT INTO "task" VALUES('01a21e95-e0e9-7832-be9a-379c1bec2546',3,'deploy','init','',25,300000000,0,0,NULL,1795809468649289,1795809468649289);
INSERT INTO "task" VALUES('01a21e95-e0e9-7832-be9a-379c1bec2546',4,'verify','init','',20,300000000,0,0,NULL,1795809468649289,1795809468649289);
INSERT INTO "task" VALUES('01a21e95-e0e9-7832-be9a-379c1bec2546',5,'record','init','',5,300000000,0,0,NULL,1795809468649289,1795809468649289);
INSERT INTO "task" VALUES('01a21e95-e13d-7463-8742-6073939cbad8',1,'build','init','',40,1800000000,0,0,NULL,1795809468733869,1795809468733869);
INSERT INTO "task" VALUES('01a21e95-e13d-7463-8742-6073939cbad8',2,'pull','init','',10,300000000,0,0,NULL,1795809468733869,1795809468733869);
INSERT INTO "task" VALUES('01a21e95-e13d-7463-8742-6073939cbad8',3,'deploy','init','',25,300000000,0,0,NULL,1795809468733869,1795809468733869);
INSERT INTO "task" VALUES('01a21e95-e13d-7463-8742-6073939cbad8',4,'verify','init','',20,300000000,0,0,NULL,1795809468733869,1795809468733869);
INSERT INTO "task" VALUES('01a21e95-e13d-7463-8742-6073939cbad8',5,'record','init','',5,300000000,0,0,NULL,1795809468733869,1795809468733869);
CREATE TABLE task_log (
    job_id TEXT NOT NULL REFERENCES job (id),
    task INTEGER NOT NULL,
    position BIGINT NOT NULL,
    size INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (job_id, task, position)
);
INSERT INTO "task_log" VALUES('01a21e95-debd-7002-ab68-5a96649ea4ef',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21e95-df25-7202-bee1-ebda2ae4a4ba',2,0,122,'simulated pull of nginx:1
image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.
');
INSERT INTO "task_log" VALUES('01a21e95-df7f-7792-9cc8-17f466a78d82',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21e95-dff2-7bf3-8c4e-63548ddf379f',2,0,171,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:57:48.452061Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.
');
INSERT INTO "task_log" VALUES('01a21e95-e081-724a-85e6-62a7b150931b',2,0,26,'simulated pull of nginx:1
');
CREATE TABLE token (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT REFERENCES project (id),
    methods TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO "token" VALUES('e62715f0277f3f590917a388fb4b43fd38bfc44ceb3e4ee67802f7d205291d73','01a21e95d9147d089468721034c9ed0a','0123456789abcdef0123456789abcdef','password',1795809467945465,1795895867945465);
CREATE TABLE worker (
    id TEXT PRIMARY KEY,
    heartbeat_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL
);
INSERT INTO "worker" VALUES('01a21e95-da8e-71a0-a2ba-567916e207c5',1795809467208614,1795809482208614,1795809467208614);
CREATE TABLE worker_node (
    worker_id TEXT NOT NULL REFERENCES worker (id),
    driver TEXT NOT NULL,
    node TEXT NOT NULL,
    PRIMARY KEY (worker_id, driver)
);
INSERT INTO "worker_node" VALUES('01a21e95-da8e-71a0-a2ba-567916e207c5','simulated','simulated');
INSERT INTO "worker_node" VALUES('01a21e95-da8e-71a0-a2ba-567916e207c5','process','01a21e95-da90-7c5f-9e49-0a209e03e855');
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
