//! Tensors, variables and functions on a PJRT plugin.
//!
//! The plugin is the one that SEODANG_PJRT_CPU_PLUGIN names; without it these tests pass with a note,
//! unless SEODANG_REQUIRE_PJRT is set (`cargo xtask test` sets both).
#![cfg(feature = "pjrt")]

mod common;

use common::{random, tensor, values};
use seodang_tensor::{
    DType, Device, Function, Result, Tensor, Variable, variable_gradients, with_device,
};

fn device() -> Option<Device> {
    let Some(path) = std::env::var_os("SEODANG_PJRT_CPU_PLUGIN") else {
        let required = std::env::var_os("SEODANG_REQUIRE_PJRT").is_some();
        assert!(!required, "SEODANG_REQUIRE_PJRT is set, and SEODANG_PJRT_CPU_PLUGIN is not");
        println!("skipped: SEODANG_PJRT_CPU_PLUGIN names no plugin");
        return None;
    };
    Some(Device::pjrt(path).expect("the plugin opens"))
}

/// The weights after some steps of a small network, and the losses on the way.
fn train() -> Result<Vec<f64>> {
    let x = Tensor::from_array(&random(DType::F32, &[16, 6], -1.0, 1.0, 1))?;
    let y = Tensor::from_array(&random(DType::F32, &[16, 3], -1.0, 1.0, 2))?;
    let w1 = Variable::new(random(DType::F32, &[6, 8], -0.5, 0.5, 3), "w1")?;
    let w2 = Variable::new(random(DType::F32, &[8, 3], -0.5, 0.5, 4), "w2")?;
    let weights = [w1, w2];
    let own = weights.clone();
    let step = Function::new("step", move |xy: &[Tensor]| {
        let hidden = xy[0].matmul(&own[0].value()?)?.tanh()?;
        let loss = hidden.matmul(&own[1].value()?)?.sub(&xy[1])?.square()?.mean(&[], false)?;
        for (v, g) in own.iter().zip(variable_gradients(&loss, &own)?) {
            v.assign_sub(&(g * 0.3)?)?;
        }
        Ok(vec![loss])
    });
    let mut out = Vec::new();
    for _ in 0..20 {
        out.push(step.call(&[x.clone(), y.clone()])?[0].item()?);
    }
    for w in &weights {
        out.extend(w.to_array()?.to_f64_vec());
    }
    Ok(out)
}

#[test]
fn pjrt_trains_as_the_cpu_engine_does() {
    let Some(device) = device() else { return };
    let want = with_device(Device::cpu(), train).unwrap();
    let got = with_device(device, train).unwrap();
    assert!(want[19] < 0.8 * want[0], "the loss goes from {} to {}", want[0], want[19]);
    for (g, w) in got.iter().zip(&want) {
        assert!((g - w).abs() < 1e-5, "{g} on PJRT, {w} on the CPU engine");
    }
}

#[test]
fn pjrt_devices_are_opened_once_and_hold_eager_tensors() {
    let Some(device) = device() else { return };
    assert_eq!(self::device(), Some(device));
    assert_eq!(Device::named(device.name()).unwrap(), device);
    let y = with_device(device, || tensor(&[2], &[2.0, 3.0]).square()?.add(1.0)).unwrap();
    assert_eq!(y.device(), device);
    assert_eq!(values(&y), [5.0, 10.0]);
}
