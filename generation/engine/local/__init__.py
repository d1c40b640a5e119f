"""A small model on this machine: its pinned file, and the server that answers for it on the loopback."""
