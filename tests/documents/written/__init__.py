"""Tests of files out: each file is opened by a reader that is not ours."""
