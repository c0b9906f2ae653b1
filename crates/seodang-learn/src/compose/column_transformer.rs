//! `ColumnTransformer`.

use super::parts::{Step, agree, without_parameters};
use crate::estimator::{Estimator, Fitted, Model, Tags, Task};
use crate::features::{Csr, Dense, Features, Matrix};
use crate::preprocessing::shared::kept;
use crate::state::{broken, model};
use crate::table::Schema;
use crate::target::Y;
use seodang_core::{Error, Result, text};

/// Which columns a transformer takes.
#[derive(Clone, Debug)]
pub enum Columns {
    /// By their numbers.
    Numbers(Vec<usize>),
    /// By their names, of a table.
    Names(Vec<String>),
    /// Those of words, of a table.
    Words,
    /// Those of numbers, of a table.
    NotWords,
}

impl From<Vec<usize>> for Columns {
    fn from(columns: Vec<usize>) -> Columns {
        Columns::Numbers(columns)
    }
}

impl From<Vec<String>> for Columns {
    fn from(columns: Vec<String>) -> Columns {
        Columns::Names(columns)
    }
}

impl<const N: usize> From<[&str; N]> for Columns {
    fn from(columns: [&str; N]) -> Columns {
        Columns::Names(columns.iter().map(|c| c.to_string()).collect())
    }
}

/// A transformer with its columns.
#[derive(Debug)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What transforms them.
    pub transformer: Box<dyn Estimator>,
    /// Its columns.
    pub columns: Columns,
}

impl Clone for Part {
    fn clone(&self) -> Part {
        let (name, columns) = (self.name.clone(), self.columns.clone());
        Part { name, transformer: self.transformer.boxed(), columns }
    }
}

/// Transformers of some columns each, whose outputs lie beside each other.
#[derive(Clone, Debug, Default)]
pub struct ColumnTransformer {
    parts: Vec<Part>,
    passthrough: bool,
    schema: Option<Schema>,
}

impl ColumnTransformer {
    /// One without parts, which drops every column.
    pub fn new() -> ColumnTransformer {
        ColumnTransformer::default()
    }

    /// With one more transformer.
    #[must_use]
    pub fn part(
        self,
        name: impl Into<String>,
        transformer: impl Estimator,
        columns: impl Into<Columns>,
    ) -> ColumnTransformer {
        self.boxed_part(name, Box::new(transformer), columns)
    }

    /// With one more transformer, of a type that is only known at run time.
    #[must_use]
    pub fn boxed_part(
        mut self,
        name: impl Into<String>,
        transformer: Box<dyn Estimator>,
        columns: impl Into<Columns>,
    ) -> ColumnTransformer {
        self.parts.push(Part { name: name.into(), transformer, columns: columns.into() });
        self
    }

    /// With the columns that no part takes as they are, after the others.
    #[must_use]
    pub fn passthrough(mut self) -> ColumnTransformer {
        self.passthrough = true;
        self
    }

    /// The parts.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn columns(&self, part: &Part, count: usize) -> Result<Vec<usize>> {
        let no_table = || {
            let name = &part.name;
            Error::value(text!(
                en: "'{name}' names columns, which only a table has", ko: "'{name}'은(는) 열 이름을 쓰는데 표가 아닙니다"
            ))
        };
        let schema = self.schema.as_ref();
        match &part.columns {
            Columns::Numbers(all) => match all.iter().find(|&&c| c >= count) {
                None => Ok(all.clone()),
                Some(c) => Err(Error::value(text!(
                    en: "there is no column {c}: there are {count}",
                    ko: "열은 {count}개인데 {c}번 열을 찾았습니다"
                ))),
            },
            Columns::Names(names) => {
                let schema = schema.ok_or_else(no_table)?;
                let place = |name: &String| {
                    schema.position(name).ok_or_else(|| {
                        Error::not_found(text!(
                            en: "A given column is not a column of the dataframe: '{name}'",
                            ko: "표에 '{name}' 열이 없습니다"
                        ))
                    })
                };
                names.iter().map(place).collect()
            }
            kind => {
                let wanted = matches!(kind, Columns::Words);
                let all = schema.ok_or_else(no_table)?.columns().iter().zip(0..);
                Ok(all
                    .filter(|((_, words), _)| words.is_some() == wanted)
                    .map(|(_, j)| j)
                    .collect())
            }
        }
    }
}

without_parameters!(ColumnTransformer in "compose", "Transformers of some columns each, whose outputs lie beside each other.");

model! {
    /// What `ColumnTransformer` learns.
    pub(crate) struct ColumnTransformerModel {
        names: Vec<String>,
        columns: Vec<Vec<usize>>,
        parts: Vec<Step>,
        /// The columns that stay as they are.
        rest: Vec<usize>,
        features: usize,
    }
}

/// Some columns of features.
fn take(x: &Features<'_>, columns: &[usize]) -> Features<'static> {
    fn dense<T: Clone>(m: &Matrix<'_, T>, columns: &[usize]) -> Matrix<'static, T> {
        let data =
            m.iter_rows().flat_map(|r| columns.iter().map(|&c| r[c].clone())).collect::<Vec<_>>();
        Matrix::new(data, m.rows, columns.len())
    }
    match x {
        Features::Dense(Dense::F32(m)) => Features::from(dense(m, columns)),
        Features::Dense(Dense::F64(m)) => Features::from(dense(m, columns)),
        Features::Sparse(s) => {
            let mut places = vec![Vec::new(); s.cols];
            columns.iter().enumerate().for_each(|(i, &c)| places[c].push(i as u32));
            let (mut indptr, mut entries) = (vec![0], Vec::new());
            for i in 0..s.rows() {
                let start = entries.len();
                let (cols, values) = s.row(i);
                for (&c, &v) in cols.iter().zip(values) {
                    entries.extend(places[c as usize].iter().map(|&p| (p, v)));
                }
                entries[start..].sort_by_key(|e: &(u32, f64)| e.0);
                indptr.push(entries.len());
            }
            let (indices, data): (Vec<u32>, Vec<f64>) = entries.into_iter().unzip();
            Features::Sparse(Csr {
                indptr: indptr.into(),
                indices: indices.into(),
                data: data.into(),
                cols: columns.len(),
            })
        }
    }
}

/// Features beside each other: sparse if most of it is zeros and some of it is sparse.
fn beside(parts: &[Features<'_>], rows: usize) -> Features<'static> {
    let cols: usize = parts.iter().map(Features::cols).sum();
    let held: usize = parts
        .iter()
        .map(|p| match p {
            Features::Sparse(s) => s.data.len(),
            Features::Dense(_) => rows * p.cols(),
        })
        .sum();
    let thin = parts.iter().any(|p| matches!(p, Features::Sparse(_)));
    if thin && (held as f64) < 0.3 * (rows * cols) as f64 {
        let dense: Vec<_> = parts
            .iter()
            .map(|p| match p {
                Features::Sparse(_) => None,
                Features::Dense(d) => Some(d.f64()),
            })
            .collect();
        let (mut indptr, mut indices, mut data) = (vec![0], Vec::new(), Vec::new());
        for i in 0..rows {
            let mut start = 0u32;
            for (part, dense) in parts.iter().zip(&dense) {
                if let Features::Sparse(s) = part {
                    let (columns, values) = s.row(i);
                    indices.extend(columns.iter().map(|c| c + start));
                    data.extend_from_slice(values);
                } else if let Some(m) = dense {
                    for (c, &v) in m.row(i).iter().enumerate().filter(|(_, v)| **v != 0.0) {
                        indices.push(c as u32 + start);
                        data.push(v);
                    }
                }
                start += part.cols() as u32;
            }
            indptr.push(indices.len());
        }
        return Features::Sparse(Csr {
            indptr: indptr.into(),
            indices: indices.into(),
            data: data.into(),
            cols,
        });
    }
    let dense: Vec<_> = parts.iter().map(Features::dense).collect();
    let dense: Vec<_> = dense.iter().map(Dense::f64).collect();
    let mut out = Vec::with_capacity(rows * cols);
    for i in 0..rows {
        dense.iter().for_each(|m| out.extend_from_slice(m.row(i)));
    }
    Features::from(Matrix::new(out, rows, cols))
}

impl Estimator for ColumnTransformer {
    fn tags(&self) -> Tags {
        Tags {
            sparse: true,
            // Each part refuses what it cannot take.
            nan: true,
            requires_y: self.parts.iter().any(|p| p.transformer.tags().requires_y),
            ..Tags::new(Task::Transformer)
        }
    }

    fn learn(&self, x: &Features<'_>, y: &Y, _: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let mut model = ColumnTransformerModel {
            names: Vec::new(),
            columns: Vec::new(),
            parts: Vec::new(),
            rest: Vec::new(),
            features: x.cols(),
        };
        for part in &self.parts {
            let columns = self.columns(part, x.cols())?;
            if columns.is_empty() {
                continue;
            }
            let transformer = match &self.schema {
                Some(schema) => part.transformer.for_schema(&schema.take(&columns)?)?,
                None => part.transformer.boxed(),
            };
            let own = take(x, &columns);
            let learned =
                transformer.fit_encoded(&own, y, None).map_err(|e| e.during(part.name.clone()))?;
            model.names.push(part.name.clone());
            // As it was given: it may learn again, from another table.
            let fitted = Fitted::new(part.transformer.boxed(), learned, Vec::new(), columns.len());
            model.parts.push(fitted.into());
            model.columns.push(columns);
        }
        if self.passthrough {
            let taken = |j: &usize| model.columns.iter().any(|c| c.contains(j));
            model.rest = (0..x.cols()).filter(|j| !taken(j)).collect();
        }
        Ok(Box::new(model))
    }

    kept!(ColumnTransformerModel);

    fn for_schema(&self, schema: &Schema) -> Result<Box<dyn Estimator>> {
        Ok(Box::new(ColumnTransformer { schema: Some(schema.clone()), ..self.clone() }))
    }
}

impl Model for ColumnTransformerModel {
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let outside = |c: &Vec<usize>| c.iter().any(|&c| c >= x.cols());
        if self.columns.len() != self.parts.len()
            || self.columns.iter().any(outside)
            || outside(&self.rest)
        {
            return Err(broken("columns"));
        }
        let mut all = Vec::new();
        for (part, columns) in self.parts.iter().zip(&self.columns) {
            let own = take(x, columns);
            all.push(part.ask(&own, |m| m.transform(&own))?);
        }
        if !self.rest.is_empty() {
            all.push(take(x, &self.rest));
        }
        Ok(beside(&all, x.rows()))
    }

    fn columns_out(&self, columns: &Schema) -> Result<Schema> {
        let mut all = Vec::new();
        for ((name, part), own) in self.names.iter().zip(&self.parts).zip(&self.columns) {
            let out = part.model.columns_out(&columns.take(own)?)?;
            all.extend(out.columns().iter().map(|(n, w)| (format!("{name}__{n}"), w.clone())));
        }
        let rest = columns.take(&self.rest)?;
        all.extend(rest.columns().iter().map(|(n, w)| (format!("remainder__{n}"), w.clone())));
        Ok(Schema::new(all))
    }
    fn assembled(&self) -> Option<Box<dyn Estimator>> {
        let own = self.parts().map(|(name, part, columns)| Part {
            name: name.to_string(),
            transformer: part.estimator.boxed(),
            columns: Columns::Numbers(columns.to_vec()),
        });
        let passthrough = !self.rest.is_empty();
        Some(Box::new(ColumnTransformer { parts: own.collect(), passthrough, schema: None }))
    }
}

impl ColumnTransformerModel {
    /// The parts with their names and columns.
    pub(crate) fn parts(&self) -> impl ExactSizeIterator<Item = (&str, &Fitted, &[usize])> {
        let all = self.names.iter().zip(&self.parts).zip(&self.columns);
        all.map(|((name, part), columns)| (name.as_str(), &**part, columns.as_slice()))
    }

    /// The columns that stay as they are.
    pub(crate) fn rest(&self) -> &[usize] {
        &self.rest
    }
}

/// A `ColumnTransformer` of fitted parts and their columns, over features with these names or none.
///
/// # Errors
/// `Format` for a column that there is not; `Value`, if two parts know different words of a column.
pub(crate) fn fitted(
    parts: Vec<(String, Fitted, Vec<usize>)>,
    names: Vec<String>,
    features: usize,
) -> Result<Fitted> {
    let mut words: Vec<Option<Vec<String>>> = vec![None; features];
    for (name, part, columns) in &parts {
        if columns.iter().any(|&c| c >= features) || columns.len() != part.features {
            return Err(broken(name));
        }
        for (&column, known) in columns.iter().zip(part.schema.iter().flat_map(Schema::columns)) {
            if !agree(&mut words[column], &known.1) {
                return Err(Error::value(text!(
                    en: "two parts know different words of column {column}, '{name}' is one of them",
                    ko: "'{name}' 등 두 부분이 {column}번 열의 단어를 다르게 알고 있습니다"
                )));
            }
        }
    }
    let mut model = ColumnTransformerModel {
        names: Vec::new(),
        columns: Vec::new(),
        parts: Vec::new(),
        rest: Vec::new(),
        features,
    };
    for (name, part, columns) in parts {
        model.names.push(name);
        model.parts.push(part.into());
        model.columns.push(columns);
    }
    let made = model.assembled().unwrap_or_else(|| Box::new(ColumnTransformer::new()));
    let fitted = Fitted::new(made, Box::new(model), Vec::new(), features);
    if words.iter().all(Option::is_none) {
        return fitted.with_feature_names(names);
    }
    let names = match names.is_empty() {
        true => (0..features).map(|i| format!("x{i}")).collect(),
        false => names,
    };
    fitted.with_schema(Schema::new(names.into_iter().zip(words).collect()))
}
