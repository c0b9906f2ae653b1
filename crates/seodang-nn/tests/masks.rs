//! Masks: where they come from, how they go through layers and models, what they leave out.

use seodang_core::random::Stream;
use seodang_core::{Array, DType};
use seodang_nn::layers::*;
use seodang_nn::losses::{Loss, MeanSquaredError};
use seodang_nn::{Choice, Dims};
use seodang_tensor::Tensor;

fn tensor(shape: &[usize], values: &[f32]) -> Tensor {
    Tensor::from_array(&Array::from_slice(shape, values).unwrap()).unwrap()
}

fn built(layer: impl Into<LayerRef>, dims: Dims) -> LayerRef {
    let layer = layer.into();
    let mut stream = Stream::new(1, 0);
    layer.build_in(&mut BuildContext::new("", &mut stream), &[dims]).unwrap();
    layer
}

fn values(mask: &Option<Tensor>) -> Vec<f64> {
    mask.as_ref().expect("a mask").to_f64_vec().unwrap()
}

#[test]
fn embedding_and_masking_make_masks() {
    let mut cx = CallContext::new(false, None);
    let ids = Tensor::new([2, 3], vec![3i32, 0, 1, 0, 0, 2]).unwrap();
    let layer = built(Embedding::new(4usize, 2usize).mask_zero(true), [2, 3].into());
    let (y, masks) = layer.call_masked(&mut cx, std::slice::from_ref(&ids), &[]).unwrap();
    assert_eq!(y[0].shape().dims(), [2, 3, 2]);
    assert_eq!(values(&masks[0]), [1.0, 0.0, 1.0, 0.0, 0.0, 1.0]);
    let plain = built(Embedding::new(4usize, 2usize), [2, 3].into());
    assert!(plain.call_masked(&mut cx, &[ids], &[]).unwrap().1[0].is_none());

    let layer = built(Masking::new().mask_value(-1.0), [1, 3, 2].into());
    let x = tensor(&[1, 3, 2], &[-1.0, -1.0, -1.0, 5.0, 2.0, 3.0]);
    let (y, masks) = layer.call_masked(&mut cx, &[x], &[]).unwrap();
    assert_eq!(y[0].to_f64_vec().unwrap(), [0.0, 0.0, -1.0, 5.0, 2.0, 3.0]);
    assert_eq!(values(&masks[0]), [0.0, 1.0, 1.0]);
}

#[test]
fn an_index_out_of_range_is_named() {
    let layer = built(Embedding::new(4usize, 2usize), [1, 2].into());
    for wrong in [4i32, -1] {
        let ids = Tensor::new([1, 2], vec![0, wrong]).unwrap();
        let e = layer.call(&mut CallContext::new(false, None), &[ids]).err().unwrap().to_string();
        assert!(e.contains("out of range") && e.contains(&wrong.to_string()), "{e}");
    }
    // Floats are cut to integers.
    let y =
        layer.call(&mut CallContext::new(false, None), &[tensor(&[1, 2], &[3.0, 0.5])]).unwrap();
    assert_eq!(y[0].shape().dims(), [1, 2, 2]);
}

#[test]
fn masks_are_handed_on_merged_or_lost() {
    let mut cx = CallContext::new(false, None);
    let x = tensor(&[1, 2, 2], &[1.0, 2.0, 3.0, 4.0]);
    let mask =
        |v: [bool; 2]| Some(Tensor::from_array(&Array::from_slice([1, 2], &v).unwrap()).unwrap());
    let (a, b) = (mask([true, false]), mask([false, false]));
    let dims: Dims = [1, 2, 2].into();
    let dense = built(Dense::new(3usize), dims.clone());
    let (_, out) =
        dense.call_masked(&mut cx, std::slice::from_ref(&x), std::slice::from_ref(&a)).unwrap();
    assert_eq!(values(&out[0]), [1.0, 0.0]);
    let flat = built(Flatten::new(), dims.clone());
    assert!(
        flat.call_masked(&mut cx, std::slice::from_ref(&x), std::slice::from_ref(&a)).unwrap().1[0]
            .is_none()
    );
    let two = |layer: LayerRef, masks: &[Option<Tensor>]| {
        let mut stream = Stream::new(1, 0);
        let dims = [dims.clone(), dims.clone()];
        layer.build_in(&mut BuildContext::new("", &mut stream), &dims).unwrap();
        let x = [x.clone(), x.clone()];
        layer.call_masked(&mut CallContext::new(false, None), &x, masks).unwrap().1.remove(0)
    };
    assert_eq!(values(&two(Add::new().into(), &[a.clone(), b.clone()])), [1.0, 0.0]);
    assert!(two(Add::new().into(), &[a.clone(), None]).is_none());
    let joined = two(Concatenate::new().into(), &[a.clone(), b.clone()]);
    assert_eq!(values(&joined), [1.0, 0.0]);
    assert_eq!(values(&two(Concatenate::new().into(), &[None, b])), [1.0, 1.0]);
}

#[test]
fn a_loss_is_the_mean_of_what_counts() {
    let loss: Choice<dyn Loss> = MeanSquaredError::new().into();
    let (t, p) = (tensor(&[1, 3, 1], &[0.0; 3]), tensor(&[1, 3, 1], &[1.0, 2.0, 100.0]));
    let mask =
        Tensor::from_array(&Array::from_slice([1, 3], &[true, true, false]).unwrap()).unwrap();
    let value = loss.get().unwrap().compute_masked(&t, &p, None, Some(&mask)).unwrap();
    assert_eq!(value.item().unwrap(), 2.5);
    assert_eq!(mask.dtype(), DType::Bool);
}
