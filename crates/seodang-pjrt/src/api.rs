//! An opened plugin: its table of functions, and calls through it.
#![allow(unsafe_code)]

use crate::ffi::{self, Arguments};
use libloading::Library;
use seodang_core::{Error, Result, Text, text};
use std::ffi::{c_int, c_void};
use std::mem::ManuallyDrop;
use std::path::Path;
use std::ptr::NonNull;
use std::sync::{Mutex, PoisonError};

/// The version of the interface that we speak; a plugin of another major version has other structs.
const MAJOR: c_int = 0;

/// The table of a plugin's functions.
pub(crate) struct Api {
    table: NonNull<u8>,
    /// The size of the table in bytes, as the plugin says.
    size: usize,
    /// Major and minor version of the interface.
    version: (c_int, c_int),
}

// SAFETY: the table is constant memory of a library that is never closed, and the interface demands
// of plugins that their functions may be called from any thread.
unsafe impl Send for Api {}
// SAFETY: as above.
unsafe impl Sync for Api {}

impl Api {
    /// Opens a plugin and initialises it, once for the process.
    ///
    /// The library is never closed: plugins start threads that outlive every client.
    pub(crate) fn load(path: &Path) -> Result<Api> {
        // SAFETY: opening runs the library's initialisers. That is what the caller asks for who names
        // a plugin; we can check no more than that it is one, below.
        let library = unsafe { Library::new(path) }.map_err(|e| not_opened(path, e))?;
        let library = ManuallyDrop::new(library);
        // SAFETY: the symbol has this signature in every version of the interface.
        let get = unsafe { library.get::<unsafe extern "C" fn() -> *mut u8>(b"GetPjrtApi\0") };
        let get = get.map_err(|e| {
            not_a_plugin(text!(
                en: "the library exports no GetPjrtApi",
                ko: "라이브러리에 GetPjrtApi가 없습니다"
            ))
            .given("path", path.display())
            .source_error(e)
        })?;
        // SAFETY: the function takes nothing and returns the table, or null.
        let table = NonNull::new(unsafe { get() }).ok_or_else(|| {
            not_a_plugin(text!(
                en: "GetPjrtApi returned nothing",
                ko: "GetPjrtApi가 아무것도 돌려주지 않았습니다"
            ))
            .given("path", path.display())
        })?;
        // SAFETY: a table starts with this header in every version of the interface, and stays where
        // it is while the library is loaded.
        let header = unsafe { table.cast::<ffi::ApiHeader>().as_ref() };
        if header.major != MAJOR || header.struct_size < ffi::FUNCTIONS {
            return Err(not_a_plugin(text!(
                en: "the plugin speaks another version of the PJRT interface",
                ko: "플러그인이 다른 버전의 PJRT 인터페이스를 씁니다"
            ))
            .given("path", path.display())
            .given("version", format!("{}.{}", header.major, header.minor))
            .expected(Text::same(format!("{MAJOR}.x"))));
        }
        let version = (header.major, header.minor);
        let api = Api { table, size: header.struct_size, version };
        api.initialize()?;
        Ok(api)
    }

    /// Initialises the plugin, unless that was done when it was opened before.
    fn initialize(&self) -> Result<()> {
        static DONE: Mutex<Vec<usize>> = Mutex::new(Vec::new());
        let mut done = DONE.lock().unwrap_or_else(PoisonError::into_inner);
        let this = self.table.addr().get();
        if !done.contains(&this) {
            // SAFETY: the struct holds no pointers.
            unsafe { self.call(&mut ffi::PluginInitialize::new()) }?;
            done.push(this);
        }
        Ok(())
    }

    /// Major and minor version of the plugin's interface.
    pub(crate) fn version(&self) -> (i32, i32) {
        self.version
    }

    /// The address of a function, if the plugin's version has it.
    fn address<A: Arguments>(&self) -> Option<NonNull<c_void>> {
        let at = ffi::FUNCTIONS + A::INDEX * size_of::<*const c_void>();
        if at + size_of::<*const c_void>() > self.size {
            return None;
        }
        // SAFETY: the position lies within the table, whose size the plugin states, and holds a
        // pointer, which may be null.
        NonNull::new(unsafe { self.table.add(at).cast::<*mut c_void>().read() })
    }

    /// Calls a function of the plugin.
    ///
    /// # Errors
    /// `Unsupported`, if the plugin is too old to have it; `Engine` with the plugin's own message.
    ///
    /// # Safety
    /// The pointers in the arguments must be what the interface asks of them.
    pub(crate) unsafe fn call<A: Arguments>(&self, arguments: &mut A) -> Result<()> {
        let Some(address) = self.address::<A>() else {
            let (major, minor) = self.version;
            return Err(Error::unsupported(text!(
                en: "the PJRT plugin is too old: it has no {}", A::NAME;
                ko: "PJRT 플러그인이 너무 오래되어 {} 함수가 없습니다", A::NAME
            ))
            .given("version", format!("{major}.{minor}")));
        };
        type Function<A> = unsafe extern "C" fn(*mut A) -> *mut ffi::ErrorObject;
        // SAFETY: `Arguments` ties the struct to the position of the function that takes it, and all
        // functions but ErrorDestroy and ErrorMessage, which `report` calls, return an error or null.
        let function = unsafe { std::mem::transmute::<NonNull<c_void>, Function<A>>(address) };
        // SAFETY: the caller vouches for the pointers.
        match NonNull::new(unsafe { function(arguments) }) {
            None => Ok(()),
            // SAFETY: the plugin has just given us the error.
            Some(error) => Err(unsafe { self.report(error) }.during(A::NAME)),
        }
    }

    /// Makes the plugin's error ours, and destroys it.
    ///
    /// # Safety
    /// The error must be this plugin's, and not destroyed.
    unsafe fn report(&self, error: NonNull<ffi::ErrorObject>) -> Error {
        let mut message = ffi::ErrorMessage::new();
        message.error = error.as_ptr();
        // SAFETY: the error is alive; the text lives as long and is copied here.
        let words = unsafe {
            self.call_silent(&mut message);
            string(message.message, message.message_size)
        };
        let mut code = ffi::ErrorGetCode::new();
        code.error = error.as_ptr();
        if let Some(address) = self.address::<ffi::ErrorGetCode>() {
            type GetCode = unsafe extern "C" fn(*mut ffi::ErrorGetCode) -> *mut ffi::ErrorObject;
            // SAFETY: this is the function's signature.
            let function = unsafe { std::mem::transmute::<NonNull<c_void>, GetCode>(address) };
            // SAFETY: the error is alive. That asking for the code fails in turn is not foreseen; the
            // code would stay 0.
            let _ = unsafe { function(&mut code) };
        }
        let mut destroy = ffi::ErrorDestroy::new();
        destroy.error = error.as_ptr();
        // SAFETY: the error is alive, and nothing uses it from here on.
        unsafe { self.call_silent(&mut destroy) };
        let (number, code) = (code.code, status(code.code));
        Error::engine(text!(
            en: "the PJRT plugin reports: {words}",
            ko: "PJRT 플러그인 오류: {words}"
        ))
        .given("code", format!("{code} ({number})"))
    }

    /// Calls one of the two functions that return nothing.
    ///
    /// # Safety
    /// As for [`Api::call`], and the function must be `ErrorMessage` or `ErrorDestroy`.
    unsafe fn call_silent<A: Arguments>(&self, arguments: &mut A) {
        if let Some(address) = self.address::<A>() {
            type Function<A> = unsafe extern "C" fn(*mut A);
            // SAFETY: the caller says that the function is one of the two with this signature.
            let function = unsafe { std::mem::transmute::<NonNull<c_void>, Function<A>>(address) };
            // SAFETY: the caller vouches for the pointers.
            unsafe { function(arguments) }
        }
    }

    /// Waits until an event has happened, and destroys it. Null has happened.
    ///
    /// # Errors
    /// `Engine`, if what the event stands for failed.
    ///
    /// # Safety
    /// The event must be this plugin's and not destroyed, or null.
    pub(crate) unsafe fn wait(&self, event: *mut ffi::EventObject) -> Result<()> {
        if event.is_null() {
            return Ok(());
        }
        let mut wait = ffi::EventAwait::new();
        wait.event = event;
        // SAFETY: the caller says that the event is alive.
        let outcome = unsafe { self.call(&mut wait) };
        let mut destroy = ffi::EventDestroy::new();
        destroy.event = event;
        // SAFETY: the event is alive, and nothing uses it from here on.
        outcome.and(unsafe { self.call(&mut destroy) })
    }

    /// What a plugin says of a client or a device: calls a function and copies the text it points to.
    ///
    /// # Safety
    /// As for [`Api::call`]; `text` must give the function's answer.
    pub(crate) unsafe fn ask<A: Arguments>(
        &self,
        mut arguments: A,
        text: impl Fn(&A) -> (*const u8, usize),
    ) -> Result<String> {
        // SAFETY: the caller vouches for the pointers.
        unsafe { self.call(&mut arguments) }?;
        let (start, size) = text(&arguments);
        // SAFETY: the plugin gives a text that lives as long as its owner, and says how long it is.
        Ok(unsafe { string(start, size) })
    }
}

/// Copies a plugin's text.
///
/// # Safety
/// `start` must be null or point to `size` bytes.
unsafe fn string(start: *const u8, size: usize) -> String {
    if start.is_null() {
        return String::new();
    }
    // SAFETY: the caller says so.
    String::from_utf8_lossy(unsafe { std::slice::from_raw_parts(start, size) }).into_owned()
}

fn not_opened(path: &Path, cause: libloading::Error) -> Error {
    let message = text!(
        en: "the PJRT plugin cannot be opened",
        ko: "PJRT 플러그인을 열 수 없습니다"
    );
    let e = if path.exists() { Error::engine(message) } else { Error::io(message) };
    e.given("path", path.display()).source_error(cause).hint(text!(
        en: "give the path of a plugin's shared library, built for this system",
        ko: "이 시스템용으로 빌드된 플러그인 공유 라이브러리의 경로를 주세요"
    ))
}

#[track_caller]
fn not_a_plugin(why: Text) -> Error {
    Error::engine(why).during(text!(en: "opening a PJRT plugin", ko: "PJRT 플러그인 열기"))
}

/// The name of a status code (those of Abseil).
fn status(code: c_int) -> &'static str {
    const NAMES: [&str; 17] = [
        "OK",
        "CANCELLED",
        "UNKNOWN",
        "INVALID_ARGUMENT",
        "DEADLINE_EXCEEDED",
        "NOT_FOUND",
        "ALREADY_EXISTS",
        "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION",
        "ABORTED",
        "OUT_OF_RANGE",
        "UNIMPLEMENTED",
        "INTERNAL",
        "UNAVAILABLE",
        "DATA_LOSS",
        "UNAUTHENTICATED",
    ];
    usize::try_from(code).ok().and_then(|i| NAMES.get(i)).copied().unwrap_or("unknown code")
}
