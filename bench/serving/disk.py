"""What the disk alone takes to make one batch of events durable: the floor of whoever waits for it."""
import os
import pathlib
import time

import numpy as np

BATCH = b"x" * 600


def fdatasync_ms(folder: pathlib.Path, times: int = 200) -> dict[str, float]:
    """Median and 99th percentile of appending a batch and syncing it."""
    spent = []
    handle = os.open(folder / "sync", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for _ in range(times):
        os.write(handle, BATCH)
        begun = time.perf_counter()
        os.fdatasync(handle)
        spent.append(time.perf_counter() - begun)
    os.close(handle)
    middle, late = np.percentile(spent, [50, 99]) * 1000
    return {"fdatasync_p50_ms": round(float(middle), 2), "fdatasync_p99_ms": round(float(late), 2)}
