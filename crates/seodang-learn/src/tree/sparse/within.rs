//! The entries of a node.

use super::super::ranks::part;
use super::entries::{Entries, ZERO, sort_all};

/// What an entry costs that is collected row by row, where one that is looked at in its column costs 1.
const COLLECTED: usize = 4;

/// What a column costs beside its entries.
const COLUMN: usize = 4;

/// Finds the entries of one node after the other.
#[derive(Debug)]
pub(in super::super) struct Within<'a> {
    pub(super) x: &'a Entries,
    /// The place of each sample among all that count, in which the nodes are ranges; of those that do not
    /// count it is beyond all.
    places: Vec<u32>,
    /// The first sample of the node, and how many there are.
    node: (usize, usize),
    /// Whether the node's entries have been collected.
    collected: bool,
    /// The columns that have any, then; and as bits, which stay close where most columns have none.
    columns: Vec<u32>,
    present: Vec<u64>,
    /// Of each column, where its entries end in `keys`, and how many there are.
    spans: Vec<[u32; 2]>,
    keys: Vec<u64>,
    /// The entries of a column, with their payloads.
    column: Vec<u64>,
    spare: Vec<u64>,
    /// Of each sample the number of its value in a column, while it is looked at.
    numbers: Vec<u32>,
}

impl<'a> Within<'a> {
    /// For the samples that count, in their first order.
    pub(in super::super) fn new(x: &'a Entries, samples: &[u32]) -> Within<'a> {
        let mut within = Within {
            x,
            places: vec![u32::MAX; x.rows],
            node: (0, 0),
            collected: false,
            columns: Vec::new(),
            present: vec![0; x.cols().div_ceil(64)],
            spans: vec![[0; 2]; x.cols()],
            keys: Vec::new(),
            column: vec![0; samples.len() + 1],
            spare: Vec::new(),
            numbers: vec![ZERO; x.rows],
        };
        within.place(samples, 0);
        within
    }

    /// Notes the places of samples.
    fn place(&mut self, samples: &[u32], first: usize) {
        for (&s, place) in samples.iter().zip(first as u32..) {
            self.places[s as usize] = place;
        }
    }

    /// Makes a node the one whose entries are found, for as many of the columns as `columns`. The node's
    /// samples begin at the place `first`.
    pub(super) fn enter(
        &mut self,
        samples: &[u32],
        first: usize,
        payloads: Option<&[u32]>,
        columns: usize,
    ) {
        self.node = (first, samples.len());
        let share = columns as f64 / self.x.cols() as f64;
        let along = share * (self.x.len() + COLUMN * self.x.cols()) as f64;
        let entries: usize = samples.iter().map(|&s| self.x.row(s).len()).sum();
        self.collected = ((COLLECTED * entries) as f64) < along;
        if self.collected {
            self.collect(samples, payloads, entries);
        }
    }

    /// Collects the node's entries, those of each column together.
    fn collect(&mut self, samples: &[u32], payloads: Option<&[u32]>, entries: usize) {
        for &s in samples {
            for &[c, _] in self.x.row(s) {
                let count = &mut self.spans[c as usize][1];
                if *count == 0 {
                    self.columns.push(c);
                    self.present[c as usize / 64] |= 1 << (c % 64);
                }
                *count += 1;
            }
        }
        let mut end = 0;
        for &c in &self.columns {
            let span = &mut self.spans[c as usize];
            span[0] = end;
            end += span[1];
        }
        if self.keys.len() < entries {
            self.keys.resize(entries, 0);
        }
        for (place, &s) in samples.iter().enumerate() {
            let payload = u64::from(payloads.map_or(place as u32, |p| p[place]));
            for &[c, number] in self.x.row(s) {
                let end = &mut self.spans[c as usize][0];
                self.keys[*end as usize] = u64::from(number) << 32 | payload;
                *end += 1;
            }
        }
    }

    /// Forgets the node.
    pub(super) fn leave(&mut self) {
        for c in self.columns.drain(..) {
            self.spans[c as usize] = [0; 2];
            self.present[c as usize / 64] = 0;
        }
    }

    /// The node's entries in a column: the number of each value, and below it the sample's payload; in the
    /// order of the values, if `sorted` (and the columns are).
    #[inline]
    pub(super) fn column(&mut self, c: usize, payloads: Option<&[u32]>, sorted: bool) -> &[u64] {
        if self.collected {
            if self.present[c / 64] >> (c % 64) & 1 == 0 {
                return &[];
            }
            let [end, count] = self.spans[c].map(|x| x as usize);
            let keys = &mut self.keys[end - count..end];
            if sorted {
                sort_all(keys, &mut self.spare);
            }
            return keys;
        }
        let ((first, n), mut count) = (self.node, 0);
        for &entry in self.x.column(c) {
            let place = (self.places[entry as u32 as usize] as usize).wrapping_sub(first);
            // Written in any case: nobody can foresee which rows are in the node.
            let payload = payloads.map_or(place as u32, |p| p[place.min(n - 1)]);
            self.column[count] = entry >> 32 << 32 | u64::from(payload);
            count += usize::from(place < n);
        }
        &self.column[..count]
    }

    /// Brings the node's samples whose number in column `c` says so to the left of the others, for which
    /// there is as much spare room; their places begin at `first`. How many are on the left.
    pub(in super::super) fn divide(
        &mut self,
        c: usize,
        (samples, first): (&mut [u32], usize),
        spare: &mut [u32],
        left: impl Fn(u32) -> bool,
    ) -> usize {
        let column = self.x.column(c);
        let search = (self.x.len() / self.x.rows.max(1)).max(2).ilog2() as usize;
        let count = if samples.len() * search < column.len() {
            part(samples, spare, |s| left(self.x.at(s as u32, c as u32)))
        } else {
            let numbers = &mut self.numbers;
            for &entry in column {
                numbers[entry as u32 as usize] = (entry >> 32) as u32;
            }
            let count = part(samples, spare, |s| left(numbers[s]));
            column.iter().for_each(|&entry| numbers[entry as u32 as usize] = ZERO);
            count
        };
        self.place(samples, first);
        count
    }
}
