//! Programs: plans with the memory that they run in.

use crate::buffer::CpuBuffer;
use crate::plan::{Plan, Source};
use crate::{recycle, room};
use seodang_core::{Error, Result, Storage, text};
use seodang_ir::{Argument, Buffer, Program, TensorType};
use seodang_kernels::Memory;
use smallvec::SmallVec;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Arenas that are kept for the next run; more are made when more threads run a program at once.
const KEPT: usize = 4;

/// A compiled graph. Its `Display` shows the plan, one line a step.
pub struct CpuProgram {
    plan: Plan,
    arenas: Mutex<Vec<Storage>>,
}

impl CpuProgram {
    pub(crate) fn new(plan: Plan) -> CpuProgram {
        CpuProgram { plan, arenas: Mutex::new(Vec::new()) }
    }

    /// The number of steps of a run.
    pub fn step_count(&self) -> usize {
        self.plan.steps.len()
    }

    /// Bytes of working memory for one run.
    pub fn arena_bytes(&self) -> usize {
        self.plan.arena
    }

    /// What each step does, in order: `"gemm"`, `"tile"`, ...
    pub fn steps(&self) -> Vec<String> {
        self.plan.steps.iter().map(|s| s.kernel.to_string()).collect()
    }

    /// Which inputs an output takes the place of, by input.
    pub fn donated(&self) -> &[bool] {
        &self.plan.donated
    }

    fn arena(&self) -> Storage {
        if self.plan.arena == 0 {
            return Storage::zeroed(0);
        }
        let kept = self.arenas.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.unwrap_or_else(|| Storage::zeroed(self.plan.arena))
    }

    fn check(&self, arguments: &[Argument<'_>]) -> Result<()> {
        let same = |(a, ty): (&Argument<'_>, &TensorType)| a.buffer().ty() == ty;
        if arguments.len() == self.plan.inputs.len()
            && arguments.iter().zip(&self.plan.inputs).all(same)
        {
            return Ok(());
        }
        let wrong = arguments.iter().zip(&self.plan.inputs).enumerate().find(|(_, p)| !same(*p));
        let Some((i, (a, wanted))) = wrong else {
            return Err(Error::shape(text!(
                en: "wrong number of arguments",
                ko: "인자의 개수가 다릅니다"
            ))
            .during(self.plan.name.clone())
            .given("arguments", arguments.len())
            .expected(seodang_core::Text::same(self.plan.inputs.len().to_string())));
        };
        let message = text!(
            en: "argument {i} has the wrong type",
            ko: "인자 {i}의 타입이 다릅니다"
        );
        let ty = a.buffer().ty();
        let e =
            if ty.dtype == wanted.dtype { Error::shape(message) } else { Error::dtype(message) };
        Err(e
            .during(self.plan.name.clone())
            .given("argument", ty)
            .expected(seodang_core::Text::same(wanted.to_string())))
    }
}

/// The engine's own kind of buffer.
fn own(buffer: &Buffer) -> Result<&CpuBuffer> {
    buffer.downcast::<CpuBuffer>().ok_or_else(|| {
        Error::value(text!(
            en: "an argument lies on another device",
            ko: "인자가 다른 장치에 있습니다"
        ))
        .during("cpu")
        .hint(text!(en: "upload it to this engine", ko: "이 엔진에 올리세요"))
    })
}

/// The bytes of a buffer that was made unique before.
fn written<'a>(argument: &'a mut Argument<'_>) -> Option<&'a mut [u8]> {
    match argument {
        Argument::Donate(b) => b.downcast_unique::<CpuBuffer>()?.unique(),
        Argument::Borrow(_) => None,
    }
}

impl Program for CpuProgram {
    fn run(&self, mut arguments: Vec<Argument<'_>>) -> Result<Vec<Buffer>> {
        self.check(&arguments)?;
        let plan = &self.plan;
        room::check(plan.fresh.iter().fold(plan.arena, |sum, &n| sum.saturating_add(n)))?;
        let mut arena = self.arena();
        let mut fresh: SmallVec<[Storage; 4]> =
            plan.fresh.iter().map(|&n| recycle::take(n)).collect();
        if cfg!(debug_assertions) {
            // Nothing may rely on what memory holds before it is written.
            arena.bytes_mut().fill(0xA5);
            fresh.iter_mut().for_each(|s| s.bytes_mut().fill(0xA5));
        }
        for (argument, &donated) in arguments.iter_mut().zip(&plan.donated) {
            // What cannot be written in place is copied first.
            if donated && written(argument).is_none() {
                *argument = Argument::Donate(Buffer::new(own(argument.buffer())?.copy()));
            }
        }
        let mut memory = Memory::with_capacity(2 + arguments.len() + fresh.len());
        memory.read(plan.consts.bytes());
        memory.write(arena.bytes_mut());
        for (argument, &donated) in arguments.iter_mut().zip(&plan.donated) {
            if donated {
                let bytes = written(argument).ok_or_else(|| {
                    Error::internal(text!(
                        en: "a donated buffer is shared",
                        ko: "넘겨받은 버퍼가 공유되어 있습니다"
                    ))
                })?;
                memory.write(bytes);
            } else {
                memory.read(own(argument.buffer())?.bytes());
            }
        }
        for storage in &mut fresh {
            memory.write(storage.bytes_mut());
        }
        plan.run(&memory)?;
        drop(memory);
        if plan.arena > 0 {
            let mut kept = self.arenas.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() < KEPT {
                kept.push(arena);
            }
        }
        let fresh: SmallVec<[Arc<Storage>; 4]> = fresh.into_iter().map(Arc::new).collect();
        let outputs = plan.outputs.iter().map(|(source, ty)| match *source {
            Source::Fresh(k) => Ok(CpuBuffer::wrap(ty.clone(), fresh[k].clone())),
            Source::Input(i) => {
                let buffer = arguments[i].buffer();
                if buffer.ty() == ty {
                    Ok(buffer.clone())
                } else {
                    Ok(CpuBuffer::wrap(ty.clone(), own(buffer)?.storage.clone()))
                }
            }
        });
        outputs.collect()
    }
}

impl fmt::Display for CpuProgram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.plan, f)
    }
}
