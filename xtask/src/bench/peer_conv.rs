// Appended to a copy of the prototypes' conv.rs: serves its direct convolutions. The kernel is packed
// beforehand and images come padded, which it leaves to its caller.
include!("serve.rs");

fn main() {
    serve(|words| {
        if words[0] != "conv" {
            return None;
        }
        let sizes: Vec<usize> = words[1..6].iter().filter_map(|w| w.parse().ok()).collect();
        let mut v = Cv { n: sizes[0], h: sizes[1], w: sizes[2], c: sizes[3], o: sizes[4], k: 3 };
        if words[6] == "input" {
            // A forward pass over the padded gradient of the result.
            v = Cv { h: v.h + 2, w: v.w + 2, c: v.o, o: v.c, ..v };
        }
        if v.o % 32 != 0 {
            return None;
        }
        let x = numbers(v.n * v.h * v.w * v.c + 64, 1, 1.0);
        let kernel = numbers(9 * v.c * v.o, 2, 1.0);
        let bias = numbers(v.o, 3, 1.0);
        let mut y = vec![0f32; v.n * v.oh() * v.ow() * v.o];
        if words[6] == "kernel" {
            let dy = numbers(y.len(), 2, 1.0);
            let mut dw = kernel;
            return Some(Case::Call(Box::new(move || unsafe {
                bwd_w(&v, x.as_ptr(), dy.as_ptr(), dw.as_mut_ptr())
            })));
        }
        Some(Case::Call(Box::new(move || unsafe {
            fwd_direct(&v, x.as_ptr(), kernel.as_ptr(), bias.as_ptr(), y.as_mut_ptr())
        })))
    });
}
