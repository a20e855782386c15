"""
Golden cases of the registry's layers, from Keras in float64: output, slopes of sum(output · weighting) by every input
and trained weight, moving averages after a step, masks.
Run: npm run oracles
"""

import _layers_everyday  # noqa: F401 -- each adds its cases
import _layers_pictures  # noqa: F401
import _layers_sequences  # noqa: F401
from _layers import save

save()
