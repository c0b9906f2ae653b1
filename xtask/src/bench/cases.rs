//! What is measured, and the bars of the project.

/// A bar that a case must keep.
#[derive(Clone, Copy)]
pub(super) enum Bar {
    /// Our time is at most this many times theirs.
    TimesTheirs(f64),
    /// Our throughput is at least this share of theirs.
    ShareOfTheirs(f64),
    /// Our time is at most this many seconds.
    Seconds(f64),
    /// For information.
    None,
}

/// A row of the table.
pub(super) struct Case {
    /// What both programs are asked for.
    pub(super) name: String,
    pub(super) bar: Bar,
    /// Floating-point operations of a run, where throughput is what one looks at.
    pub(super) flop: f64,
    /// How long a round of a program lasts.
    pub(super) milliseconds: u32,
}

/// Multilayer perceptrons whose training steps are timed, batch 32, Adam.
const NETWORKS: [&str; 2] = ["784 128 10", "784 512 512 10"];

/// Products: rows, contracted, columns, and which operands lie in memory transposed. After the shapes
/// of a network's passes, the table of products that the engine was designed by.
const PRODUCTS: [(usize, usize, usize, &str); 17] = [
    (32, 784, 128, "nn"),
    (784, 32, 128, "tn"),
    (32, 128, 10, "nn"),
    (128, 32, 10, "tn"),
    (32, 10, 128, "nt"),
    (32, 512, 512, "nn"),
    (512, 32, 512, "tn"),
    (32, 512, 512, "nt"),
    (64, 64, 64, "nn"),
    (256, 256, 256, "nn"),
    (4096, 27, 32, "nn"),
    (4096, 288, 64, "nn"),
    (1024, 1024, 1024, "nn"),
    (1024, 1024, 1024, "nt"),
    (1024, 1024, 1024, "tn"),
    (1024, 1024, 1024, "tt"),
    (33, 257, 100, "nn"),
];

/// Convolutions by 3x3 kernels: height and width of the padded images, features in and out.
const CONVOLUTIONS: [(usize, usize, usize); 5] =
    [(28, 1, 32), (34, 3, 32), (26, 32, 64), (18, 64, 64), (10, 128, 128)];

/// Images of a convolution's batch.
const IMAGES: usize = 32;

pub(super) fn cases() -> Vec<Case> {
    let case = |name: String, bar| Case { name, bar, flop: 0.0, milliseconds: 40 };
    let mut all = Vec::new();
    for sizes in NETWORKS {
        all.push(case(format!("fit {sizes}"), Bar::TimesTheirs(1.2)));
        all.push(case(format!("function {sizes}"), Bar::None));
        all.push(case(format!("engine {sizes}"), Bar::None));
        all.push(case(format!("compile {sizes}"), Bar::Seconds(0.010)));
    }
    all.push(case("add 4".to_string(), Bar::Seconds(1e-6)));
    let heavy = Bar::ShareOfTheirs(0.85);
    for (m, k, n, layout) in PRODUCTS {
        let flop = (2 * m * k * n) as f64;
        let milliseconds = if flop > 1e9 { 100 } else { 20 };
        let name = format!("gemm {m} {k} {n} {layout}");
        all.push(Case { name, bar: heavy, flop, milliseconds });
    }
    for (h, c, o) in CONVOLUTIONS {
        let flop = (2 * IMAGES * (h - 2) * (h - 2) * c * o * 9) as f64;
        for pass in ["forward", "kernel", "input"] {
            // Nothing asks for the gradient of the first layer's input.
            if pass == "input" && c < 16 {
                continue;
            }
            let name = format!("conv {IMAGES} {h} {h} {c} {o} {pass}");
            all.push(Case { name, bar: heavy, flop, milliseconds: 40 });
        }
    }
    all
}
