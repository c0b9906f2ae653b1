//! Where there are no shared libraries.

use crate::Options;
use seodang_core::{Array, Error, Result, text};
use seodang_ir::{Buffer, Engine, Graph, Program};
use std::path::Path;
use std::sync::Arc;

/// An engine over a PJRT plugin; on this platform there is none.
#[derive(Debug)]
pub enum Pjrt {}

impl Pjrt {
    /// Opens a plugin.
    ///
    /// # Errors
    /// `Unsupported`, always.
    pub fn open(path: &Path) -> Result<Pjrt> {
        Pjrt::open_with(path, &Options::new())
    }

    /// Opens a plugin.
    ///
    /// # Errors
    /// `Unsupported`, always.
    pub fn open_with(path: &Path, _options: &Options) -> Result<Pjrt> {
        Err(Error::unsupported(text!(
            en: "PJRT plugins cannot be opened in WebAssembly",
            ko: "WebAssembly에서는 PJRT 플러그인을 열 수 없습니다"
        ))
        .given("path", path.display()))
    }

    /// The plugin's platform and its version, in the plugin's words.
    pub fn platform_version(&self) -> &str {
        match *self {}
    }

    /// The device, in the plugin's words.
    pub fn device_description(&self) -> &str {
        match *self {}
    }

    /// Major and minor version of the interface that the plugin speaks.
    pub fn api_version(&self) -> (i32, i32) {
        match *self {}
    }
}

impl Engine for Pjrt {
    fn name(&self) -> &str {
        match *self {}
    }

    fn compile(&self, _: &Graph) -> Result<Arc<dyn Program>> {
        match *self {}
    }

    fn upload(&self, _: &Array) -> Result<Buffer> {
        match *self {}
    }
}
