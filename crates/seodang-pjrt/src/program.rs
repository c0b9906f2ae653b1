//! Compiled programs.
#![allow(unsafe_code)]

use crate::buffer::{PjrtBuffer, missing};
use crate::client::Client;
use crate::ffi;
use seodang_core::{Error, Result, text};
use seodang_ir::{Argument, Buffer, Graph, Program, TensorType, check_arguments};
use std::ptr::{NonNull, null, null_mut};
use std::sync::Arc;

/// A program that the plugin compiled and loaded.
pub(crate) struct Loaded {
    client: Arc<Client>,
    handle: NonNull<ffi::LoadedObject>,
    /// What was compiled, for its name, types and donations.
    graph: Graph,
    outputs: Vec<TensorType>,
}

// SAFETY: the interface allows a program to be run and destroyed on any thread, and to be run on
// several at once.
unsafe impl Send for Loaded {}
// SAFETY: as above.
unsafe impl Sync for Loaded {}

impl Loaded {
    /// Compiles StableHLO text, which must be that of the graph.
    pub(crate) fn compile(
        client: &Arc<Client>,
        graph: &Graph,
        text: &str,
        options: &[u8],
    ) -> Result<Loaded> {
        const FORMAT: &str = "mlir";
        let mut program = ffi::Program::new();
        program.code = text.as_ptr();
        program.code_size = text.len();
        program.format = FORMAT.as_ptr();
        program.format_size = FORMAT.len();
        let mut args = ffi::ClientCompile::new();
        args.client = client.handle();
        args.program = &program;
        args.options = options.as_ptr();
        args.options_size = options.len();
        // SAFETY: the client is alive; program, format and options are alive during the call.
        unsafe { client.api().call(&mut args) }.map_err(|e| e.during(graph.name().to_string()))?;
        let handle = NonNull::new(args.executable).ok_or_else(missing)?;
        let outputs = graph.output_types();
        let loaded = Loaded { client: client.clone(), handle, graph: graph.clone(), outputs };
        let count = loaded.output_count()?;
        if count != loaded.outputs.len() {
            return Err(Error::engine(text!(
                en: "the PJRT plugin compiled a program of {count} outputs",
                ko: "PJRT 플러그인이 컴파일한 프로그램의 출력이 {count}개입니다"
            ))
            .given("outputs of the graph", loaded.outputs.len()));
        }
        Ok(loaded)
    }

    /// How many buffers a run writes.
    fn output_count(&self) -> Result<usize> {
        let api = self.client.api();
        let mut get = ffi::LoadedExecutableGetExecutable::new();
        get.loaded = self.handle.as_ptr();
        // SAFETY: the program is alive.
        unsafe { api.call(&mut get) }?;
        let mut count = ffi::ExecutableNumOutputs::new();
        count.executable = get.executable;
        // SAFETY: the plugin has just given us the executable.
        let outcome = unsafe { api.call(&mut count) };
        let mut destroy = ffi::ExecutableDestroy::new();
        destroy.executable = get.executable;
        // SAFETY: the executable is alive, and nothing uses it from here on.
        outcome.and(unsafe { api.call(&mut destroy) })?;
        Ok(count.output_count)
    }

    /// The engine's own buffer behind a handle.
    fn own<'a>(&self, i: usize, buffer: &'a Buffer) -> Result<&'a PjrtBuffer> {
        let own = buffer.downcast::<PjrtBuffer>();
        own.filter(|b| Arc::ptr_eq(b.client(), &self.client)).ok_or_else(|| {
            Error::value(text!(
                en: "argument {i} is a buffer of another engine",
                ko: "인자 {i}은(는) 다른 엔진의 버퍼입니다"
            ))
            .during(self.graph.name().to_string())
        })
    }
}

impl Program for Loaded {
    fn run(&self, mut arguments: Vec<Argument<'_>>) -> Result<Vec<Buffer>> {
        // The plugin itself compares no more than sizes in bytes.
        check_arguments(&self.graph, arguments.iter().map(|a| a.buffer().ty().clone()))?;
        let mut handles = Vec::with_capacity(arguments.len());
        for (i, argument) in arguments.iter().enumerate() {
            handles.push(self.own(i, argument.buffer())?.handle());
        }
        // What the compiled program would reuse, but something else may still read. A unique buffer
        // stays unique: we hold its only handle until the call is over.
        let mut kept: Vec<i64> = Vec::new();
        for donation in self.graph.donations() {
            let given = match &mut arguments[donation.input] {
                Argument::Donate(buffer) => buffer.downcast_unique::<PjrtBuffer>().is_some(),
                Argument::Borrow(_) => false,
            };
            if !given {
                kept.push(donation.input as i64);
            }
        }
        let mut options = ffi::ExecuteOptions::new();
        options.non_donatable = if kept.is_empty() { null() } else { kept.as_ptr() };
        options.non_donatable_count = kept.len();
        let mut outputs = vec![null_mut(); self.outputs.len()];
        let (argument_list, output_list) = ([handles.as_ptr()], [outputs.as_mut_ptr()]);
        let mut args = ffi::LoadedExecutableExecute::new();
        args.executable = self.handle.as_ptr();
        args.options = &mut options;
        args.argument_lists = argument_list.as_ptr();
        args.device_count = 1;
        args.argument_count = handles.len();
        args.output_lists = output_list.as_ptr();
        // SAFETY: program and buffers are alive; the lists have the lengths of the program's inputs
        // and outputs, for one device, and are alive during the call.
        let outcome = unsafe { self.client.api().call(&mut args) };
        // Whatever was given away ends here; a buffer whose memory now holds an output is no more than
        // an empty handle.
        drop(arguments);
        outcome.map_err(|e| e.during(self.graph.name().to_string()))?;
        let own = outputs.into_iter().zip(&self.outputs).map(|(handle, ty)| {
            let handle = NonNull::new(handle)?;
            // SAFETY: the plugin has just given us the buffer; its type is that of the program's
            // output, which is what the text that was compiled says.
            Some(unsafe { PjrtBuffer::new(self.client.clone(), handle, ty.clone()) })
        });
        // Wrapped all before the first missing one is reported, so that none leaks.
        let own: Vec<Option<PjrtBuffer>> = own.collect();
        own.into_iter().map(|b| b.map(Buffer::new).ok_or_else(missing)).collect()
    }
}

impl Drop for Loaded {
    fn drop(&mut self) {
        let mut args = ffi::LoadedExecutableDestroy::new();
        args.executable = self.handle.as_ptr();
        // SAFETY: the program is alive and ours, and nothing uses it from here on. A failure could not
        // be mended here.
        let _ = unsafe { self.client.api().call(&mut args) };
    }
}
