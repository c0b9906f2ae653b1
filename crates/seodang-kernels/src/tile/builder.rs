//! Recording a tile program.

use super::fold::fold;
use super::kernels::{self, Kernel, Scalars, Ternary};
use super::ops::{BinaryOp, CompareOp, ReduceOp, UnaryOp};
use super::run::TileProgram;
use crate::isa;
use seodang_core::{DType, Element, Error, Result, dispatch, text};

/// How an input covers the iteration space.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Access {
    /// `rows * cols` elements in row-major order.
    Contiguous,
    /// One element for all.
    Scalar,
    /// `cols` elements, one for each column: a vector along the rows' direction, such as a bias.
    Row,
    /// `rows` elements, one for each row.
    Col,
    /// Element `offset + sum(i_k * stride_k)`, where the `i_k` are the digits of the row-major
    /// position in the dimensions `dims` (size, stride), whose sizes multiply to `rows * cols`.
    Strided {
        /// The element at position 0.
        offset: usize,
        /// Size and stride in elements of each dimension, outermost first.
        dims: Vec<(usize, isize)>,
    },
}

/// A direction of the iteration space.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Axis {
    /// From row to row: an iota counts 0 in the first row, 1 in the second.
    Rows,
    /// From column to column.
    Cols,
}

/// A value of a [`TileBuilder`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Value(pub(super) u32);

/// How many elements a value has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Extent {
    Scalar,
    Row,
    Col,
    Full,
}

impl Extent {
    fn join(self, o: Extent) -> Extent {
        match (self, o) {
            (a, b) if a == b => a,
            (Extent::Scalar, b) => b,
            (a, Extent::Scalar) => a,
            _ => Extent::Full,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) enum Source {
    /// The n-th region that `run` is given.
    Region(usize),
    /// Elements that the program owns.
    Table(Vec<u8>),
}

/// Which kernel an operation runs, asked again when the form of its operands is known.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Operation {
    Unary(UnaryOp),
    Binary(BinaryOp),
    Compare(CompareOp),
    Ternary(Ternary),
    Convert,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    Input { source: Source, access: Access },
    Op { op: Operation, args: Vec<Value> },
    ReduceCols { op: ReduceOp, x: Value },
    ReduceRows { op: ReduceOp, x: Value },
}

#[derive(Clone, Debug)]
pub(super) struct Info {
    pub(super) node: Node,
    pub(super) dtype: DType,
    pub(super) extent: Extent,
}

/// Records the operations of a tile program; see the [module](super).
#[derive(Clone, Debug)]
pub struct TileBuilder {
    pub(super) rows: usize,
    pub(super) cols: usize,
    pub(super) values: Vec<Info>,
    pub(super) inputs: usize,
    pub(super) outputs: Vec<Value>,
}

impl TileBuilder {
    /// A builder for an iteration space of `rows` x `cols` elements.
    pub fn new(rows: usize, cols: usize) -> TileBuilder {
        TileBuilder { rows, cols, values: Vec::new(), inputs: 0, outputs: Vec::new() }
    }

    fn push(&mut self, node: Node, dtype: DType, extent: Extent) -> Value {
        self.values.push(Info { node, dtype, extent });
        Value(self.values.len() as u32 - 1)
    }

    /// The element type of a value.
    pub fn dtype(&self, v: Value) -> DType {
        self.values[v.0 as usize].dtype
    }

    fn extent(&self, v: Value) -> Extent {
        self.values[v.0 as usize].extent
    }

    fn source(&mut self, dtype: DType, access: Access, source: Source) -> Value {
        let extent = match access {
            Access::Contiguous | Access::Strided { .. } => Extent::Full,
            Access::Scalar => Extent::Scalar,
            Access::Row => Extent::Row,
            Access::Col => Extent::Col,
        };
        self.push(Node::Input { source, access }, dtype, extent)
    }

    /// The next input: [`TileProgram::run`] takes its regions in the order of these calls.
    pub fn input(&mut self, dtype: DType, access: Access) -> Value {
        self.inputs += 1;
        self.source(dtype, access, Source::Region(self.inputs - 1))
    }

    /// Elements that the program keeps, as raw bytes in native order, accessed like an input.
    ///
    /// # Errors
    /// If there are fewer elements than `access` reads.
    pub fn table(&mut self, dtype: DType, bytes: Vec<u8>, access: Access) -> Result<Value> {
        let needed = self.elements(&access)? * dtype.size();
        if bytes.len() < needed {
            return Err(Error::internal(text!(
                en: "a table of {} bytes is read up to byte {needed}", bytes.len();
                ko: "{}바이트 표를 {needed}바이트까지 읽습니다", bytes.len()
            )));
        }
        Ok(self.source(dtype, access, Source::Table(bytes)))
    }

    /// A constant, given as the bytes of one element in native order.
    ///
    /// # Errors
    /// If there are fewer bytes than the type has.
    pub fn constant_bytes(&mut self, dtype: DType, bytes: &[u8]) -> Result<Value> {
        self.table(dtype, bytes.to_vec(), Access::Scalar)
    }

    /// A constant, converted from `f64` as `convert` would.
    pub fn constant(&mut self, dtype: DType, value: f64) -> Value {
        let bytes = dispatch!(dtype, T => bytes_of(&[T::from_f64(value)]));
        self.source(dtype, Access::Scalar, Source::Table(bytes))
    }

    /// The index of the row or column of each element.
    pub fn iota(&mut self, dtype: DType, axis: Axis) -> Value {
        let (n, access) = match axis {
            Axis::Rows => (self.rows, Access::Col),
            Axis::Cols => (self.cols, Access::Row),
        };
        let bytes = dispatch!(dtype, T => {
            bytes_of(&(0..n).map(|i| T::from_i128(i as i128)).collect::<Vec<T>>())
        });
        self.source(dtype, access, Source::Table(bytes))
    }

    fn op(&mut self, op: Operation, args: &[Value], dtype: DType) -> Value {
        let extent = args.iter().fold(Extent::Scalar, |e, v| e.join(self.extent(*v)));
        self.push(Node::Op { op, args: args.to_vec() }, dtype, extent)
    }

    fn no_kernel(&self, op: impl std::fmt::Debug, x: Value) -> Error {
        let dtype = self.dtype(x);
        Error::dtype(text!(
            en: "{op:?} is not defined on {dtype}", ko: "{op:?}은(는) {dtype}에 정의되지 않습니다"
        ))
    }

    fn same_dtype(&self, op: impl std::fmt::Debug, a: Value, b: Value) -> Result<()> {
        if self.dtype(a) == self.dtype(b) {
            return Ok(());
        }
        Err(Error::dtype(text!(
            en: "the operands of {op:?} have different types",
            ko: "{op:?}의 피연산자 dtype이 서로 다릅니다"
        ))
        .given("left", self.dtype(a))
        .given("right", self.dtype(b)))
    }

    /// `op(x)`; [`UnaryOp::IsFinite`] gives booleans.
    ///
    /// # Errors
    /// If StableHLO does not define the operation on the type.
    pub fn unary(&mut self, op: UnaryOp, x: Value) -> Result<Value> {
        let dtype = self.dtype(x);
        kernels::unary(op, dtype, isa::current()).ok_or_else(|| self.no_kernel(op, x))?;
        let to = if op == UnaryOp::IsFinite { DType::Bool } else { dtype };
        Ok(self.op(Operation::Unary(op), &[x], to))
    }

    /// `op(a, b)` of two values of one type.
    ///
    /// # Errors
    /// If the types differ, or StableHLO does not define the operation on the type.
    pub fn binary(&mut self, op: BinaryOp, a: Value, b: Value) -> Result<Value> {
        self.same_dtype(op, a, b)?;
        let dtype = self.dtype(a);
        kernels::binary(op, dtype, Scalars([false; 3]), isa::current())
            .ok_or_else(|| self.no_kernel(op, a))?;
        Ok(self.op(Operation::Binary(op), &[a, b], dtype))
    }

    /// Whether `a op b`, as booleans.
    ///
    /// # Errors
    /// If the types differ.
    pub fn compare(&mut self, op: CompareOp, a: Value, b: Value) -> Result<Value> {
        self.same_dtype(op, a, b)?;
        Ok(self.op(Operation::Compare(op), &[a, b], DType::Bool))
    }

    /// `on_true` where `pred`, else `on_false`.
    ///
    /// # Errors
    /// If `pred` is not boolean or the types of the others differ.
    pub fn select(&mut self, pred: Value, on_true: Value, on_false: Value) -> Result<Value> {
        if self.dtype(pred) != DType::Bool {
            return Err(self.no_kernel("Select", pred));
        }
        self.same_dtype("Select", on_true, on_false)?;
        let dtype = self.dtype(on_true);
        Ok(self.op(Operation::Ternary(Ternary::Select), &[pred, on_true, on_false], dtype))
    }

    /// `minimum(maximum(x, min), max)`.
    ///
    /// # Errors
    /// If the types differ or are boolean.
    pub fn clamp(&mut self, min: Value, x: Value, max: Value) -> Result<Value> {
        self.same_dtype("Clamp", min, x)?;
        self.same_dtype("Clamp", x, max)?;
        let dtype = self.dtype(x);
        if dtype == DType::Bool {
            return Err(self.no_kernel("Clamp", x));
        }
        Ok(self.op(Operation::Ternary(Ternary::Clamp), &[min, x, max], dtype))
    }

    /// `a * b + c` with one rounding, for `f32` and `f64`.
    ///
    /// # Errors
    /// If the types differ or are others.
    pub fn fma(&mut self, a: Value, b: Value, c: Value) -> Result<Value> {
        self.same_dtype("Fma", a, b)?;
        self.same_dtype("Fma", b, c)?;
        let dtype = self.dtype(a);
        if !matches!(dtype, DType::F32 | DType::F64) {
            return Err(self.no_kernel("Fma", a));
        }
        Ok(self.op(Operation::Ternary(Ternary::Fma), &[a, b, c], dtype))
    }

    /// The values converted to another type: floats to integers truncate and saturate, NaN becomes
    /// 0; integers keep their low bits; booleans are "not equal to zero".
    pub fn convert(&mut self, x: Value, to: DType) -> Value {
        if self.dtype(x) == to { x } else { self.op(Operation::Convert, &[x], to) }
    }

    /// One value for each row: its elements combined. The result has the extent column.
    ///
    /// # Errors
    /// If `x` is itself a result of [`TileBuilder::reduce_rows`], or bits of floats are combined.
    pub fn reduce_cols(&mut self, op: ReduceOp, x: Value) -> Result<Value> {
        self.operand(x)?;
        let dtype = self.dtype(x);
        fold(op, dtype, isa::current()).ok_or_else(|| self.no_kernel(op, x))?;
        Ok(self.push(Node::ReduceCols { op, x }, dtype, Extent::Col))
    }

    /// One value for each column (of a column: one value): its elements combined over all rows. The
    /// result can only be an output.
    ///
    /// # Errors
    /// If `x` is itself such a result, or bits of floats are combined.
    pub fn reduce_rows(&mut self, op: ReduceOp, x: Value) -> Result<Value> {
        self.operand(x)?;
        let dtype = self.dtype(x);
        fold(op, dtype, isa::current()).ok_or_else(|| self.no_kernel(op, x))?;
        let extent = if self.extent(x) == Extent::Col { Extent::Scalar } else { Extent::Row };
        Ok(self.push(Node::ReduceRows { op, x }, dtype, extent))
    }

    fn operand(&self, x: Value) -> Result<()> {
        if matches!(self.values[x.0 as usize].node, Node::ReduceRows { .. }) {
            return Err(Error::unsupported(text!(
                en: "the result of reduce_rows can only be an output of a tile program",
                ko: "reduce_rows의 결과는 타일 프로그램의 출력으로만 쓸 수 있습니다"
            )));
        }
        Ok(())
    }

    /// The next output: [`TileProgram::run`] takes its regions in the order of these calls. The
    /// region has as many elements as the value's extent says.
    pub fn output(&mut self, v: Value) {
        self.outputs.push(v);
    }

    /// The number of elements that `access` reads from the start of a region.
    pub(super) fn elements(&self, access: &Access) -> Result<usize> {
        Ok(match access {
            Access::Contiguous => self.rows * self.cols,
            Access::Scalar => 1,
            Access::Row => self.cols,
            Access::Col => self.rows,
            Access::Strided { offset, dims } => {
                let total: usize = dims.iter().map(|d| d.0).product();
                let (mut low, mut high) = (*offset as isize, *offset as isize);
                for &(size, stride) in dims {
                    let reach = stride * (size as isize - 1).max(0);
                    (low, high) = (low + reach.min(0), high + reach.max(0));
                }
                if total != self.rows * self.cols || low < 0 {
                    return Err(Error::internal(text!(
                        en: "a strided access does not cover the iteration space",
                        ko: "보폭 접근이 반복 공간과 맞지 않습니다"
                    ))
                    .given("dims", format!("{dims:?}"))
                    .given("offset", offset));
                }
                if total == 0 { 0 } else { high as usize + 1 }
            }
        })
    }

    /// Plans the program for the instruction set of [`isa::current`].
    ///
    /// # Errors
    /// If an operation uses a result of [`TileBuilder::reduce_rows`], an access does not cover the
    /// iteration space, or there are more values than a program holds: split it.
    pub fn build(self) -> Result<TileProgram> {
        for info in &self.values {
            match &info.node {
                Node::Op { args, .. } => {
                    args.iter().try_for_each(|a| self.operand(*a))?;
                }
                Node::Input { access, .. } => {
                    self.elements(access)?;
                }
                Node::ReduceCols { .. } | Node::ReduceRows { .. } => {}
            }
        }
        TileProgram::new(&self, isa::current())
    }
}

/// The kernel of an operation for operands of which some are scalars, and which of those the kernel
/// takes as scalars.
pub(super) fn kernel(
    op: Operation,
    from: DType,
    to: DType,
    scalars: Scalars,
    isa: isa::Isa,
) -> Option<(Kernel, Scalars)> {
    let two = match (op, scalars.0) {
        (Operation::Binary(_) | Operation::Compare(_), [a, b, _])
            if kernels::has_scalar_forms(from) && !(a && b) =>
        {
            scalars
        }
        (Operation::Ternary(t), _) => kernels::ternary_scalars(t, to, scalars),
        _ => Scalars([false; 3]),
    };
    let kernel = match op {
        Operation::Unary(op) => kernels::unary(op, from, isa)?,
        Operation::Binary(op) => kernels::binary(op, from, two, isa)?,
        Operation::Compare(op) => kernels::compare(op, from, two, isa)?,
        Operation::Ternary(Ternary::Select) => kernels::select(to, two, isa),
        Operation::Ternary(Ternary::Clamp) => kernels::clamp(to, two, isa)?,
        Operation::Ternary(Ternary::Fma) => kernels::fma(to, two, isa)?,
        Operation::Convert => kernels::convert(from, to, isa),
    };
    Some((kernel, two))
}

fn bytes_of<T: Element>(values: &[T]) -> Vec<u8> {
    bytemuck::cast_slice(values).to_vec()
}
