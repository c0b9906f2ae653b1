//! Numbers that somebody else may own: what is learned from stays where it is.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// Memory of numbers that somebody owns, and everybody may keep.
pub struct Shared<T>(Arc<dyn AsRef<[T]> + Send + Sync>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Shared<T> {
        Shared(Arc::clone(&self.0))
    }
}

impl<T> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shared({})", self.get().len())
    }
}

impl<T> Shared<T> {
    /// Of what gives the same numbers each time it is asked.
    pub fn new(owner: impl AsRef<[T]> + Send + Sync + 'static) -> Shared<T> {
        Shared(Arc::new(owner))
    }

    /// The numbers.
    pub fn get(&self) -> &[T] {
        (*self.0).as_ref()
    }
}

/// A number for each sample, read as a slice: loops take the slice once.
#[derive(Clone, Debug)]
pub enum Numbers<T> {
    /// Of nobody else.
    Own(Vec<T>),
    /// Of somebody who lends them.
    Lent(Shared<T>),
}

impl<T> Deref for Numbers<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Numbers::Own(numbers) => numbers,
            Numbers::Lent(shared) => shared.get(),
        }
    }
}

impl<T> From<Vec<T>> for Numbers<T> {
    fn from(numbers: Vec<T>) -> Numbers<T> {
        Numbers::Own(numbers)
    }
}

impl<T> From<Shared<T>> for Numbers<T> {
    fn from(shared: Shared<T>) -> Numbers<T> {
        Numbers::Lent(shared)
    }
}

impl<'a, T> IntoIterator for &'a Numbers<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: PartialEq, const N: usize> PartialEq<[T; N]> for Numbers<T> {
    fn eq(&self, other: &[T; N]) -> bool {
        **self == other[..]
    }
}
