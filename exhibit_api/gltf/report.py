"""Looks at a GLB once and tells all: whether it can be taken, what it costs, and what to know about it."""

from dataclasses import dataclass
from typing import BinaryIO

from exhibit_api.errors import BadModel, ExhibitError, StoreUnavailable
from exhibit_api.gltf.container import read_glb
from exhibit_api.gltf.images import read_pictures
from exhibit_api.gltf.issues import Issue
from exhibit_api.gltf.measure import Measures, measure_outline
from exhibit_api.gltf.outline import read_outline
from exhibit_api.gltf.preflight import issues_of


@dataclass(frozen=True, slots=True)
class Report:
    """What a model is made of, and the findings about it."""

    measures: Measures
    issues: tuple[Issue, ...]

    @property
    def publishable(self) -> bool:
        """Whether no finding forbids to publish the model."""
        return all(issue.severity != "error" for issue in self.issues)


def inspect(file: BinaryIO, size: int) -> Report:
    """The report on a seekable file of `size` bytes; BadModel where it is none that we take.

    A file that finds a hole in our own checks is refused as well: a stranger's bytes never become a crash.
    """
    try:
        return examine(file, size)
    except ExhibitError:
        raise
    except OSError as error:
        raise StoreUnavailable(f"the file cannot be read ({error.strerror or type(error).__name__})") from error
    except Exception as error:
        raise BadModel(f"the file could not be understood ({type(error).__name__})") from error


def examine(file: BinaryIO, size: int) -> Report:
    """As `inspect`, without its net."""
    outline = read_outline(read_glb(file, size))
    pictures = read_pictures(outline, file)
    measures = measure_outline(outline, pictures, file)
    return Report(measures, issues_of(outline, pictures, measures))
