"""Which network addresses Rostra may call: those of the open Internet, and what the operator allows.

Others choose the URLs that we fetch. Without this rule they could reach through us what only this
machine can reach: databases, routers, the metadata service of a cloud (server-side request forgery).
"""

import ipaddress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
_IPV4_COMPATIBLE = IPv6Network("::/96")  # RFC 4291, 2.5.5.1
_GLOBAL = IPv6Network("2000::/3")  # RFC 4291, 2.4: all that was ever given out
_CLOSED = (
    IPv6Network("3fff::/20"),  # RFC 9637: documentation
    IPv6Network("2001::/23"),  # RFC 2928: protocol assignments
    IPv4Network("192.88.99.0/24"),  # RFC 7526: the old 6to4 relays
    IPv6Network("2002::/16"),  # and 6to4 itself; releases of Python differ about it
)


class Allowed:
    """What the operator allows beyond public addresses."""

    def __init__(self, text: str) -> None:
        """`text`: hosts, addresses and networks, parted by blanks (the setting `allow_private_addresses`)."""
        self._hosts: set[str] = set()
        self._networks: list[Network] = []
        for entry in text.split():
            try:
                self._networks.append(ipaddress.ip_network(entry.strip("[]"), strict=False))
            except ValueError:
                self._hosts.add(entry.lower().rstrip("."))

    def permits(self, host: str, address: str) -> bool:
        """Whether we may connect to `address`, which `host` stands for."""
        if host.lower().rstrip(".") in self._hosts:
            return True
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        if any(found in network for network in self._networks if network.version == found.version):
            return True
        return is_public(found)


def is_public(address: Address) -> bool:
    """Whether `address`, and each address that it carries inside it, is on the open Internet."""
    if isinstance(address, IPv6Address):
        inner = _embedded(address)
        if inner is not None and not is_public(inner):
            return False
        if inner is not None and (address in _NAT64 or address.ipv4_mapped is not None):
            return True
        if address not in _GLOBAL or address.scope_id is not None:
            return False
    return (
        address.is_global
        and not address.is_private
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in _CLOSED if network.version == address.version)
    )


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a translator or a tunnel would take out of `address`."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _NAT64 or address in _IPV4_COMPATIBLE:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
