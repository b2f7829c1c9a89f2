"""Configuration type `customMetric`: what may be asked for, and what an instance's answer says."""

import asyncio
import json
from typing import Any

import msgspec
import pytest
from aiohttp import web

from homeport.drivers.scraping import LARGEST_PAGE, NotTold, told_by
from homeport.model.configuration_rules import checked_item
from homeport.model.configurations import NewItem, custom_metrics_of
from homeport.model.custom_metrics import MOST_SAMPLES, CustomMetrics, Sample, Unreadable, read_samples
from homeport.model.effects import shortcomings
from homeport.model.errors import InvalidParameter

PAGE = """
# HELP orders_total Orders that were paid.
# TYPE orders_total counter
orders_total{shop="sea side"} 17 1395066363000
# TYPE took histogram
took_bucket{le="+Inf",} 3
took_sum 1.5e-3
load NaN
"""


def data(**spec: Any) -> bytes:
    return json.dumps({"spec": spec}).encode()


def names(page: str, *wanted: str) -> list[str]:
    return [one.name for one in read_samples(page, CustomMetrics(metrics=wanted))[0]]


def test_a_path_a_port_and_names_are_taken_and_nothing_asks_for_nothing() -> None:
    spec = {"path": "/stats?all=1", "port": 9100, "metrics": ["orders_total", "job:load:sum"]}
    checked_item("customMetric", data(**spec), "items[0]")
    assert custom_metrics_of({"customMetric": msgspec.Raw(data(**spec))}) == msgspec.convert(spec, CustomMetrics)
    assert custom_metrics_of({"customMetric": msgspec.Raw(data(path="", metrics=[]))}) is None
    assert (CustomMetrics(port=1).way, CustomMetrics(path="/stats").way) == ("/metrics", "/stats")


@pytest.mark.parametrize(
    ("spec", "field"),
    [
        ({"path": "metrics"}, "path"),
        ({"path": "/a b"}, "path"),
        ({"path": "/a\r\nHost: x"}, "path"),
        ({"metrics": ["a-b"]}, "metrics[0]"),
        ({"metrics": [f"m{number}" for number in range(101)]}, "metrics"),
        ({"metrics": "orders"}, "metrics"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_by_its_path(spec: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        checked_item("customMetric", data(**spec), "items[0]")
    assert refused.value.field == f"items[0].data.spec.{field}"


def test_on_driver_process_it_is_said_that_port_stands_for_another() -> None:
    (told,) = shortcomings("process", NewItem("customMetric", data(port=9100)))
    assert (told.event, "PORT is asked instead of port 9100" in told.message) == ("ConfigurationInPart", True)
    assert shortcomings("process", NewItem("customMetric", data(path="/metrics"))) == ()
    assert shortcomings("docker", NewItem("customMetric", data(port=9100))) == ()


def test_samples_are_read_with_their_labels_and_types() -> None:
    samples, left_out = read_samples(PAGE, CustomMetrics())
    assert left_out == 0
    assert samples == (
        Sample("orders_total", "17", {"shop": "sea side"}, "counter"),
        Sample("took_bucket", "3", {"le": "+Inf"}, "histogram"),
        Sample("took_sum", "1.5e-3", {}, "histogram"),
        Sample("load", "NaN", {}, "untyped"),
    )


def test_a_metric_is_named_by_its_own_name_or_by_that_of_its_histogram_or_counter() -> None:
    assert names(PAGE, "took", "orders") == ["orders_total", "took_bucket", "took_sum"]
    assert names(PAGE, "took_sum") == ["took_sum"]


def test_escapes_in_labels_are_undone_and_secrets_are_hidden() -> None:
    page = r'a{path="C:\\x\n}",quote="\"",key="secret"} 1'
    [sample] = read_samples(page, CustomMetrics(), lambda text: text.replace("secret", "***"))[0]
    assert sample.labels == {"path": "C:\\x\n}", "quote": '"', "key": "***"}


@pytest.mark.parametrize("line", ['{"a": 1}', "hello world", 'a{x="1" 1', "a 1 2 3", "a", "<html>", "1a 1", "a x"])
def test_what_is_no_sample_is_said_with_its_line(line: str) -> None:
    with pytest.raises(Unreadable, match="line 2 is no sample"):
        read_samples(f"good 1\n{line}\n", CustomMetrics())


def test_of_too_many_samples_the_first_are_kept_and_the_others_counted() -> None:
    samples, left_out = read_samples("a 1\n" * (MOST_SAMPLES + 7), CustomMetrics())
    assert (len(samples), left_out) == (MOST_SAMPLES, 7)


@pytest.mark.parametrize(
    ("path", "failure"),
    [
        ("/moved", "answered 302"),
        ("/large", f"answered more than {LARGEST_PAGE} bytes"),
        ("/silent", "no answer within 0.2 s"),
        ("/good", None),
    ],
)
def test_an_instance_is_asked_for_a_page_of_bounded_size_and_time_and_nothing_else(
    path: str, failure: str | None
) -> None:
    async def scenario() -> str:
        application = web.Application()
        application.router.add_get("/good", _good)
        application.router.add_get("/moved", _moved)
        application.router.add_get("/large", _large)
        application.router.add_get("/silent", _silent)
        runner = web.AppRunner(application, handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            return await told_by("127.0.0.1", runner.addresses[0][1], path, 0.2 if path == "/silent" else 30)
        finally:
            await runner.cleanup()

    if failure is None:
        assert asyncio.run(scenario()) == "up 1\n"
    else:
        with pytest.raises(NotTold, match=failure):
            asyncio.run(scenario())


async def _good(_: web.Request) -> web.Response:
    return web.Response(text="up 1\n")


async def _moved(_: web.Request) -> web.Response:
    raise web.HTTPFound("/good")


async def _large(_: web.Request) -> web.Response:
    return web.Response(text="#" * (LARGEST_PAGE + 1))


async def _silent(_: web.Request) -> web.Response:
    return web.Response(text=await asyncio.get_running_loop().create_future())
