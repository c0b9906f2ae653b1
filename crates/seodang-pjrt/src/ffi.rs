//! The part of `pjrt_c_api.h` that the engine uses: argument structs and the place of each function
//! in the plugin's table.
//!
//! Every function takes one pointer to a struct that starts with its own size and a list of
//! extensions. Versions of the interface only append: functions to the end of the table, fields to
//! the end of a struct. A plugin takes a struct that is larger than it knows (the rest is zero, and
//! it does not look there) and refuses a smaller one, so each struct here has the newest layout we
//! know (version 0.104; nothing that we use has grown up to 0.115).

use std::ffi::{c_char, c_int, c_void};
use std::ptr::{null, null_mut};

/// The first function's distance in bytes from the start of the table.
pub(crate) const FUNCTIONS: usize = size_of::<ApiHeader>();

/// What the table of functions starts with.
#[repr(C)]
pub(crate) struct ApiHeader {
    /// The size of the whole table in bytes.
    pub(crate) struct_size: usize,
    extension: *mut c_void,
    version_size: usize,
    version_extension: *mut c_void,
    pub(crate) major: c_int,
    pub(crate) minor: c_int,
}

macro_rules! objects {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[repr(C)]
        pub(crate) struct $name {
            _opaque: [u8; 0],
        }
    )*};
}

objects! {
    /// What went wrong, to be destroyed by us.
    ErrorObject,
    /// Something that will have happened, to be destroyed by us.
    EventObject,
    /// A connection to devices.
    ClientObject,
    /// A device of a client, owned by it.
    DeviceObject,
    /// The description of a device, owned by it.
    DescriptionObject,
    /// A compiled program, ready to run.
    LoadedObject,
    /// What is known about a compiled program.
    ExecutableObject,
    /// Memory on a device.
    BufferObject,
}

/// A value that a fresh struct holds in a field.
trait Zero {
    const ZERO: Self;
}

macro_rules! zeros {
    ($($ty:ty => $zero:expr),* $(,)?) => {$(
        impl Zero for $ty {
            const ZERO: $ty = $zero;
        }
    )*};
}

zeros!(usize => 0, c_int => 0, i64 => 0, Tiled => Tiled::new());

impl<T> Zero for *mut T {
    const ZERO: *mut T = null_mut();
}

impl<T> Zero for *const T {
    const ZERO: *const T = null();
}

macro_rules! structs {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $ty:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[repr(C)]
        pub(crate) struct $name {
            struct_size: usize,
            extension: *mut c_void,
            $(pub(crate) $field: $ty,)*
        }

        impl $name {
            pub(crate) const fn new() -> $name {
                $name {
                    struct_size: size_of::<$name>(),
                    extension: null_mut(),
                    $($field: <$ty as Zero>::ZERO,)*
                }
            }
        }
    )*};
}

/// The arguments of one function of the table.
pub(crate) trait Arguments {
    /// The function's position in the table.
    const INDEX: usize;
    /// The function's name without `PJRT_`, for messages.
    const NAME: &'static str;
}

macro_rules! functions {
    ($($(#[$doc:meta])* $index:literal $name:ident { $($field:ident: $ty:ty),* $(,)? })*) => {
        structs! {$($(#[$doc])* $name { $($field: $ty),* })*}
        $(impl Arguments for $name {
            const INDEX: usize = $index;
            const NAME: &'static str = stringify!($name);
        })*
    };
}

functions! {
    0 ErrorDestroy { error: *mut ErrorObject }
    1 ErrorMessage { error: *const ErrorObject, message: *const u8, message_size: usize }
    2 ErrorGetCode { error: *const ErrorObject, code: c_int }
    3 PluginInitialize {}
    5 EventDestroy { event: *mut EventObject }
    8 EventAwait { event: *mut EventObject }
    10 ClientCreate {
        options: *const NamedValue, option_count: usize,
        get: *const c_void, get_argument: *mut c_void,
        put: *const c_void, put_argument: *mut c_void,
        client: *mut ClientObject,
        try_get: *const c_void, try_get_argument: *mut c_void,
    }
    11 ClientDestroy { client: *mut ClientObject }
    12 ClientPlatformName { client: *mut ClientObject, text: *const u8, text_size: usize }
    14 ClientPlatformVersion { client: *mut ClientObject, text: *const u8, text_size: usize }
    16 ClientAddressableDevices {
        client: *mut ClientObject, devices: *const *mut DeviceObject, device_count: usize,
    }
    20 ClientCompile {
        client: *mut ClientObject, program: *const Program,
        options: *const u8, options_size: usize, executable: *mut LoadedObject,
    }
    22 ClientBufferFromHostBuffer {
        client: *mut ClientObject,
        data: *const c_void, element_type: c_int, dims: *const i64, dim_count: usize,
        byte_strides: *const i64, byte_stride_count: usize,
        semantics: c_int,
        device: *mut DeviceObject, memory: *mut c_void, device_layout: *mut c_void,
        done_with_host_buffer: *mut EventObject,
        buffer: *mut BufferObject,
    }
    28 DeviceDescriptionToString {
        description: *mut DescriptionObject, text: *const u8, text_size: usize,
    }
    29 DeviceGetDescription { device: *mut DeviceObject, description: *mut DescriptionObject }
    40 ExecutableDestroy { executable: *mut ExecutableObject }
    44 ExecutableNumOutputs { executable: *mut ExecutableObject, output_count: usize }
    50 LoadedExecutableDestroy { executable: *mut LoadedObject }
    51 LoadedExecutableGetExecutable {
        loaded: *mut LoadedObject, executable: *mut ExecutableObject,
    }
    55 LoadedExecutableExecute {
        executable: *mut LoadedObject, options: *mut ExecuteOptions,
        argument_lists: *const *const *mut BufferObject, device_count: usize, argument_count: usize,
        output_lists: *const *mut *mut BufferObject,
        complete_events: *mut *mut EventObject,
        execute_device: *mut DeviceObject,
    }
    58 BufferDestroy { buffer: *mut BufferObject }
    70 BufferToHostBuffer {
        source: *mut BufferObject, host_layout: *mut MemoryLayout,
        destination: *mut c_void, destination_size: usize,
        event: *mut EventObject,
    }
}

structs! {
    /// A program to compile, in some format.
    Program {
        code: *const u8, code_size: usize, format: *const u8, format_size: usize,
    }

    /// How to run a program.
    ExecuteOptions {
        send_callbacks: *mut c_void, receive_callbacks: *mut c_void,
        send_count: usize, receive_count: usize,
        launch_id: c_int,
        non_donatable: *const i64, non_donatable_count: usize,
        context: *mut c_void,
        call_location: *const c_char,
        task_count: usize, task_ids: *const c_int, incarnations: *const i64,
        multi_slice: *mut c_void,
    }

    /// A dense layout: which dimension varies fastest.
    Tiled {
        minor_to_major: *const i64, minor_to_major_size: usize,
        tile_dims: *const i64, tile_dim_sizes: *const usize, tile_count: usize,
    }

    /// A layout. The interface has a union here, of which [`Tiled`] is the larger part, and then the
    /// kind, of which 0 means tiled.
    MemoryLayout { tiled: Tiled, kind: c_int }
}

/// A host buffer is read only during the call that is given it.
pub(crate) const IMMUTABLE_ONLY_DURING_CALL: c_int = 0;

/// A named option.
#[repr(C)]
pub(crate) struct NamedValue {
    struct_size: usize,
    extension: *mut c_void,
    name: *const u8,
    name_size: usize,
    kind: c_int,
    content: NamedContent,
    content_size: usize,
}

/// The value of a named option.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) union NamedContent {
    pub(crate) text: *const u8,
    pub(crate) integer: i64,
    pub(crate) real: f32,
    pub(crate) flag: bool,
}

impl NamedValue {
    /// A named option; `size` is the length of a text, else 1.
    pub(crate) fn new(name: &str, kind: c_int, content: NamedContent, size: usize) -> NamedValue {
        NamedValue {
            struct_size: size_of::<NamedValue>(),
            extension: null_mut(),
            name: name.as_ptr(),
            name_size: name.len(),
            kind,
            content,
            content_size: size,
        }
    }
}

#[cfg(all(test, target_pointer_width = "64"))]
mod tests {
    use super::*;
    use std::mem::offset_of;

    #[test]
    fn layouts_are_those_of_the_header() {
        // Offsets that a C compiler gives for pjrt_c_api.h on 64-bit machines.
        assert_eq!(FUNCTIONS, 40);
        assert_eq!(offset_of!(ErrorGetCode, code), 24);
        assert_eq!(offset_of!(ClientCreate, client), 64);
        assert_eq!(size_of::<ClientCreate>(), 88);
        assert_eq!(offset_of!(ClientCompile, executable), 48);
        assert_eq!(offset_of!(ClientBufferFromHostBuffer, semantics), 72);
        assert_eq!(offset_of!(ClientBufferFromHostBuffer, buffer), 112);
        assert_eq!(offset_of!(LoadedExecutableExecute, execute_device), 72);
        assert_eq!(offset_of!(ExecuteOptions, non_donatable), 56);
        assert_eq!(offset_of!(ExecuteOptions, call_location), 80);
        assert_eq!(offset_of!(BufferToHostBuffer, event), 48);
        assert_eq!(offset_of!(MemoryLayout, kind), 72);
        assert_eq!(offset_of!(NamedValue, content), 40);
        assert_eq!(size_of::<NamedValue>(), 56);
    }
}
