"""The socket to listen on."""

import socket

from exhibit_api.errors import Rejected


def bind(host: str, port: int) -> socket.socket:
    """The socket to listen on. Raises Rejected where the port is taken, before any work is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise Rejected(f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port") from error
    return bound
