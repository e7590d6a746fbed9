"""Errors of the application: those of disks, records and clusters, which no page can cause."""

from __future__ import annotations

from layout.errors import BanmianError


class StorageFailed(BanmianError):
    """The disk is full, read-only, or was taken away while writing."""

    exit_code = 6


class FixityBroken(BanmianError):
    """A scan or a result is not what the record says."""

    exit_code = 7


class ClusterLost(BanmianError):
    """The Dask cluster cannot be reached, or has no workers."""

    exit_code = 8
