//! Buffers of the CPU engine: host memory, shared with arrays.

use crate::recycle;
use seodang_core::{Array, Result, Storage};
use seodang_ir::{Buffer, DeviceBuffer, TensorType};
use std::any::Any;
use std::sync::Arc;

/// A value in host memory. Uploading an array and downloading one share its bytes.
#[derive(Clone)]
pub struct CpuBuffer {
    pub(crate) ty: TensorType,
    pub(crate) storage: Arc<Storage>,
}

impl CpuBuffer {
    /// A buffer over the bytes of an array.
    pub fn new(array: &Array) -> CpuBuffer {
        CpuBuffer { ty: TensorType::of(array), storage: array.storage().clone() }
    }

    /// The elements in native byte order.
    pub fn bytes(&self) -> &[u8] {
        self.storage.bytes()
    }

    /// The bytes to be written, unless something else holds them too.
    pub(crate) fn unique(&mut self) -> Option<&mut [u8]> {
        Arc::get_mut(&mut self.storage).map(Storage::bytes_mut)
    }

    /// A buffer of its own with the same value.
    pub(crate) fn copy(&self) -> CpuBuffer {
        CpuBuffer { ty: self.ty.clone(), storage: Arc::new((*self.storage).clone()) }
    }

    pub(crate) fn wrap(ty: TensorType, storage: Arc<Storage>) -> Buffer {
        Buffer::new(CpuBuffer { ty, storage })
    }
}

impl Drop for CpuBuffer {
    fn drop(&mut self) {
        if let Some(storage) = Arc::get_mut(&mut self.storage) {
            recycle::give(std::mem::replace(storage, Storage::zeroed(0)));
        }
    }
}

impl DeviceBuffer for CpuBuffer {
    fn ty(&self) -> &TensorType {
        &self.ty
    }

    fn download(&self) -> Result<Array> {
        Array::from_storage(self.ty.dtype, self.ty.shape.clone(), self.storage.clone())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
