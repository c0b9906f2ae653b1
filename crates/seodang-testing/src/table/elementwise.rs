//! Rows of the elementwise ops.

use super::{FLOATS, Table, array, numbers, specials};
use crate::Tolerance::{self, Exact, Ulps};
use seodang_core::DType;
use seodang_ir::ops::*;

/// How exact an op of one operand must be, and on which inputs it is tried besides the specials.
fn unary_row(op: Unary) -> (Tolerance, &'static [f64]) {
    const WIDE: &[f64] = &[-30.0, -5.5, -0.3, 0.01, 0.7, 4.2, 25.0];
    match op {
        Unary::Abs => (Exact, WIDE),
        Unary::Cbrt => (Ulps(3.0), WIDE),
        Unary::Ceil => (Exact, WIDE),
        Unary::Cosine => (Ulps(4.0), WIDE),
        Unary::CountLeadingZeros => (Exact, WIDE),
        Unary::Digamma => {
            (Tolerance::Close { rel: 4e-6, abs: 4e-6 }, &[0.3, 1.2, 1.4616, 5.5, 20.0])
        }
        Unary::Erf => (Ulps(4.0), WIDE),
        Unary::ErfInv => {
            (Tolerance::Close { rel: 4e-6, abs: 1e-12 }, &[-0.99, -0.5, -0.01, 0.3, 0.999])
        }
        Unary::Exponential => (Ulps(4.0), WIDE),
        Unary::ExponentialMinusOne => (Ulps(4.0), WIDE),
        Unary::Floor => (Exact, WIDE),
        Unary::IsFinite => (Exact, WIDE),
        Unary::Lgamma => {
            (Tolerance::Close { rel: 4e-6, abs: 4e-6 }, &[0.3, 1.0, 1.4616, 5.5, 20.0])
        }
        Unary::Log => (Ulps(4.0), WIDE),
        Unary::LogPlusOne => (Ulps(4.0), WIDE),
        Unary::Logistic => (Ulps(4.0), WIDE),
        Unary::Negate => (Exact, WIDE),
        Unary::Not => (Exact, WIDE),
        Unary::Popcnt => (Exact, WIDE),
        Unary::RoundNearestAfz => (Exact, &[-2.5, -0.5, 0.49999997, 0.5, 1.5, 2.5]),
        Unary::RoundNearestEven => (Exact, &[-2.5, -0.5, 0.49999997, 0.5, 1.5, 2.5]),
        Unary::Rsqrt => (Ulps(4.0), WIDE),
        Unary::Sign => (Exact, WIDE),
        Unary::Sine => (Ulps(4.0), WIDE),
        Unary::Sqrt => (Ulps(1.0), WIDE),
        Unary::Tan => (Ulps(6.0), WIDE),
        Unary::Tanh => (Ulps(4.0), WIDE),
    }
}

/// How exact an op of two operands must be.
fn binary_row(op: Binary) -> Tolerance {
    match op {
        Binary::Add | Binary::Subtract | Binary::Multiply | Binary::Divide => Ulps(1.0),
        Binary::Maximum | Binary::Minimum => Exact,
        Binary::And | Binary::Or | Binary::Xor => Exact,
        Binary::ShiftLeft | Binary::ShiftRightArithmetic | Binary::ShiftRightLogical => Exact,
        Binary::Remainder => Ulps(1.0),
        Binary::Power => Ulps(8.0),
        Binary::Atan2 => Ulps(6.0),
    }
}

/// Special values at which an op is not tried, because specification and libraries leave them open:
/// angles too large for their type, powers out of range, poles.
fn unary_defined(op: Unary, dtype: DType, x: f64) -> bool {
    match op {
        Unary::Sine | Unary::Cosine | Unary::Tan => x.abs() < 1e4 || !x.is_finite(),
        Unary::Lgamma | Unary::Digamma => x > 1e-3 && x < 1e4,
        Unary::ErfInv => x.abs() <= 1.0,
        // Rounding to the type may cross infinity.
        Unary::Rsqrt | Unary::Cbrt => dtype != DType::F16 || x.abs() > 1e-4 || x == 0.0,
        _ => true,
    }
}

fn binary_defined(op: Binary, dtype: DType, a: f64, b: f64) -> bool {
    match op {
        // Division and remainder by zero, and of the smallest integer by -1, are left open.
        Binary::Divide | Binary::Remainder if !dtype.is_float() => {
            b != 0.0 && !(b == -1.0 && a < -100.0)
        }
        Binary::Remainder => a.is_finite() && b != 0.0 && a.abs() < 1e4 && b.abs() > 1e-2,
        Binary::Power if dtype.is_float() => {
            // Libraries differ in underflow and overflow of half-precision powers.
            (a.abs() < 20.0 && b.abs() < 4.0 && a.abs() > 1e-2) || a == 1.0
        }
        Binary::Power => (0.0..8.0).contains(&b),
        Binary::Atan2 => a.abs() < 1e3 && b.abs() < 1e3 && (a.abs() > 1e-2 || b.abs() > 1e-2),
        _ => true,
    }
}

pub(super) fn add(table: &mut Table) {
    for &op in Unary::ALL {
        let record = op.record();
        let (tolerance, values) = unary_row(op);
        for dtype in DType::ALL.into_iter().filter(|&d| record.takes.contains(d)) {
            let mut x: Vec<f64> =
                specials(dtype).into_iter().filter(|&x| unary_defined(op, dtype, x)).collect();
            x.extend_from_slice(values);
            let name = format!("{}/{dtype}", record.mnemonic);
            table.op(&name, op, vec![array(dtype, [x.len()], &x)], tolerance);
            if matches!(dtype, DType::F32 | DType::I32 | DType::Bool) {
                table.op(format!("{name}/empty"), op, vec![numbers(dtype, [0, 3], 1)], tolerance);
                table.op(format!("{name}/scalar"), op, vec![array(dtype, [], &[0.5])], tolerance);
            }
            // Long enough for every vector width and for several tiles, with a ragged end.
            if dtype.is_float() && !matches!(op, Unary::Digamma | Unary::Lgamma | Unary::ErfInv) {
                table.op(format!("{name}/long"), op, vec![numbers(dtype, [3, 701], 2)], tolerance);
            }
        }
    }
    for &op in Binary::ALL {
        let record = op.record();
        let tolerance = binary_row(op);
        for dtype in DType::ALL.into_iter().filter(|&d| record.takes.contains(d)) {
            let values = specials(dtype);
            let round = |x: f64| array(dtype, [], &[x]).to_f64_vec()[0];
            let mut pairs: Vec<(f64, f64)> = Vec::new();
            for &a in &values {
                for &b in &values {
                    if binary_defined(op, dtype, round(a), round(b)) {
                        pairs.push((a, b));
                    }
                }
            }
            let column = |f: fn(&(f64, f64)) -> f64| {
                array(dtype, [pairs.len()], &pairs.iter().map(f).collect::<Vec<_>>())
            };
            let name = format!("{}/{dtype}", record.mnemonic);
            table.op(&name, op, vec![column(|p| p.0), column(|p| p.1)], tolerance);
            if matches!(dtype, DType::F32 | DType::I32 | DType::Bool) {
                let empty = vec![numbers(dtype, [2, 0], 1), numbers(dtype, [2, 0], 2)];
                table.op(format!("{name}/empty"), op, empty, tolerance);
            }
        }
    }
    for direction in Direction::ALL {
        for dtype in DType::ALL {
            let values = specials(dtype);
            let n = values.len();
            let a: Vec<f64> = (0..n * n).map(|i| values[i / n]).collect();
            let b: Vec<f64> = (0..n * n).map(|i| values[i % n]).collect();
            let inputs = vec![array(dtype, [n, n], &a), array(dtype, [n, n], &b)];
            table.op(
                format!("compare/{}/{dtype}", direction.name()),
                Compare { direction },
                inputs,
                Exact,
            );
        }
    }
    for dtype in DType::ALL {
        let (a, b) = (numbers(dtype, [5, 7], 3), numbers(dtype, [5, 7], 4));
        let p = numbers(DType::Bool, [5, 7], 5);
        table.op(format!("select/{dtype}"), Select, vec![p, a.clone(), b.clone()], Exact);
        for choice in [0.0, 1.0] {
            let p = array(DType::Bool, [], &[choice]);
            let inputs = vec![p, a.clone(), b.clone()];
            table.op(format!("select/{dtype}/scalar/{choice}"), Select, inputs, Exact);
        }
        if dtype != DType::Bool {
            let limits = [array(dtype, [], &[1.0]), array(dtype, [], &[2.0])];
            let [low, high] = limits;
            table.op(format!("clamp/{dtype}/scalar"), Clamp, vec![low, a.clone(), high], Exact);
            let c = numbers(dtype, [5, 7], 6);
            table.op(format!("clamp/{dtype}"), Clamp, vec![a, b, c], Exact);
        }
    }
    for from in DType::ALL {
        for to in DType::ALL {
            // Out of range, float-to-integer conversion is left open by the specification.
            let fits = |x: f64| {
                !from.is_float()
                    || to.is_float()
                    || (x.abs() < 100.0 && (x >= 0.0 || to.kind() != seodang_core::Kind::Unsigned))
            };
            let values: Vec<f64> = (specials(from).into_iter())
                .filter(|&x| (fits(x) && (to.is_float() || !x.is_nan())) || to == DType::Bool)
                .collect();
            let x = array(from, [values.len()], &values);
            table.op(format!("convert/{from}/{to}"), Convert { dtype: to }, vec![x], Exact);
        }
    }
    // A chain that an engine fuses, with every kind of broadcast in it.
    for dtype in FLOATS {
        let inputs = vec![
            numbers(dtype, [6, 37], 7),
            numbers(dtype, [37], 8),
            numbers(dtype, [6], 9),
            numbers(dtype, [], 10),
        ];
        let unit = 8.0 * dtype.unit_roundoff();
        let tolerance = Tolerance::Close { rel: unit, abs: unit * 8.0 };
        table.program(format!("fused/{dtype}"), inputs, tolerance, |_, x| {
            let row = x[1].broadcast_in_dim([6, 37], &[1]);
            let column = x[2].broadcast_in_dim([6, 37], &[0]);
            let scalar = x[3].broadcast_in_dim([6, 37], &[]);
            let h = (x[0] * row + column).maximum(0.0);
            vec![h, h * scalar - x[0], h.gt(scalar)]
        });
    }
}
