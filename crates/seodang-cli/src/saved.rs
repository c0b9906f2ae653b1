//! Models on disk: the file of a run, and what it says of its data.

use crate::prepare::Card;
use seodang::nn::Model;
use seodang::nn::saving;
use seodang::{Error, Result, text};
use std::path::{Path, PathBuf};

/// The model's file in a run's folder.
pub(crate) const MODEL: &str = "model.safetensors";
/// The state of an unfinished training in a run's folder.
pub(crate) const CHECKPOINT: &str = "checkpoint.safetensors";
/// The entry of a model file that holds the [`Card`].
pub(crate) const CARD: &str = "seodang.data";

/// A model and the entries of its file.
pub(crate) struct Saved {
    pub(crate) model: Model,
    card: Option<String>,
    path: PathBuf,
}

/// Reads a model file, or the model in a run's folder.
pub(crate) fn load(path: &Path) -> Result<Saved> {
    let path = if path.is_dir() { path.join(MODEL) } else { path.to_path_buf() };
    if !path.exists() {
        let shown = path.display();
        return Err(Error::io(text!(
            en: "there is no model at {shown}",
            ko: "{shown}에 모델이 없습니다"
        ))
        .hint(text!(
            en: "give the folder that `seodang train` wrote, or its {MODEL}",
            ko: "`seodang train`이 쓴 폴더나 그 안의 {MODEL}을 주세요"
        )));
    }
    let saved = read(&path)?;
    let card = saved.metadata(CARD).map(str::to_string);
    let model = Model::from_saved(&saved).map_err(|e| e.during(path.display().to_string()))?;
    Ok(Saved { model, card, path })
}

/// Reads a model file; errors name it.
pub(crate) fn read(path: &Path) -> Result<saving::Saved> {
    let shown = path.display();
    let bytes = std::fs::read(path).map_err(|e| {
        Error::io(text!(en: "cannot read {shown}", ko: "{shown}을(를) 읽을 수 없습니다"))
            .source_error(e)
    })?;
    saving::read(&bytes).map_err(|e| e.during(shown.to_string()))
}

impl Saved {
    /// What the model was trained on.
    pub(crate) fn card(&self) -> Result<Card> {
        let wrong = || {
            let shown = self.path.display();
            Error::format(text!(
                en: "{shown} does not say what data it was trained on",
                ko: "{shown}에 훈련 데이터 정보가 없습니다"
            ))
            .hint(text!(
                en: "only models that `seodang train` wrote can be used here",
                ko: "`seodang train`이 쓴 모델만 여기에 쓸 수 있습니다"
            ))
        };
        let card = self.card.as_deref().ok_or_else(wrong)?;
        serde_json::from_str(card).map_err(|e| wrong().source_error(e))
    }
}
