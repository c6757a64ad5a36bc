"""Connections of an ad server process and the turns in which they are served: sockets read and written by compiled code.

Ordinary requests are answered within it by the kernels of `straight`; the bytes of all others go to `protocol`.
"""
