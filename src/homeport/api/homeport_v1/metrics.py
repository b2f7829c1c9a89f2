"""The metrics that instances tell of themselves."""

from __future__ import annotations

from homeport.api.calls import Answer, Call, Handler, json_answer
from homeport.api.homeport_v1.schemas import InstanceMetrics, MetricSample, MetricsAnswer
from homeport.model.clock import rfc3339
from homeport.model.custom_metrics import Reading
from homeport.model.errors import ComponentNotFound
from homeport.services.context import Context
from homeport.services.custom_metrics import Readings
from homeport.store.loading import load_component


def handlers(context: Context, readings: Readings) -> dict[str, Handler]:
    """Return the handlers by operation id."""

    async def show(call: Call) -> Answer:
        component = await load_component(context.store, call.param("component_id"))
        if component is None or component.project_id != call.project_id:
            raise ComponentNotFound(call.param("component_id"))
        return json_answer(MetricsAnswer(items=[_item(one) for one in await readings.of(component.id)]))

    return {"ShowComponentMetrics": show}


def _item(reading: Reading) -> InstanceMetrics:
    return InstanceMetrics(
        name=reading.instance,
        read_at=rfc3339(reading.at),
        failure=reading.failure or None,
        left_out=reading.left_out,
        samples=[
            MetricSample(name=one.name, type=one.type, labels=dict(one.labels), value=one.value)
            for one in reading.samples
        ],
    )
