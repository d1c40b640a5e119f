"""Is a port free? Asked before anything starts, so that the answer is a sentence and not a trace."""

import socket


def require_free(host: str, port: int) -> None:
    """Raise OSError with a sentence to act on where nothing can listen on the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OSError(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Stop the program that has it, or choose another one: --port {port + 1}."
            ) from error
