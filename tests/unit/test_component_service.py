"""Components in a real store."""

import asyncio

import msgspec
import pytest

from homeport.model.changes import Change, Statement
from homeport.model.configurations import NewItem
from homeport.model.errors import (
    ApplicationNotFound,
    ComponentNameTaken,
    ComponentNotFound,
    InvalidComponentName,
    InvalidParameter,
    JobActive,
    Refused,
    WrongState,
)
from homeport.model.plans import Action
from homeport.services.actions import ActionRequest, execute_action
from homeport.services.components import (
    Page,
    SpecChange,
    create_component,
    find_component,
    list_components,
    update_component,
)
from homeport.services.configuration_sets import load_set
from homeport.services.deployments import create_and_deploy
from homeport.services.environments import find_environment
from homeport.store.loading import load_component, load_job

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


async def carts(house, environment, application, number):
    """Create the components cart-0, cart-1, … one after the other."""
    scope = house.scope(environment)
    return [
        await create_component(house.context, scope, application.id, house.spec(f"cart-{index}"))
        for index in range(number)
    ]


async def deploy(house, component):
    """Accept a deployment of a component and return its job's id."""
    environment = await find_environment(
        house.context, house.scope(msgspec.structs.replace(component, id=component.environment_id))
    )
    return await execute_action(house.context, environment, component, ActionRequest(action=Action.DEPLOY), "ada")


async def mark_deployed(house, component):
    """Write down that a snapshot serves, as the last commit of a deploy does."""
    params = msgspec.structs.asdict(component) | {
        "status": "running",
        "available_replica": 1,
        "snapshot_index": 1,
        "now": house.context.clock.now(),
    }
    await house.context.store.commit(Change((Statement("record_component", params),)))


def test_a_new_component_is_created_without_instances_and_keeps_what_was_sent_byte_for_byte(in_house) -> None:
    sent = {"source": '{ "type":"image", "url":"a\\u0026b" }', "build": "{ }", "annotations": '{"version": "1.2.3" }'}

    async def scenario(house):
        return await load_component(house.context.store, (await house.component(**sent)).id)

    kept = in_house(scenario)
    assert (kept.status, kept.available_replica, kept.job_id, kept.deployed) == ("created", 0, "", False)
    assert {name: getattr(kept, name) for name in sent} == sent
    assert (kept.version, kept.image_url) == ("1.2.3", "a&b")


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"name": "abc"}, InvalidComponentName),
        ({"replica": 100}, InvalidParameter),
        ({"annotations": '{"version": "1"}'}, InvalidParameter),
        ({"annotations": '{"homeport/script": "dance"}'}, InvalidParameter),
        ({"runtime": "Python3"}, InvalidParameter),
        ({"resource_limit": '{"cpu_limit":"500m","memory_limit":"4Gi"}'}, InvalidParameter),
        ({"source": '{"type":"code","url":"x"}', "build": "{}"}, InvalidParameter),
    ],
)
def test_a_component_that_breaks_a_rule_is_refused(in_house, facts, refusal) -> None:
    async def scenario(house):
        with pytest.raises(refusal):
            await house.component(**facts) if "name" not in facts else await house.component(facts["name"])

    in_house(scenario)


def test_two_components_of_an_application_cannot_have_one_name(in_house) -> None:
    async def scenario(house):
        environment, application = await place(house)
        return await asyncio.gather(
            *(
                create_component(house.context, house.scope(environment), application.id, house.spec())
                for _ in range(5)
            ),
            return_exceptions=True,
        )

    assert [type(answer) for answer in in_house(scenario)].count(ComponentNameTaken) == 4


def test_an_environment_holds_no_more_components_than_it_may_even_if_they_come_at_once(in_house) -> None:
    async def scenario(house):
        environment, application = await place(house)
        names = [f"cart-{number}" for number in range(6)]
        answers = await asyncio.gather(
            *(
                create_component(house.context, house.scope(environment), application.id, house.spec(name))
                for name in names
            ),
            return_exceptions=True,
        )
        return [answer for answer in answers if isinstance(answer, Exception)]

    refusals = in_house(scenario, components_per_environment=3)
    assert [type(refusal) for refusal in refusals] == [InvalidParameter] * 3
    assert "at most 3" in str(refusals[0])


def test_a_component_is_found_in_its_own_application_alone(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        environment, other = await place(house)
        with pytest.raises(ComponentNotFound):
            await find_component(house.context, environment, other.id, component.id)
        with pytest.raises(ApplicationNotFound):
            await find_component(house.context, environment, component.application_id, component.id)

    in_house(scenario)


@pytest.mark.parametrize(
    ("page", "names"),
    [
        (Page(limit=2), ["cart-2", "cart-1"]),
        (Page(limit=2, offset=2), ["cart-0"]),
        (Page(limit=2, offset=3), []),
        (Page(limit=9, newest_first=False), ["cart-0", "cart-1", "cart-2"]),
        (Page(limit=9, by_update=True), ["cart-0", "cart-2", "cart-1"]),
        (Page(limit=9, by_update=True, newest_first=False), ["cart-1", "cart-2", "cart-0"]),
    ],
)
def test_components_are_listed_page_by_page_in_the_order_asked_for(in_house, page, names) -> None:
    async def scenario(house):
        environment, application = await place(house)
        made = [
            await create_component(
                house.context, house.scope(environment), application.id, house.spec(f"cart-{number}")
            )
            for number in range(3)
        ]
        await update_component(house.context, made[0], SpecChange(name="cart-0", resource_limit=LIMIT))
        return await list_components(house.context, application, page)

    listed, total = in_house(scenario)
    assert ([component.name for component in listed], total) == (names, 3)


def test_a_list_of_one_status_counts_that_status(in_house) -> None:
    async def scenario(house):
        environment, application = await place(house)
        made = [
            await create_component(
                house.context, house.scope(environment), application.id, house.spec(f"cart-{number}")
            )
            for number in range(3)
        ]
        await mark_deployed(house, made[1])
        return await list_components(house.context, application, Page(limit=1, status="created"))

    listed, total = in_house(scenario)
    assert ([component.name for component in listed], total) == (["cart-2"], 2)


def test_an_update_changes_what_it_has_and_leaves_the_rest(in_house) -> None:
    change = SpecChange(
        name="basket",
        resource_limit='{"cpu_limit":"1000m","memory_limit":"4Gi"}',
        annotations='{"version":"2.0.0"}',
        source='{"type":"image","url":"nginx:2"}',
    )

    async def scenario(house):
        before = await house.component(replica=5)
        await update_component(house.context, before, change)
        return before, await load_component(house.context.store, before.id)

    before, after = in_house(scenario)
    assert (after.name, after.resource_limit, after.source) == (change.name, change.resource_limit, change.source)
    assert (after.version, after.image_url) == ("2.0.0", "nginx:2")
    assert (after.replica, after.runtime, after.build) == (5, before.runtime, before.build)
    assert after.updated_at > before.updated_at


def test_an_update_is_checked_together_with_what_stays(in_house) -> None:
    change = SpecChange(name="cart", resource_limit=LIMIT, runtime="Python3")

    async def scenario(house):
        with pytest.raises(InvalidParameter) as refused:
            await update_component(house.context, await house.component(), change)
        return refused.value.field

    assert in_house(scenario) == "spec.runtime"


def test_an_update_may_not_take_the_name_of_another_component(in_house) -> None:
    async def scenario(house):
        environment, application = await place(house)
        scope = house.scope(environment)
        first = await create_component(house.context, scope, application.id, house.spec("cart"))
        await create_component(house.context, scope, application.id, house.spec("basket"))
        with pytest.raises(ComponentNameTaken):
            await update_component(house.context, first, SpecChange(name="basket", resource_limit=LIMIT))

    in_house(scenario)


def test_of_updates_to_one_name_that_meet_one_gets_it(in_house) -> None:
    async def scenario(house):
        environment, application = await place(house)
        made = await carts(house, environment, application, 4)
        change = SpecChange(name="basket", resource_limit=LIMIT)
        return await asyncio.gather(
            *(update_component(house.context, component, change) for component in made), return_exceptions=True
        )

    assert [type(answer) for answer in in_house(scenario)].count(ComponentNameTaken) == 3


def test_a_component_whose_job_is_active_is_not_updated(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        job_id = await deploy(house, component)
        with pytest.raises(JobActive, match=job_id):
            await update_component(house.context, component, SpecChange(name="cart", resource_limit=LIMIT))

    in_house(scenario)


def test_a_component_that_was_deployed_is_not_updated(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        await mark_deployed(house, component)
        with pytest.raises(WrongState):
            await update_component(house.context, component, SpecChange(name="cart", resource_limit=LIMIT))

    in_house(scenario)


def test_a_component_that_is_gone_is_not_updated(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        await house.context.store.commit(Change((Statement("remove_component", {"id": component.id, "fence": 0}),)))
        with pytest.raises(ComponentNotFound):
            await update_component(house.context, component, SpecChange(name="cart", resource_limit=LIMIT))

    in_house(scenario)


def test_an_update_and_a_deployment_that_meet_leave_the_job_with_what_is_shown(in_house) -> None:
    async def scenario(house):
        told = []
        for round_ in range(20):
            component = await house.component(f"cart-{round_}")
            both = [
                update_component(house.context, component, SpecChange(name="basket", resource_limit=LIMIT, replica=7)),
                deploy(house, component),
            ]
            answers = await asyncio.gather(*(both if round_ % 2 else both[::-1]), return_exceptions=True)
            job_id = next(answer for answer in answers if isinstance(answer, str))
            job = await load_job(house.context.store, job_id)
            told.append((job.goal.replica, (await load_component(house.context.store, component.id)).replica))
        return told

    assert all(frozen == shown for frozen, shown in in_house(scenario))


def test_a_component_is_created_configured_and_deployed_in_one_change(in_house) -> None:
    env = b'{"spec":{"envs":{"A":"1"}}}'

    async def scenario(house):
        environment, application = await place(house)
        items = [NewItem("env", env), NewItem("log", None)]
        deployment = await create_and_deploy(
            house.context, house.scope(environment), application.id, house.spec(), items, "ada"
        )
        component = await load_component(house.context.store, deployment.component.id)
        job = await load_job(house.context.store, component.job_id)
        return deployment, component, job, await load_set(house.context, component.id, job.goal.operation_id)

    deployment, component, job, settings = in_house(scenario)
    assert component == deployment.component
    assert (component.status, job.action, job.goal.prior.status) == ("notReady", Action.DEPLOY, "created")
    assert job.goal.operation_id == deployment.operation.id
    assert {type_: bytes(data) for type_, data in settings.items()} == {"env": env}


def test_without_configurations_nothing_is_stored_of_them(in_house) -> None:
    async def scenario(house):
        environment, application = await place(house)
        deployment = await create_and_deploy(
            house.context, house.scope(environment), application.id, house.spec(), [], "ada"
        )
        job = await load_job(house.context.store, deployment.component.job_id)
        return deployment.operation, job.goal.operation_id

    assert in_house(scenario) == (None, None)


def test_of_equal_creations_with_deployment_that_meet_one_is_accepted(in_house) -> None:
    async def scenario(house):
        environment, application = await place(house)
        answers = await asyncio.gather(
            *(
                create_and_deploy(house.context, house.scope(environment), application.id, house.spec(), [], "ada")
                for _ in range(4)
            ),
            return_exceptions=True,
        )
        return answers, await list_components(house.context, application, Page(limit=9))

    answers, (listed, _) = in_house(scenario)
    assert [type(answer) for answer in answers].count(ComponentNameTaken) == 3
    assert len(listed) == 1
