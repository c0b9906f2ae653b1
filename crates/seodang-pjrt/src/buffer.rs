//! Memory on a device.
#![allow(unsafe_code)]

use crate::client::Client;
use crate::ffi;
use seodang_core::{Array, DType, Error, Result, text};
use seodang_ir::{DeviceBuffer, TensorType};
use std::any::Any;
use std::ffi::c_int;
use std::ptr::NonNull;
use std::sync::Arc;

/// One value on the device. The client lives at least as long.
pub(crate) struct PjrtBuffer {
    client: Arc<Client>,
    handle: NonNull<ffi::BufferObject>,
    ty: TensorType,
}

// SAFETY: the interface allows a buffer to be used and destroyed on any thread.
unsafe impl Send for PjrtBuffer {}
// SAFETY: as above; what we do through `&self` only reads.
unsafe impl Sync for PjrtBuffer {}

impl PjrtBuffer {
    /// Takes over a buffer of the client.
    ///
    /// # Safety
    /// The handle must be the client's, alive, owned by nothing else, and of this type.
    pub(crate) unsafe fn new(
        client: Arc<Client>,
        handle: NonNull<ffi::BufferObject>,
        ty: TensorType,
    ) -> PjrtBuffer {
        PjrtBuffer { client, handle, ty }
    }

    /// Copies a host array to the client's device.
    pub(crate) fn upload(client: &Arc<Client>, array: &Array) -> Result<PjrtBuffer> {
        let dims: Vec<i64> = array.shape().iter().map(|&d| d as i64).collect();
        let mut args = ffi::ClientBufferFromHostBuffer::new();
        args.client = client.handle();
        args.data = array.bytes().as_ptr().cast();
        args.element_type = element_type(array.dtype());
        args.dims = dims.as_ptr();
        args.dim_count = dims.len();
        args.semantics = ffi::IMMUTABLE_ONLY_DURING_CALL;
        args.device = client.device();
        // SAFETY: client and device are alive; the array's bytes are dense, row-major, of the stated
        // type and dimensions, and alive during the call, after which the plugin does not read them.
        unsafe { client.api().call(&mut args) }?;
        let handle = NonNull::new(args.buffer).ok_or_else(missing)?;
        // SAFETY: the plugin has just given us the buffer, of the type that we asked for.
        let buffer = unsafe { PjrtBuffer::new(client.clone(), handle, TensorType::of(array)) };
        // SAFETY: the plugin has just given us the event. The wait is short: the bytes are copied.
        unsafe { client.api().wait(args.done_with_host_buffer) }?;
        Ok(buffer)
    }

    /// The client whose memory this is.
    pub(crate) fn client(&self) -> &Arc<Client> {
        &self.client
    }

    /// The handle; alive as long as this.
    pub(crate) fn handle(&self) -> *mut ffi::BufferObject {
        self.handle.as_ptr()
    }
}

impl DeviceBuffer for PjrtBuffer {
    fn ty(&self) -> &TensorType {
        &self.ty
    }

    fn download(&self) -> Result<Array> {
        let mut array = Array::zeros(self.ty.dtype, self.ty.shape.clone());
        // Ask for row-major order: a device may keep its own.
        let minor_to_major: Vec<i64> = (0..self.ty.rank() as i64).rev().collect();
        let mut layout = ffi::MemoryLayout::new();
        layout.tiled.minor_to_major = minor_to_major.as_ptr();
        layout.tiled.minor_to_major_size = minor_to_major.len();
        let bytes = array.bytes_mut();
        let mut args = ffi::BufferToHostBuffer::new();
        args.source = self.handle.as_ptr();
        args.host_layout = &mut layout;
        args.destination = bytes.as_mut_ptr().cast();
        args.destination_size = bytes.len();
        // SAFETY: the buffer is alive, the layout is alive during the call, and the destination has
        // the stated size and is alive until the event below has happened.
        unsafe { self.client.api().call(&mut args) }?;
        // SAFETY: the plugin has just given us the event.
        unsafe { self.client.api().wait(args.event) }?;
        Ok(array)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

impl Drop for PjrtBuffer {
    fn drop(&mut self) {
        let mut args = ffi::BufferDestroy::new();
        args.buffer = self.handle.as_ptr();
        // SAFETY: the buffer is alive and ours, and nothing uses it from here on; what runs on the
        // device keeps its memory by itself. A failure could not be mended here.
        let _ = unsafe { self.client.api().call(&mut args) };
    }
}

/// The interface's number for an element type.
fn element_type(dtype: DType) -> c_int {
    match dtype {
        DType::Bool => 1,
        DType::I8 => 2,
        DType::I16 => 3,
        DType::I32 => 4,
        DType::I64 => 5,
        DType::U8 => 6,
        DType::U16 => 7,
        DType::U32 => 8,
        DType::U64 => 9,
        DType::F16 => 10,
        DType::F32 => 11,
        DType::F64 => 12,
        DType::BF16 => 13,
    }
}

/// A plugin that reports success and returns nothing.
#[track_caller]
pub(crate) fn missing() -> Error {
    Error::engine(text!(
        en: "the PJRT plugin reported success and returned nothing",
        ko: "PJRT 플러그인이 성공을 알렸지만 결과를 주지 않았습니다"
    ))
}
