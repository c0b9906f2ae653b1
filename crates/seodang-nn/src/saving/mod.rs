//! Saving models: one safetensors file with the weights, the configuration as JSON, the optimizer's
//! state and, in a checkpoint, all that a training needs to go on.
//!
//! The file's metadata has one entry, `seodang`: a JSON object that says which tensors are what.
//! Reading one never runs code, and a damaged or hostile file is an error.

mod format;
pub mod hdf5;
mod json;
pub mod keras_archive;
mod keras_files;
pub mod weights_h5;

pub use json::parse_json;
pub use keras_archive::KerasArchive;

use self::format::{Format, check_own, format};
use crate::callbacks::CallbackState;
use crate::layers::Weight;
use crate::model::Model;
use crate::training::{History, TrainingState};
use seodang_core::{Array, Error, Result, text};
use seodang_files::tensors;
use seodang_tensor::Variable;
use serde_json::{Map, Value as Json, json};
use std::collections::{HashMap, HashSet};
use std::path::Path;

const VERSION: u64 = 1;

/// The Keras version whose forms our files have.
pub const KERAS_VERSION: &str = "3.15.1";

/// What a model file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    header: Map<String, Json>,
    arrays: HashMap<String, Array>,
}

/// Reads the bytes of a model file; [`Model::from_saved`] makes the model.
///
/// # Errors
/// `Format`, if they are not those of a model file.
pub fn read(bytes: &[u8]) -> Result<Saved> {
    let tensors = tensors::read(bytes)?;
    let header = match &tensors.header {
        None => Map::new(),
        Some(text) => serde_json::from_str(text).map_err(|e| damaged("seodang").source_error(e))?,
    };
    match header.get("version").map(Json::as_u64) {
        None if header.is_empty() => {}
        Some(Some(VERSION)) => {}
        Some(Some(version)) if version > VERSION => {
            return Err(Error::unsupported(text!(
                en: "the file was written by a newer version of Seodang",
                ko: "더 새로운 버전의 서당이 쓴 파일입니다"
            ))
            .given("version", version)
            .expected(VERSION.to_string()));
        }
        _ => return Err(damaged("version")),
    }
    Ok(Saved { header, arrays: tensors.arrays })
}

fn damaged(part: &str) -> Error {
    Error::format(text!(
        en: "the model file is damaged: \"{part}\" is not what it should be",
        ko: "모델 파일이 손상되었습니다. \"{part}\"이(가) 올바르지 않습니다"
    ))
}

impl Saved {
    /// The model's configuration, in Keras's form; `None` for a file of weights alone.
    pub fn config(&self) -> Option<&Json> {
        self.header.get("model")
    }

    /// An entry that [`Model::save_with`] or [`Fit::metadata`](crate::Fit::metadata) wrote.
    pub fn metadata(&self, key: &str) -> Option<&str> {
        self.header.get("metadata")?.get(key)?.as_str()
    }

    /// The arrays by the names they have in the file.
    pub fn arrays(&self) -> &HashMap<String, Array> {
        &self.arrays
    }

    /// The state of a training, if the file is a checkpoint.
    ///
    /// # Errors
    /// `Format`, if the file is damaged.
    pub fn training_state(&self) -> Result<Option<TrainingState>> {
        let Some(value) = self.header.get("training") else { return Ok(None) };
        let wrong = || damaged("training");
        let callback = |c: &Json| -> Result<CallbackState> {
            let names = c.get("arrays").ok_or_else(wrong)?;
            let values = c.get("values").cloned().unwrap_or_default();
            Ok(CallbackState { values, arrays: self.listed(names)? })
        };
        let callbacks = value.get("callbacks").and_then(Json::as_array).ok_or_else(wrong)?;
        let epoch = value.get("epoch").and_then(Json::as_u64).ok_or_else(wrong)?;
        Ok(Some(TrainingState {
            epoch: usize::try_from(epoch).map_err(|_| wrong())?,
            seed: value.get("seed").and_then(Json::as_u64).ok_or_else(wrong)?,
            stopped: value.get("stopped").and_then(Json::as_bool).ok_or_else(wrong)?,
            history: value.get("history").and_then(History::from_json).ok_or_else(wrong)?,
            callbacks: callbacks.iter().map(callback).collect::<Result<_>>()?,
        }))
    }

    /// The arrays with the names in a JSON list.
    fn listed(&self, names: &Json) -> Result<Vec<Array>> {
        let names = names.as_array().ok_or_else(|| damaged("arrays"))?;
        let array = |name: &Json| {
            let name = name.as_str().ok_or_else(|| damaged("arrays"))?;
            self.arrays.get(name).cloned().ok_or_else(|| missing(name))
        };
        names.iter().map(array).collect()
    }

    /// The arrays of one part of the file, if it has the part.
    fn part(&self, name: &str) -> Result<Option<Vec<Array>>> {
        self.header.get(name).map(|names| self.listed(names)).transpose()
    }

    /// The weights of a model, in its order: as the file lists them, or by their paths.
    fn weights(&self, weights: &[Weight]) -> Result<Vec<Array>> {
        if let Some(arrays) = self.part("weights")? {
            if arrays.len() != weights.len() {
                return Err(Error::value(text!(
                    en: "the file has {} weights and the model {}", arrays.len(), weights.len();
                    ko: "파일의 가중치는 {}개인데 모델의 가중치는 {}개입니다",
                        arrays.len(), weights.len()
                )));
            }
            return Ok(arrays);
        }
        let array = |w: &Weight| self.arrays.get(&w.path).cloned().ok_or_else(|| missing(&w.path));
        weights.iter().map(array).collect()
    }
}

fn weights_alone() -> Error {
    Error::format(text!(
        en: "the file has weights, but no model's configuration",
        ko: "파일에 가중치만 있고 모델 설정이 없습니다"
    ))
    .hint(text!(
        en: "make the model and call load_weights",
        ko: "모델을 만들고 load_weights를 부르세요"
    ))
}

fn missing(name: &str) -> Error {
    Error::format(text!(
        en: "the file has no tensor \"{name}\"",
        ko: "파일에 텐서 \"{name}\"이(가) 없습니다"
    ))
}

/// A file in the making.
#[derive(Default)]
struct Writer {
    header: Map<String, Json>,
    arrays: Vec<(String, Array)>,
    names: HashSet<String>,
}

impl Writer {
    /// Adds arrays under names that are made unique, and gives the names as a JSON list.
    fn add(&mut self, arrays: impl IntoIterator<Item = (String, Array)>) -> Json {
        let mut list = Vec::new();
        for (wanted, array) in arrays {
            let mut name = wanted.clone();
            let mut n = 0;
            while !self.names.insert(name.clone()) {
                n += 1;
                name = format!("{wanted}#{n}");
            }
            list.push(Json::from(name.clone()));
            self.arrays.push((name, array));
        }
        list.into()
    }

    fn add_variables(&mut self, part: &str, prefix: &str, variables: &[Variable]) -> Result<()> {
        let named = |v: &Variable| Ok((format!("{prefix}{}", v.name()), v.to_array()?));
        let arrays = variables.iter().map(named).collect::<Result<Vec<_>>>()?;
        let names = self.add(arrays);
        self.header.insert(part.to_string(), names);
        Ok(())
    }

    fn add_weights(&mut self, model: &Model) -> Result<()> {
        let named = |w: &Weight| Ok((w.path.clone(), w.variable.to_array()?));
        let arrays = model.weights().iter().map(named).collect::<Result<Vec<_>>>()?;
        let names = self.add(arrays);
        self.header.insert("version".into(), VERSION.into());
        self.header.insert("weights".into(), names);
        Ok(())
    }

    fn add_model(&mut self, model: &Model, metadata: &[(String, String)]) -> Result<()> {
        model.check_built()?;
        self.add_weights(model)?;
        self.header.insert("model".into(), model.config()?);
        if let Some(training) = &model.training {
            self.add_variables("optimizer", "optimizer/", &training.optimizer().variables())?;
        }
        let random: Vec<Variable> =
            model.random_states().iter().map(|r| r.variable().clone()).collect();
        self.add_variables("random", "random/", &random)?;
        let metadata: Map<String, Json> =
            metadata.iter().map(|(k, v)| (k.clone(), v.clone().into())).collect();
        self.header.insert("metadata".into(), metadata.into());
        Ok(())
    }

    fn add_training(&mut self, state: &TrainingState) {
        let mut callbacks = Vec::new();
        for (i, callback) in state.callbacks.iter().enumerate() {
            let named = |(k, a): (usize, &Array)| (format!("callback/{i}/{k}"), a.clone());
            let names = self.add(callback.arrays.iter().enumerate().map(named));
            callbacks.push(json!({ "values": callback.values, "arrays": names }));
        }
        let training = json!({
            "epoch": state.epoch,
            "seed": state.seed,
            "stopped": state.stopped,
            "history": state.history.to_json(),
            "callbacks": callbacks,
        });
        self.header.insert("training".into(), training);
    }

    fn bytes(&self) -> Result<Vec<u8>> {
        tensors::write(&Json::from(self.header.clone()).to_string(), &self.arrays)
    }
}

impl Model {
    fn check_built(&self) -> Result<()> {
        if self.is_built() {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "the model has no weights yet",
            ko: "모델의 가중치가 아직 없습니다"
        ))
        .hint(text!(
            en: "begin it with an Input, or train it first",
            ko: "Input으로 시작하거나 먼저 학습시키세요"
        )))
    }

    /// Saves the model to one file: configuration, weights, what `compile` was told and the
    /// optimizer's state. The name's end says how: `.seodang` or `.safetensors`, our own, which keeps
    /// random states too; `.keras` or `.h5`, Keras's. A file that is there is replaced as a whole or,
    /// if anything fails, not at all.
    ///
    /// # Errors
    /// `Io`, if it cannot be written; `Value` for another ending; `Unsupported` for the endings of
    /// formats to come.
    ///
    /// ```
    /// use seodang_nn::layers::{Dense, Input};
    /// use seodang_nn::{Model, Sequential};
    ///
    /// # let folder = std::env::temp_dir().join(format!("seodang-doc-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder).unwrap();
    /// # let path = folder.join("model.seodang");
    /// let model = Sequential::new().add(Input::new([4])).add(Dense::new(3)).build()?;
    /// model.save(&path)?;
    /// let copy = Model::load(&path)?;
    /// assert_eq!(copy.get_weights()?, model.get_weights()?);
    /// # std::fs::remove_dir_all(&folder).unwrap();
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        self.save_with(path, &[])
    }

    /// As [`Model::save`], with entries of one's own, which [`Saved::metadata`] gives back.
    ///
    /// # Errors
    /// `Unsupported`, if there are entries and the file is not our own; as [`Model::save`].
    pub fn save_with(&self, path: impl AsRef<Path>, metadata: &[(&str, &str)]) -> Result<()> {
        let path = path.as_ref();
        if metadata.is_empty() && format(path)? != Format::Own {
            self.check_built()?;
        }
        match format(path)? {
            Format::Keras if metadata.is_empty() => return keras_files::save_archive(path, self),
            Format::H5 if metadata.is_empty() => return keras_files::save_h5(path, self, false),
            _ => check_own(path)?,
        }
        let metadata: Vec<(String, String)> =
            metadata.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
        let mut writer = Writer::default();
        writer.add_model(self, &metadata)?;
        seodang_files::replace(path, &writer.bytes()?)
    }

    /// The bytes of the file that [`Model::save`] writes.
    ///
    /// # Errors
    /// `Value`, if the model has no weights yet.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let mut writer = Writer::default();
        writer.add_model(self, &[])?;
        writer.bytes()
    }

    /// The model of a file that [`Model::save`] or, for `.keras` and `.h5`, Keras wrote. An optimizer
    /// whose state the file does not have, or in another form, begins anew.
    ///
    /// # Errors
    /// `Io`, if it cannot be read; `Format`, if it is not a model file or damaged; `NotFound` for
    /// layers that do not exist here.
    pub fn load(path: impl AsRef<Path>) -> Result<Model> {
        let path = path.as_ref();
        let load = || match format(path)? {
            Format::Own => Model::from_saved(&read(&seodang_files::read(path)?)?),
            Format::Keras => keras_files::load_archive(path),
            Format::H5 => keras_files::load_h5(path),
            Format::WeightsH5 => Err(weights_alone()),
        };
        load().map_err(|e| e.during(path.display().to_string()))
    }

    /// The model of a file that was read.
    ///
    /// # Errors
    /// `Format`, if the file holds no model or is damaged; what the configuration is wrong in.
    pub fn from_saved(saved: &Saved) -> Result<Model> {
        let config = saved.config().ok_or_else(weights_alone)?;
        let numbers = saved.arrays.values().map(Array::size).sum();
        let mut model =
            crate::layers::BuildContext::with_budget(numbers, || Model::from_config(config))?;
        model.restore(saved)?;
        Ok(model)
    }

    /// Takes weights, random states and the optimizer's state from a file.
    fn restore(&mut self, saved: &Saved) -> Result<()> {
        self.set_weights(&saved.weights(&self.weights())?)?;
        if let Some(states) = saved.part("random")? {
            let own = self.random_states();
            if own.len() != states.len() {
                return Err(damaged("random"));
            }
            for (state, array) in own.iter().zip(&states) {
                state.variable().set_array(array)?;
            }
        }
        let weights = self.trainable_weights();
        let (Some(training), Some(arrays)) = (&mut self.training, saved.part("optimizer")?) else {
            return Ok(());
        };
        // An optimizer that had made no step has no slots yet.
        if arrays.len() > training.optimizer().variables().len() {
            training.build_optimizer(&weights)?;
        }
        let variables = training.optimizer().variables();
        if variables.len() != arrays.len() {
            return Err(damaged("optimizer"));
        }
        variables.iter().zip(&arrays).try_for_each(|(v, a)| v.set_array(a))
    }

    /// Saves the weights alone, as safetensors under their paths or, for names that end in
    /// `.weights.h5` or `.h5`, as Keras does.
    ///
    /// # Errors
    /// As [`Model::save`].
    pub fn save_weights(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        match format(path)? {
            Format::WeightsH5 => return keras_files::save_variables(path, self),
            Format::H5 => return keras_files::save_h5(path, self, true),
            _ => check_own(path)?,
        }
        let mut writer = Writer::default();
        writer.add_weights(self)?;
        seodang_files::replace(path, &writer.bytes()?)
    }

    /// Takes the weights of a file: one of [`Model::save_weights`] or [`Model::save`] in their order,
    /// any other safetensors file by their paths; those of Keras's files, whole models among them, as
    /// Keras does.
    ///
    /// # Errors
    /// `Io`, if it cannot be read; `Format`, if it lacks a weight; `Shape`, if one has another shape.
    /// Then nothing is replaced.
    pub fn load_weights(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let load = || match format(path)? {
            Format::Own => {
                let saved = read(&seodang_files::read(path)?)?;
                self.set_weights(&saved.weights(&self.weights())?)
            }
            Format::Keras => keras_files::load_archived_variables(path, self),
            Format::H5 | Format::WeightsH5 => keras_files::load_h5_weights(path, self),
        };
        load().map_err(|e| e.during(path.display().to_string()))
    }
}

/// Saves the model with the state of its training, to go on from; [`Fit::checkpoint`] does it after
/// each epoch.
///
/// # Errors
/// As [`Model::save`].
///
/// [`Fit::checkpoint`]: crate::Fit::checkpoint
pub fn save_checkpoint(path: impl AsRef<Path>, model: &Model, state: &TrainingState) -> Result<()> {
    save_checkpoint_with(path.as_ref(), model, state, &[])
}

pub(crate) fn save_checkpoint_with(
    path: &Path,
    model: &Model,
    state: &TrainingState,
    metadata: &[(String, String)],
) -> Result<()> {
    check_own(path)?;
    let mut writer = Writer::default();
    writer.add_model(model, metadata)?;
    writer.add_training(state);
    seodang_files::replace(path, &writer.bytes()?)
}

/// The model and the state of the training of a checkpoint: give the state to
/// [`Fit::resume`](crate::Fit::resume).
///
/// # Errors
/// As [`Model::load`]; `Format`, if the file is a model's without a training.
pub fn load_checkpoint(path: impl AsRef<Path>) -> Result<(Model, TrainingState)> {
    let path = path.as_ref();
    let load = || {
        let saved = read(&seodang_files::read(path)?)?;
        let state = saved.training_state()?.ok_or_else(|| {
            Error::format(text!(
                en: "the file is a model's, without the state of a training",
                ko: "학습 상태가 없는 모델 파일입니다"
            ))
        })?;
        Ok((Model::from_saved(&saved)?, state))
    };
    load().map_err(|e: Error| e.during(path.display().to_string()))
}
