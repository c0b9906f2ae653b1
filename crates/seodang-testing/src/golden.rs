//! Golden values: what other libraries compute, read from `golden/data`.

use crate::{Row, Tolerance};
use safetensors::SafeTensors;
use seodang_core::{Array, DType};
use seodang_ir::ops::*;
use seodang_ir::{Builder, Graph, Op, TensorType};
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// The folder of golden data in the repository.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../golden/data")
}

/// The cases and tensors of one file pair.
pub struct Golden {
    /// The cases, as the JSON file lists them.
    pub cases: Vec<Value>,
    tensors: HashMap<String, Array>,
}

impl Golden {
    /// Reads `NAME.json` and `NAME.safetensors`.
    ///
    /// # Panics
    /// If a file is missing or broken: the repository is incomplete.
    pub fn read(name: &str) -> Golden {
        let text =
            std::fs::read_to_string(folder().join(format!("{name}.json"))).expect("golden JSON");
        let json: Value = serde_json::from_str(&text).expect("golden JSON");
        let bytes =
            std::fs::read(folder().join(format!("{name}.safetensors"))).expect("golden tensors");
        let file = SafeTensors::deserialize(&bytes).expect("golden tensors");
        let tensors = file
            .iter()
            .map(|(name, view)| {
                let dtype: DType =
                    format!("{}", view.dtype()).to_lowercase().parse().expect("dtype");
                let array = Array::from_bytes(dtype, view.shape(), view.data()).expect("tensor");
                (name.to_string(), array)
            })
            .collect();
        let cases = json["cases"].as_array().expect("cases").clone();
        Golden { cases, tensors }
    }

    /// The tensor a case names.
    ///
    /// # Panics
    /// If there is none.
    pub fn tensor(&self, name: &Value) -> Array {
        let name = name.as_str().expect("a tensor's name");
        self.tensors.get(name).unwrap_or_else(|| panic!("no tensor {name}")).clone()
    }
}

/// The golden rows of the ops, made with jax.lax.
pub fn op_rows() -> Vec<Row> {
    let golden = Golden::read("ops");
    // jax.lax.sign takes unsigned integers too; StableHLO's does not.
    let ours = |case: &&Value| {
        case["op"] != "sign" || !case["dtype"].as_str().is_some_and(|d| d.starts_with('u'))
    };
    golden.cases.iter().filter(ours).map(|case| op_row(&golden, case)).collect()
}

fn op_row(golden: &Golden, case: &Value) -> Row {
    let name = case["name"].as_str().expect("name").to_string();
    let list = |key: &str| -> Vec<Array> {
        case[key].as_array().expect(key).iter().map(|n| golden.tensor(n)).collect()
    };
    let (inputs, outputs) = (list("inputs"), list("outputs"));
    let graph =
        graph(case, &inputs, &outputs).unwrap_or_else(|e| panic!("golden case {name}: {e:?}"));
    let tol = |key: &str| case["tol"][key].as_f64().expect("tol");
    let (rel, abs) = (tol("rel"), tol("abs"));
    let tolerance =
        if rel == 0.0 && abs == 0.0 { Tolerance::Exact } else { Tolerance::Close { rel, abs } };
    Row { name: format!("golden/{name}"), graph, inputs, expected: Some(outputs), tolerance }
}

fn graph(case: &Value, inputs: &[Array], outputs: &[Array]) -> seodang_core::Result<Graph> {
    let b = Builder::new(case["name"].as_str().unwrap_or("golden"));
    let operands: Vec<_> = inputs.iter().map(|a| b.input(TensorType::of(a))).collect();
    let kind = case["op"].as_str().unwrap_or_default();
    if kind == "cumsum" {
        let a = Attributes(&case["attributes"]);
        let result = cumulative_sum(operands[0], a.size("axis"), a.flag("reverse"));
        return b.finish(&[result]);
    }
    let op = op(kind, &Attributes(&case["attributes"]), inputs, outputs);
    let results = b.apply_n(op, &operands);
    b.finish(&results)
}

/// A running sum as a window over all elements before.
fn cumulative_sum(x: seodang_ir::Expr<'_>, axis: usize, reverse: bool) -> seodang_ir::Expr<'_> {
    let (shape, b) = (x.shape(), x.builder());
    let mut dimensions = vec![1; shape.rank()];
    dimensions[axis] = shape[axis];
    let mut window = Window::new(dimensions, vec![1; shape.rank()]);
    let before = shape[axis] as i64 - 1;
    window.padding[axis] = if reverse { (0, before) } else { (before, 0) };
    let zero = b.constant(Array::zeros(x.dtype(), []));
    b.apply(ReduceWindow { window, body: Reducer::Add.body(x.dtype()) }, &[x, zero])
}

struct Attributes<'a>(&'a Value);

impl Attributes<'_> {
    fn sizes(&self, key: &str) -> Vec<usize> {
        self.0[key].as_array().map_or_else(Vec::new, |v| {
            v.iter().map(|n| n.as_u64().expect("size") as usize).collect()
        })
    }
    fn integers(&self, key: &str) -> Vec<i64> {
        self.0[key].as_array().expect("list").iter().map(|n| n.as_i64().expect("integer")).collect()
    }
    fn size(&self, key: &str) -> usize {
        self.0[key].as_u64().unwrap_or_else(|| panic!("{key} in {}", self.0)) as usize
    }
    fn flag(&self, key: &str) -> bool {
        self.0[key].as_bool().unwrap_or(false)
    }
    fn text(&self, key: &str) -> &str {
        self.0[key].as_str().unwrap_or_else(|| panic!("{key} in {}", self.0))
    }
    fn padding(&self) -> Vec<(i64, i64)> {
        let pairs = self.0["padding"].as_array().expect("padding");
        pairs.iter().map(|p| (p[0].as_i64().expect("low"), p[1].as_i64().expect("high"))).collect()
    }
    fn window(&self) -> Window {
        let mut window = Window::new(self.sizes("window_dimensions"), self.sizes("window_strides"));
        window.padding = self.padding();
        for (key, to) in [("base_dilations", 0), ("window_dilations", 1)] {
            let given = self.sizes(key);
            if !given.is_empty() {
                if to == 0 {
                    window.base_dilations = given
                } else {
                    window.window_dilations = given
                }
            }
        }
        window
    }
}

fn reducer(name: &str) -> Reducer {
    match name {
        "add" => Reducer::Add,
        "multiply" | "mul" => Reducer::Multiply,
        "maximum" | "max" => Reducer::Maximum,
        "minimum" | "min" => Reducer::Minimum,
        "and" => Reducer::And,
        "or" => Reducer::Or,
        other => panic!("unknown body {other}"),
    }
}

fn direction(name: &str) -> Direction {
    Direction::ALL
        .into_iter()
        .find(|d| d.name() == name)
        .unwrap_or_else(|| panic!("direction {name}"))
}

/// The body of an argmax: the greater value wins, then the smaller index.
pub(crate) fn argmax_body(value: DType, index: DType) -> Arc<Graph> {
    let b = Builder::new("argmax");
    let [v, w] = [value, index].map(|d| b.input(TensorType::scalar(d)));
    let [x, i] = [value, index].map(|d| b.input(TensorType::scalar(d)));
    let tie = v.eq(x).and(w.lt(i));
    let keep = v.gt(x).or(v.ne(v)).or(tie);
    Arc::new(b.finish(&[keep.select(v, x), keep.select(w, i)]).expect("argmax body"))
}

fn op(kind: &str, a: &Attributes<'_>, inputs: &[Array], outputs: &[Array]) -> Op {
    if let Some(op) = Unary::ALL.iter().find(|op| op.record().mnemonic == kind) {
        return (*op).into();
    }
    if let Some(op) = Binary::ALL.iter().find(|op| op.record().mnemonic == kind) {
        return (*op).into();
    }
    let dtype = inputs.first().map_or(DType::F32, Array::dtype);
    let out = &outputs[0];
    match kind {
        "compare" => Compare { direction: direction(a.text("comparison_direction")) }.into(),
        "select" => Select.into(),
        "clamp" => Clamp.into(),
        "convert" => Convert { dtype: out.dtype() }.into(),
        "iota" => Iota { ty: TensorType::of(out), dimension: a.size("iota_dimension") }.into(),
        "rng_bit_generator" => {
            RngBitGenerator { algorithm: Algorithm::Philox, ty: TensorType::of(&outputs[1]) }.into()
        }
        "broadcast_in_dim" => BroadcastInDim {
            shape: out.shape().clone(),
            dimensions: a.sizes("broadcast_dimensions"),
        }
        .into(),
        "reshape" => Reshape { shape: out.shape().clone() }.into(),
        "transpose" => Transpose { permutation: a.sizes("permutation") }.into(),
        "reverse" => Reverse { dimensions: a.sizes("dimensions") }.into(),
        "slice" => Slice {
            start: a.sizes("start_indices"),
            limit: a.sizes("limit_indices"),
            strides: a.sizes("strides"),
        }
        .into(),
        "pad" => Pad {
            low: a.integers("edge_padding_low"),
            high: a.integers("edge_padding_high"),
            interior: a.integers("interior_padding"),
        }
        .into(),
        "concatenate" => Concatenate { dimension: a.size("dimension") }.into(),
        "dynamic_slice" => DynamicSlice { sizes: a.sizes("slice_sizes") }.into(),
        "dynamic_update_slice" => DynamicUpdateSlice.into(),
        "dot_general" => DotGeneral {
            lhs_batching: a.sizes("lhs_batching_dimensions"),
            rhs_batching: a.sizes("rhs_batching_dimensions"),
            lhs_contracting: a.sizes("lhs_contracting_dimensions"),
            rhs_contracting: a.sizes("rhs_contracting_dimensions"),
            result: (out.dtype() != dtype).then(|| out.dtype()),
        }
        .into(),
        "convolution" => Convolution {
            dims: ConvDims {
                input_batch: a.size("input_batch_dimension"),
                input_feature: a.size("input_feature_dimension"),
                input_spatial: a.sizes("input_spatial_dimensions"),
                kernel_input_feature: a.size("kernel_input_feature_dimension"),
                kernel_output_feature: a.size("kernel_output_feature_dimension"),
                kernel_spatial: a.sizes("kernel_spatial_dimensions"),
                output_batch: a.size("output_batch_dimension"),
                output_feature: a.size("output_feature_dimension"),
                output_spatial: a.sizes("output_spatial_dimensions"),
            },
            strides: a.sizes("window_strides"),
            padding: a.padding(),
            lhs_dilation: a.sizes("lhs_dilation"),
            rhs_dilation: a.sizes("rhs_dilation"),
            reversal: a.0["window_reversal"]
                .as_array()
                .expect("reversal")
                .iter()
                .map(|r| r.as_bool().expect("bool"))
                .collect(),
            feature_group_count: a.size("feature_group_count"),
            batch_group_count: a.size("batch_group_count"),
        }
        .into(),
        "reduce" => Reduce {
            dimensions: a.sizes("dimensions"),
            body: match a.text("body") {
                "argmax" => argmax_body(dtype, inputs[1].dtype()),
                name => reducer(name).body(dtype),
            },
        }
        .into(),
        "reduce_window" => {
            ReduceWindow { window: a.window(), body: reducer(a.text("body")).body(dtype) }.into()
        }
        "select_and_scatter" => SelectAndScatter {
            window: a.window(),
            select: SelectAndScatter::selector(direction(a.text("select")), dtype),
            scatter: reducer(a.text("scatter")).body(dtype),
        }
        .into(),
        "gather" => Gather {
            offset_dims: a.sizes("offset_dims"),
            collapsed_slice_dims: a.sizes("collapsed_slice_dims"),
            operand_batching_dims: a.sizes("operand_batching_dims"),
            start_indices_batching_dims: a.sizes("start_indices_batching_dims"),
            start_index_map: a.sizes("start_index_map"),
            index_vector_dim: a.size("index_vector_dim"),
            slice_sizes: a.sizes("slice_sizes"),
            indices_are_sorted: a.flag("indices_are_sorted"),
        }
        .into(),
        "scatter" => Scatter {
            update_window_dims: a.sizes("update_window_dims"),
            inserted_window_dims: a.sizes("inserted_window_dims"),
            input_batching_dims: a.sizes("input_batching_dims"),
            scatter_indices_batching_dims: a.sizes("scatter_indices_batching_dims"),
            scatter_dims_to_operand_dims: a.sizes("scatter_dims_to_operand_dims"),
            index_vector_dim: a.size("index_vector_dim"),
            indices_are_sorted: a.flag("indices_are_sorted"),
            unique_indices: a.flag("unique_indices"),
            body: match a.text("body") {
                "replace" => Scatter::replace(dtype),
                name => reducer(name).body(dtype),
            },
        }
        .into(),
        "sort" => {
            let dtypes: Vec<DType> = inputs.iter().map(Array::dtype).collect();
            Sort {
                dimension: a.size("dimension"),
                is_stable: a.flag("is_stable"),
                comparator: Sort::comparator(&dtypes, direction(a.text("comparator"))),
            }
            .into()
        }
        "top_k" => TopK { k: a.size("k") }.into(),
        "cholesky" => Cholesky { lower: a.flag("lower") }.into(),
        "triangular_solve" => TriangularSolve {
            left_side: a.flag("left_side"),
            lower: a.flag("lower"),
            unit_diagonal: a.flag("unit_diagonal"),
            transpose_a: if a.text("transpose_a") == "TRANSPOSE" {
                SolveTranspose::Transpose
            } else {
                SolveTranspose::NoTranspose
            },
        }
        .into(),
        other => panic!("no op {other} in the golden reader"),
    }
}
