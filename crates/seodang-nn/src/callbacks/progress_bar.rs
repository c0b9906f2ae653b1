//! The progress bar, as Keras 3 shows it.

use super::{Callback, CallbackContext};
use crate::training::{Logs, Verbose};
use seodang_core::Result;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often the bar is drawn anew.
const INTERVAL: Duration = Duration::from_millis(50);
const WIDTH: usize = 20;

/// Shows how far training is: `1875/1875 ━━━━━━━━━━━━━━━━━━━━ 2s 1ms/step - accuracy: 0.9123 - loss:
/// 0.3021` on a terminal, a line for each epoch elsewhere. `fit` adds one by itself unless it is
/// silent.
pub struct ProgressBar {
    style: Verbose,
    colours: bool,
    out: Box<dyn Write + Send>,
    clock: Box<dyn FnMut() -> Duration + Send>,
    epochs: usize,
    within_fit: bool,
    target: Option<usize>,
    begun: Duration,
    drawn: Option<Duration>,
    first: Option<Duration>,
    seen: usize,
    width: usize,
    open: bool,
}

impl ProgressBar {
    /// A bar, or lines, on the standard output.
    pub fn new(style: Verbose) -> ProgressBar {
        let start = Instant::now();
        let out = std::io::stdout();
        let colours = out.is_terminal() && std::env::var_os("NO_COLOR").is_none();
        ProgressBar {
            style: style.decided(),
            colours,
            out: Box::new(out),
            clock: Box::new(move || start.elapsed()),
            epochs: 1,
            within_fit: false,
            target: None,
            begun: Duration::ZERO,
            drawn: None,
            first: None,
            seen: 0,
            width: 0,
            open: false,
        }
    }

    /// Writes elsewhere, without colours.
    pub fn output(mut self, out: impl Write + Send + 'static) -> ProgressBar {
        self.out = Box::new(out);
        self.colours = false;
        self
    }

    /// Takes the time from elsewhere: it gives the time since any fixed moment.
    pub fn clock(mut self, clock: impl FnMut() -> Duration + Send + 'static) -> ProgressBar {
        self.clock = Box::new(clock);
        self
    }

    fn write(&mut self, text: &str) {
        // A closed standard output must not end a training.
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }

    fn begin(&mut self) {
        self.begun = (self.clock)();
        (self.drawn, self.first) = (None, None);
        (self.seen, self.width) = (0, 0);
    }

    fn batch_end(&mut self, cx: &mut CallbackContext<'_>, batch: usize) -> Result<()> {
        self.seen = batch + 1;
        let now = (self.clock)();
        if self.seen == 1 {
            self.first = Some(now);
        }
        let due = self.drawn.is_none_or(|at| now.saturating_sub(at) >= INTERVAL);
        if self.style == Verbose::Bar && due {
            let logs = cx.logs()?;
            self.draw(now, &logs, false);
        }
        Ok(())
    }

    fn end(&mut self, logs: &Logs) {
        let now = (self.clock)();
        self.target = self.target.or(Some(self.seen));
        self.draw(now, logs, true);
    }

    fn draw(&mut self, now: Duration, logs: &Logs, last: bool) {
        self.drawn = Some(now);
        let steps = Steps {
            seen: self.seen,
            target: self.target,
            elapsed: now.saturating_sub(self.begun),
            each: self.each(now),
            last,
        };
        if self.style == Verbose::Line {
            let line = steps.line(logs);
            return self.write(&line);
        }
        let (text, width) = steps.bar(logs, self.colours);
        let space = " ".repeat(self.width.saturating_sub(width));
        let end = if last { "\n" } else { "" };
        self.write(&format!("\r{text}{space}{end}"));
        self.width = width;
        self.open = !last;
    }

    /// The time of a step: without the first, in which the program is compiled.
    fn each(&self, now: Duration) -> Duration {
        match self.first {
            Some(first) if self.seen > 1 => now.saturating_sub(first) / (self.seen - 1) as u32,
            _ if self.seen > 0 => now.saturating_sub(self.begun) / self.seen as u32,
            _ => Duration::ZERO,
        }
    }
}

/// How far an epoch is.
struct Steps {
    seen: usize,
    target: Option<usize>,
    elapsed: Duration,
    each: Duration,
    last: bool,
}

impl Steps {
    fn line(&self, logs: &Logs) -> String {
        let target = self.target.unwrap_or(self.seen);
        let (seconds, each) = (self.elapsed.as_secs_f64(), per_step(self.each));
        let values = values(logs);
        format!("{}/{target} - {seconds:.0}s - {each}{values}\n", self.seen)
    }

    /// The text and how many columns it takes.
    fn bar(&self, logs: &Logs, colours: bool) -> (String, usize) {
        let paint = |code: &str, text: &str| match colours && !text.is_empty() {
            true => format!("\x1b[{code}m{text}\x1b[0m"),
            false => text.to_string(),
        };
        let (mut text, mut width) = match self.target.filter(|&t| t > 0) {
            Some(target) => {
                let digits = target.to_string().len();
                let count = format!("{:>digits$}/{target}", self.seen);
                let full = (WIDTH * self.seen / target).min(WIDTH);
                // What is to come is grey, or thin where there are no colours.
                let empty = if colours { "━" } else { "─" }.repeat(WIDTH - full);
                let bar = paint("32", &"━".repeat(full)) + &paint("37", &empty);
                (format!("{} {bar}", paint("1", &count)), count.len() + 1 + WIDTH)
            }
            None => {
                let count = format!("{:>7}/Unknown", self.seen);
                let width = count.len();
                (count, width)
            }
        };
        let time = match self.target.filter(|_| !self.last) {
            Some(target) => left(self.each * target.saturating_sub(self.seen) as u32),
            None => format!("{:.0}s", self.elapsed.as_secs_f64()),
        };
        let info = format!(" {}{}", per_step(self.each), values(logs));
        text += &format!(" {}{info}", paint("1", &time));
        width += 1 + time.len() + info.chars().count();
        (text, width)
    }
}

fn values(logs: &Logs) -> String {
    if logs.is_empty() { String::new() } else { format!(" - {logs}") }
}

/// The time that is left: seconds, minutes or hours.
fn left(time: Duration) -> String {
    let s = time.as_secs();
    match s {
        3601.. => format!("{}:{:02}:{:02}", s / 3600, s % 3600 / 60, s % 60),
        61.. => format!("{}:{:02}", s / 60, s % 60),
        _ => format!("{s}s"),
    }
}

fn per_step(time: Duration) -> String {
    let s = time.as_secs_f64();
    if s >= 1.0 || s == 0.0 {
        format!("{s:.0}s/step")
    } else if s >= 1e-3 {
        format!("{:.0}ms/step", s * 1e3)
    } else {
        format!("{:.0}us/step", s * 1e6)
    }
}

impl Callback for ProgressBar {
    fn on_train_begin(&mut self, cx: &mut CallbackContext<'_>) -> Result<()> {
        self.within_fit = true;
        self.epochs = cx.epochs();
        Ok(())
    }

    fn on_epoch_begin(&mut self, cx: &mut CallbackContext<'_>, epoch: usize) -> Result<()> {
        self.target = cx.steps();
        if self.epochs > 1 {
            let line = format!("Epoch {}/{}\n", epoch + 1, self.epochs);
            self.write(&line);
        }
        self.begin();
        Ok(())
    }

    fn on_train_batch_end(&mut self, cx: &mut CallbackContext<'_>, batch: usize) -> Result<()> {
        self.batch_end(cx, batch)
    }

    fn on_epoch_end(
        &mut self,
        _: &mut CallbackContext<'_>,
        _: usize,
        logs: &mut Logs,
    ) -> Result<()> {
        self.end(logs);
        Ok(())
    }

    fn on_train_end(&mut self, _: &mut CallbackContext<'_>, _: &Logs) -> Result<()> {
        // An interrupted epoch leaves its bar unfinished.
        if std::mem::take(&mut self.open) {
            self.write("\n");
        }
        Ok(())
    }

    fn on_test_begin(&mut self, cx: &mut CallbackContext<'_>) -> Result<()> {
        if !self.within_fit {
            self.target = cx.steps();
            self.begin();
        }
        Ok(())
    }

    fn on_test_batch_end(&mut self, cx: &mut CallbackContext<'_>, batch: usize) -> Result<()> {
        if self.within_fit { Ok(()) } else { self.batch_end(cx, batch) }
    }

    fn on_test_end(&mut self, _: &mut CallbackContext<'_>, logs: &Logs) -> Result<()> {
        if !self.within_fit {
            self.end(logs);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(seen: usize, target: Option<usize>, last: bool) -> Steps {
        let (elapsed, each) = (Duration::from_millis(2345), Duration::from_micros(1250));
        Steps { seen, target, elapsed, each, last }
    }

    fn logs() -> Logs {
        let mut logs = Logs::new();
        logs.set("accuracy", 0.91234);
        logs.set("loss", 0.30214);
        logs
    }

    #[test]
    fn the_bar_is_that_of_keras() {
        let (text, width) = steps(1875, Some(1875), true).bar(&logs(), false);
        assert_eq!(
            text,
            "1875/1875 ━━━━━━━━━━━━━━━━━━━━ 2s 1ms/step - accuracy: 0.9123 - loss: 0.3021"
        );
        assert_eq!(width, text.chars().count());
        let (text, _) = steps(7, Some(1000), false).bar(&Logs::new(), false);
        assert_eq!(text, "   7/1000 ──────────────────── 1s 1ms/step");
        let (text, width) = steps(500, Some(1000), false).bar(&logs(), true);
        assert!(text.contains("\x1b[32m━━━━━━━━━━\x1b[0m\x1b[37m━━━━━━━━━━\x1b[0m"), "{text}");
        let plain = steps(500, Some(1000), false).bar(&logs(), false).0;
        assert_eq!(width, plain.chars().count());
        let (text, _) = steps(3, None, false).bar(&Logs::new(), false);
        assert_eq!(text, "      3/Unknown 2s 1ms/step");
    }

    #[test]
    fn a_line_for_each_epoch() {
        assert_eq!(
            steps(45, Some(45), true).line(&logs()),
            "45/45 - 2s - 1ms/step - accuracy: 0.9123 - loss: 0.3021\n"
        );
    }

    #[test]
    fn times() {
        assert_eq!(left(Duration::from_secs(59)), "59s");
        assert_eq!(left(Duration::from_secs(125)), "2:05");
        assert_eq!(left(Duration::from_secs(7325)), "2:02:05");
        assert_eq!(per_step(Duration::from_micros(155)), "155us/step");
        assert_eq!(per_step(Duration::from_secs(3)), "3s/step");
    }
}
