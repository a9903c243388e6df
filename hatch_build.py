"""The build hook: makes what the package carries of `web/` before the files of a wheel, or of an editable install, are collected."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "web"))

import bundled_toolbox
import bundled_viewer
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebHook(BuildHookInterface):
    """Makes the toolbox and the viewer. What is up to date is left alone."""

    PLUGIN_NAME = "web"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling."""
        if self.target_name == "wheel":
            bundled_toolbox.make(Path(self.root))
            bundled_viewer.make(Path(self.root))
