//! Scattering slices to computed places.

use super::gather::{index_place, per_component};
use super::reduce::{collect, element};
use super::{Gather, Iota, Reducer};
use super::{arity, check_body, doc, int_list, require, same_dtype};
use crate::autodiff::Derivative;
use crate::op::OpDef;
use crate::{Builder, Expr, Graph, TensorType};
use seodang_core::{Array, DType, Error, Result, Text, text};
use std::sync::Arc;

/// The first operand with slices of the third combined into it at the index vectors of the second.
///
/// Updates whose place is out of range are dropped. Updates that meet are combined in row-major order
/// of the updates.
#[derive(Clone, PartialEq, Debug)]
pub struct Scatter {
    /// Dimensions of the updates that are dimensions of the slices.
    pub update_window_dims: Vec<usize>,
    /// Dimensions of the operand that the slices do not have.
    pub inserted_window_dims: Vec<usize>,
    /// Batching dimensions of the operand.
    pub input_batching_dims: Vec<usize>,
    /// The dimensions of the indices they go with.
    pub scatter_indices_batching_dims: Vec<usize>,
    /// For each component of an index vector, the dimension of the operand it indexes.
    pub scatter_dims_to_operand_dims: Vec<usize>,
    /// The dimension of the indices that holds the index vectors; their rank if they are scalars.
    pub index_vector_dim: usize,
    /// A promise that the index vectors are sorted.
    pub indices_are_sorted: bool,
    /// A promise that no two index vectors are equal.
    pub unique_indices: bool,
    /// How an old element and an update are combined.
    pub body: Arc<Graph>,
}

impl Scatter {
    /// The body that puts the update in place of the old element.
    pub fn replace(dtype: DType) -> Arc<Graph> {
        let b = Builder::new("replace");
        b.input(TensorType::scalar(dtype));
        let update = b.input(TensorType::scalar(dtype));
        Arc::new(b.finish(&[update]).unwrap_or_default())
    }

    /// Whether the body puts the update in place of the old element.
    pub fn replaces(&self) -> bool {
        self.body.nodes().is_empty() && self.body.outputs() == &self.body.inputs()[1..]
    }

    /// The gather that reads the places this scatter writes.
    fn inverse(&self, operand: &[usize], updates: &[usize]) -> Gather {
        let gone = [&self.inserted_window_dims[..], &self.input_batching_dims[..]].concat();
        let mut windows = self.update_window_dims.iter();
        let slice_sizes = (0..operand.len())
            .map(|d| if gone.contains(&d) { 1 } else { windows.next().map_or(1, |&w| updates[w]) })
            .collect();
        Gather {
            offset_dims: self.update_window_dims.clone(),
            collapsed_slice_dims: self.inserted_window_dims.clone(),
            operand_batching_dims: self.input_batching_dims.clone(),
            start_indices_batching_dims: self.scatter_indices_batching_dims.clone(),
            start_index_map: self.scatter_dims_to_operand_dims.clone(),
            index_vector_dim: self.index_vector_dim,
            slice_sizes,
            indices_are_sorted: self.indices_are_sorted,
        }
    }

    /// For each element of the updates, whether its place exists.
    fn in_range<'b>(
        &self,
        indices: Expr<'b>,
        gather: &Gather,
        operand: &[usize],
        updates: &[usize],
    ) -> Expr<'b> {
        let last = (self.scatter_dims_to_operand_dims.iter())
            .map(|&d| operand[d] - gather.slice_sizes[d])
            .collect();
        let last = per_component(indices, self.index_vector_dim, last);
        let ok = indices.ge(0.0).and(indices.le(last));
        let ok = if self.index_vector_dim < indices.rank() {
            ok.reduce(Reducer::And, &[self.index_vector_dim])
        } else {
            ok
        };
        let batch: Vec<usize> =
            (0..updates.len()).filter(|d| !self.update_window_dims.contains(d)).collect();
        ok.broadcast_in_dim(updates, &batch)
    }
}

impl OpDef for Scatter {
    fn mnemonic(&self) -> &'static str {
        "scatter"
    }

    fn spec(&self) -> &'static str {
        "scatter"
    }

    fn doc(&self) -> Text {
        doc("Slices combined into computed places.", "계산된 위치로 조각 흩뿌리기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 3)?;
        let (x, indices, updates) = (&operands[0], &operands[1], &operands[2]);
        super::Families::INTEGER.check(indices.dtype, "scatter I2")?;
        same_dtype(x, updates, "scatter C6")?;
        require(self.index_vector_dim <= indices.rank(), "scatter C22", || {
            text!(
                en: "index_vector_dim {} exceeds the indices' rank {}", self.index_vector_dim, indices.rank();
                ko: "index_vector_dim {}이(가) 색인의 차원 수 {}보다 큽니다", self.index_vector_dim, indices.rank()
            )
        })?;
        let gone = [&self.inserted_window_dims[..], &self.input_batching_dims[..]].concat();
        super::check_axes(&gone, x.rank(), "scatter C9-C13")?;
        super::check_axes(&self.scatter_dims_to_operand_dims, x.rank(), "scatter C20, C21")?;
        super::check_axes(&self.update_window_dims, updates.rank(), "scatter C7, C8")?;
        let vector = indices.shape.get(self.index_vector_dim).copied().unwrap_or(1);
        require(vector == self.scatter_dims_to_operand_dims.len(), "scatter C19", || {
            text!(
                en: "index vectors have {vector} components, scatter_dims_to_operand_dims {}",
                self.scatter_dims_to_operand_dims.len();
                ko: "색인 벡터의 성분은 {vector}개인데 scatter_dims_to_operand_dims는 {}개입니다",
                self.scatter_dims_to_operand_dims.len()
            )
        })?;
        require(
            x.rank() == self.update_window_dims.len() + gone.len(),
            "scatter C2",
            || text!(en: "window and inserted dimensions do not add up to the operand's rank", ko: "창 차원과 삽입 차원의 합이 피연산자의 차원 수와 다릅니다"),
        )?;
        let batching = self.input_batching_dims.len() == self.scatter_indices_batching_dims.len()
            && (self.input_batching_dims.iter().zip(&self.scatter_indices_batching_dims)).all(
                |(&d, &e)| e != self.index_vector_dim && indices.shape.get(e) == Some(&x.shape[d]),
            );
        require(
            batching,
            "scatter C14-C18",
            || text!(en: "batching dimensions do not fit", ko: "배치 차원이 맞지 않습니다"),
        )?;
        let mut batch = (indices.shape.iter().enumerate())
            .filter(|(d, _)| *d != self.index_vector_dim)
            .map(|(_, &n)| n);
        let mut windows =
            (x.shape.iter().enumerate()).filter(|(d, _)| !gone.contains(d)).map(|(_, &n)| n);
        let fits = updates.shape.iter().enumerate().all(|(d, &n)| {
            if self.update_window_dims.contains(&d) {
                windows.next().is_some_and(|most| n <= most)
            } else {
                batch.next() == Some(n)
            }
        });
        require(fits && batch.next().is_none(), "scatter C4", || {
            text!(
                en: "the updates' shape {} does not fit", updates.shape;
                ko: "updates의 모양 {}이(가) 맞지 않습니다", updates.shape
            )
        })?;
        let scalar = TensorType::scalar(x.dtype);
        check_body(&self.body, &[scalar.clone(), scalar.clone()], &[scalar], "scatter C23")?;
        Ok(vec![x.clone()])
    }

    fn derivative(&self) -> Derivative<Scatter> {
        Derivative::Rule(|op, cx| {
            let (x, indices, updates, dy) =
                (cx.operands[0], cx.operands[1], cx.operands[2], cx.dy());
            let gather = op.inverse(&x.shape(), &updates.shape());
            let zero = updates.zeros_like();
            match Reducer::of(&op.body) {
                // Each update that was not dropped gets the cotangent of its place.
                Some(Reducer::Add) => {
                    let taken = cx.b.apply(gather.clone(), &[dy, indices]);
                    let kept = op.in_range(indices, &gather, &x.shape(), &updates.shape());
                    Ok(vec![Some(dy), None, Some(kept.select(taken, zero))])
                }
                // Which update won a place is found by scattering their numbers in the same way.
                None if op.replaces() => {
                    let ids = Iota {
                        ty: TensorType::new(DType::I32, [updates.shape().size()]),
                        dimension: 0,
                    };
                    let one = if updates.shape().size() == 0 {
                        cx.b.full(&TensorType::new(DType::I32, updates.shape()), 1.0)
                    } else {
                        cx.b.apply(ids, &[]).reshape(updates.shape()) + 1.0
                    };
                    let none = cx.b.full(&TensorType::new(DType::I32, x.shape()), 0.0);
                    let numbers = Scatter { body: Scatter::replace(DType::I32), ..op.clone() };
                    let winners = cx.b.apply(numbers, &[none, indices, one]);
                    let won = cx.b.apply(gather.clone(), &[winners, indices]).eq(one);
                    let taken = cx.b.apply(gather, &[dy, indices]);
                    let dx = winners.eq(0.0).select(dy, dy.zeros_like());
                    Ok(vec![Some(dx), None, Some(won.select(taken, zero))])
                }
                _ => Err(Error::gradient(text!(
                    en: "only scattering by addition or replacement has a derivative",
                    ko: "더하거나 바꾸어 넣는 scatter만 미분할 수 있습니다"
                ))),
            }
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let (x, indices, updates) = (&operands[0], &operands[1], &operands[2]);
        let (shape, places) = (x.shape(), indices.to_i128_vec());
        let gone = [&self.inserted_window_dims[..], &self.input_batching_dims[..]].concat();
        let window_of: Vec<usize> = (0..shape.rank()).filter(|d| !gone.contains(d)).collect();
        let mut out: Vec<Array> = (0..x.size()).map(|i| element(x, i)).collect::<Result<_>>()?;
        for (flat, index) in updates.shape().indices().enumerate() {
            let batch: Vec<usize> = (0..index.len())
                .filter(|d| !self.update_window_dims.contains(d))
                .map(|d| index[d])
                .collect();
            let mut to = vec![0i128; shape.rank()];
            for (k, &d) in self.scatter_dims_to_operand_dims.iter().enumerate() {
                to[d] = places[index_place(&batch, self.index_vector_dim, k, indices.shape())];
            }
            for (&d, &e) in self.input_batching_dims.iter().zip(&self.scatter_indices_batching_dims)
            {
                to[d] = batch[e - usize::from(e > self.index_vector_dim)] as i128;
            }
            // As XLA has it, an update is dropped whole when a part of it lies outside.
            let mut inside = true;
            for (d, &n) in shape.iter().enumerate() {
                let window = window_of.iter().position(|&w| w == d);
                let size = window.map_or(1, |w| updates.shape()[self.update_window_dims[w]]);
                inside &= to[d] >= 0 && to[d] + size as i128 <= n as i128;
                to[d] += window.map_or(0, |w| index[self.update_window_dims[w]] as i128);
            }
            if !inside {
                continue;
            }
            let to: Vec<usize> = to.iter().map(|&i| i as usize).collect();
            let at = shape.ravel(&to);
            let pair = [out[at].clone(), element(updates, flat)?];
            out[at] = crate::evaluate(&self.body, &pair)?.swap_remove(0);
        }
        let places: Vec<Vec<Array>> = out.into_iter().map(|a| vec![a]).collect();
        collect(&places, results)
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        let lists = [
            ("update_window_dims", &self.update_window_dims),
            ("inserted_window_dims", &self.inserted_window_dims),
            ("input_batching_dims", &self.input_batching_dims),
            ("scatter_indices_batching_dims", &self.scatter_indices_batching_dims),
            ("scatter_dims_to_operand_dims", &self.scatter_dims_to_operand_dims),
        ];
        let mut parts: Vec<String> = (lists.iter().filter(|(_, v)| !v.is_empty()))
            .map(|(n, v)| format!("{n} = {}", int_list(v)))
            .collect();
        parts.push(format!("index_vector_dim = {}", self.index_vector_dim));
        vec![
            ("scatter_dimension_numbers", format!("#stablehlo.scatter<{}>", parts.join(", "))),
            ("indices_are_sorted", self.indices_are_sorted.to_string()),
            ("unique_indices", self.unique_indices.to_string()),
        ]
    }

    fn regions(&self) -> Vec<&Graph> {
        vec![&self.body]
    }

    fn with_regions(&self, regions: Vec<Graph>) -> Scatter {
        let body = regions.into_iter().next().map_or_else(|| self.body.clone(), Arc::new);
        Scatter { body, ..self.clone() }
    }
}
