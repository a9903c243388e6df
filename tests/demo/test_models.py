"""The 45 demo exhibits: sound models of the right size that stand on the floor, and the committed files are what the builders make."""

import io
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from exhibit_api.demo.models import BUILDERS
from exhibit_api.gltf.container import read_glb
from exhibit_api.gltf.measure import Measures
from exhibit_api.gltf.outline import read_outline
from exhibit_api.gltf.report import inspect

FILES = Path(__file__).parents[2] / "assets" / "models"
LEAST, MOST, TOGETHER = 20_000, 2_000_000, 15_000_000  # bytes
