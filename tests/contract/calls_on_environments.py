"""Calls of the official SDK on what an environment has beside its applications; each works on a furnished house."""

import base64
from typing import Any

from huaweicloudsdkcae import v1 as cae

from support.cae import fresh
from support.certificates import certificate


def pair() -> dict[str, str]:
    """Return a chain and its key as Terraform sends them."""
    crt, key = certificate("shop.test")
    return {"crt": base64.b64encode(crt.encode()).decode(), "key": base64.b64encode(key.encode()).decode()}


def create_certificate(house: Any) -> Any:
    metadata = cae.CreateMetaCert(name=fresh("shop"))
    body = cae.CertReq(api_version="v1", kind="Certificate", metadata=metadata, spec=cae.CreateSpecCert(**pair()))
    environment_id = house.application.environment_id
    return house.sdk.create_certificate(cae.CreateCertificateRequest(x_environment_id=environment_id, body=body))


def update_certificate(house: Any) -> Any:
    (made,) = create_certificate(house).items
    body = cae.UpdateCertReq(api_version="v1", kind="Certificate", spec=cae.UpdateSpecCert(**pair()))
    environment_id = house.application.environment_id
    request = cae.UpdateCertificateRequest(x_environment_id=environment_id, certificate_id=made.metadata.id, body=body)
    return house.sdk.update_certificate(request)


def delete_certificate(house: Any) -> Any:
    (made,) = create_certificate(house).items
    environment_id = house.application.environment_id
    request = cae.DeleteCertificateRequest(x_environment_id=environment_id, certificate_id=made.metadata.id)
    return house.sdk.delete_certificate(request)


def list_certificates(house: Any) -> Any:
    create_certificate(house)
    environment_id = house.application.environment_id
    return house.sdk.list_certificates(cae.ListCertificatesRequest(x_environment_id=environment_id))


def create_domain(house: Any) -> Any:
    metadata = cae.CreateMetaDomain(name=f"{fresh('shop')}.example.com")
    body = cae.CreateDomainReq(api_version="v1", kind="Domain", metadata=metadata)
    environment_id = house.application.environment_id
    return house.sdk.create_domain(cae.CreateDomainRequest(x_environment_id=environment_id, body=body))


def delete_domain(house: Any) -> Any:
    (made,) = create_domain(house).items
    environment_id = house.application.environment_id
    return house.sdk.delete_domain(cae.DeleteDomainRequest(x_environment_id=environment_id, domain_id=made.metadata.id))


def list_domains(house: Any) -> Any:
    create_domain(house)
    return house.sdk.list_domains(cae.ListDomainsRequest(x_environment_id=house.application.environment_id))


def create_volume(house: Any) -> Any:
    spec = cae.VolumeSpec(resource_type="obs", resource_sub_type="object_bucket", resources=[fresh("bucket")])
    body = cae.CreateVolumeReq(api_version="v1", kind="Volume", spec=spec)
    environment_id = house.application.environment_id
    return house.sdk.create_volume(cae.CreateVolumeRequest(x_environment_id=environment_id, body=body))


def list_volumes(house: Any) -> Any:
    create_volume(house)
    environment_id = house.application.environment_id
    return house.sdk.list_volumes(cae.ListVolumesRequest(x_environment_id=environment_id, resource_type="obs"))


def delete_volume(house: Any) -> Any:
    volume = list_volumes(house).items[-1]
    environment_id = house.application.environment_id
    return house.sdk.delete_volume(cae.DeleteVolumeRequest(x_environment_id=environment_id, id=volume.id))


CALLS = {
    "ListDomains": list_domains,
    "CreateDomain": create_domain,
    "DeleteDomain": delete_domain,
    "ListVolumes": list_volumes,
    "CreateVolume": create_volume,
    "DeleteVolume": delete_volume,
    "ListCertificates": list_certificates,
    "CreateCertificate": create_certificate,
    "UpdateCertificate": update_certificate,
    "DeleteCertificate": delete_certificate,
}
"""By operation."""
