// Appended to a copy of the prototypes' mlp_lstm_step.rs: serves its training step and its products.
include!("serve.rs");

fn main() {
    serve(|words| {
        let sizes: Vec<usize> = words[1..].iter().filter_map(|w| w.parse().ok()).collect();
        match words[0] {
            "fit" | "engine" | "function" => {
                let classes = sizes[sizes.len() - 1];
                let begin = move || {
                    let mut mlp = Mlp::new(&sizes, 32);
                    mlp.a[0] = numbers(32 * sizes[0], 3, 1.0);
                    mlp
                };
                let (mut mlp, mut y, mut steps) = (begin(), vec![0; 32], 0);
                Some(Case::Call(Box::new(move || {
                    // As our own side: fresh now and then, and other classes in each step.
                    steps += 1;
                    if steps % 200 == 0 {
                        mlp = begin();
                    }
                    (0..32).for_each(|i| y[i] = (i + steps) % classes);
                    std::hint::black_box(mlp.step(&y, 1));
                })))
            }
            "gemm" => {
                let (m, k, n, layout) = (sizes[0], sizes[1], sizes[2], words[4]);
                // Room beyond the ends, where its loads reach.
                let (a, b) = (numbers(m * k + 64, 1, 1.0), numbers(k * n + 64, 2, 1.0));
                let mut c = vec![0f32; m * n + 64];
                let (ars, acs) = if layout.starts_with('t') { (1, m) } else { (k, 1) };
                let (brs, bcs) = if layout.ends_with('t') { (1, k) } else { (n, 1) };
                Some(Case::Call(Box::new(move || {
                    let (a, b, c) = (a.as_ptr(), b.as_ptr(), c.as_mut_ptr());
                    gemm(&G { m, n, k, a, ars, acs, b, brs, bcs, c, crs: n }, 1)
                })))
            }
            _ => None,
        }
    });
}
