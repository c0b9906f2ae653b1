"""`keras.preprocessing`: text, sequences and pictures made ready for models.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.keras.preprocessing import image as image
from seodang.keras.preprocessing import sequence as sequence
from seodang.keras.preprocessing import text as text
