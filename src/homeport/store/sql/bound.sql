-- What an environment has beside its applications: domains and volumes.

-- name: add_environment_domain
-- Misses where the environment has one of the name.
INSERT INTO environment_domain (id, environment_id, name, created_at)
VALUES (:id, :environment_id, :name, :created_at)
ON CONFLICT DO NOTHING

-- name: environment_domains
SELECT * FROM environment_domain WHERE environment_id = :environment_id ORDER BY created_at, id

-- name: remove_environment_domain
DELETE FROM environment_domain WHERE id = :id AND environment_id = :environment_id

-- name: remove_domains_of_environment
DELETE FROM environment_domain WHERE environment_id = :environment_id

-- name: add_volume
-- Misses where the environment has one of the name.
INSERT INTO volume (id, environment_id, name, resource_type, resource_sub_type, created_at)
VALUES (:id, :environment_id, :name, :resource_type, :resource_sub_type, :created_at)
ON CONFLICT DO NOTHING

-- name: volumes
SELECT * FROM volume WHERE environment_id = :environment_id ORDER BY created_at, id

-- name: remove_volume
DELETE FROM volume WHERE id = :id AND environment_id = :environment_id

-- name: components_that_may_mount
-- The components of an environment in whose history volumes stand, or whose history was deleted since, and what is in
-- effect for each.
SELECT component.id, component.name, component.operation_id, application.id AS application_id,
    application.name AS application_name
FROM component JOIN application ON application.id = component.application_id
WHERE component.environment_id = :environment_id AND component.operation_id IS NOT NULL AND (EXISTS (
    SELECT 1 FROM configuration_item AS item WHERE item.component_id = component.id AND item.type = 'volume')
    OR NOT EXISTS (
        SELECT 1 FROM configuration_item AS item
        WHERE item.component_id = component.id AND item.operation_id = component.operation_id))
ORDER BY component.created_at, component.id
