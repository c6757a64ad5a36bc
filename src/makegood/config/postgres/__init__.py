"""Embedded PostgreSQL: find the binaries, create a cluster, run it as our child. DATABASE_URL makes all of it unnecessary."""

from makegood.config.postgres.cluster import Cluster, ClusterError

__all__ = ["Cluster", "ClusterError"]
