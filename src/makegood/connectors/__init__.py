"""Ports to outside systems: frozen messages and one folder a system. None is shipped yet."""
