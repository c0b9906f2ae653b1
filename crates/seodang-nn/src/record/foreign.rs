//! Options that are objects of another language: members of a family that a configuration can name
//! though no table lists them, for as long as whoever made them holds the token.

use crate::activations::CustomFunction;
use serde_json::{Value, json};
use std::any::Any;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

/// The class name by which a configuration refers to the registry.
const CLASS: &str = "__foreign__";

static MEMBERS: LazyLock<Mutex<HashMap<u64, Box<dyn Any + Send + Sync>>>> =
    LazyLock::new(Mutex::default);

/// A place in the registry; dropping it takes the member out.
#[derive(Debug)]
pub struct Token(u64);

impl Token {
    /// What stands for the member in a configuration.
    pub fn value(&self) -> Value {
        json!({ "class_name": CLASS, "config": { "id": self.0 } })
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        let member = MEMBERS.lock().unwrap_or_else(|e| e.into_inner()).remove(&self.0);
        // What belongs to another language may run its code when it goes: not under our lock.
        drop(member);
    }
}

fn insert(member: Box<dyn Any + Send + Sync>) -> Token {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    MEMBERS.lock().unwrap_or_else(|e| e.into_inner()).insert(id, member);
    Token(id)
}

/// Lets configurations name a member of a family.
pub fn register<F: ?Sized + Send + Sync + 'static>(member: Arc<F>) -> Token {
    insert(Box::new(member))
}

/// Lets configurations name an activation function.
pub fn register_activation(name: &str, function: Arc<CustomFunction>) -> Token {
    insert(Box::new((name.to_string(), function)))
}

fn look_up<T: Clone + 'static>(value: &Value) -> Option<T> {
    if value.get("class_name")?.as_str()? != CLASS {
        return None;
    }
    let id = value.get("config")?.get("id")?.as_u64()?;
    let members = MEMBERS.lock().unwrap_or_else(|e| e.into_inner());
    members.get(&id)?.downcast_ref::<T>().cloned()
}

/// The member that a value stands for, if it stands for one of this family.
pub(crate) fn member<F: ?Sized + Send + Sync + 'static>(value: &Value) -> Option<Arc<F>> {
    look_up(value)
}

/// The activation that a value stands for.
pub(crate) fn activation(value: &Value) -> Option<(String, Arc<CustomFunction>)> {
    look_up(value)
}
