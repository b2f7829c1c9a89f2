"""The operations of the CAE v1 API on what components are reached by (contract/contract.md, section 1)."""

from __future__ import annotations

from typing import Final

from homeport.api.cae_v1 import answers, schemas
from homeport.api.operations.base import EnvironmentHeader, Operation
from homeport.api.operations.cae import ROOT
from homeport.model import errors
from homeport.model.caller import Role
from homeport.model.certificates import CertificateNameTaken, CertificateNotFound

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
