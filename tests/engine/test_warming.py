"""Set-up leaves no kernel for the first person to wait for."""

import importlib
import pkgutil

import numba.core.dispatcher

import makegood.engine
from makegood.engine import warming


def kernels():
    """Name and dispatcher of every compiled function that Python calls; those only kernels call come with their callers."""
    found = {}
    for module in pkgutil.walk_packages(makegood.engine.__path__, "makegood.engine."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, numba.core.dispatcher.Dispatcher):
                found[f"{value.py_func.__module__}.{value.py_func.__name__}"] = value
    inner = {name for kernel in found.values() for name in kernel.py_func.__code__.co_names}
    return {name: kernel for name, kernel in found.items() if name.rpartition(".")[2] not in inner}


def test_every_kernel_is_compiled_ahead():
    warming.warm()
    assert len(kernels()) > 20
    assert [name for name, kernel in sorted(kernels().items()) if not kernel.nopython_signatures] == []
