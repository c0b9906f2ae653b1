"""One row for each name that programs of the field use: see `table.py`."""

from . import edge_rows, keras_rows, layer_rows, tensorflow_rows

ROWS = [*tensorflow_rows.TABLE, *keras_rows.TABLE, *layer_rows.TABLE, *edge_rows.TABLE]
