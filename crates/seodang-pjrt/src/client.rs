//! A plugin's client, and the engine over it.
#![allow(unsafe_code)]

use crate::api::Api;
use crate::buffer::{PjrtBuffer, missing};
use crate::ffi::{self, NamedContent, NamedValue};
use crate::program::Loaded;
use crate::{Options, Setting, guard, self_test};
use seodang_core::{Array, DType, Error, Result, text};
use seodang_ir::{Buffer, Builder, Engine, Graph, Program, TensorType, passes, stablehlo, verify};
use std::fmt;
use std::path::Path;
use std::ptr::NonNull;
use std::sync::Arc;

/// A connection to the first device of a plugin. Buffers and programs hold it.
pub(crate) struct Client {
    api: Api,
    handle: NonNull<ffi::ClientObject>,
    device: NonNull<ffi::DeviceObject>,
}

// SAFETY: the interface allows a client and its devices to be used on any thread.
unsafe impl Send for Client {}
// SAFETY: as above.
unsafe impl Sync for Client {}

impl Client {
    fn create(api: Api, options: &[(String, Setting)]) -> Result<Client> {
        let named: Vec<NamedValue> = options.iter().map(|(n, v)| named_value(n, v)).collect();
        let mut args = ffi::ClientCreate::new();
        args.options = named.as_ptr();
        args.option_count = named.len();
        // SAFETY: the options and what they point to are alive during the call.
        unsafe { api.call(&mut args) }?;
        let handle = NonNull::new(args.client).ok_or_else(missing)?;
        // From here on dropping the value destroys the client.
        let mut client = Client { api, handle, device: NonNull::dangling() };
        let mut list = ffi::ClientAddressableDevices::new();
        list.client = client.handle();
        // SAFETY: the client is alive.
        unsafe { client.api.call(&mut list) }?;
        if list.devices.is_null() || list.device_count == 0 {
            return Err(Error::engine(text!(
                en: "the PJRT plugin has no device on this machine",
                ko: "이 컴퓨터에 PJRT 플러그인이 쓸 장치가 없습니다"
            )));
        }
        // SAFETY: the list is the client's, lives as long, and has at least one element.
        client.device = NonNull::new(unsafe { *list.devices }).ok_or_else(missing)?;
        Ok(client)
    }

    pub(crate) fn api(&self) -> &Api {
        &self.api
    }

    /// The handle; alive as long as this.
    pub(crate) fn handle(&self) -> *mut ffi::ClientObject {
        self.handle.as_ptr()
    }

    /// The device that everything here lives on.
    pub(crate) fn device(&self) -> *mut ffi::DeviceObject {
        self.device.as_ptr()
    }

    fn platform_name(&self) -> Result<String> {
        let mut args = ffi::ClientPlatformName::new();
        args.client = self.handle();
        // SAFETY: the client is alive.
        unsafe { self.api.ask(args, |a| (a.text, a.text_size)) }
    }

    fn platform_version(&self) -> Result<String> {
        let mut args = ffi::ClientPlatformVersion::new();
        args.client = self.handle();
        // SAFETY: the client is alive.
        unsafe { self.api.ask(args, |a| (a.text, a.text_size)) }
    }

    fn device_description(&self) -> Result<String> {
        let mut get = ffi::DeviceGetDescription::new();
        get.device = self.device();
        // SAFETY: the device is the client's and as alive as that.
        unsafe { self.api.call(&mut get) }?;
        let mut args = ffi::DeviceDescriptionToString::new();
        args.description = get.description;
        // SAFETY: the description is the device's and lives as long.
        unsafe { self.api.ask(args, |a| (a.text, a.text_size)) }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let mut args = ffi::ClientDestroy::new();
        args.client = self.handle();
        // SAFETY: every buffer and program holds the client, so none is left. A failure could not be
        // mended here.
        let _ = unsafe { self.api.call(&mut args) };
    }
}

/// An option as the interface has it; it points to the name and to a text.
fn named_value(name: &str, value: &Setting) -> NamedValue {
    match value {
        Setting::Text(s) => NamedValue::new(name, 0, NamedContent { text: s.as_ptr() }, s.len()),
        Setting::Integer(i) => NamedValue::new(name, 1, NamedContent { integer: *i }, 1),
        Setting::Real(x) => NamedValue::new(name, 3, NamedContent { real: *x as f32 }, 1),
        Setting::Flag(b) => NamedValue::new(name, 4, NamedContent { flag: *b }, 1),
    }
}

/// Flags without which a platform's compiler does not keep to StableHLO.
fn needed_flags(platform: &str) -> Vec<(&'static str, Setting)> {
    match platform {
        // The CPU compiler's maximum and minimum lose NaN unless told not to.
        "cpu" => vec![("xla_cpu_enable_fast_min_max", false.into())],
        _ => Vec::new(),
    }
}

/// An engine over a PJRT plugin: XLA's compiler for CPUs, GPUs, TPUs and others.
///
/// Programs go to the plugin as StableHLO text; they run on the client's first device.
pub struct Pjrt {
    client: Arc<Client>,
    name: String,
    version: String,
    device: String,
    compile_options: Vec<u8>,
}

impl Pjrt {
    /// Opens a plugin with default options.
    ///
    /// The plugin's code runs in this process, from here to the end of the process: open only what
    /// you trust as you trust a program. Opening one twice gives two clients.
    ///
    /// # Errors
    /// `Io`, if there is no such file; `Engine`, if it is not a plugin, finds no device, or fails the
    /// self-test (see [`Options::self_test`]).
    ///
    /// ```no_run
    /// use seodang_pjrt::Pjrt;
    /// let engine = Pjrt::open("plugins/pjrt_c_api_cpu_plugin.so".as_ref())?;
    /// println!("{} on {}", engine.platform_version(), engine.device_description());
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    pub fn open(path: &Path) -> Result<Pjrt> {
        Pjrt::open_with(path, &Options::new())
    }

    /// Opens a plugin.
    ///
    /// # Errors
    /// As [`Pjrt::open`]; also `Engine`, if the plugin does not know an option.
    pub fn open_with(path: &Path, options: &Options) -> Result<Pjrt> {
        let client = Arc::new(Client::create(Api::load(path)?, &options.client)?);
        let platform = client.platform_name()?;
        let mut engine = Pjrt {
            name: format!("pjrt:{platform}"),
            version: client.platform_version()?,
            device: client.device_description()?,
            compile_options: options.compile_options(),
            client,
        };
        for (name, value) in needed_flags(&platform) {
            let with = options.clone().flag_unless_given(name, value.clone()).compile_options();
            // Flags come and go: one that this plugin does not know is one that it does not need.
            if engine.accepts(&with)? {
                engine.compile_options = with;
            }
        }
        if options.self_test {
            self_test::donation(&engine).map_err(|e| e.given("path", path.display()))?;
        }
        Ok(engine)
    }

    /// Whether the plugin compiles anything at all with these options.
    fn accepts(&self, compile_options: &[u8]) -> Result<bool> {
        let b = Builder::new("probe");
        let x = b.input(TensorType::scalar(DType::I32));
        let graph = b.finish(&[x + x])?;
        let text = stablehlo::emit(&graph)?;
        Ok(Loaded::compile(&self.client, &graph, &text, compile_options).is_ok())
    }

    /// The plugin's platform and its version, in the plugin's words.
    pub fn platform_version(&self) -> &str {
        &self.version
    }

    /// The device, in the plugin's words.
    pub fn device_description(&self) -> &str {
        &self.device
    }

    /// Major and minor version of the interface that the plugin speaks.
    pub fn api_version(&self) -> (i32, i32) {
        self.client.api().version()
    }
}

impl fmt::Debug for Pjrt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pjrt({}, {})", self.name, self.device)
    }
}

impl Engine for Pjrt {
    fn name(&self) -> &str {
        &self.name
    }

    fn compile(&self, graph: &Graph) -> Result<Arc<dyn Program>> {
        verify(graph)?;
        let guarded = guard::integer_division(&passes::lower(graph)?)?;
        let text = stablehlo::emit(&guarded)?;
        Ok(Arc::new(Loaded::compile(&self.client, graph, &text, &self.compile_options)?))
    }

    fn upload(&self, array: &Array) -> Result<Buffer> {
        Ok(Buffer::new(PjrtBuffer::upload(&self.client, array)?))
    }
}
