"""Visitors' answers in the metrics: by status, as the shelf counted them on the event loop."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from exhibit_api.editions.shelf import Shelf


class VisitorAnswers(Collector):
    """What was answered before the framework. Nothing is computed until someone asks."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def collect(self) -> Iterable[Metric]:
        """One counter with a label."""
        family = CounterMetricFamily(
            "exhibit_visitor_answers", "Published documents and files answered", labels=["status"]
        )
        for status, count in sorted(self._shelf.hits.items()):
            family.add_metric([str(status)], count)
        return [family]


def registry_of(shelf: Shelf) -> CollectorRegistry:
    """A registry of this instance alone."""
    registry = CollectorRegistry()
    registry.register(VisitorAnswers(shelf))
    return registry
