"""Java on driver `process`: what Maven and Gradle are asked, and which of the jars is the program."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from driver.packing import Tools
from homeport.model.causes import Cause
from homeport.model.workloads import Build, Source

RUNNABLE = "Manifest-Version: 1.0\nMain-Class: shop.Main\n"
LIBRARY = "Manifest-Version: 1.0\n"


def by(command: str) -> Build:
    return Build(parameters={"build_cmd": command})


def jar(manifest: str = RUNNABLE) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", manifest)
    return content.getvalue()


def jars(pack, files: dict[str, str]):
    """Return a folder with jars of these manifests, and other files."""
    source = pack.folder({name: "" if name.endswith((".jar", ".war")) else text for name, text in files.items()})
    folder = Path(source.url.removeprefix("file://"))
    for name, text in files.items():
        if name.endswith((".jar", ".war")):
            (folder / name).write_bytes(jar(text))
    return source


@pytest.mark.parametrize("ending", ["jar", "war"])
def test_a_package_that_can_be_run_is_taken_whole(built, pack, ending) -> None:
    build = built(pack.of(ending, {"META-INF/MANIFEST.MF": RUNNABLE}), runtime="Java17")

    assert build.command == f"exec java -jar app.{ending}"
    assert zipfile.is_zipfile(build.app / f"app.{ending}")


@pytest.mark.parametrize(
    ("files", "command"),
    [
        ({"shop-1.0.jar": RUNNABLE}, "exec java -jar shop-1.0.jar"),
        ({"target/shop.jar": RUNNABLE, "target/shop-sources.jar": LIBRARY}, "exec java -jar target/shop.jar"),
        ({"build/libs/shop.jar": RUNNABLE, "build/libs/shop-plain.jar": LIBRARY}, "exec java -jar build/libs/shop.jar"),
        ({"web/target/web.jar": RUNNABLE, "core/target/core.jar": LIBRARY}, "exec java -jar web/target/web.jar"),
        ({"target/my shop.jar": RUNNABLE}, "exec java -jar 'target/my shop.jar'"),
        ({"Procfile": "web: java -cp shop.jar shop.Main", "shop.jar": LIBRARY}, "exec java -cp shop.jar shop.Main"),
    ],
)
def test_the_one_jar_that_can_be_run_is_the_program(built, pack, files, command) -> None:
    assert built(jars(pack, files), runtime="Java17").command == command


def test_the_jar_that_a_build_parameter_names_is_started(built, pack) -> None:
    source = jars(pack, {"target/a.jar": RUNNABLE, "target/b.jar": RUNNABLE})
    build = built(source, Build(parameters={"artifact_name": "b.jar"}), runtime="Java17")

    assert build.command == "exec java -jar target/b.jar"


@pytest.mark.parametrize(
    ("files", "artifact", "says"),
    [
        ({"a.jar": RUNNABLE, "b.jar": RUNNABLE}, None, "several jars could be the program: a.jar, b.jar"),
        ({"a.jar": LIBRARY}, None, "no jar has a Main-Class in its manifest: a.jar"),
        ({"a.jar": RUNNABLE}, "b.jar", "artifact_name is b.jar, and the jars that were built are a.jar"),
    ],
)
def test_jars_that_do_not_say_which_to_start_are_named(built, pack, files, artifact, says) -> None:
    build = Build(parameters={"artifact_name": artifact} if artifact else {})
    failure = built(jars(pack, files), build, runtime="Java17").failure

    assert failure.cause is Cause.START_FAILED
    assert says in failure.what
    assert "artifact_name" in failure.advice


def test_a_file_that_is_no_jar_is_not_the_program(built, pack) -> None:
    assert built(pack.folder({"a.jar": "no archive"}), runtime="Java17").failure.cause is Cause.START_FAILED


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    """Return a machine whose build tools copy a jar to target/."""
    (tmp_path / "shop.jar").write_bytes(jar())
    return Tools(tmp_path, monkeypatch, then=f"mkdir -p target && cp {tmp_path}/shop.jar target/")


@pytest.mark.parametrize(
    ("file", "tool", "called"),
    [
        ("pom.xml", "mvn", "mvn -B -q clean package"),
        ("build.gradle", "gradle", "gradle --no-daemon --console=plain build"),
        ("build.gradle.kts", "gradle", "gradle --no-daemon --console=plain build"),
    ],
)
def test_a_source_is_built_by_the_tool_it_is_written_for(built, pack, tools, file, tool, called) -> None:
    tools.add(tool)
    build = built(pack.folder({file: ""}), runtime="Java17")

    assert called in build.log
    assert build.command == "exec java -jar target/shop.jar"


@pytest.mark.parametrize(("file", "wrapper"), [("pom.xml", "mvnw"), ("build.gradle", "gradlew")])
def test_a_wrapper_that_the_source_brings_counts_before_the_tool_of_this_machine(
    built, pack, tools, file, wrapper
) -> None:
    build = built(pack.folder({file: "", wrapper: tools.says}), runtime="Java17")

    assert f"{wrapper} -" in build.log
    assert build.failure is None


@pytest.mark.parametrize(("file", "tool"), [("pom.xml", "mvn"), ("build.gradle", "gradle")])
def test_a_tool_that_is_not_here_is_told_with_how_to_install_it(built, pack, tools, file, tool) -> None:
    failure = built(pack.folder({file: ""}), runtime="Java17").failure

    assert failure.cause is Cause.RUNTIME_MISSING
    assert f"`{tool}`" in failure.what
    assert "apt-get install" in failure.advice


def test_a_build_command_counts_before_the_convention(built, pack, tools) -> None:
    build = built(pack.folder({"pom.xml": ""}), by(tools.says), runtime="Java17")

    assert build.command == "exec java -jar target/shop.jar"


PROGRAM = r"""
package shop;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

public class Main {
    public static void main(String[] words) throws Exception {
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", call -> {
            byte[] body = ("{\"heap\": " + Runtime.getRuntime().maxMemory() / 1048576 + "}").getBytes();
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
            call.close();
        });
        server.start();
    }
}
"""


@pytest.fixture(scope="module")
def real_jar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a jar that javac and jar have made, with a web server in it that tells how large its heap may get."""
    if shutil.which("javac") is None:
        pytest.skip("no JDK on this machine (Debian: default-jdk-headless)")
    folder = tmp_path_factory.mktemp("java")
    (folder / "Main.java").write_text(PROGRAM)
    subprocess.run(["javac", "-d", "classes", "Main.java"], cwd=folder, check=True)
    words = ["jar", "--create", "--file", "shop.jar", "--main-class", "shop.Main", "-C", "classes", "."]
    subprocess.run(words, cwd=folder, check=True)
    return folder / "shop.jar"


def test_a_jar_serves_and_keeps_its_heap_within_the_memory_limit(in_process, real_jar) -> None:
    async def scenario(rig):
        order = rig.build_order(Source("softwarePackage", real_jar.as_uri()), runtime="Java17")
        artifact = await rig.driver.build(order, rig.sink)
        instance = await rig.order("serves", runtime="Java17", artifact=artifact)
        await rig.driver.start(instance)
        await rig.until(instance, lambda seen: seen.ready)
        return (await rig.asked(instance))["heap"], rig.log.decode()

    heap, log = in_process(scenario)

    assert 700 <= heap <= 768
    assert "Runtime Java17 is what java is on this machine:" in log
