//! Our side of `cargo xtask bench`: see `serve.rs` for the conversation, and the rows of
//! `xtask/src/bench` for the cases.

mod fit;
mod kernels;
mod training;

include!("serve.rs");

fn main() {
    // `cargo bench` and `cargo test --all-targets` start it too; it is for the developer command.
    if !std::env::args().any(|a| a == "serve") {
        return println!("run `cargo xtask bench`, which holds the conversation with this program");
    }
    serve(|words| {
        let (kind, sizes) = words.split_first()?;
        let (passes, sizes): (Vec<&str>, Vec<&str>) =
            sizes.iter().partition(|w| w.parse::<usize>().is_err());
        let sizes: Vec<usize> = sizes.iter().map(|w| w.parse().expect("a number")).collect();
        let pass = passes.first().copied().unwrap_or_default();
        match *kind {
            "gemm" => Some(kernels::gemm(&sizes, pass)),
            "conv" => Some(kernels::conv(&sizes, pass)),
            "fit" => Some(fit::fit(&sizes)),
            "engine" => Some(training::engine(&sizes)),
            "function" => Some(training::function(&sizes)),
            "compile" => Some(training::compile(&sizes)),
            "add" => Some(training::add(sizes[0])),
            _ => None,
        }
    });
}
