//! `CSVLogger`.

use super::{Callback, CallbackContext, CallbackState, wrong_state};
use crate::training::Logs;
use seodang_core::{Error, Result, text};
use serde_json::{Value as Json, json};
use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Writes a line for each epoch into a CSV file. Source: Keras 3, `keras.callbacks.CSVLogger`.
///
/// Numbers are written so that they read back exactly. In a resumed training the file goes on where
/// the checkpoint was made.
#[derive(Debug)]
pub struct CSVLogger {
    path: PathBuf,
    separator: u8,
    append: bool,
    file: Option<File>,
    keys: Option<Vec<String>>,
    written: u64,
    resumed: bool,
}

impl CSVLogger {
    /// Writes a new file.
    pub fn new(path: impl Into<PathBuf>) -> CSVLogger {
        CSVLogger {
            path: path.into(),
            separator: b',',
            append: false,
            file: None,
            keys: None,
            written: 0,
            resumed: false,
        }
    }

    /// Whether to go on in a file that is there.
    pub fn append(mut self, append: bool) -> CSVLogger {
        self.append = append;
        self
    }

    /// What stands between two values: a comma if not set.
    pub fn separator(mut self, separator: u8) -> CSVLogger {
        self.separator = separator;
        self
    }

    fn line(&self, fields: &[String]) -> Result<Vec<u8>> {
        let mut writer =
            csv::WriterBuilder::new().delimiter(self.separator).from_writer(Vec::new());
        writer.write_record(fields).map_err(|e| failed(&self.path, e))?;
        writer.into_inner().map_err(|e| failed(&self.path, e.into_error()))
    }

    /// Opens the file and gives its end, where writing goes on.
    fn open(&self) -> std::io::Result<(File, u64)> {
        let keep = self.append || self.resumed;
        let mut options = OpenOptions::new();
        let mut file = options.create(true).write(true).truncate(!keep).open(&self.path)?;
        if self.resumed {
            // What was written after the checkpoint is written again.
            file.set_len(self.written.min(file.metadata()?.len()))?;
        }
        let end = file.seek(SeekFrom::End(0))?;
        Ok((file, end))
    }
}

fn failed(path: &Path, e: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    let path = path.display();
    Error::io(text!(en: "cannot write {path}", ko: "{path}에 쓸 수 없습니다")).source_error(e)
}

impl Callback for CSVLogger {
    fn on_train_begin(&mut self, _: &mut CallbackContext<'_>) -> Result<()> {
        let (file, end) = self.open().map_err(|e| failed(&self.path, e))?;
        self.file = Some(file);
        self.written = end;
        if !std::mem::take(&mut self.resumed) {
            self.keys = None;
        }
        Ok(())
    }

    fn on_epoch_end(
        &mut self,
        _: &mut CallbackContext<'_>,
        epoch: usize,
        logs: &mut Logs,
    ) -> Result<()> {
        let keys = self.keys.get_or_insert_with(|| {
            let mut keys: Vec<String> = logs.names().map(str::to_string).collect();
            keys.sort();
            keys
        });
        let row = |first: String, rest: &mut dyn Iterator<Item = String>| -> Vec<String> {
            std::iter::once(first).chain(rest).collect()
        };
        let header = row("epoch".to_string(), &mut keys.iter().cloned());
        let value = |k: &String| logs.get(k).map_or_else(|| "NA".to_string(), |v| v.to_string());
        let values = row(epoch.to_string(), &mut keys.iter().map(value));
        let mut bytes = if self.written == 0 { self.line(&header)? } else { Vec::new() };
        bytes.extend(self.line(&values)?);
        if let Some(file) = &mut self.file {
            let result = file.write_all(&bytes).and_then(|()| file.flush());
            result.map_err(|e| failed(&self.path, e))?;
            self.written += bytes.len() as u64;
        }
        Ok(())
    }

    fn on_train_end(&mut self, _: &mut CallbackContext<'_>, _: &Logs) -> Result<()> {
        self.file = None;
        Ok(())
    }

    fn save(&self) -> Result<CallbackState> {
        let values = json!({ "class": "CSVLogger", "bytes": self.written, "keys": self.keys });
        Ok(CallbackState { values, arrays: Vec::new() })
    }

    fn restore(&mut self, state: &CallbackState) -> Result<()> {
        let wrong = || wrong_state("CSVLogger");
        if state.values["class"] != "CSVLogger" {
            return Err(wrong());
        }
        self.written = state.values["bytes"].as_u64().ok_or_else(wrong)?;
        self.keys = match &state.values["keys"] {
            Json::Array(list) => {
                let names = list.iter().map(|k| k.as_str().map(str::to_string));
                Some(names.collect::<Option<Vec<_>>>().ok_or_else(wrong)?)
            }
            _ => None,
        };
        self.resumed = true;
        Ok(())
    }
}
