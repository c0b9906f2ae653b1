//! `.weights.h5` files, and the same tree inside `.keras` files: variables by their places.
//!
//! A variable's path is the path of the object that owns it, `vars`, and its number there:
//! `layers/dense_1/vars/0`, `optimizer/vars/1`. An object's path is made of attribute names (a layer
//! of a model counts by its class: `layers/dense`, `layers/dense_1`), not of the names that users
//! give.

use super::KERAS_VERSION;
use super::hdf5::{self, Group};
use seodang_core::{Array, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// The tree of variables, each with its path, such as `layers/dense/vars/0`.
///
/// `names` are what users call the objects, by the objects' paths (`layers/dense`, or the empty
/// path for the model itself): Keras writes them beside the variables and does not read them back.
///
/// # Errors
/// `Value`, if a path is no path or comes twice.
pub fn to_tree(variables: &[(String, Array)], names: &[(String, String)]) -> Result<Group> {
    let mut root = Group::new();
    // tf.keras takes it for granted.
    root.make_group("vars")?;
    for (path, name) in names {
        let at = if path.is_empty() { "vars".to_string() } else { format!("{path}/vars") };
        root.make_group(&at)?.set_text("name", name);
    }
    for (path, array) in variables {
        root.insert(path, array.clone())?;
    }
    // tf.keras converts the kernels of files that do not say who wrote them.
    root.set_text("keras_version", KERAS_VERSION);
    Ok(root)
}

/// The variables of a tree by their paths.
pub fn from_tree(root: &Group) -> BTreeMap<String, Array> {
    let arrays = root.arrays().into_iter();
    arrays.map(|(path, array)| (modern(path), array.clone())).collect()
}

/// The path as Keras 3 writes it; Keras 2.13 named a model's layers otherwise.
fn modern(path: String) -> String {
    match path.contains(OLD_LAYERS) {
        true => path.replace(OLD_LAYERS, "layers/"),
        false => path,
    }
}

const OLD_LAYERS: &str = "_layer_checkpoint_dependencies/";

/// Writes a `.weights.h5` file, as a whole or not at all.
///
/// # Errors
/// `Io`, if it cannot be written; as [`to_tree`].
pub fn write(
    path: impl AsRef<Path>,
    variables: &[(String, Array)],
    names: &[(String, String)],
) -> Result<()> {
    seodang_files::replace(path.as_ref(), &hdf5::write(&to_tree(variables, names)?)?)
}

/// Reads a `.weights.h5` file.
///
/// # Errors
/// `Io`, if it cannot be read; as [`hdf5::read`].
pub fn read(path: impl AsRef<Path>) -> Result<BTreeMap<String, Array>> {
    let path = path.as_ref();
    let tree =
        hdf5::read(seodang_files::read(path)?).map_err(|e| e.during(path.display().to_string()))?;
    Ok(from_tree(&tree))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_survive_under_their_paths() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.weights.h5");
        let of = |x: f32| Array::from_slice([1], &[x]).unwrap();
        let variables: Vec<(String, Array)> = (0..12)
            .map(|i| (format!("layers/dense/vars/{i}"), of(i as f32)))
            .chain([("optimizer/vars/0".to_string(), Array::scalar(3i64))])
            .collect();
        let names = [("layers/dense".to_string(), "출력".to_string()), (String::new(), "m".into())];
        write(&path, &variables, &names).unwrap();
        assert_eq!(read(&path).unwrap(), variables.iter().cloned().collect());
        let tree = hdf5::read(std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(tree.group("layers/dense/vars").unwrap().text("name"), Some("출력"));
        assert_eq!(tree.group("vars").unwrap().text("name"), Some("m"));
        let twice = [variables[0].clone(), variables[0].clone()];
        assert!(to_tree(&twice, &[]).is_err());
    }

    #[test]
    fn keras_2_13_named_layers_otherwise() {
        let old =
            "_layer_checkpoint_dependencies/sequential/_layer_checkpoint_dependencies/dense/vars/0";
        let tree = to_tree(&[(old.to_string(), Array::scalar(1f32))], &[]).unwrap();
        let paths: Vec<String> = from_tree(&tree).into_keys().collect();
        assert_eq!(paths, ["layers/sequential/layers/dense/vars/0"]);
    }
}
