"""Why something that was asked for cannot be: one flat family of refusals.

Services, rules and the identity layer raise them; the API turns each into a status and a code (`api/errors.py`, from
`contract/errors.md`), the command line prints them. A refusal means that nothing was changed. Its text says what
happened, to what, and what to do, without naming HTTP; `kind` is stable and may be matched by programs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

_LONGEST_SHOWN: Final = 80
_MOST_NAMED: Final = 10


class Refused(Exception):  # noqa: N818 - a refusal is no defect of the program
    """What was asked for cannot be done as things stand, and nothing has changed."""

    kind: ClassVar[str]
    """Stable name of the sort of refusal."""

    def __init_subclass__(cls, *, kind: str = "") -> None:
        cls.kind = kind

    @property
    def text(self) -> str:
        """The refusal as a user reads it: what happened, to what, and what to do."""
        return str(self)


# Who is calling


class Unauthenticated(Refused, kind="unauthenticated"):
    """Nobody known is calling: no credentials, or wrong ones. `reason` is the gateway's word, as
    `verify aksk signature fail` (contract/errors.md, section 3)."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Incorrect IAM authentication information: {reason}")
        self.reason = reason


class TokenExpired(Refused, kind="token-expired"):
    """The token was good once. `expired_at` is RFC 3339."""

    def __init__(self, expired_at: str) -> None:
        super().__init__(
            f"Incorrect IAM authentication information: token expires, expires_at: {expired_at}. Ask for a new token."
        )
        self.expired_at = expired_at


class TooManyAttempts(Refused, kind="too-many-attempts"):
    """This address failed to authenticate too often; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many failed attempts from this address. Try again in {retry_after} s.")
        self.retry_after = retry_after


class ProjectForbidden(Refused, kind="project-forbidden"):
    """The caller has no right to the project, or it does not exist: the two look the same on purpose."""

    def __init__(self, project_id: str) -> None:
        super().__init__(
            f"The caller has no right to project {shown(project_id)}. "
            "Use the id of a project of the token or access key."
        )
        self.project_id = project_id


class RoleMissing(Refused, kind="role-missing"):
    """The caller may see the project but not do this in it. `action` is the IAM action, as `cae:job:create`."""

    def __init__(self, action: str, *, has: str, needs: str) -> None:
        super().__init__(f"{action} needs the role {needs} in this project; the caller has {has}. Ask an admin for it.")
        self.action = action
        self.has = has
        self.needs = needs


class AccountNotFound(Refused, kind="account-not-found"):
    """A user, domain, project, token or access key that was named is not there (or not for this caller to see)."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"There is no {what} {shown(name)}. Check it with `homeport accounts list`.")


# What was named is not there


class _NotFound(Refused):
    resource: ClassVar[str]
    place: ClassVar[str]

    def __init__(self, id_: str) -> None:
        super().__init__(
            f"{self.resource.capitalize()} {shown(id_)} does not exist in this {self.place}. "
            f"List the {self.resource}s to see which there are."
        )
        self.id = id_


class EnvironmentNotFound(_NotFound, kind="environment-not-found"):
    """No such environment in the project."""

    resource = "environment"
    place = "project"


class ApplicationNotFound(_NotFound, kind="application-not-found"):
    """No such application in the environment."""

    resource = "application"
    place = "environment"


class ComponentNotFound(_NotFound, kind="component-not-found"):
    """No such component in the application."""

    resource = "component"
    place = "application"


class JobNotFound(Refused, kind="job-not-found"):
    """No such job, or one of another project or environment than was named: they look the same on purpose."""

    def __init__(self, job_id: str) -> None:
        super().__init__(
            f"Job {shown(job_id)} does not exist in this project and environment. "
            "Check the id, and the environment that was named with it."
        )
        self.job_id = job_id


class TaskNotFound(Refused, kind="task-not-found"):
    """The job has no task of this index."""

    def __init__(self, job_id: str, index: int, *, last: int) -> None:
        super().__init__(f"Job {job_id} has no task {index}. Its tasks are 1 to {last}.")
        self.job_id = job_id
        self.index = index


class RangeOutside(Refused, kind="range-outside"):
    """Bytes of a log are asked for that were not written yet, or are not kept."""

    def __init__(self, start: int, written: int) -> None:
        super().__init__(
            f"Range: nothing is kept at byte {start} of the log. Allowed: below {written}, what is written."
        )
        self.written = written


class InstanceNotFound(Refused, kind="instance-not-found"):
    """The component has no instance of this name, and no log of one."""

    def __init__(self, component_id: str, name: str) -> None:
        super().__init__(
            f"Component {component_id} has no instance {shown(name)}. List its instances to see which there are."
        )
        self.component_id = component_id
        self.name = name


# What was sent is wrong


class InvalidParameter(Refused, kind="invalid-parameter"):
    """A field of the request is wrong. `field` is its path (`spec.replica`) or a header's name; `allowed` in words."""

    def __init__(self, field: str, problem: str, *, allowed: str) -> None:
        super().__init__(f"{field} {problem}. Allowed: {allowed}.")
        self.field = field
        self.problem = problem
        self.allowed = allowed


class _InvalidName(Refused):
    resource: ClassVar[str]

    def __init__(self, name: str, *, allowed: str) -> None:
        super().__init__(f"metadata.name {shown(name)} is no name for {self.resource}. Allowed: {allowed}.")
        self.name = name


class InvalidEnvironmentName(_InvalidName, kind="invalid-environment-name"):
    """The name of an environment breaks the rule for such names, which `allowed` says in words."""

    resource = "an environment"


class InvalidApplicationName(_InvalidName, kind="invalid-application-name"):
    """The name of an application breaks the rule for such names, which `allowed` says in words."""

    resource = "an application"


class InvalidComponentName(_InvalidName, kind="invalid-component-name"):
    """The name of a component breaks the rule for such names, which `allowed` says in words."""

    resource = "a component"


class EnvValueNotText(Refused, kind="env-value-not-text"):
    """The value of an environment variable in a configuration is no string. The value itself is never shown."""

    def __init__(self, variable: str) -> None:
        super().__init__(
            f"The value of environment variable {shown(variable)} is no string. Write numbers and true/false in quotes."
        )
        self.variable = variable


class PortOutOfRange(Refused, kind="port-out-of-range"):
    """A port in a configuration is none."""

    def __init__(self, field: str, port: int) -> None:
        super().__init__(f"{field} is {port}. Allowed: 1 to 65535.")
        self.port = port


class PortClash(Refused, kind="port-clash"):
    """Two entries of a configuration, or two components, want the same port of the same address."""

    def __init__(self, field: str, port: int, *, why: str) -> None:
        super().__init__(f"{field}: port {port} is taken: {why}. Choose another port.")
        self.port = port


class KeyReused(Refused, kind="idempotency-key-reused"):
    """An Idempotency-Key came again with another request (promise P7)."""

    def __init__(self, key: str, operation: str) -> None:
        super().__init__(
            f"Idempotency-Key {shown(key)} was used for another request ({operation}). "
            "Send that request again as it was, byte for byte, or choose a new key."
        )


# What was sent meets a state that forbids it


class _NameTaken(Refused):
    resource: ClassVar[str]

    def __init__(self, name: str) -> None:
        super().__init__(f"metadata.name: there is {self.resource} {shown(name)} already. Choose another name.")
        self.name = name


class EnvironmentNameTaken(_NameTaken, kind="environment-name-taken"):
    """Another environment of the project has the name."""

    resource = "an environment"


class ApplicationNameTaken(_NameTaken, kind="application-name-taken"):
    """Another application of the environment has the name."""

    resource = "an application"


class ComponentNameTaken(_NameTaken, kind="component-name-taken"):
    """Another component of the application has the name."""

    resource = "a component"


class EnvironmentNotReady(Refused, kind="environment-not-ready"):
    """The environment is not there yet, or could not be made; nothing can be put into it."""

    def __init__(self, environment_id: str, status: str) -> None:
        super().__init__(
            f"Environment {environment_id} is {status}, not finish. Wait for its job to succeed, or retry that job."
        )
        self.environment_id = environment_id
        self.status = status


class EnvironmentBeingDeleted(Refused, kind="environment-being-deleted"):
    """The environment is on its way out; `job_id` is the job that deletes it."""

    def __init__(self, environment_id: str, job_id: str) -> None:
        super().__init__(f"Environment {environment_id} is being deleted by job {job_id}. Wait for that job to end.")
        self.environment_id = environment_id
        self.job_id = job_id


class EnvironmentNotEmpty(Refused, kind="environment-not-empty"):
    """The environment holds applications, so it cannot be deleted; `applications` are their names."""

    def __init__(self, environment_id: str, applications: Sequence[str]) -> None:
        super().__init__(
            f"Environment {environment_id} still has the applications {listed(applications)}. Delete them first."
        )
        self.environment_id = environment_id
        self.applications = tuple(applications)


class EnvironmentHasVolumes(Refused, kind="environment-has-volumes"):
    """Volumes are bound to the environment, so it cannot be deleted; `volumes` are their names."""

    def __init__(self, environment_id: str, volumes: Sequence[str]) -> None:
        super().__init__(f"Environment {environment_id} still has the volumes {listed(volumes)}. Delete them first.")
        self.environment_id = environment_id
        self.volumes = tuple(volumes)


class EnvironmentBusy(Refused, kind="environment-busy"):
    """A job that makes the environment or runs inside it is active, so it cannot be deleted."""

    def __init__(self, environment_id: str, job_id: str) -> None:
        super().__init__(f"Job {job_id} is active in environment {environment_id}. Wait for it, or terminate it.")
        self.environment_id = environment_id
        self.job_id = job_id


class ApplicationNotEmpty(Refused, kind="application-not-empty"):
    """The application holds components, so it cannot be deleted; `components` are their names."""

    def __init__(self, application_id: str, components: Sequence[str]) -> None:
        super().__init__(
            f"Application {application_id} still has the components {listed(components)}. Delete them first."
        )
        self.application_id = application_id
        self.components = tuple(components)


class ComponentHasInstances(Refused, kind="component-has-instances"):
    """The component has instances, so it cannot be deleted."""

    def __init__(self, component_id: str, count: int) -> None:
        super().__init__(f"Component {component_id} still has {count} instance(s). Run the action stop first.")
        self.component_id = component_id
        self.count = count


class WrongState(Refused, kind="wrong-state"):
    """The component's status forbids the action; `allowed` says from where it may be done, and what to do instead."""

    def __init__(self, action: str, component_id: str, status: str, *, allowed: str) -> None:
        super().__init__(f"Action {action} on component {component_id} in status {status} is refused. {allowed}")
        self.action = action
        self.component_id = component_id
        self.status = status


class JobActive(Refused, kind="job-active"):
    """The component has an active job; only one may be at a time."""

    def __init__(self, action: str, component_id: str, job_id: str) -> None:
        super().__init__(
            f"Action {action} on component {component_id} is refused: job {job_id} is active. "
            "Wait for it, or terminate it."
        )
        self.action = action
        self.component_id = component_id
        self.job_id = job_id


class RetryRefused(Refused, kind="retry-refused"):
    """The job cannot be retried: it has not failed, or a later job of its target exists. `why` is a sentence."""

    def __init__(self, job_id: str, why: str) -> None:
        super().__init__(f"Retrying job {job_id} is refused. {why}")
        self.job_id = job_id


class TerminateRefused(Refused, kind="terminate-refused"):
    """The job cannot be terminated any more: it has ended."""

    def __init__(self, job_id: str, status: str) -> None:
        super().__init__(f"Terminating job {job_id} is refused: it has ended as {status}. There is nothing to stop.")
        self.job_id = job_id
        self.status = status


class Unavailable(Refused, kind="unavailable"):
    """The engine cannot do this now through no fault of the caller: it is stopping, or its store does not answer."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}. Try again in a moment.")
        self.what = what


def shown(value: str) -> str:
    """Return `value` as text of a user is shown in a message: quoted, control characters escaped, at most 80 long."""
    text = value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…"
    return repr(text)


def listed(names: Sequence[str]) -> str:
    """Return names for a message: the first ten, and how many more there are."""
    first = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{first} and {more} more" if more > 0 else first
