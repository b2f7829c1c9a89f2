"""The rig for driver `docker`: an Engine of the tests' own, and an image for each program."""

from pathlib import Path

from driver.programs import PROGRAMS, SERVER
from driver.rigs import Rig, Shared
from homeport.drivers.buckets import SupervisorBuckets
from homeport.drivers.docker.driver import DockerDriver
from homeport.drivers.docker.engine import DockerEngine
from homeport.drivers.docker.layout import DockerLayout
from homeport.drivers.docker.settings import DockerSettings
from homeport.drivers.process.link import SupervisorLink
from homeport.model.clock import SystemClock
from homeport.model.ids import SystemIds
from homeport.model.workloads import Artifact, InstanceOrder, Source
from support.docker import OwnEngine
from support.docker_images import PYTHON, command, make_python


class DockerRig(Rig):
    """The driver `docker`, with an Engine that the tests of a session share."""

    programs = frozenset(PROGRAMS)
    driver: DockerDriver

    def __init__(
        self, driver: DockerDriver, layout: DockerLayout, engine: OwnEngine, folder: Path, link: SupervisorLink
    ) -> None:
        super().__init__(driver, folder)
        self.layout = layout
        self.link = link
        self.engine = engine

    def source_of(self, program: str) -> Source:
        make_image(self.engine, program)
        return self.image(image_of(program))

    async def built(self, program: str) -> Artifact:
        """Return the image of a program as an artifact."""
        return await self.driver.pull(self.build_order(self.source_of(program)), None, self.sink)

    def image(self, name: str) -> Source:
        """Return an image as a source."""
        return Source("image", name)

    def execute(self, order: InstanceOrder, script: str) -> None:
        """Run a shell script within an instance's container."""
        self.engine.execute(order.name, script)

    def another(self, folder: Path | None = None) -> "DockerRig":
        """Return a rig as another process would have it, of the same data folder or of another one."""
        layout = self.layout if folder is None else DockerLayout(folder)
        return docker_rig_in(layout, self.engine, self.folder)

    async def clear_up(self) -> None:
        """End everything that was ordered, and let go of the Engine."""
        await super().clear_up()
        await self.driver.forget(self.owner.component_id)
        await self.driver.close()
        await self.link.close()


def image_of(program: str) -> str:
    """Return the name of the image of a program."""
    return f"homeport-test/{program.replace(' ', '-').lower()}:1"


def make_images(engine: OwnEngine, folder: Path) -> None:
    """Make what the images of all programs are made from, and the image of the one that most tests use."""
    files = {program: f"{SERVER}\n{text}\n" for program, text in PROGRAMS.items()}
    make_python(engine, folder, files)
    make_image(engine, "serves")


def make_image(engine: OwnEngine, program: str) -> None:
    """Make the image of a program, unless it is there."""
    if engine.http.get(f"/images/{image_of(program)}/json").status_code == 404:
        engine.derive_image(image_of(program), PYTHON, command("/bin/python3", "-u", f"/programs/{program}"))


def docker_rig(shared: Shared, folder: Path) -> DockerRig:
    """Return a rig for driver `docker` whose Engine is the session's."""
    return docker_rig_in(DockerLayout(shared.data_dir), shared.docker(), folder)


def docker_rig_in(layout: DockerLayout, engine: OwnEngine, folder: Path) -> DockerRig:
    """Return a rig for driver `docker` in a data folder, on an Engine that has the images."""
    clock = SystemClock()
    settings = DockerSettings(host=engine.host, log_bytes=100_000)
    link = SupervisorLink(layout.data_dir, flags=("--idle-seconds", "60"))
    driver = DockerDriver(
        DockerEngine(engine.host, clock),
        layout,
        settings=settings,
        clock=clock,
        ids=SystemIds(clock),
        buckets=SupervisorBuckets(link),
    )
    return DockerRig(driver, layout, engine, folder, link)
