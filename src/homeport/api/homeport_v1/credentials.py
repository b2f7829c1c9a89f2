"""Credentials for private repositories, registries and buckets. No answer holds a secret."""

from __future__ import annotations

from collections.abc import Awaitable

from homeport.api.calls import Answer, Call, Handler, empty_answer, json_answer
from homeport.api.homeport_v1.schemas import CreateCredentialBody, CredentialAnswer, CredentialsAnswer
from homeport.api.once import carry_out
from homeport.model.clock import rfc3339
from homeport.model.credentials import CredentialType, NewCredential
from homeport.model.records import Credential
from homeport.services import credentials
from homeport.services.context import Context


def handlers(context: Context) -> dict[str, Handler]:
    """Return the handlers by operation id."""

    async def list_(call: Call) -> Answer:
        found = await credentials.list_credentials(context, call.project_id)
        return json_answer(CredentialsAnswer(items=[_shown(one) for one in found]))

    async def create(call: Call) -> Answer:
        new = _new(await call.decode(CreateCredentialBody))

        def act(within: Context) -> Awaitable[Credential]:
            return credentials.create_credential(within, call.project_id, new, call.caller.user_name)

        return await carry_out(context, call, act, lambda made: json_answer(_shown(made)))

    async def show(call: Call) -> Answer:
        return json_answer(_shown(await credentials.find_credential(context, call.project_id, call.param("name"))))

    async def delete(call: Call) -> Answer:
        await credentials.delete_credential(context, call.project_id, call.param("name"))
        return empty_answer()

    return {
        "ListCredentials": list_,
        "CreateCredential": create,
        "ShowCredential": show,
        "DeleteCredential": delete,
    }


def _new(body: CreateCredentialBody) -> NewCredential:
    return NewCredential(
        name=body.name,
        type=CredentialType(body.type),
        server=body.server,
        username=body.username,
        password=body.password,
        private_key=body.private_key,
        known_hosts=body.known_hosts,
        buckets=body.buckets,
    )


def _shown(credential: Credential) -> CredentialAnswer:
    return CredentialAnswer(
        name=credential.name,
        type=credential.type.value,
        server=credential.server or None,
        username=credential.username or None,
        public_key=credential.public_key or None,
        known_hosts=credential.known_hosts or None,
        buckets=credential.buckets.split() or None,
        created_by=credential.created_by,
        created_at=rfc3339(credential.created_at),
    )
