"""The straight path of POST /ad: ordinary requests of one turn read, decided and answered by compiled code.

Ordinary is a strict subset of what the general path takes (decision 8 in docs lists it); whatever is not goes the general
way, whose modules also teach this one. A test holds both answers against each other. Turns and sockets are `turns`.
"""
