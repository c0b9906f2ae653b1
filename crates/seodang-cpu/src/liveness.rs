//! From units over buffers to a plan: when each buffer is needed, which buffers are one, where they
//! lie.

use crate::arena::{self, Lifetime};
use crate::kernel::Kernel;
use crate::lower::{Kind, Lowering, Ref, Unit};
use crate::plan::{ARENA, CONSTS, INPUTS, Plan, Source, Step};
use seodang_core::{Result, Storage};
use seodang_ir::ValueId;
use seodang_kernels::Region;

/// A set of buffers that share their memory, by its representative.
#[derive(Clone, Copy)]
struct Set {
    /// The first and the last unit that needs it; none if nothing does.
    life: Option<(usize, usize)>,
    home: Home,
    bytes: usize,
    /// Whether the buffer came to share the memory of an input that is given away.
    donated: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Home {
    Consts,
    Input(usize),
    Fresh(usize),
    Arena,
}

struct Sets {
    parent: Vec<u32>,
    sets: Vec<Set>,
}

impl Sets {
    fn find(&self, mut buf: u32) -> usize {
        while self.parent[buf as usize] != buf {
            buf = self.parent[buf as usize];
        }
        buf as usize
    }

    fn touch(&mut self, buf: u32, unit: usize) {
        let life = &mut self.sets[buf as usize].life;
        *life = Some(life.map_or((unit, unit), |(a, b)| (a.min(unit), b.max(unit))));
    }

    fn join(&mut self, from: usize, to: usize) {
        self.parent[from] = to as u32;
        let (a, b) = (self.sets[from].life, self.sets[to].life);
        self.sets[to].life = match (a, b) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }
}

/// Where the value of each output will be found, with copies added where a value cannot be returned
/// as it lies. `own` is whether every output must have memory of its own.
fn results(l: &mut Lowering<'_>, own: bool) -> Result<(Vec<Source>, Vec<Ref>)> {
    let (mut sources, mut fresh): (Vec<Source>, Vec<Ref>) = (Vec::new(), Vec::new());
    for &v in l.graph.outputs() {
        let mut r = l.place(v)?;
        let buf = l.bufs[r.buf as usize];
        let whole = r.offset == 0 && r.len == buf.bytes;
        match buf.kind {
            Kind::Input(i) if whole && !own => {
                sources.push(Source::Input(i));
                continue;
            }
            Kind::Value if whole => match fresh.iter().position(|f| f.buf == r.buf) {
                Some(k) if !own => {
                    sources.push(Source::Fresh(k));
                    continue;
                }
                None => {}
                Some(_) => r = copied(l, r),
            },
            _ => r = copied(l, r),
        }
        sources.push(Source::Fresh(fresh.len()));
        fresh.push(r);
    }
    Ok((sources, fresh))
}

fn copied(l: &mut Lowering<'_>, from: Ref) -> Ref {
    let to = l.fresh(from.len);
    l.unit(Kernel::Copy, vec![from], vec![to]);
    to
}

/// Whether a unit may write `write` over `read`: its only read of that buffer, of the same bytes.
fn may_overwrite(unit: &Unit, write: Ref, read_buf: u32, l: &Lowering<'_>) -> bool {
    let reads = unit.reads.iter().filter(|r| r.buf == read_buf).count();
    reads == 1
        && unit.in_place.iter().any(|&(w, r)| {
            let r = unit.reads[r];
            unit.writes[w] == write
                && r.buf == read_buf
                && r.offset == 0
                && r.len == write.len
                && r.len == l.bufs[r.buf as usize].bytes
        })
}

/// Runs a plan without computing: a unit (or, as the number of units, an output) that would not find
/// in memory what it reads, and the buffer that it misses.
fn damage(
    l: &Lowering<'_>,
    outputs: &[Ref],
    region: &dyn Fn(&Ref) -> Region,
) -> Option<(usize, u32)> {
    // What memory holds: a region and the buffer whose bytes they are.
    let mut held: Vec<(Region, u32)> = Vec::new();
    for (b, buf) in l.bufs.iter().enumerate() {
        if !matches!(buf.kind, Kind::Value) {
            let r = Ref { buf: b as u32, offset: 0, len: buf.bytes };
            held.push((region(&r), b as u32));
        }
    }
    let there = |held: &[(Region, u32)], r: &Ref| {
        let x = region(r);
        let inside = |(h, b): &(Region, u32)| {
            *b == r.buf
                && h.slot == x.slot
                && h.offset <= x.offset
                && x.offset + x.len <= h.offset + h.len
        };
        x.len == 0 || held.iter().any(inside)
    };
    for (t, unit) in l.units.iter().enumerate() {
        if let Some(r) = unit.reads.iter().find(|r| !there(&held, r)) {
            return Some((t, r.buf));
        }
        for w in &unit.writes {
            let x = region(w);
            held.retain(|(h, _)| !h.overlaps(&x));
            held.push((x, w.buf));
        }
    }
    outputs.iter().find(|r| !there(&held, r)).map(|r| (l.units.len(), r.buf))
}

/// Lays out memory and fixes the steps.
pub(crate) fn finish(mut l: Lowering<'_>, own: bool) -> Result<Plan> {
    let (mut sources, fresh) = results(&mut l, own)?;
    let end = l.units.len();
    let sets = l.bufs.iter().map(|b| {
        let home = match b.kind {
            Kind::Consts => Home::Consts,
            Kind::Input(i) => Home::Input(i),
            Kind::Value => Home::Arena,
        };
        Set { life: None, home, bytes: b.bytes, donated: false }
    });
    let mut sets = Sets { sets: sets.collect(), parent: (0..l.bufs.len() as u32).collect() };
    for (t, unit) in l.units.iter().enumerate() {
        for r in unit.reads.iter().chain(&unit.writes) {
            sets.touch(r.buf, t);
        }
    }
    for (k, r) in fresh.iter().enumerate() {
        sets.touch(r.buf, end);
        sets.sets[r.buf as usize].home = Home::Fresh(k);
    }
    let inputs = l.graph.inputs();
    let input_buf = |v: ValueId| 1 + inputs.iter().position(|i| *i == v).unwrap_or(0) as u32;
    for source in &sources {
        if let Source::Input(i) = source {
            sets.touch(input_buf(inputs[*i]), end);
        }
    }

    // Outputs into inputs that are given away.
    let mut donated = vec![false; inputs.len()];
    for d in l.graph.donations() {
        let Source::Fresh(k) = sources[d.output] else { continue };
        let (out, input) = (fresh[k].buf, 1 + d.input as u32);
        let Some((defined, _)) = sets.sets[out as usize].life else { continue };
        let shared = sets.sets[out as usize].home != Home::Fresh(k);
        let free = match sets.sets[input as usize].life {
            None => true,
            Some((_, last)) if last < defined => true,
            Some((_, last)) => {
                last == defined
                    && l.units[defined]
                        .writes
                        .iter()
                        .any(|w| w.buf == out && may_overwrite(&l.units[defined], *w, input, &l))
            }
        };
        if shared || !free || donated[d.input] {
            continue;
        }
        sets.join(out as usize, input as usize);
        sets.sets[input as usize].donated = true;
        donated[d.input] = true;
        for s in sources.iter_mut().filter(|s| **s == Source::Fresh(k)) {
            *s = Source::Input(d.input);
        }
    }

    // Results over operands that nobody needs any more.
    for (t, unit) in l.units.iter().enumerate() {
        for &(w, r) in &unit.in_place {
            let (write, read) = (unit.writes[w], unit.reads[r]);
            let (sw, sr) = (sets.find(write.buf), sets.find(read.buf));
            let (a, b) = (sets.sets[sw], sets.sets[sr]);
            let ends_here = b.life.is_some_and(|life| life.1 == t);
            let begins_here = a.life.is_some_and(|life| life.0 == t) && !a.donated;
            let whole = write.offset == 0 && write.len == a.bytes && a.bytes == b.bytes;
            if sw == sr || b.home != Home::Arena || !ends_here || !begins_here || !whole {
                continue;
            }
            // A set of several buffers is read under each of its names.
            let reads = unit.reads.iter().filter(|x| sets.find(x.buf) == sr).count();
            if reads == 1 && may_overwrite(unit, write, read.buf, &l) {
                sets.join(sr, sw);
            }
        }
    }

    // The arena, and the numbers of the fresh storages that are left.
    let homeless: Vec<usize> = (0..l.bufs.len())
        .filter(|&b| {
            sets.parent[b] == b as u32
                && sets.sets[b].home == Home::Arena
                && sets.sets[b].life.is_some()
        })
        .collect();
    let lives: Vec<Lifetime> = homeless
        .iter()
        .map(|&b| {
            let s = &sets.sets[b];
            let (first, last) = s.life.unwrap_or_default();
            Lifetime { bytes: s.bytes, first, last }
        })
        .collect();
    let (offsets, arena) = arena::layout(&lives);
    let mut offset_of = vec![0; l.bufs.len()];
    for (&b, &offset) in homeless.iter().zip(&offsets) {
        offset_of[b] = offset;
    }
    let mut number = vec![usize::MAX; fresh.len()];
    let mut fresh_bytes = Vec::new();
    for s in &mut sources {
        if let Source::Fresh(k) = s {
            if number[*k] == usize::MAX {
                number[*k] = fresh_bytes.len();
                fresh_bytes.push(fresh[*k].len);
            }
            *k = number[*k];
        }
    }
    let region = |r: &Ref| {
        let s = sets.find(r.buf);
        let (slot, base) = match sets.sets[s].home {
            Home::Consts => (CONSTS, 0),
            Home::Input(i) => (INPUTS + i as u32, 0),
            Home::Fresh(k) => (INPUTS + (inputs.len() + number[k]) as u32, 0),
            Home::Arena => (ARENA, offset_of[s]),
        };
        Region { slot, offset: base + r.offset, len: r.len }
    };
    debug_assert_eq!(
        damage(&l, &fresh, &region),
        None,
        "a value is overwritten before its last use"
    );
    let steps = l.units.into_iter().map(|u| Step {
        kernel: u.kernel,
        reads: u.reads.iter().map(region).collect(),
        writes: u.writes.iter().map(region).collect(),
    });
    let steps = steps.collect();
    let mut consts = Storage::zeroed(l.consts.len());
    consts.bytes_mut().copy_from_slice(&l.consts);
    let types = l.graph.output_types();
    Ok(Plan {
        name: l.graph.name().to_string(),
        steps,
        consts,
        arena,
        inputs: l.graph.input_types(),
        donated,
        outputs: sources.into_iter().zip(types).collect(),
        fresh: fresh_bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_core::DType;
    use seodang_ir::{Builder, TensorType};

    #[test]
    fn damage_is_found() {
        let b = Builder::new("damage");
        let x = b.input(TensorType::new(DType::F32, [4]));
        let graph = b.finish(&[x]).unwrap();
        let mut l = Lowering::new(&graph);
        let input = l.place(graph.inputs()[0]).unwrap();
        let (first, second, last) = (l.fresh(16), l.fresh(16), l.fresh(16));
        l.unit(Kernel::Copy, vec![input], vec![first]);
        l.unit(Kernel::Copy, vec![input], vec![second]);
        l.unit(Kernel::Copy, vec![first], vec![last]);
        let apart = |r: &Ref| Region { slot: 0, offset: 16 * r.buf as usize, len: r.len };
        assert_eq!(damage(&l, &[last, second], &apart), None);
        // The second value over the first, which is read after that.
        let same = |r: &Ref| match r.buf {
            b if b == second.buf => Region { slot: 0, offset: 16 * first.buf as usize, len: r.len },
            _ => apart(r),
        };
        assert_eq!(damage(&l, &[last], &same), Some((2, first.buf)));
        // The last one over the second, which is an output.
        let same = |r: &Ref| match r.buf {
            b if b == last.buf => Region { slot: 0, offset: 16 * second.buf as usize, len: r.len },
            _ => apart(r),
        };
        assert_eq!(damage(&l, &[last, second], &same), Some((3, second.buf)));
    }
}
