#!/usr/bin/env python3
"""Makes the compiled-in data files of this folder from scikit-learn's wheel.

    pip download --no-deps scikit-learn==1.9.1 && python3 make.py scikit_learn-1.9.1-*.whl

Standard library only. The output is the same bytes each time (gzip without a time stamp).
"""
import csv
import gzip
import io
import pathlib
import struct
import sys
import zipfile

HERE = pathlib.Path(__file__).parent
NAMES = {
    "iris": ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"],
    "wine_data": ["alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols",
                  "flavanoids", "nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue",
                  "od280/od315_of_diluted_wines", "proline"],
    "breast_cancer": [stat.format(f) for stat in ("mean {}", "{} error", "worst {}") for f in (
        "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity",
        "concave points", "symmetry", "fractal dimension")],
}


def save(name, data):
    (HERE / name).write_bytes(gzip.compress(data, 9, mtime=0))


def main(wheel):
    folder = zipfile.ZipFile(wheel)

    def read(name):
        return folder.read("sklearn/datasets/data/" + name)

    for name, columns in NAMES.items():
        rows = list(csv.reader(io.StringIO(read(name + ".csv").decode())))
        count, width, classes = int(rows[0][0]), int(rows[0][1]), rows[0][2:]
        assert len(rows) == count + 1 and width == len(columns)
        out = [columns + ["target"]] + [r[:-1] + [classes[int(r[-1])]] for r in rows[1:]]
        text = "".join(",".join(r) + "\n" for r in out)
        save(name.removesuffix("_data") + ".csv.gz", text.encode())

    rows = [[int(float(v)) for v in line.split(",")]
            for line in gzip.decompress(read("digits.csv.gz")).decode().split()]
    assert len(rows) == 1797 and all(len(r) == 65 for r in rows)
    pixels = bytes(v for r in rows for v in r[:64])
    save("digits-images-idx3-ubyte.gz", struct.pack(">4B3I", 0, 0, 8, 3, 1797, 8, 8) + pixels)
    save("digits-labels-idx1-ubyte.gz", struct.pack(">4BI", 0, 0, 8, 1, 1797) + bytes(r[64] for r in rows))


main(sys.argv[1])
