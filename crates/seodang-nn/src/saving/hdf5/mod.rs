//! HDF5 files as plain trees: the only place that knows the crate which parses them.
//!
//! Keras keeps weights in HDF5, of which it uses little: groups, attributes of text and numbers, and
//! arrays. That part is here as values: [`read`] turns bytes into a [`Group`], [`write()`] a group
//! into bytes. A file is not trusted: no size that it claims is allocated before it is checked
//! against the bytes that are there, and links that lead out of the tree are not followed.

mod read;
mod write;

pub use read::read;
pub use write::write;

use seodang_core::{Array, Error, Result, text};
use std::collections::BTreeMap;

/// How many groups may lie inside each other.
const DEPTH: usize = 64;

/// The lists of names that are split over several attributes where they are too long for one.
const SPLIT: [&str; 2] = ["layer_names", "weight_names"];

/// What is written beside a group or a dataset.
#[derive(Clone, Debug, PartialEq)]
pub enum Attribute {
    /// One text.
    Text(String),
    /// A list of texts. An empty list is written as Keras writes it: as an array of no numbers.
    Texts(Vec<String>),
    /// One whole number.
    Integer(i64),
    /// One number.
    Number(f64),
    /// A list of numbers.
    Numbers(Vec<f64>),
}

impl Attribute {
    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Attribute::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The texts, if it is a list of them; an empty list of numbers counts as one.
    pub fn as_texts(&self) -> Option<&[String]> {
        match self {
            Attribute::Texts(list) => Some(list),
            Attribute::Numbers(list) if list.is_empty() => Some(&[]),
            _ => None,
        }
    }
}

/// An array in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// The values.
    pub array: Array,
    /// What is written beside them.
    pub attributes: BTreeMap<String, Attribute>,
}

impl From<Array> for Dataset {
    fn from(array: Array) -> Dataset {
        Dataset { array, attributes: BTreeMap::new() }
    }
}

/// What stands under a name in a group.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A group.
    Group(Group),
    /// An array.
    Dataset(Dataset),
}

/// A group: names with what stands under them, and attributes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// What is written beside the group.
    pub attributes: BTreeMap<String, Attribute>,
    /// What is in the group.
    pub children: BTreeMap<String, Node>,
}

impl Group {
    /// An empty group.
    pub fn new() -> Group {
        Group::default()
    }

    /// What stands at a path such as `"layers/dense/vars/0"`.
    pub fn get(&self, path: &str) -> Option<&Node> {
        match path.split_once('/') {
            None => self.children.get(path),
            Some((first, rest)) => match self.children.get(first)? {
                Node::Group(group) => group.get(rest),
                Node::Dataset(_) => None,
            },
        }
    }

    /// The group at a path; the empty path is this group.
    pub fn group(&self, path: &str) -> Option<&Group> {
        match path {
            "" => Some(self),
            path => match self.get(path)? {
                Node::Group(group) => Some(group),
                Node::Dataset(_) => None,
            },
        }
    }

    /// The array at a path.
    pub fn array(&self, path: &str) -> Option<&Array> {
        match self.get(path)? {
            Node::Dataset(dataset) => Some(&dataset.array),
            Node::Group(_) => None,
        }
    }

    /// The attribute's text, if it is there and is one.
    pub fn text(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute)?.as_text()
    }

    /// Sets an attribute to a text.
    pub fn set_text(&mut self, attribute: &str, text: impl Into<String>) {
        self.attributes.insert(attribute.to_string(), Attribute::Text(text.into()));
    }

    /// The group at a path, made with the groups on the way if it is not there.
    ///
    /// # Errors
    /// `Value`, if an array is in the way, or a name of the path is empty.
    pub fn make_group(&mut self, path: &str) -> Result<&mut Group> {
        let mut group = self;
        for name in path.split('/').filter(|_| !path.is_empty()) {
            if name.is_empty() || name == "." {
                return Err(unusable(path));
            }
            let next = group.children.entry(name.to_string());
            group = match next.or_insert_with(|| Node::Group(Group::new())) {
                Node::Group(group) => group,
                Node::Dataset(_) => return Err(unusable(path)),
            };
        }
        Ok(group)
    }

    /// Puts an array at a path, with the groups on the way.
    ///
    /// # Errors
    /// `Value`, if something is there already or an array is in the way.
    pub fn insert(&mut self, path: &str, array: impl Into<Dataset>) -> Result<()> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let group = self.make_group(folder)?;
        if name.is_empty() || name == "." || group.children.contains_key(name) {
            return Err(unusable(path));
        }
        group.children.insert(name.to_string(), Node::Dataset(array.into()));
        Ok(())
    }

    /// Every array with its path, in the order of the paths' names.
    pub fn arrays(&self) -> Vec<(String, &Array)> {
        fn walk<'a>(group: &'a Group, before: &str, all: &mut Vec<(String, &'a Array)>) {
            for (name, node) in &group.children {
                let path = format!("{before}{name}");
                match node {
                    Node::Group(group) => walk(group, &format!("{path}/"), all),
                    Node::Dataset(dataset) => all.push((path, &dataset.array)),
                }
            }
        }
        let mut all = Vec::new();
        walk(self, "", &mut all);
        all
    }
}

fn unusable(path: &str) -> Error {
    Error::value(text!(
        en: "\"{path}\" cannot be a new name in an HDF5 file",
        ko: "\"{path}\"은(는) HDF5 파일의 새 이름으로 쓸 수 없습니다"
    ))
    .expected(text!(
        en: "names without empty parts, each used once",
        ko: "빈 부분이 없고 한 번씩만 쓰는 이름"
    ))
}

fn damaged(e: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::format(text!(
        en: "the file is not an HDF5 file, or it is damaged",
        ko: "HDF5 파일이 아니거나 손상되었습니다"
    ))
    .source_error(e)
}

#[cfg(test)]
mod tests;
