//! Which engines there are, and which of them works for the current thread.

use seodang_core::{Error, Result, text};
use seodang_cpu::CpuEngine;
use seodang_ir::{Engine, Reference};
use std::cell::Cell;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Where tensors live and programs run: an engine with a name.
///
/// Devices are few and live as long as the process, so a handle is a plain copyable reference.
///
/// ```
/// use seodang_tensor::{Device, Tensor, with_device};
/// let x = with_device(Device::cpu(), || Tensor::scalar(2.0f32))?;
/// assert_eq!(x.device().name(), "cpu");
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Device(&'static Inner);

struct Inner {
    id: u32,
    name: String,
    engine: Arc<dyn Engine>,
}

/// Every device made so far; the position is the id.
fn registry() -> &'static Mutex<Vec<Device>> {
    static REGISTRY: OnceLock<Mutex<Vec<Device>>> = OnceLock::new();
    REGISTRY.get_or_init(Mutex::default)
}

thread_local! {
    static CURRENT: Cell<Option<Device>> = const { Cell::new(None) };
}

impl Device {
    /// The embedded CPU engine, which is always there.
    pub fn cpu() -> Device {
        static CPU: OnceLock<Device> = OnceLock::new();
        *CPU.get_or_init(|| Device::from_engine("cpu", Arc::new(CpuEngine::new())))
    }

    /// The reference evaluator: slow and obviously right, for tests of everything above the engines.
    pub fn reference() -> Device {
        static REFERENCE: OnceLock<Device> = OnceLock::new();
        *REFERENCE.get_or_init(|| Device::from_engine("reference", Arc::new(Reference)))
    }

    /// The first device of a PJRT plugin (XLA for GPUs, TPUs, CPUs), given by the path of its shared
    /// library. A path is opened once; later calls give the same device. Its name is the plugin's
    /// platform: `"pjrt:cpu"`, `"pjrt:cuda"`.
    ///
    /// The plugin's code runs in this process: open only what you trust as you trust a program.
    ///
    /// # Errors
    /// As [`seodang_pjrt::Pjrt::open`].
    #[cfg(feature = "pjrt")]
    pub fn pjrt(path: impl AsRef<std::path::Path>) -> Result<Device> {
        static OPENED: Mutex<Vec<(std::path::PathBuf, Device)>> = Mutex::new(Vec::new());
        let path = path.as_ref();
        // A plugin that is found by the system's own search has no path here.
        let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let mut opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, device)) = opened.iter().find(|(p, _)| *p == place) {
            return Ok(*device);
        }
        let engine = seodang_pjrt::Pjrt::open(path)?;
        let device = Device::from_engine(engine.name().to_owned(), Arc::new(engine));
        opened.push((place, device));
        Ok(device)
    }

    /// A device over an engine. Each call makes a new device, which lives until the process ends.
    pub fn from_engine(name: impl Into<String>, engine: Arc<dyn Engine>) -> Device {
        let mut all = registry().lock().unwrap_or_else(PoisonError::into_inner);
        let inner = Inner { id: all.len() as u32, name: name.into(), engine };
        let device = Device(Box::leak(Box::new(inner)));
        all.push(device);
        device
    }

    /// The device with a name: `"cpu"`, `"reference"`, or one made earlier with
    /// [`Device::from_engine`].
    ///
    /// # Errors
    /// `NotFound`, naming the devices there are. There is no silent fallback to another device.
    pub fn named(name: &str) -> Result<Device> {
        match name {
            "cpu" => return Ok(Device::cpu()),
            "reference" => return Ok(Device::reference()),
            _ => {}
        }
        let all = registry().lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|d| d.name() == name).copied().ok_or_else(|| {
            let mut names: Vec<&str> = all.iter().map(|d| d.name()).collect();
            names.extend(["cpu", "reference"]);
            names.sort_unstable();
            names.dedup();
            let names = names.join(", ");
            Error::not_found(text!(
                en: "there is no device \"{name}\"",
                ko: "장치 \"{name}\"이(가) 없습니다"
            ))
            .expected(text!(en: "one of {names}", ko: "다음 중 하나: {names}"))
        })
    }

    /// The device on which this thread makes tensors: that of the innermost [`with_device`], else
    /// the CPU.
    pub fn current() -> Device {
        CURRENT.get().unwrap_or_else(Device::cpu)
    }

    /// The name.
    pub fn name(&self) -> &'static str {
        &self.0.name
    }

    /// The engine.
    pub fn engine(&self) -> &'static dyn Engine {
        &*self.0.engine
    }

    pub(crate) fn id(&self) -> u32 {
        self.0.id
    }
}

impl PartialEq for Device {
    fn eq(&self, other: &Device) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Device {}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Device({})", self.name())
    }
}

/// Runs a closure with `device` as the current device of this thread.
pub fn with_device<R>(device: Device, f: impl FnOnce() -> R) -> R {
    struct Restore(Option<Device>);
    impl Drop for Restore {
        fn drop(&mut self) {
            CURRENT.set(self.0);
        }
    }
    let _restore = Restore(CURRENT.replace(Some(device)));
    f()
}
