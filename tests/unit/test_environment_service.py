"""Environments in a real store."""

import asyncio

import pytest

from homeport.model.errors import (
    EnvironmentBeingDeleted,
    EnvironmentBusy,
    EnvironmentNameTaken,
    EnvironmentNotEmpty,
    EnvironmentNotFound,
    EnvironmentNotReady,
    InvalidEnvironmentName,
    InvalidParameter,
    Refused,
    RetryRefused,
)
from homeport.model.plans import Action
from homeport.model.records import BoundVolume
from homeport.model.states import Status
from homeport.services.applications import create_application
from homeport.services.environments import (
    NewEnvironment,
    Scope,
    create_environment,
    delete_environment,
    deletion_again,
    find_environment,
    list_environments,
)
from homeport.store.loading import load_job

ENTERPRISE = "b1f4d2c0-0000-4000-8000-000000000001"


def refusals(answers):
    """Return how many answers are refusals; whatever else failed fails the test."""
    for answer in answers:
        if isinstance(answer, Exception) and not isinstance(answer, Refused):
            raise answer
    return sum(isinstance(answer, Refused) for answer in answers)


def new(house, name="test", annotations="{}", enterprise=None):
    return NewEnvironment(
        project_id=house.project_id,
        name=name,
        annotations=annotations,
        enterprise_project_id=enterprise,
        requested_by="ada",
    )


def test_an_environment_is_listed_as_creating_from_the_moment_its_job_is_accepted(in_house) -> None:
    async def scenario(house):
        job_id = await create_environment(house.context, new(house, annotations='{"vpc_id": "v"}'))
        (listed,) = await list_environments(house.context, house.project_id, None)
        return job_id, listed

    job_id, listed = in_house(scenario)
    assert (listed.name, listed.status, listed.job_id, listed.node) == ("test", "creating", job_id, None)
    assert listed.annotations == '{"vpc_id": "v"}'


def test_the_job_that_creates_an_environment_carries_driver_and_script(in_house) -> None:
    async def scenario(house):
        annotations = '{"homeport/driver": "process", "homeport/script": "ready=2s", "homeport/deadline": "90s"}'
        return await load_job(
            house.context.store, await create_environment(house.context, new(house, annotations=annotations))
        )

    job = in_house(scenario)
    assert (job.action, job.status, job.driver, job.requested_by) == (
        Action.CREATE_ENVIRONMENT,
        Status.INIT,
        "process",
        "ada",
    )
    assert job.goal.script == "ready=2s"
    assert job.deadline_at == job.accepted_at + 90_000_000


@pytest.mark.parametrize(
    ("name", "annotations", "refusal"),
    [
        ("Test", "{}", InvalidEnvironmentName),
        ("test", '{"homeport/driver": "kubernetes"}', InvalidParameter),
        ("test", '{"homeport/deadline": "soon"}', InvalidParameter),
    ],
)
def test_an_environment_that_cannot_be_is_refused_and_nothing_is_listed(in_house, name, annotations, refusal) -> None:
    async def scenario(house):
        with pytest.raises(refusal):
            await create_environment(house.context, new(house, name, annotations))
        return await list_environments(house.context, house.project_id, None)

    assert in_house(scenario) == []


def test_two_environments_of_a_project_cannot_have_one_name(in_house) -> None:
    async def scenario(house):
        await create_environment(house.context, new(house))
        with pytest.raises(EnvironmentNameTaken):
            await create_environment(house.context, new(house))

    in_house(scenario)


def test_of_equal_requests_that_come_at_once_one_makes_the_environment_and_the_others_are_refused(in_house) -> None:
    async def scenario(house):
        return await asyncio.gather(
            *(create_environment(house.context, new(house)) for _ in range(8)), return_exceptions=True
        )

    answers = in_house(scenario)
    assert sorted(type(answer).__name__ for answer in answers) == ["EnvironmentNameTaken"] * 7 + ["str"]


def test_another_project_may_use_the_same_name(in_house) -> None:
    async def scenario(house):
        await house.environment("test", project_id="f" * 32)
        return await create_environment(house.context, new(house, "test"))

    assert in_house(scenario)


def test_an_environment_of_another_project_is_not_found(in_house) -> None:
    async def scenario(house):
        other = await house.environment(project_id="f" * 32)
        with pytest.raises(EnvironmentNotFound):
            await find_environment(house.context, Scope(house.project_id, other.id))

    in_house(scenario)


def test_a_list_without_an_enterprise_project_shows_all_and_with_one_only_its_own(in_house) -> None:
    async def scenario(house):
        await create_environment(house.context, new(house, "in-none"))
        await create_environment(house.context, new(house, "in-one", enterprise=ENTERPRISE))
        lists = [await list_environments(house.context, house.project_id, given) for given in (None, "0", ENTERPRISE)]
        return [[environment.name for environment in one] for one in lists]

    assert in_house(scenario) == [["in-none", "in-one"], ["in-none"], ["in-one"]]


@pytest.mark.parametrize("status", ["finish", "create_failed", "delete_failed"])
def test_an_empty_environment_can_be_deleted_whether_it_came_about_or_not(in_house, status) -> None:
    async def scenario(house):
        environment = await house.environment(status=status)
        job = await load_job(
            house.context.store, await delete_environment(house.context, house.scope(environment), "ada")
        )
        return environment, await find_environment(house.context, house.scope(environment)), job

    before, after, job = in_house(scenario)
    assert (after.status, after.job_id) == ("deleting", job.id)
    assert (job.action, job.node, job.goal.prior.status) == (Action.DELETE_ENVIRONMENT, before.node, status)


def test_the_deadline_of_an_environments_creation_is_not_the_one_of_its_deletion(in_house) -> None:
    async def scenario(house):
        environment = await house.environment(annotations='{"homeport/deadline": "1ms", "homeport/script": "stop=2s"}')
        return await load_job(
            house.context.store, await delete_environment(house.context, house.scope(environment), "ada")
        )

    job = in_house(scenario)
    assert (job.hard_deadline, job.goal.script) == (False, "stop=2s")


def test_a_deletion_is_not_retried_over_volumes_that_were_bound_meanwhile(in_house) -> None:
    async def scenario(house):
        environment = await house.environment()
        job_id = await delete_environment(house.context, house.scope(environment), "ada")
        kind = {"resource_type": "sfs", "resource_sub_type": "sfs3.0"}
        bound = BoundVolume(id="v", environment_id=environment.id, name="shop-data", created_at=1, **kind)
        await house.write("add_volume", bound)
        await deletion_again(house.context, await load_job(house.context.store, job_id))

    with pytest.raises(RetryRefused, match="has the volumes shop-data by now"):
        in_house(scenario)


def test_an_environment_with_applications_inside_is_not_deleted_and_names_them(in_house) -> None:
    async def scenario(house):
        environment = await house.environment()
        await house.application(environment, "shop")
        await house.application(environment, "blog")
        with pytest.raises(EnvironmentNotEmpty) as refused:
            await delete_environment(house.context, house.scope(environment), "ada")
        return refused.value.applications, await find_environment(house.context, house.scope(environment))

    names, environment = in_house(scenario)
    assert (names, environment.status) == (("shop", "blog"), "finish")


def test_an_environment_is_deleted_once(in_house) -> None:
    async def scenario(house):
        environment = await house.environment()
        job_id = await delete_environment(house.context, house.scope(environment), "ada")
        with pytest.raises(EnvironmentBeingDeleted) as refused:
            await delete_environment(house.context, house.scope(environment), "ada")
        return job_id, refused.value.job_id

    job_id, named = in_house(scenario)
    assert named == job_id


def test_an_environment_whose_creation_has_not_ended_is_not_deleted(in_house) -> None:
    async def scenario(house):
        job_id = await create_environment(house.context, new(house))
        (environment,) = await list_environments(house.context, house.project_id, None)
        with pytest.raises(EnvironmentBusy, match=job_id):
            await delete_environment(house.context, house.scope(environment), "ada")

    in_house(scenario)


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        ("creating", EnvironmentNotReady),
        ("create_failed", EnvironmentNotReady),
        ("delete_failed", EnvironmentNotReady),
        ("deleting", EnvironmentBeingDeleted),
    ],
)
def test_nothing_is_put_into_an_environment_that_is_not_whole(in_house, status, refusal) -> None:
    async def scenario(house):
        environment = await house.environment(status=status)
        with pytest.raises(refusal):
            await create_application(house.context, house.scope(environment), "shop")

    in_house(scenario)


def test_of_a_deletion_and_an_addition_that_meet_one_is_refused(in_house) -> None:
    async def scenario(house):
        outcomes = []
        for round_ in range(20):
            environment = await house.environment(f"env-{round_}")
            scope = house.scope(environment)
            both = [create_application(house.context, scope, "shop"), delete_environment(house.context, scope, "ada")]
            answers = await asyncio.gather(*(both if round_ % 2 else both[::-1]), return_exceptions=True)
            outcomes.append(refusals(answers))
        return outcomes

    assert in_house(scenario) == [1] * 20


def test_a_deletion_that_names_another_enterprise_project_is_refused(in_house) -> None:
    async def scenario(house):
        environment = await house.environment(enterprise_project_id=ENTERPRISE)
        with pytest.raises(InvalidParameter, match=ENTERPRISE):
            await delete_environment(house.context, Scope(house.project_id, environment.id, "0"), "ada")

    in_house(scenario)
