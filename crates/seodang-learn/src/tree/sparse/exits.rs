//! Walks of sparse rows through deep trees, by what rows have and not by what trees ask.
//!
//! From every node, zeros lead one way down to a leaf: a chain. A row leaves a chain where it has what is
//! asked for and that leads the other way, and there another chain begins. So for each entry of a row the
//! nodes that ask for it are looked at, and of each chain the first is noted that the row leaves it by.
//! What that costs follows from the entries: a tree on words asks hundreds of questions of a row that has
//! few of them.

use seodang_kernels::trees::{Asked, Node, Paths};

/// Up to which depth a walk from node to node is quicker, whatever is asked.
const SHALLOW: usize = 16;

/// The fewest rows for which the chains are found.
const ROWS: usize = 16;

/// Rows with nothing that no tree asks for.
#[derive(Debug, Default)]
pub(in super::super) struct Short {
    /// Where each row's entries begin, and where the last one's end.
    starts: Vec<usize>,
    /// The places of what is asked for, no two alike within a row, and the values.
    entries: Vec<(u32, f64)>,
}

impl Short {
    /// Adds a row, whose entries at one place add up.
    pub(in super::super) fn push(&mut self, columns: &[u32], values: &[f64], asked: &Asked) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        let first = self.entries.len();
        for (&c, &v) in columns.iter().zip(values) {
            let place = asked.place(c);
            if place > 0 {
                self.entries.push((place as u32, v));
            }
        }
        if !columns.is_sorted_by(|a, b| a < b) {
            let row = &mut self.entries[first..];
            row.sort_by_key(|entry| entry.0);
            let mut kept = 0;
            for k in 1..row.len() {
                if row[k].0 == row[kept].0 {
                    row[kept].1 += row[k].1;
                } else {
                    kept += 1;
                    row[kept] = row[k];
                }
            }
            let count = row.len().min(kept + 1);
            self.entries.truncate(first + count);
        }
        self.starts.push(self.entries.len());
    }

    /// The entries of a row.
    #[inline]
    pub(in super::super) fn row(&self, i: usize) -> &[(u32, f64)] {
        &self.entries[self.starts[i]..self.starts[i + 1]]
    }

    /// The number of rows.
    pub(in super::super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}

/// A question, in its chain.
#[derive(Clone, Copy, Debug)]
struct Question {
    threshold: f32,
    /// Whether 0 and NaN go to the left.
    zero_left: bool,
    missing_left: bool,
    chain: u32,
    /// How many are before it in the chain.
    place: u32,
    /// The chain that begins on the other side.
    to: u32,
}

/// A tree's chains; the first begins at the root.
#[derive(Debug)]
pub(in super::super) struct Chains {
    /// Of each place of what is asked for, where its questions begin, and where the last one's end.
    starts: Vec<u32>,
    questions: Vec<Question>,
    /// What the leaf at the end of each chain holds.
    ends: Vec<u32>,
    /// The sum of the leaves' depths.
    depths: usize,
}

impl Chains {
    /// Those of a tree, if it is so deep and the rows so many that they may be worth it.
    pub(in super::super) fn of(
        paths: &Paths,
        depth: usize,
        asked: &Asked,
        rows: usize,
    ) -> Option<Chains> {
        if !Chains::may_help(depth) || rows < ROWS {
            return None;
        }
        let mut starts = vec![0u32; asked.width() + 1];
        let (mut all, mut ends, mut depths) = (Vec::new(), vec![0], 0);
        // The chain of each node that comes, its place there, and its depth.
        let mut waiting = vec![(0, 0, 0)];
        paths.each(|node| {
            let Some((chain, place, depth)) = waiting.pop() else { return };
            match node {
                Node::Leaf(held) => {
                    ends[chain as usize] = held;
                    depths += depth;
                }
                Node::Ask { feature, threshold, missing_left, .. } => {
                    let (to, zero_left) = (ends.len() as u32, 0.0 <= threshold);
                    ends.push(0);
                    let at = asked.place(feature);
                    starts[at + 1] += 1;
                    let question =
                        Question { threshold, zero_left, missing_left, chain, place, to };
                    all.push((at, question));
                    let (on, off) = ((chain, place + 1, depth + 1), (to, 0, depth + 1));
                    let [left, right] = if zero_left { [on, off] } else { [off, on] };
                    waiting.extend([right, left]);
                }
            }
        });
        (0..asked.width()).for_each(|i| starts[i + 1] += starts[i]);
        let mut next = starts.clone();
        let mut questions = all.first().map_or_else(Vec::new, |q| vec![q.1; all.len()]);
        for (at, question) in all {
            questions[next[at] as usize] = question;
            next[at] += 1;
        }
        Some(Chains { starts, questions, ends, depths })
    }

    /// Whether a tree is so deep that chains may help.
    pub(in super::super) fn may_help(depth: usize) -> bool {
        depth > SHALLOW
    }

    /// Where the questions for a place begin and end.
    #[inline]
    fn range(&self, at: u32) -> [u32; 2] {
        [self.starts[at as usize], self.starts[at as usize + 1]]
    }

    /// Whether these rows meet fewer questions by what they have than on a way of the mean length.
    pub(in super::super) fn help(&self, rows: &Short) -> bool {
        // Some rows tell.
        let some = rows.len().min(4 * ROWS);
        let met = rows.entries[..rows.starts[some]].iter().map(|&(at, _)| {
            let [from, to] = self.range(at);
            2 + (to - from) as usize
        });
        met.sum::<usize>() < 2 * some * self.depths / self.ends.len()
    }

    /// What the leaf of each row holds.
    pub(in super::super) fn find(&self, rows: &Short, out: &mut [u32]) {
        // Of each chain: the last row that left it, from above, and below it the place where; and to which
        // chain. So the exit that counts is the least, and no branch tells.
        let mut exits = vec![(u64::MAX, 0); self.ends.len()];
        let longest = rows.starts.windows(2).map(|w| w[1] - w[0]).max().unwrap_or(0);
        let mut met = vec![([0, 0], 0.0f32); longest];
        for (i, out) in out.iter_mut().enumerate() {
            let row = !(i as u32);
            // Nobody can foresee what a tree asks for: so what it does not is left out without a branch.
            let mut count = 0;
            for &(at, v) in rows.row(i) {
                let range = self.range(at);
                met[count] = (range, v as f32);
                count += usize::from(range[0] < range[1]);
            }
            for &([from, to], v) in &met[..count] {
                for q in &self.questions[from as usize..to as usize] {
                    let left = (v <= q.threshold) | (v.is_nan() & q.missing_left);
                    let here = u64::from(row) << 32 | u64::from(q.place);
                    let key = if left == q.zero_left { u64::MAX } else { here };
                    let exit = &mut exits[q.chain as usize];
                    *exit = if key < exit.0 { (key, q.to) } else { *exit };
                }
            }
            let mut chain = 0;
            while (exits[chain].0 >> 32) as u32 == row && exits[chain].0 != u64::MAX {
                chain = exits[chain].1 as usize;
            }
            *out = self.ends[chain];
        }
    }
}
