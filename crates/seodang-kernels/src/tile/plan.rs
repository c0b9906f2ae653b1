//! Planning: from recorded values to stages of instructions over slots.

use super::builder::{Access, Extent, Node, Source, TileBuilder, Value, kernel};
use super::fold::{Fold, LANES, RowFold, fold};
use super::kernels::{Kernel, Scalars};
use crate::isa::Isa;
use seodang_core::{Error, Result, text};
use std::collections::HashMap;

/// Elements of a tile: registers of `f32` take 2 KB, so that a dozen stay in L1.
pub(super) const TILE: usize = 512;
/// The most slots of a plan.
pub(super) const MAX_SLOTS: usize = 128;

/// How the iteration space is walked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Layout {
    /// No rows or columns matter: one row of `rows * cols` elements, in tiles.
    Flat,
    /// Short rows: a tile is so many whole rows.
    Narrow(usize),
    /// Long rows: one at a time, in tiles.
    Wide,
}

/// Where a slot lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Origin {
    Input(usize),
    Output(usize),
    Table(usize),
    /// Bytes into the scratch memory of a task.
    Scratch(usize),
}

/// A place that instructions read or write; it moves with the row and the column of the tile.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) origin: Origin,
    pub(super) row_step: usize,
    pub(super) col_step: usize,
}

/// How many elements an instruction works on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Count {
    One,
    Cols,
    Rows,
    Tile,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Code {
    Map(Kernel),
    /// Copies elements of a size.
    Copy(usize),
    /// One element to all.
    Spread(usize),
    /// The values of a row to each row of the tile.
    Repeat(usize),
    /// The value of each row of the tile to all its columns.
    Expand(usize),
    /// A strided input to a tile.
    Gather(usize),
    /// Rows of the tile to their values; `b` holds the lanes.
    RowFold(RowFold),
    /// The tile into the accumulators `d`.
    Accumulate(super::fold::Accumulate),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Instr {
    pub(super) code: Code,
    pub(super) count: Count,
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) c: usize,
    pub(super) d: usize,
}

/// Operations on one value a row, then operations on tiles.
#[derive(Clone, Default, Debug)]
pub(super) struct Stage {
    pub(super) rows: Vec<Instr>,
    pub(super) tiles: Vec<Instr>,
}

/// A reduction over rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) fold: Fold,
    /// Accumulators: first of the tile (or row), then folded to `results`.
    pub(super) slot: usize,
    pub(super) accumulators: usize,
    pub(super) results: usize,
    pub(super) output: usize,
}

/// A strided input.
#[derive(Clone, Debug)]
pub(super) struct Strided {
    pub(super) offset: usize,
    pub(super) dims: Vec<(usize, isize)>,
    pub(super) size: usize,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) slots: Vec<Slot>,
    pub(super) tables: Vec<Vec<u8>>,
    /// Once a task.
    pub(super) prologue: Vec<Instr>,
    /// Once a run, after the prologue of the first task.
    pub(super) once: Vec<Instr>,
    pub(super) stages: Vec<Stage>,
    /// After the last stage, on one value a row.
    pub(super) epilogue: Vec<Instr>,
    pub(super) columns: Vec<Column>,
    pub(super) strided: Vec<Strided>,
    pub(super) scratch: usize,
    /// For each output, the instruction (counted over all stages) that writes it, and for each
    /// input the last that reads it.
    pub(super) written: Vec<usize>,
    pub(super) read: Vec<usize>,
}

/// What a register holds, which decides its size.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Bytes(usize),
    Tile,
    /// A tile that is needed in a later stage, for the whole row.
    Row,
}

struct Register {
    slot: usize,
    kind: Kind,
    size: usize,
    /// First and last instruction over all stages.
    live: Option<(usize, usize)>,
    stages: (usize, usize),
}

pub(super) struct Planner<'a> {
    b: &'a TileBuilder,
    layout: Layout,
    isa: Isa,
    /// Whether outputs are written by the instructions that compute them.
    direct: bool,
    plan: Plan,
    registers: Vec<Register>,
    slot_of: HashMap<u32, usize>,
    spread: HashMap<(u32, Extent2), usize>,
    level: Vec<usize>,
    live: Vec<bool>,
}

/// The extents that a smaller value is spread to.
type Extent2 = u8;

impl Layout {
    /// The layout for the values that are needed.
    pub(super) fn of(b: &TileBuilder) -> Layout {
        let live = live(b);
        let structured = b.values.iter().zip(&live).any(|(v, live)| {
            *live
                && (matches!(v.extent, Extent::Row | Extent::Col)
                    || matches!(v.node, Node::ReduceCols { .. } | Node::ReduceRows { .. }))
        });
        if !structured {
            Layout::Flat
        } else if b.cols <= TILE / 2 {
            Layout::Narrow((TILE / b.cols.max(1)).min(b.rows.max(1)))
        } else {
            Layout::Wide
        }
    }

    /// Rows, columns and rows of a tile as the layout walks them.
    pub(super) fn space(self, b: &TileBuilder) -> (usize, usize, usize) {
        match self {
            Layout::Flat => (1, b.rows * b.cols, 1),
            Layout::Narrow(block) => (b.rows, b.cols, block),
            Layout::Wide => (b.rows, b.cols, 1),
        }
    }
}

fn args(node: &Node) -> Vec<Value> {
    match node {
        Node::Input { .. } => Vec::new(),
        Node::Op { args, .. } => args.clone(),
        Node::ReduceCols { x, .. } | Node::ReduceRows { x, .. } => vec![*x],
    }
}

fn live(b: &TileBuilder) -> Vec<bool> {
    let mut live = vec![false; b.values.len()];
    b.outputs.iter().for_each(|v| live[v.0 as usize] = true);
    for i in (0..b.values.len()).rev() {
        if live[i] {
            args(&b.values[i].node).iter().for_each(|v| live[v.0 as usize] = true);
        }
    }
    live
}

impl<'a> Planner<'a> {
    pub(super) fn plan(b: &TileBuilder, layout: Layout, isa: Isa, direct: bool) -> Result<Plan> {
        let mut p = Planner {
            b,
            layout,
            isa,
            direct,
            plan: Plan::default(),
            registers: Vec::new(),
            slot_of: HashMap::new(),
            spread: HashMap::new(),
            level: vec![0; b.values.len()],
            live: live(b),
        };
        p.levels();
        p.sources();
        p.prologue()?;
        p.body()?;
        p.allocate();
        if p.plan.slots.len() > MAX_SLOTS {
            return Err(Error::unsupported(text!(
                en: "a tile program needs {} slots of {MAX_SLOTS}: split it", p.plan.slots.len();
                ko: "타일 프로그램에 슬롯 {}개가 필요하지만 {MAX_SLOTS}개까지입니다. 나누십시오",
                    p.plan.slots.len()
            )));
        }
        Ok(p.plan)
    }

    fn info(&self, v: Value) -> &'a super::builder::Info {
        &self.b.values[v.0 as usize]
    }

    /// The stage in which each value is computed or first there.
    fn levels(&mut self) {
        for (i, info) in self.b.values.iter().enumerate() {
            let of_args =
                args(&info.node).iter().map(|a| self.level[a.0 as usize]).max().unwrap_or(0);
            let reduced = matches!(info.node, Node::ReduceCols { .. });
            self.level[i] = of_args + usize::from(reduced);
        }
    }

    fn slot(&mut self, origin: Origin, row_step: usize, col_step: usize) -> usize {
        self.plan.slots.push(Slot { origin, row_step, col_step });
        self.plan.slots.len() - 1
    }

    /// A register; `Bytes` are kept for the whole task.
    fn register(&mut self, kind: Kind, size: usize, col_step: usize) -> usize {
        let slot = self.slot(Origin::Scratch(0), 0, col_step);
        self.registers.push(Register { slot, kind, size, live: None, stages: (0, 0) });
        slot
    }

    /// The steps of memory that holds an extent.
    fn steps(&self, extent: Extent, size: usize) -> (usize, usize) {
        match extent {
            Extent::Scalar => (0, 0),
            Extent::Row => (0, size),
            Extent::Col => (size, 0),
            Extent::Full => (self.layout.space(self.b).1 * size, size),
        }
    }

    fn sources(&mut self) {
        self.plan.read = vec![0; self.b.inputs];
        for (i, info) in self.b.values.iter().enumerate() {
            let Node::Input { source, access } = &info.node else { continue };
            if !self.live[i] {
                continue;
            }
            let origin = match source {
                Source::Region(k) => Origin::Input(*k),
                Source::Table(bytes) => {
                    self.plan.tables.push(bytes.clone());
                    Origin::Table(self.plan.tables.len() - 1)
                }
            };
            let (row, col) = match access {
                Access::Strided { .. } => (0, 0),
                _ => self.steps(info.extent, info.dtype.size()),
            };
            let slot = self.slot(origin, row, col);
            self.slot_of.insert(i as u32, slot);
        }
    }

    /// Elements of a tile.
    fn tile(&self) -> usize {
        let (_, cols, block) = self.layout.space(self.b);
        match self.layout {
            Layout::Narrow(_) => block * cols,
            _ => TILE.min(cols),
        }
    }

    fn instr(code: Code, count: Count, a: usize, d: usize) -> Instr {
        Instr { code, count, a, b: a, c: a, d }
    }

    /// The slot of `v` as an operand at the extent `to`, and whether it is one element for all.
    fn scalar_at(&self, v: Value, to: Extent) -> bool {
        let from = self.info(v).extent;
        to != Extent::Scalar
            && (from == Extent::Scalar
                || (from == Extent::Col && to == Extent::Full && self.layout == Layout::Wide))
    }

    /// The slot of `v` as an array operand at the extent `to`; emits what spreads it.
    fn array(&mut self, v: Value, to: Extent, tiles: &mut Vec<Instr>) -> usize {
        let from = self.info(v).extent;
        let slot = self.slot_of[&v.0];
        if from == to {
            return slot;
        }
        let key = (v.0, to as Extent2);
        if let Some(&slot) = self.spread.get(&key) {
            return slot;
        }
        let size = self.info(v).dtype.size();
        let (_, cols, block) = self.layout.space(self.b);
        let narrow = matches!(self.layout, Layout::Narrow(_));
        let tile = self.tile();
        let out = match (from, to) {
            (Extent::Scalar, Extent::Row) => {
                let d = self.register(Kind::Bytes(cols * size), size, 0);
                self.plan.prologue.push(Self::instr(Code::Spread(size), Count::Cols, slot, d));
                d
            }
            (Extent::Scalar, Extent::Col) => {
                let d = self.register(Kind::Bytes(block * size), size, 0);
                self.plan.prologue.push(Self::instr(Code::Spread(size), Count::Rows, slot, d));
                d
            }
            (Extent::Scalar, _) => {
                let d = self.register(Kind::Bytes(tile * size), size, 0);
                self.plan.prologue.push(Self::instr(Code::Spread(size), Count::Tile, slot, d));
                d
            }
            (Extent::Row, _) if narrow => {
                let d = self.register(Kind::Bytes(tile * size), size, 0);
                self.plan.prologue.push(Self::instr(Code::Repeat(size), Count::Tile, slot, d));
                d
            }
            (Extent::Row, _) => slot,
            _ => {
                // A value a row: again in each stage that needs it.
                let d = self.register(Kind::Tile, size, 0);
                let code = if narrow { Code::Expand(size) } else { Code::Spread(size) };
                tiles.push(Self::instr(code, Count::Tile, slot, d));
                d
            }
        };
        self.spread.insert(key, out);
        out
    }

    /// The instruction of an operation at the extent of its value.
    fn operation(&mut self, i: usize, d: usize, tiles: &mut Vec<Instr>) -> Result<Instr> {
        let info = &self.b.values[i];
        let Node::Op { op, args } = &info.node else { unreachable!("only operations come here") };
        let mut scalars = [false; 3];
        for (s, a) in scalars.iter_mut().zip(args) {
            *s = self.scalar_at(*a, info.extent);
        }
        let from = self.info(args[0]).dtype;
        let (code, taken) = kernel(*op, from, info.dtype, Scalars(scalars), self.isa)
            .ok_or_else(|| Error::internal(format!("{op:?} lost its kernel")))?;
        let mut slots = [0; 3];
        for (k, a) in args.iter().enumerate() {
            slots[k] =
                if taken.0[k] { self.slot_of[&a.0] } else { self.array(*a, info.extent, tiles) };
        }
        for k in args.len()..3 {
            slots[k] = slots[0];
        }
        let count = match info.extent {
            Extent::Scalar => Count::One,
            Extent::Row => Count::Cols,
            Extent::Col => Count::Rows,
            Extent::Full => Count::Tile,
        };
        let [a, b, c] = slots;
        Ok(Instr { code: Code::Map(code), count, a, b, c, d })
    }

    /// Operations on scalars and on values a column: once a task.
    fn prologue(&mut self) -> Result<()> {
        let (_, cols, _) = self.layout.space(self.b);
        for (i, info) in self.b.values.iter().enumerate() {
            let once = matches!(info.extent, Extent::Scalar | Extent::Row);
            if !self.live[i] || !once || !matches!(info.node, Node::Op { .. }) {
                continue;
            }
            let size = info.dtype.size();
            let (n, step) = if info.extent == Extent::Row { (cols, size) } else { (1, 0) };
            let d = self.register(Kind::Bytes(n * size), size, step);
            let instr = self.operation(i, d, &mut Vec::new())?;
            self.plan.prologue.push(instr);
            self.slot_of.insert(i as u32, d);
        }
        Ok(())
    }

    fn body(&mut self) -> Result<()> {
        let (_, cols, block) = self.layout.space(self.b);
        let last = (0..self.b.values.len())
            .filter(|&i| self.live[i])
            .map(|i| self.level[i] - usize::from(self.is_reduce(i)))
            .max()
            .unwrap_or(0);
        self.plan.written = vec![usize::MAX; self.b.outputs.len()];
        let mut at = 0;
        for stage in 0..=last {
            self.spread.retain(|(v, to), _| {
                self.b.values[*v as usize].extent != Extent::Col || *to != Extent::Full as Extent2
            });
            let (mut rows, mut tiles) = (Vec::new(), Vec::new());
            for (i, info) in self.b.values.iter().enumerate() {
                let operation = matches!(info.node, Node::Op { .. });
                let here = self.live[i] && self.level[i] == stage;
                if here && operation && info.extent == Extent::Col {
                    let size = info.dtype.size();
                    let d = self.register(Kind::Bytes(block * size), size, 0);
                    let instr = self.operation(i, d, &mut Vec::new())?;
                    rows.push(instr);
                    self.slot_of.insert(i as u32, d);
                }
            }
            for (i, info) in self.b.values.iter().enumerate() {
                if !self.live[i] {
                    continue;
                }
                let size = info.dtype.size();
                match &info.node {
                    Node::Op { .. } if info.extent == Extent::Full && self.level[i] == stage => {
                        let d = self.result(i, size);
                        let instr = self.operation(i, d, &mut tiles)?;
                        tiles.push(instr);
                        if let Origin::Output(o) = self.plan.slots[d].origin {
                            self.plan.written[o] = at + tiles.len() - 1;
                        }
                        self.slot_of.insert(i as u32, d);
                    }
                    Node::Input { access: Access::Strided { offset, dims }, .. } if stage == 0 => {
                        let strided = Strided { offset: *offset, dims: dims.clone(), size };
                        self.plan.strided.push(strided);
                        let d = self.register(Kind::Tile, size, 0);
                        let code = Code::Gather(self.plan.strided.len() - 1);
                        let slot = self.slot_of[&(i as u32)];
                        tiles.push(Self::instr(code, Count::Tile, slot, d));
                        self.slot_of.insert(i as u32, d);
                    }
                    Node::ReduceCols { op, x } if self.level[i] == stage + 1 => {
                        let f = fold(*op, info.dtype, self.isa)
                            .ok_or_else(|| Error::internal(format!("{op:?} lost its kernel")))?;
                        let a = self.array(*x, Extent::Full, &mut tiles);
                        let b = self.register(Kind::Bytes(LANES * f.acc_size), 1, 0);
                        let d = self.register(Kind::Bytes(block * size), size, 0);
                        let code = Code::RowFold(f.row);
                        tiles.push(Instr { code, count: Count::Tile, a, b, c: a, d });
                        self.slot_of.insert(i as u32, d);
                    }
                    Node::ReduceRows { op, x } if self.level[i] == stage => {
                        let f = fold(*op, info.dtype, self.isa)
                            .ok_or_else(|| Error::internal(format!("{op:?} lost its kernel")))?;
                        let by_row = self.info(*x).extent == Extent::Col;
                        let to = if by_row { Extent::Col } else { Extent::Full };
                        let a = self.array(*x, to, &mut tiles);
                        let (accumulators, results) =
                            if by_row { (block, 1) } else { (block * cols, cols) };
                        let step = if by_row { 0 } else { f.acc_size };
                        let kind = Kind::Bytes(accumulators * f.acc_size);
                        let d = self.register(kind, f.acc_size, step);
                        let code = Code::Accumulate(f.accumulate);
                        if by_row {
                            rows.push(Self::instr(code, Count::Rows, a, d));
                        } else {
                            tiles.push(Self::instr(code, Count::Tile, a, d));
                        }
                        for (output, v) in self.b.outputs.iter().enumerate() {
                            if v.0 as usize == i {
                                let fold = f;
                                let column =
                                    Column { fold, slot: d, accumulators, results, output };
                                self.plan.columns.push(column);
                            }
                        }
                    }
                    _ => {}
                }
            }
            if stage == last {
                self.copies(&mut tiles);
            }
            at += tiles.len();
            self.plan.stages.push(Stage { rows, tiles });
        }
        Ok(())
    }

    fn is_reduce(&self, i: usize) -> bool {
        matches!(self.b.values[i].node, Node::ReduceCols { .. })
    }

    /// Where a full value is computed to: its output, or a register.
    fn result(&mut self, i: usize, size: usize) -> usize {
        let output = self.b.outputs.iter().position(|v| v.0 as usize == i);
        match output {
            Some(o) if self.direct => {
                let (row, col) = self.steps(Extent::Full, size);
                self.slot(Origin::Output(o), row, col)
            }
            _ => self.register(Kind::Tile, size, 0),
        }
    }

    /// Outputs that no instruction wrote.
    fn copies(&mut self, tiles: &mut Vec<Instr>) {
        for (o, v) in self.b.outputs.iter().enumerate() {
            let info = self.info(*v);
            if matches!(info.node, Node::ReduceRows { .. }) {
                continue;
            }
            let a = self.slot_of[&v.0];
            if self.plan.slots[a].origin == Origin::Output(o) {
                continue;
            }
            let size = info.dtype.size();
            let (row, col) = self.steps(info.extent, size);
            let d = self.slot(Origin::Output(o), row, col);
            let copy = |count| Self::instr(Code::Copy(size), count, a, d);
            match info.extent {
                Extent::Scalar => self.plan.once.push(copy(Count::One)),
                Extent::Row => self.plan.once.push(copy(Count::Cols)),
                Extent::Col => self.plan.epilogue.push(copy(Count::Rows)),
                Extent::Full => tiles.push(copy(Count::Tile)),
            }
        }
    }

    /// Gives registers their place in the scratch memory, tiles that are never needed together the
    /// same; notes when inputs are last read.
    fn allocate(&mut self) {
        let mut of_slot = vec![usize::MAX; self.plan.slots.len()];
        for (k, r) in self.registers.iter().enumerate() {
            of_slot[r.slot] = k;
        }
        let mut at = 0;
        for (stage, s) in self.plan.stages.iter().enumerate() {
            for i in &s.tiles {
                for slot in [i.a, i.b, i.c, i.d] {
                    if let Origin::Input(k) = self.plan.slots[slot].origin {
                        self.plan.read[k] = at;
                    }
                    if let Some(r) = self.registers.get_mut(of_slot[slot]) {
                        let first = r.live.map_or(at, |l| l.0);
                        let first_stage = if r.live.is_none() { stage } else { r.stages.0 };
                        r.live = Some((first, at));
                        r.stages = (first_stage, stage);
                    }
                }
                at += 1;
            }
        }
        let (_, cols, _) = self.layout.space(self.b);
        let one_tile = matches!(self.layout, Layout::Narrow(_)) || cols <= TILE;
        let tile = self.tile();
        let round = |bytes: usize| bytes.next_multiple_of(64);
        // A tile register of any type; the odd line keeps registers apart in the cache's sets.
        let widest = self.registers.iter().filter(|r| r.kind == Kind::Tile).map(|r| r.size).max();
        let tile_bytes = round(tile * widest.unwrap_or(0)) + 64;
        let mut end = 0;
        let mut places: Vec<(usize, usize)> = Vec::new(); // (offset, free after)
        let mut order: Vec<usize> = (0..self.registers.len()).collect();
        order.sort_by_key(|&k| self.registers[k].live.map_or(0, |l| l.0));
        for k in order {
            let r = &mut self.registers[k];
            if r.kind == Kind::Tile && !one_tile && r.stages.0 != r.stages.1 {
                r.kind = Kind::Row;
            }
            let slot = &mut self.plan.slots[r.slot];
            let offset = match (r.kind, r.live) {
                (Kind::Tile, Some((first, last))) => {
                    match places.iter_mut().find(|p| p.1 < first) {
                        Some(place) => {
                            place.1 = last;
                            place.0
                        }
                        None => {
                            places.push((end, last));
                            end += tile_bytes;
                            end - tile_bytes
                        }
                    }
                }
                (Kind::Bytes(n), _) => {
                    end += round(n) + 64;
                    end - round(n) - 64
                }
                (_, _) => {
                    slot.col_step = r.size;
                    end += round(cols * r.size) + 64;
                    end - round(cols * r.size) - 64
                }
            };
            slot.origin = Origin::Scratch(offset);
        }
        self.plan.scratch = end;
    }
}
