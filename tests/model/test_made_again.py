"""Instances that a component lacks and that keep makes anew: whose they are."""

from __future__ import annotations

import asyncio
from pathlib import Path

from homeport.model.plans import Action
from homeport.model.states import Status
from homeport.services.keeping import take_over
from support.engine import an_engine


def test_what_is_made_anew_belongs_to_the_job_whose_version_serves_not_to_an_upgrade_that_failed(
    tmp_path: Path,
) -> None:
    async def scenario() -> tuple[str, set[object]]:
        async with an_engine(tmp_path) as engine:
            engine.start_worker()
            environment = await engine.environment()
            component = await engine.component(environment)
            deployed = await engine.act(environment, component, Action.DEPLOY)
            assert (await engine.ended(deployed)).status is Status.SUCCESS
            failed = await engine.act(environment, component, Action.UPGRADE, "pull=fail:image-missing")
            assert (await engine.ended(failed)).status is Status.FAILED
            made = {order.name for order in await take_over(engine.context, await engine.now(component), ())}
            rows = await engine.context.store.rows("instances_of_component", component_id=component.id)
            return deployed, {row["job_id"] for row in rows if row["name"] in made}

    deployed, makers = asyncio.run(scenario())
    assert makers == {deployed}
