"""Applications in a real store."""

import asyncio

import msgspec
import pytest

from homeport.model.errors import (
    ApplicationNameTaken,
    ApplicationNotEmpty,
    ApplicationNotFound,
    InvalidApplicationName,
    Refused,
)
from homeport.model.plans import Action
from homeport.services.actions import ActionRequest, execute_action
from homeport.services.applications import (
    create_application,
    delete_application,
    find_application,
    list_applications,
)
from homeport.services.components import (
    create_component,
)
from homeport.services.environments import find_environment

LIMIT = '{"cpu_limit":"500m","memory_limit":"1Gi"}'


def refusals(answers):
    """Return how many answers are refusals; whatever else failed fails the test."""
    for answer in answers:
        if isinstance(answer, Exception) and not isinstance(answer, Refused):
            raise answer
    return sum(isinstance(answer, Refused) for answer in answers)


async def place(house, name="test"):
    """Return an environment and an application in it."""
    environment = await house.environment(name)
    return environment, await house.application(environment)


async def deploy(house, component):
    """Accept a deployment of a component and return its job's id."""
    environment = await find_environment(
        house.context, house.scope(msgspec.structs.replace(component, id=component.environment_id))
    )
    return await execute_action(house.context, environment, component, ActionRequest(action=Action.DEPLOY), "ada")


def test_applications_are_listed_oldest_first(in_house) -> None:
    async def scenario(house):
        environment = await house.environment()
        created = [await house.application(environment, name) for name in ("shop", "blog")]
        return created, await list_applications(house.context, environment)

    created, listed = in_house(scenario)
    assert listed == created


def test_a_malformed_application_name_is_refused(in_house) -> None:
    async def scenario(house):
        environment = await house.environment()
        with pytest.raises(InvalidApplicationName):
            await create_application(house.context, house.scope(environment), "Shop")

    in_house(scenario)


def test_of_equal_applications_that_come_at_once_one_is_made(in_house) -> None:
    async def scenario(house):
        environment = await house.environment()
        return await asyncio.gather(
            *(create_application(house.context, house.scope(environment), "shop") for _ in range(5)),
            return_exceptions=True,
        )

    kinds = [type(answer) for answer in in_house(scenario)]
    assert kinds.count(ApplicationNameTaken) == 4


def test_an_application_is_found_in_its_own_environment_alone(in_house) -> None:
    async def scenario(house):
        _, application = await place(house)
        other = await house.environment("other")
        with pytest.raises(ApplicationNotFound):
            await find_application(house.context, other, application.id)

    in_house(scenario)


def test_an_empty_application_is_deleted(in_house) -> None:
    async def scenario(house):
        environment, application = await place(house)
        await delete_application(house.context, environment, application.id)
        return await list_applications(house.context, environment)

    assert in_house(scenario) == []


def test_an_application_with_components_is_not_deleted_and_names_them(in_house) -> None:
    async def scenario(house):
        environment, application = await place(house)
        await create_component(house.context, house.scope(environment), application.id, house.spec("cart"))
        with pytest.raises(ApplicationNotEmpty) as refused:
            await delete_application(house.context, environment, application.id)
        return refused.value.components

    assert in_house(scenario) == ("cart",)


def test_of_an_applications_deletion_and_a_component_that_meet_one_is_refused(in_house) -> None:
    async def scenario(house):
        outcomes = []
        for round_ in range(20):
            environment, application = await place(house, f"env-{round_}")
            both = [
                create_component(house.context, house.scope(environment), application.id, house.spec()),
                delete_application(house.context, environment, application.id),
            ]
            answers = await asyncio.gather(*(both if round_ % 2 else both[::-1]), return_exceptions=True)
            outcomes.append(refusals(answers))
        return outcomes

    assert in_house(scenario) == [1] * 20
