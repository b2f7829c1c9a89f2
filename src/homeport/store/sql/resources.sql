-- Environments, applications, components, their configurations, snapshots, instances and events.

-- name: add_environment
INSERT INTO environment (
    id, project_id, name, status, annotations, enterprise_project_id, driver, node, job_id, fence, created_at, updated_at
) VALUES (
    :id, :project_id, :name, :status, :annotations, :enterprise_project_id, :driver, :node, :job_id, :fence, :created_at,
    :updated_at
)
ON CONFLICT DO NOTHING

-- name: lock_environment
-- Passes when the environment is whole and nobody is deleting it. It holds the row until the end of the transaction, so
-- that adding something to it and deleting it cannot both succeed.
UPDATE environment SET updated_at = updated_at
WHERE id = :id AND project_id = :project_id AND status = 'finish'

-- name: hold_environment
-- Holds the environment's row until the end of the transaction, as it was read.
UPDATE environment SET updated_at = updated_at WHERE id = :id AND status = :was_status AND job_id = :was_job_id

-- name: check_environment_room
-- Passes while the environment, whose row is held, has fewer components than it may have.
UPDATE environment SET updated_at = updated_at
WHERE id = :id AND (SELECT COUNT(*) FROM component WHERE component.environment_id = environment.id) < :most

-- name: accept_environment_deletion
UPDATE environment SET status = 'deleting', job_id = :job_id, updated_at = :now
WHERE id = :id AND status = :was_status AND job_id = :was_job_id
    AND NOT EXISTS (SELECT 1 FROM application WHERE application.environment_id = environment.id)
    AND NOT EXISTS (SELECT 1 FROM volume WHERE volume.environment_id = environment.id)

-- name: raise_environment_fence
UPDATE environment SET fence = :fence WHERE id = :id AND fence = :was_fence

-- name: pin_environment
UPDATE environment SET fence = :fence, node = :node WHERE id = :id AND fence = :was_fence

-- name: settle_environment
UPDATE environment SET status = :status, updated_at = :now WHERE id = :id AND fence = :fence

-- name: restate_environment
-- Sets the status from outside of the engine: for a job that nobody has claimed.
UPDATE environment SET status = :status, updated_at = :now WHERE id = :id AND job_id = :job_id

-- name: remove_environment
DELETE FROM environment WHERE id = :id AND fence = :fence

-- name: environment
SELECT * FROM environment WHERE id = :id AND project_id = :project_id

-- name: environment_by_id
SELECT * FROM environment WHERE id = :id

-- name: environment_by_name
SELECT * FROM environment WHERE project_id = :project_id AND name = :name

-- name: environments
SELECT * FROM environment
WHERE project_id = :project_id AND (:enterprise_project_id = '' OR enterprise_project_id = :enterprise_project_id)
ORDER BY created_at, id

-- name: environments_of_driver
SELECT * FROM environment WHERE driver = :driver

-- name: drivers_in_use
SELECT DISTINCT driver FROM environment

-- name: add_application
INSERT INTO application (id, project_id, environment_id, name, created_at, updated_at)
VALUES (:id, :project_id, :environment_id, :name, :created_at, :updated_at)
ON CONFLICT DO NOTHING

-- name: lock_application
-- Holds the application's row until the end of the transaction.
UPDATE application SET updated_at = updated_at WHERE id = :id AND environment_id = :environment_id

-- name: remove_application
DELETE FROM application
WHERE id = :id AND environment_id = :environment_id
    AND NOT EXISTS (SELECT 1 FROM component WHERE component.application_id = application.id)

-- name: application
SELECT * FROM application WHERE id = :id AND environment_id = :environment_id

-- name: applications
SELECT * FROM application WHERE environment_id = :environment_id ORDER BY created_at, id

-- name: add_component
INSERT INTO component (
    id, project_id, environment_id, application_id, name, annotations, version, runtime, replica, source, build,
    resource_limit, image_url, status, available_replica, job_id, build_id, created_at, updated_at
) VALUES (
    :id, :project_id, :environment_id, :application_id, :name, :annotations, :version, :runtime, :replica, :source,
    :build, :resource_limit, :image_url, :status, :available_replica, :job_id, :build_id, :created_at, :updated_at
)
ON CONFLICT DO NOTHING

-- name: update_component
UPDATE component SET
    name = :name, annotations = :annotations, version = :version, runtime = :runtime, replica = :replica,
    source = :source, build = :build, resource_limit = :resource_limit, image_url = :image_url, updated_at = :now
WHERE id = :id AND updated_at = :was_updated_at AND snapshot_index IS NULL
    AND NOT EXISTS (SELECT 1 FROM job WHERE job.active_target = component.id)
    AND NOT EXISTS (
        SELECT 1 FROM component AS other
        WHERE other.application_id = component.application_id AND other.name = :name AND other.id <> component.id)

-- name: accept_component_job
-- A job was accepted for the component: its id and the status while it runs, in the change that adds the job.
UPDATE component SET job_id = :job_id, status = :status, updated_at = :now
WHERE id = :id AND status = :was_status AND updated_at = :was_updated_at

-- name: restate_component
-- Sets the status from outside of the engine: for a job that nobody has claimed.
UPDATE component SET status = :status, updated_at = :now WHERE id = :id AND job_id = :job_id

-- name: raise_component_fence
UPDATE component SET fence = :fence WHERE id = :id AND fence = :was_fence

-- name: settle_component
-- The component's state after a job that did not bring about its goal, or as seen while no job is active.
UPDATE component SET status = :status, available_replica = :available_replica, updated_at = :now
WHERE id = :id AND fence = :fence

-- name: keep_component
-- As seen while no job is active; one that is accepted meanwhile keeps what its acceptance has set.
UPDATE component SET status = :status, available_replica = :available_replica, updated_at = :now
WHERE id = :id AND fence = :fence AND updated_at = :was_updated_at
    AND NOT EXISTS (SELECT 1 FROM job WHERE job.active_target = component.id)

-- name: keep_route
-- Takes a fence for acting while no job is active, and commits the route under it. A job whose acceptance has read the
-- component before is decided on anew: it would go back to a route that is no more.
UPDATE component SET fence = :fence, route = :route, updated_at = :now
WHERE id = :id AND fence = :was_fence
    AND NOT EXISTS (SELECT 1 FROM job WHERE job.active_target = component.id)

-- name: route_component
UPDATE component SET route = :route, port = :port WHERE id = :id AND fence = :fence

-- name: record_component
-- The last commit of a job that brought about its goal.
UPDATE component SET
    annotations = :annotations, version = :version, runtime = :runtime, replica = :replica, source = :source,
    build = :build, resource_limit = :resource_limit, image_url = :image_url, status = :status,
    available_replica = :available_replica, build_id = :build_id, snapshot_index = :snapshot_index,
    operation_id = :operation_id, artifact = :artifact, updated_at = :now
WHERE id = :id AND fence = :fence

-- name: remove_component
DELETE FROM component WHERE id = :id AND fence = :fence

-- name: hold_component
-- Holds the component's row until the end of the transaction.
UPDATE component SET updated_at = updated_at WHERE id = :id

-- name: hold_idle_component
-- Holds the row of a component that no job is at; one that is accepted or retried meanwhile comes behind, or before.
UPDATE component SET updated_at = updated_at
WHERE id = :id AND fence = :fence AND NOT EXISTS (SELECT 1 FROM job WHERE job.active_target = component.id)

-- name: component
SELECT * FROM component WHERE id = :id AND application_id = :application_id

-- name: component_by_id
SELECT * FROM component WHERE id = :id

-- name: names_around_component
-- How the environment and the application that a component belongs to are called.
SELECT environment.name AS environment_name, application.name AS application_name
FROM component
    LEFT JOIN environment ON environment.id = component.environment_id
    LEFT JOIN application ON application.id = component.application_id
WHERE component.id = :id

-- name: component_and_names
SELECT component.*, environment.name AS environment_name, application.name AS application_name
FROM component
    LEFT JOIN environment ON environment.id = component.environment_id
    LEFT JOIN application ON application.id = component.application_id
WHERE component.id = :id

-- name: component_by_name
SELECT * FROM component WHERE application_id = :application_id AND name = :name

-- name: component_names
SELECT name FROM component WHERE application_id = :application_id ORDER BY name

-- name: components_by_creation
SELECT * FROM component WHERE application_id = :application_id AND (:status = '' OR status = :status)
ORDER BY created_at, id LIMIT :most OFFSET :skipped

-- name: components_by_creation_newest
SELECT * FROM component WHERE application_id = :application_id AND (:status = '' OR status = :status)
ORDER BY created_at DESC, id DESC LIMIT :most OFFSET :skipped

-- name: components_by_update
SELECT * FROM component WHERE application_id = :application_id AND (:status = '' OR status = :status)
ORDER BY updated_at, id LIMIT :most OFFSET :skipped

-- name: components_by_update_newest
SELECT * FROM component WHERE application_id = :application_id AND (:status = '' OR status = :status)
ORDER BY updated_at DESC, id DESC LIMIT :most OFFSET :skipped

-- name: count_components
SELECT COUNT(*) AS total FROM component WHERE application_id = :application_id AND (:status = '' OR status = :status)

-- name: count_components_of_environment
SELECT COUNT(*) AS total FROM component WHERE environment_id = :environment_id

-- name: components_of_node
SELECT component.* FROM component JOIN environment ON environment.id = component.environment_id
WHERE environment.driver = :driver AND environment.node = :node AND component.snapshot_index IS NOT NULL

-- name: unsettled_components
-- Components of a driver and node for which no job is active: those that a controller may look after.
SELECT component.* FROM component JOIN environment ON environment.id = component.environment_id
WHERE environment.driver = :driver AND environment.node = :node
    AND NOT EXISTS (SELECT 1 FROM job WHERE job.active_target = component.id)

-- name: ports_in_use
SELECT port FROM component WHERE port <> 0

-- name: add_snapshot
INSERT INTO snapshot (
    component_id, idx, job_id, operation, operation_status, version, annotations, runtime, replica, source, build,
    resource_limit, image_url, build_id, operation_id, artifact, status, available_replica, created_at, updated_at
) VALUES (
    :component_id, :idx, :job_id, :operation, :operation_status, :version, :annotations, :runtime, :replica, :source,
    :build, :resource_limit, :image_url, :build_id, :operation_id, :artifact, :status, :available_replica, :created_at,
    :updated_at
)

-- name: snapshots
SELECT * FROM snapshot WHERE component_id = :component_id ORDER BY idx

-- name: newest_artifacts
-- What the last so many snapshots start from.
SELECT DISTINCT artifact FROM snapshot
WHERE component_id = :component_id
    AND idx > (SELECT MAX(idx) FROM snapshot AS any_of_it WHERE any_of_it.component_id = :component_id) - :most

-- name: snapshot_operations
SELECT operation_id FROM snapshot WHERE component_id = :component_id AND operation_id IS NOT NULL

-- name: snapshot
SELECT * FROM snapshot WHERE component_id = :component_id AND idx = :idx

-- name: remove_older_snapshots
DELETE FROM snapshot WHERE component_id = :component_id AND idx <= :last

-- name: remove_snapshots_of_component
DELETE FROM snapshot WHERE component_id = :component_id

-- name: components_at_front
-- The components whose instances are behind the same front: the ports they have, and what is in effect where it may open
-- more: where the type stands in the history, or the history was deleted since and what is in effect cannot be told by it.
SELECT
    component.id, component.project_id, component.name, component.port,
    CASE WHEN EXISTS (
        SELECT 1 FROM configuration_item AS item WHERE item.component_id = component.id AND item.type = 'access')
    OR NOT EXISTS (
        SELECT 1 FROM configuration_item AS item
        WHERE item.component_id = component.id AND item.operation_id = component.operation_id)
    THEN component.operation_id END AS operation_id
FROM component JOIN environment ON environment.id = component.environment_id
WHERE environment.driver = :driver AND environment.node = :node AND component.port > 0

-- name: check_newest_configuration
-- Passes while the newest operation of the component, whose row is held, is this one ('' for none at all).
UPDATE component SET updated_at = updated_at
WHERE id = :component_id AND :operation_id = COALESCE((
    SELECT operation_id FROM configuration WHERE configuration.component_id = component.id
    ORDER BY operated_at DESC, operation_id DESC LIMIT 1), '')

-- name: add_configuration
INSERT INTO configuration (component_id, operation_id, items, operated_at)
VALUES (:component_id, :operation_id, :items, :operated_at)

-- name: add_configuration_item
INSERT INTO configuration_item (component_id, operation_id, position, type, data, operated_at)
VALUES (:component_id, :operation_id, :position, :type, :data, :operated_at)

-- name: configuration
SELECT * FROM configuration WHERE component_id = :component_id AND operation_id = :operation_id

-- name: configuration_times
SELECT operation_id, operated_at FROM configuration WHERE component_id = :component_id

-- name: newest_configuration
SELECT * FROM configuration WHERE component_id = :component_id ORDER BY operated_at DESC, operation_id DESC LIMIT 1

-- name: configuration_items
SELECT * FROM configuration_item WHERE component_id = :component_id ORDER BY operated_at DESC, operation_id DESC, position

-- name: remove_configuration_items
DELETE FROM configuration_item WHERE component_id = :component_id

-- name: remove_configurations_of_component
DELETE FROM configuration WHERE component_id = :component_id

-- name: add_instance
INSERT INTO instance (name, component_id, environment_id, job_id, fence, status, orders, created_at, updated_at)
VALUES (:name, :component_id, :environment_id, :job_id, :fence, :status, :orders, :created_at, :updated_at)

-- name: set_instance_status
UPDATE instance SET status = :status, updated_at = :now WHERE name = :name AND status <> :status

-- name: remove_instance
DELETE FROM instance WHERE name = :name

-- name: remove_instances_of_component
DELETE FROM instance WHERE component_id = :component_id

-- name: instances_of_component
SELECT * FROM instance WHERE component_id = :component_id ORDER BY created_at, name

-- name: stray_instances
-- Instances of a driver and node that no committed route names and that no active job may still need.
SELECT instance.*, component.route AS route, component.fence AS component_fence
FROM instance
    JOIN component ON component.id = instance.component_id
    JOIN environment ON environment.id = instance.environment_id
WHERE environment.driver = :driver AND environment.node = :node
    AND NOT EXISTS (SELECT 1 FROM job WHERE job.active_target = component.id)

-- name: instance
SELECT * FROM instance WHERE name = :name

-- name: count_component_event
INSERT INTO component_event (
    component_id, name, message, type, count, involved_object, involved_object_kind, created_at, updated_at
) VALUES (:component_id, :name, :message, :type, 1, :involved_object, :involved_object_kind, :now, :now)
ON CONFLICT (component_id, involved_object, name, message)
DO UPDATE SET count = component_event.count + 1, updated_at = excluded.updated_at, type = excluded.type

-- name: component_events
SELECT * FROM component_event WHERE component_id = :component_id ORDER BY updated_at DESC, name LIMIT :most

-- name: remove_events_of_component
DELETE FROM component_event WHERE component_id = :component_id

-- name: remove_old_component_events
DELETE FROM component_event WHERE updated_at < :before
