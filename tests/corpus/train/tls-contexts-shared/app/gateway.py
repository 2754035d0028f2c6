import ssl

import certifi

_settings = ssl.create_default_context(cafile=certifi.where())
_gateways = {}


def deliver(host, message):
    if host not in _gateways:
        _gateways[host] = connect(host)
    channel, outgoing = _gateways[host]
    try:
        channel.do_handshake()
    except ssl.SSLWantReadError:
        return len(outgoing.read()) + len(message)
    return channel.write(message)


def connect(host):
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    return _settings.wrap_bio(incoming, outgoing, server_hostname=host), outgoing
