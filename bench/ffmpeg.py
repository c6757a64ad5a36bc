"""ffmpeg as a peer: what its filters measure of a file and the processor seconds they take, on one thread."""
import pathlib
import re
import resource
import shutil
import subprocess

LIGHT = ("ffmpeg", "-hide_banner", "-nostdin", "-threads", "1", "-filter_threads", "1")


def present() -> bool:
    """Whether it is installed."""
    return shutil.which("ffmpeg") is not None


def watched(path: pathlib.Path) -> float:
    """Processor seconds for loudness with true peak and, of a film, black, stillness and bars."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    pictures = ("-vf", "blackdetect,freezedetect,cropdetect") if path.suffix in (".mp4", ".mov") else ()
    subprocess.run([*LIGHT, "-i", str(path), *pictures, "-af", "ebur128=peak=true", "-f", "null", "-"], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def loudness(path: pathlib.Path) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP as its ebur128 sums them up, to a tenth."""
    told = subprocess.run([*LIGHT, "-i", str(path), "-vn", "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"], capture_output=True, text=True, check=True).stderr
    summary = told[told.rindex("Summary:") :]
    return float(re.search(r"I:\s+(-?[\d.]+) LUFS", summary)[1]), float(re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)[1])
