"""Laws of the stage's and exhibits' pure modules, run in deno as they are: the frame budget, the ladder of forms, light, plinths."""

from typing import Any

import pytest

from tests.browser.demonstration import pure

BUDGET = """
import { makeBudget } from "STAGE/budget.ts";
const budget = makeBudget(data.start);
const levels = [budget.level];
for (const [milliseconds, count] of data.frames)
  for (let frame = 0; frame < count; frame++) if (budget.frame(milliseconds)) levels.push(budget.level);
answer(levels);
"""
