//! Developer commands of Seodang.

fn main() {
    println!("xtask");
}
