"""Data sets against scikit-learn's: the same numbers, names and streams."""

import gzip
import io
import tarfile

import numpy as np
import pytest
from learn_support import assert_same, assert_same_signature, assert_same_value, outcome

from seodang.learn import datasets as ours

pytest.importorskip("sklearn")

import sklearn.datasets as theirs  # noqa: E402

LOADERS = ("iris", "wine", "breast_cancer", "digits", "diabetes", "linnerud")


def same(name, *args, **kwargs):
    assert_same(getattr(ours, name), getattr(theirs, name), *args, **kwargs)


@pytest.mark.parametrize("name", ours.__all__)
def test_the_arguments_are_scikit_learns(name):
    assert_same_signature(getattr(ours, name), getattr(theirs, name))


@pytest.mark.parametrize("name", LOADERS)
def test_tables_are_scikit_learns(name):
    mine, other = (getattr(m, f"load_{name}")() for m in (ours, theirs))
    assert set(mine) == set(other)
    for key in other:
        if key == "DESCR":
            assert len(mine[key]) > 100
        elif key in ("filename", "data_module"):
            assert isinstance(mine[key], str)
        else:
            assert_same_value(mine[key], other[key], rtol=1e-12, path=key)
    same(f"load_{name}", return_X_y=True, rtol=1e-12)
    same(f"load_{name}", as_frame="yes")
    assert mine.data is mine["data"] and "data" in dir(mine)


@pytest.mark.parametrize("name", LOADERS)
def test_tables_come_as_frames(name):
    pandas = pytest.importorskip("pandas")
    mine, other = (getattr(m, f"load_{name}")(as_frame=True) for m in (ours, theirs))
    pandas.testing.assert_frame_equal(mine.frame, other.frame)
    pandas.testing.assert_frame_equal(mine.data, other.data)
    kind = "assert_frame_equal" if name == "linnerud" else "assert_series_equal"
    getattr(pandas.testing, kind)(mine.target, other.target)


def test_tables_with_options():
    for n in (0, 3, 10, 11, "two"):
        same("load_digits", n_class=n, return_X_y=True)
    same("load_diabetes", scaled=False, return_X_y=True)
    same("load_sample_image", "flower.jpg")
    same("load_sample_image", "other.jpg")
    mine, other = (m.load_sample_images() for m in (ours, theirs))
    assert len(mine.images) == len(other.images) == 2


def test_what_scikit_learn_brings_may_stand_in_a_folder(tmp_path, monkeypatch):
    from seodang.learn.datasets import _tables

    def nowhere(name):
        raise _tables.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(_tables.metadata, "distribution", nowhere)
    monkeypatch.setenv("SEODANG_DATA", str(tmp_path))
    with pytest.raises(OSError, match="install scikit-learn, .*SEODANG_DATA"):
        ours.load_linnerud()
    (tmp_path / "linnerud_exercise.csv").write_text("Chins Situps Jumps\n5 162 60\n2 110 60\n")
    (tmp_path / "linnerud_physiological.csv").write_text("Weight Waist Pulse\n191 36 50\n189 37 52\n")
    found = ours.load_linnerud()
    assert found.data.tolist() == [[5, 162, 60], [2, 110, 60]]
    assert found.target_names == ["Weight", "Waist", "Pulse"]


MADE = {
    "make_classification": [
        {}, {"n_samples": 31, "n_features": 8, "n_classes": 3, "n_informative": 4},
        {"n_repeated": 3, "n_redundant": 4}, {"weights": [0.8]}, {"weights": [0.3, 0.7], "flip_y": 0.4},
        {"hypercube": False}, {"shift": None, "scale": None}, {"shuffle": False, "n_redundant": 0},
        {"n_informative": 33, "n_features": 40}, {"n_classes": 9}, {"weights": [0.1, 0.2, 0.7]},
        {"n_informative": 30}, {"n_samples": 0}, {"flip_y": 2}, {"n_clusters_per_class": 1},
        {"n_classes": 16, "n_informative": 7, "n_clusters_per_class": 1}, {"flip_y": 0},
    ],
    "make_blobs": [
        {}, {"centers": 5, "n_samples": 23}, {"centers": [[0, 0], [5, 5]]}, {"n_samples": [5, 7, 9]},
        {"cluster_std": [0.1, 1.0, 3.0]}, {"cluster_std": [0.1, 1.0]}, {"return_centers": True},
        {"n_samples": [5, 7], "centers": [[0.0, 1.0]]}, {"n_samples": [5, 7], "centers": 2},
        {"shuffle": False, "center_box": (0, 1)}, {"n_features": 0}, {"n_samples": 2, "centers": 5},
    ],
    "make_moons": [
        {}, {"noise": 0.2}, {"n_samples": (3, 8)}, {"shuffle": False, "n_samples": 7},
        {"n_samples": (3, 4, 5)}, {"noise": -1},
    ],
    "make_circles": [
        {}, {"noise": 0.2, "factor": 0.3}, {"n_samples": (3, 8)}, {"shuffle": False, "n_samples": 7},
        {"n_samples": (3, 4, 5)}, {"factor": 1},
    ],
    "make_regression": [
        {}, {"n_features": 3, "noise": 2.0, "coef": True}, {"n_targets": 3, "bias": 4.0},
        {"effective_rank": 5, "tail_strength": 0.1}, {"shuffle": False, "n_informative": 200},
        {"n_samples": 1}, {"noise": -1},
    ],
    "make_gaussian_quantiles": [
        {}, {"mean": [1.0, 2.0, 3.0], "n_features": 3, "cov": 2.0}, {"n_classes": 7, "shuffle": False},
        {"n_samples": 2},
    ],
    "make_hastie_10_2": [{}, {"n_samples": 5}],
    "make_multilabel_classification": [
        {}, {"n_samples": 20, "n_labels": 1, "allow_unlabeled": False}, {"return_distributions": True},
        {"return_indicator": False}, {"return_indicator": "sparse", "sparse": True}, {"length": 0},
    ],
    "make_friedman1": [{}, {"n_features": 5, "noise": 1.0}, {"n_features": 4}],
    "make_friedman2": [{}, {"noise": 1.0}],
    "make_friedman3": [{}, {"noise": 1.0}],
    "make_low_rank_matrix": [{}, {"n_samples": 30, "n_features": 60, "effective_rank": 3}],
    "make_sparse_uncorrelated": [{}, {"n_features": 4}],
    "make_spd_matrix": [{"n_dim": 5}, {"n_dim": 0}],
    "make_swiss_roll": [{}, {"noise": 0.1, "hole": True}],
    "make_s_curve": [{}, {"noise": 0.1, "n_samples": 7}],
    "make_biclusters": [
        {"shape": (20, 30), "n_clusters": 4}, {"shape": (9, 8), "n_clusters": 2, "noise": 1.0},
        {"shape": (9, 8), "n_clusters": 2, "shuffle": False, "minval": 1, "maxval": 2},
    ],
    "make_checkerboard": [
        {"shape": (20, 30), "n_clusters": 4}, {"shape": (9, 8), "n_clusters": (2, 3), "noise": 1.0},
        {"shape": (9, 8), "n_clusters": 2, "shuffle": False},
    ],
}


@pytest.mark.parametrize("name", MADE)
def test_made_samples_have_scikit_learns_streams(name):
    for options in MADE[name]:
        for seed in (0, 42):
            same(name, random_state=seed, rtol=1e-7, atol=1e-9, **options)
    make, options = getattr(ours, name), MADE[name][0]
    one, two = (make(random_state=np.random.RandomState(3), **options) for _ in range(2))
    assert_same_value(one, two)


def test_made_samples_tell_what_they_are():
    mine, other = (m.make_classification(random_state=1, return_X_y=False) for m in (ours, theirs))
    assert set(mine) == set(other) and mine.feature_info == other.feature_info
    assert set(mine.parameters) == set(other.parameters)
    got, want = (
        list(m.make_sparse_coded_signal(6, n_components=5, n_features=9, n_nonzero_coefs=2, random_state=0))
        for m in (ours, theirs)
    )
    assert_same_value(got, want)


def test_sparse_precisions_are_positive_definite():
    pytest.importorskip("scipy.sparse")
    for options in ({}, {"norm_diag": True}, {"sparse_format": "csr"}):
        out = ours.make_sparse_spd_matrix(12, alpha=0.8, random_state=0, **options)
        dense = out.toarray() if options.get("sparse_format") else out
        np.testing.assert_allclose(dense, dense.T)
        assert np.linalg.eigvalsh(dense).min() > 0
        assert 0.3 < (dense == 0).mean() < 0.95
        assert "norm_diag" not in options or np.allclose(np.diag(dense), 1)


HOUSES = """-122.23,37.88,41.0,880.0,129.0,322.0,126.0,8.3252,452600.0
-122.22,37.86,21.0,7099.0,1106.0,2401.0,1138.0,8.3014,358500.0
"""


@pytest.mark.parametrize("form", ["cal_housing.tgz", "california-housing.csv", "california_housing.npz"])
def test_california_is_read_from_any_of_its_files(tmp_path, monkeypatch, form):
    monkeypatch.setenv("SEODANG_DATA", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(OSError, match="California housing is not here: get the file from .*SEODANG_DATA"):
        ours.fetch_california_housing(download_if_missing=False)
    if form.endswith(".tgz"):
        with tarfile.open(tmp_path / form, "w:gz") as archive:
            member = tarfile.TarInfo("CaliforniaHousing/cal_housing.data")
            member.size = len(HOUSES)
            archive.addfile(member, io.BytesIO(HOUSES.encode()))
    elif form.endswith(".npz"):
        table = np.loadtxt(io.StringIO(HOUSES), delimiter=",")
        np.savez(tmp_path / form, x=table[:, :8], y=table[:, 8])
    else:
        names = "longitude,latitude,age,rooms,bedrooms,people,homes,income,value,ocean\n"
        rows = "".join(line + ",NEAR BAY\n" for line in HOUSES.splitlines())
        (tmp_path / form).write_text(names + rows)
    found = ours.fetch_california_housing()
    # The first rows that scikit-learn's documentation shows.
    np.testing.assert_allclose(
        found.data[0],
        [8.3252, 41.0, 6.98412698, 1.02380952, 322.0, 2.55555556, 37.88, -122.23],
    )
    np.testing.assert_allclose(found.target, [4.526, 3.585])
    assert found.target_names == ["MedHouseVal"]
    pandas = pytest.importorskip("pandas")
    frame = ours.fetch_california_housing(as_frame=True).frame
    assert isinstance(frame, pandas.DataFrame) and list(frame.columns)[-1] == "MedHouseVal"


def test_news_are_read_from_their_archive(tmp_path, monkeypatch):
    monkeypatch.setenv("SEODANG_DATA", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(OSError, match="20 newsgroups is not here"):
        ours.fetch_20newsgroups(download_if_missing=False)
    text = "From: a\nSubject: b\n\nJohn writes:\n> no\nYes.\n--\nname"
    with tarfile.open(tmp_path / "20news-bydate.tar.gz", "w:gz") as archive:
        for part in ("train", "test"):
            for group in ("sci.space", "alt.atheism"):
                member = tarfile.TarInfo(f"20news-bydate-{part}/{group}/1")
                member.size = len(text)
                archive.addfile(member, io.BytesIO(text.encode()))
    found = ours.fetch_20newsgroups()
    assert found.target_names == ["alt.atheism", "sci.space"] and len(found.data) == 2
    assert len(ours.fetch_20newsgroups(subset="all").data) == 4
    (stripped,) = ours.fetch_20newsgroups(
        categories=["sci.space"], remove=("headers", "footers", "quotes")
    ).data
    assert stripped == "Yes."
    with pytest.raises(ValueError, match="there is no group"):
        ours.fetch_20newsgroups(categories=["none"])


def test_openml_is_not_asked(tmp_path, monkeypatch):
    with pytest.raises(OSError, match="titanic is not here, and Seodang does not ask OpenML"):
        ours.fetch_openml("titanic", version=1)
    monkeypatch.setenv("SEODANG_DATA", str(tmp_path))
    (tmp_path / "mnist").mkdir()
    for name, array in (("train-images", np.full((2, 28, 28), 7)), ("train-labels", np.array([3, 1])),
                        ("t10k-images", np.full((1, 28, 28), 9)), ("t10k-labels", np.array([5]))):
        kind = "idx3" if array.ndim == 3 else "idx1"
        header = bytes([0, 0, 8, array.ndim]) + b"".join(n.to_bytes(4, "big") for n in array.shape)
        path = tmp_path / "mnist" / f"{name}-{kind}-ubyte.gz"
        path.write_bytes(gzip.compress(header + array.astype(np.uint8).tobytes()))
    X, y = ours.fetch_openml("mnist_784", return_X_y=True, as_frame=False)
    assert X.shape == (3, 784) and X[2, 0] == 9 and y.tolist() == ["3", "1", "5"]


def test_folders_of_texts(tmp_path):
    for group, texts in {"cats": ["miau", "purr"], "dogs": ["woof"]}.items():
        (tmp_path / group).mkdir()
        for i, text in enumerate(texts):
            (tmp_path / group / f"{i}.txt").write_text(text)
    (tmp_path / "dogs" / "x.bin").write_bytes(b"\xff")
    for options in ({}, {"encoding": "utf-8", "decode_error": "replace"}, {"load_content": False},
                    {"categories": ["cats"]}, {"allowed_extensions": [".txt"]}, {"shuffle": False},
                    {"description": "animals", "random_state": 5}):
        mine, other = (dict(m.load_files(tmp_path, **options)) for m in (ours, theirs))
        assert set(mine) == set(other)
        for key in other:
            np.testing.assert_array_equal(mine[key], other[key])


SVM = """# a comment
1 1:0.5 3:2 # told
-1.5 qid:3 2:1e-3

3 qid:4 1:1 2:2 3:3
"""


def test_files_of_svmlight(tmp_path):
    pytest.importorskip("scipy.sparse")
    path = tmp_path / "data.txt"
    path.write_text(SVM)
    with gzip.open(tmp_path / "data.gz", "wt") as file:
        file.write(SVM)
    for name in (path, tmp_path / "data.gz", str(path)):
        for options in ({}, {"n_features": 9}, {"n_features": 2}, {"zero_based": True},
                        {"zero_based": False}, {"dtype": np.float32}, {"n_features": 0}):
            got, want = (
                outcome(m.load_svmlight_file, name, **options) for m in (ours, theirs)
            )
            assert got[0][0] == want[0][0], (got, want)
            if want[0][0] == "error":
                assert got[0][2] == want[0][2]
            else:
                assert_same_value(got[0][1], want[0][1])
    path.write_text(SVM.replace("1 1:0.5", "1 qid:2 1:0.5"))
    same("load_svmlight_file", path, query_id=True)
    same("load_svmlight_files", [path, tmp_path / "data.gz"])
    path.write_text("1,2 1:1\n 2:3\n")
    same("load_svmlight_file", path, multilabel=True)
    for bad in ("1 2:1 1:1\n", "1 1:1 1:2\n", "a 1:1\n", "1 -1:2\n", "1 1:b\n"):
        path.write_text(bad)
        with pytest.raises(ValueError):
            ours.load_svmlight_file(path)
    X, y = theirs.load_iris(return_X_y=True)
    for options in ({}, {"zero_based": False}, {"query_id": np.arange(len(y))}):
        files = []
        for m in (ours, theirs):
            m.dump_svmlight_file(X * (X > 1.5), y, str(path), **options)
            files.append(path.read_text())
        assert files[0] == files[1]
    back = ours.load_svmlight_file(path, zero_based=True)
    np.testing.assert_allclose(back[0].toarray(), X * (X > 1.5))
    labels = (y[:, None] == np.arange(3)).astype(int)
    ours.dump_svmlight_file(X, labels, path, multilabel=True, comment="two\nlines")
    assert path.read_text().splitlines()[2:4] == ["# two", "# lines"]
    found = ours.load_svmlight_file(path, multilabel=True, zero_based=True)
    assert found[1][-1] == (2.0,)
    with pytest.raises(NotImplementedError, match="whole files"):
        ours.load_svmlight_file(path, offset=5)


def test_the_folder_of_data_sets(tmp_path, monkeypatch):
    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(tmp_path / "sets"))
    assert ours.get_data_home() == theirs.get_data_home()
    assert (tmp_path / "sets").is_dir()
    ours.clear_data_home()
    assert not (tmp_path / "sets").exists()
