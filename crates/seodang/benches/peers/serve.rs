// The conversation of a benchmark with `cargo xtask bench`, which holds it with our program and with
// the one we are compared with, in turns: a line `MILLISECONDS CASE` comes in, the seconds of one run
// of the case go out, or `-` where the program does not know the case. This file is compiled into
// both programs, so that both are timed by the same clock in the same way.

/// What is timed.
enum Case {
    /// The time of one call.
    Call(Box<dyn FnMut()>),
    /// The case itself says how long one run of it took.
    Timed(Box<dyn FnMut() -> f64>),
}

fn serve(mut case: impl FnMut(&[&str]) -> Option<Case>) {
    use std::io::Write;
    // The case of the last line: its data stay as long as it is asked for again.
    let (mut asked, mut current) = (String::new(), None);
    for line in std::io::stdin().lines() {
        let line = line.expect("a line");
        let (milliseconds, name) = line.split_once(' ').expect("MILLISECONDS CASE");
        if asked != name {
            drop(current.take());
            current = case(&name.split(' ').collect::<Vec<_>>());
            asked = name.to_string();
        }
        let limit = std::time::Duration::from_millis(milliseconds.parse().expect("milliseconds"));
        match &mut current {
            None => println!("-"),
            Some(Case::Call(f)) => println!("{}", seconds(limit, f)),
            Some(Case::Timed(f)) => println!("{}", f()),
        }
        std::io::stdout().flush().expect("standard output");
    }
}

/// The median time of a call, over about `limit`. Calls shorter than 20 microseconds are timed by the
/// dozen; the median leaves out those that the operating system interrupted.
fn seconds(limit: std::time::Duration, f: &mut dyn FnMut()) -> f64 {
    f();
    let start = std::time::Instant::now();
    f();
    let once = start.elapsed().as_secs_f64().max(1e-9);
    let calls = (2e-5 / once).ceil().max(1.0) as usize;
    let mut samples = Vec::new();
    let start = std::time::Instant::now();
    while samples.is_empty() || start.elapsed() < limit {
        let sample = std::time::Instant::now();
        (0..calls).for_each(|_| f());
        samples.push(sample.elapsed().as_secs_f64() / calls as f64);
    }
    median(samples)
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

/// Numbers between -`scale` and `scale`, the same in both programs.
fn numbers(n: usize, seed: u64, scale: f32) -> Vec<f32> {
    let mut x = seed;
    let mut next = || {
        x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((x >> 40) as f32 / 8388608.0 - 1.0) * scale
    };
    (0..n).map(|_| next()).collect()
}
