"""The operations of the CAE v1 API on what environments have beside applications (contract/contract.md, section 1)."""

from __future__ import annotations

from typing import Any, Final

from homeport.api.cae_v1 import answers, schemas
from homeport.api.operations.base import EnvironmentHeader, Operation, Parameter
from homeport.api.operations.cae import ROOT
from homeport.model import errors
from homeport.model.caller import Role
from homeport.model.certificates import CertificateNameTaken, CertificateNotFound
from homeport.model.domains import DomainNotFound, DomainTaken
from homeport.model.volumes import VolumeBound, VolumeNotFound

_CERTIFICATE: Final = ROOT + "/certificates/{certificate_id}"

CERTIFICATES: Final = (
    Operation(
        id="ListCertificates",
        method="GET",
        path=ROOT + "/certificates",
        group="Certificates",
        summary="List the certificates of an environment, with their keys",
        response=answers.CertificatesAnswer,
        kind="Certificate",
        environment=EnvironmentHeader.REQUIRED,
        enterprise=True,
        action="cae:certificate:list",
        role=Role.OPERATOR,
        refusals=(errors.EnvironmentNotFound,),
    ),
    Operation(
        id="CreateCertificate",
        method="POST",
        path=ROOT + "/certificates",
        group="Certificates",
        summary="Store a certificate for ports of HTTPS",
        request=schemas.CreateCertificateBody,
        response=answers.CertificatesAnswer,
        kind="Certificate",
        environment=EnvironmentHeader.REQUIRED,
        enterprise=True,
        action="cae:certificate:create",
        role=Role.OPERATOR,
        refusals=(
            errors.EnvironmentNotFound,
            errors.EnvironmentNotReady,
            errors.EnvironmentBeingDeleted,
            CertificateNameTaken,
        ),
    ),
    Operation(
        id="DeleteCertificate",
        method="DELETE",
        path=_CERTIFICATE,
        group="Certificates",
        summary="Delete a certificate",
        status=204,
        kind="Certificate",
        environment=EnvironmentHeader.REQUIRED,
        enterprise=True,
        action="cae:certificate:delete",
        role=Role.OPERATOR,
        refusals=(errors.EnvironmentNotFound, CertificateNotFound),
    ),
    Operation(
        id="UpdateCertificate",
        method="PUT",
        path=_CERTIFICATE,
        group="Certificates",
        summary="Replace the chain and key of a certificate",
        status=204,
        request=schemas.UpdateCertificateBody,
        kind="Certificate",
        environment=EnvironmentHeader.REQUIRED,
        enterprise=True,
        action="cae:certificate:update",
        role=Role.OPERATOR,
        refusals=(errors.EnvironmentNotFound, CertificateNotFound),
    ),
)

_ADDITION: Final = (errors.EnvironmentNotFound, errors.EnvironmentNotReady, errors.EnvironmentBeingDeleted)
_RESOURCE_TYPE: Final = Parameter(
    name="resource_type",
    description="Which kind is listed.",
    schema={"type": "string", "enum": ["obs", "sfs"]},
    required=True,
)


def _in_environment(**facts: Any) -> Operation:
    return Operation(environment=EnvironmentHeader.REQUIRED, enterprise=True, **facts)


DOMAINS: Final = (
    _in_environment(
        id="ListDomains",
        method="GET",
        path=ROOT + "/domains",
        group="Domains",
        summary="List the domains of an environment",
        response=answers.HostDomainsAnswer,
        kind="Domain",
        action="cae:domain:list",
        refusals=(errors.EnvironmentNotFound,),
    ),
    _in_environment(
        id="CreateDomain",
        method="POST",
        path=ROOT + "/domains",
        group="Domains",
        summary="Announce a host name",
        request=schemas.CreateDomainBody,
        response=answers.HostDomainsAnswer,
        kind="Domain",
        action="cae:domain:create",
        role=Role.OPERATOR,
        refusals=(*_ADDITION, DomainTaken),
    ),
    _in_environment(
        id="DeleteDomain",
        method="DELETE",
        path=ROOT + "/domains/{domain_id}",
        group="Domains",
        summary="Withdraw a host name",
        status=204,
        kind="Domain",
        action="cae:domain:delete",
        role=Role.OPERATOR,
        refusals=(errors.EnvironmentNotFound, DomainNotFound),
    ),
)

VOLUMES: Final = (
    _in_environment(
        id="ListVolumes",
        method="GET",
        path=ROOT + "/volumes",
        group="Volumes",
        summary="List the volumes that are bound to an environment",
        response=answers.VolumesAnswer,
        kind="Volume",
        query=(_RESOURCE_TYPE,),
        action="cae:volume:list",
        refusals=(errors.EnvironmentNotFound,),
    ),
    _in_environment(
        id="CreateVolume",
        method="POST",
        path=ROOT + "/volumes",
        group="Volumes",
        summary="Bind volumes to an environment",
        request=schemas.CreateVolumeBody,
        kind="Volume",
        action="cae:volume:create",
        role=Role.OPERATOR,
        refusals=(*_ADDITION, VolumeBound),
    ),
    _in_environment(
        id="DeleteVolume",
        method="DELETE",
        path=ROOT + "/volumes/{id}",
        group="Volumes",
        summary="Unbind a volume, unless a component has it mounted",
        response=answers.MountingAnswer,
        kind="Component",
        action="cae:volume:delete",
        role=Role.OPERATOR,
        refusals=(errors.EnvironmentNotFound, VolumeNotFound),
    ),
)
