//! The command line of Seodang.

fn main() {
    println!("seodang {}", env!("CARGO_PKG_VERSION"));
}
