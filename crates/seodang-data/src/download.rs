//! Fetching the files of a data set from their public addresses.

use crate::sets::{File, Set};
use crate::{Progress, cache};
use seodang_core::{Error, Result, text};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// How long to wait for a server to accept a connection or to go on answering.
const PATIENCE: Duration = Duration::from_secs(30);

/// Downloads the files of a set that are not yet in a cache folder, each checked by its SHA-256
/// before it is stored.
pub(crate) fn fetch(set: &Set, folder: &Path, progress: &mut dyn FnMut(Progress)) -> Result<()> {
    fetch_from(set, set.urls, folder, progress)
}

fn fetch_from(
    set: &Set,
    urls: &[&str],
    folder: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<()> {
    let own = folder.join(set.folder);
    for file in set.files.iter().filter(|file| file.at(&own).is_none()) {
        let name = format!("{}.gz", file.name);
        let mut failed = None;
        let bytes = urls.iter().find_map(|url| {
            let url = format!("{url}/{name}");
            match get(&url, file, progress) {
                Ok(bytes) => Some(bytes),
                Err(e) => {
                    failed = Some(e.during(url));
                    None
                }
            }
        });
        let Some(bytes) = bytes else {
            let error = Error::io(text!(
                en: "the data set \"{}\" cannot be downloaded", set.name;
                ko: "\"{}\" 데이터를 내려받을 수 없습니다", set.name
            ));
            let error = error.hint(set.what_goes_where(&[folder]));
            return Err(failed.into_iter().fold(error, Error::source_error));
        };
        cache::store(&own.join(name), &bytes)?;
    }
    Ok(())
}

fn get(url: &str, file: &File, progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_connect(Some(PATIENCE))
        .timeout_recv_response(Some(PATIENCE))
        .build()
        .into();
    let failed = |e: Box<dyn std::error::Error + Send + Sync>| {
        Error::io(text!(en: "the download failed", ko: "내려받기에 실패했습니다")).source_error(e)
    };
    let response = agent.get(url).call().map_err(|e| failed(e.into()))?;
    let total = response.body().content_length();
    // Gzip never makes data longer than by a small frame.
    let limit = file.bytes + (1 << 16);
    let mut from = response.into_body().into_reader().take(limit + 1);
    let (mut bytes, mut block) = (Vec::new(), vec![0; 1 << 16]);
    loop {
        match from.read(&mut block).map_err(|e| failed(e.into()))? {
            0 => break,
            n => bytes.extend(&block[..n]),
        }
        let done = bytes.len() as u64;
        progress(Progress { file: format!("{}.gz", file.name), done, total });
        if done > limit {
            return Err(crate::gzip::too_large(limit));
        }
    }
    file.check(&bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::net::TcpListener;

    /// Answers `count` requests, for files of the given names and contents, with 404 for others.
    fn serve(count: usize, files: Vec<(String, Vec<u8>)>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for _ in 0..count {
                let (mut stream, _) = listener.accept().unwrap();
                let (mut request, mut block) = (Vec::new(), [0; 1024]);
                while !request.windows(4).any(|w| w == b"\r\n\r\n") {
                    let n = stream.read(&mut block).unwrap();
                    request.extend(&block[..n]);
                }
                let line = String::from_utf8_lossy(&request).lines().next().unwrap().to_owned();
                let name = line.split([' ', '/']).nth(2).unwrap().to_owned();
                let found = files.iter().find(|(n, _)| *n == name);
                let (status, body) = found.map_or(("404 None", &[][..]), |f| ("200 OK", &f.1[..]));
                let len = body.len();
                let head = format!(
                    "HTTP/1.1 {status}\r\ncontent-length: {len}\r\nconnection: close\r\n\r\n"
                );
                stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
            }
        });
        url
    }

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn set() -> Set {
        let file = |name| File { name, bytes: 3, sha256: ABC };
        Set {
            name: "test",
            folder: "test",
            files: [file("a"), file("b"), file("c"), file("d")],
            urls: &["http://127.0.0.1:9"],
            archive: None,
            classes: [""; 10],
        }
    }

    fn all(content: &[u8]) -> Vec<(String, Vec<u8>)> {
        ["a", "b", "c", "d"].iter().map(|n| (format!("{n}.gz"), content.to_vec())).collect()
    }

    #[test]
    fn files_are_fetched_checked_and_stored() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("test")).unwrap();
        std::fs::write(folder.path().join("test/b"), b"mine").unwrap();
        // The first address has none: the second is asked.
        let (first, second) = (serve(3, vec![]), serve(3, all(b"abc")));
        let mut seen = Vec::new();
        let mut progress = |p| seen.push(p);
        fetch_from(&set(), &[&first, &second], folder.path(), &mut progress).unwrap();
        assert_eq!(seen.len(), 3);
        assert_eq!(seen[0], Progress { file: "a.gz".into(), done: 3, total: Some(3) });
        assert_eq!(std::fs::read(folder.path().join("test/d.gz")).unwrap(), b"abc");
        assert!(!folder.path().join("test/b.gz").exists());
    }

    #[test]
    fn wrong_files_and_no_network_are_errors_that_help() {
        let folder = tempfile::tempdir().unwrap();
        let report = |urls: &[&str]| {
            let e = fetch_from(&set(), urls, folder.path(), &mut |_| {}).unwrap_err();
            let text = e.to_string();
            assert!(text.contains("a.gz, b.gz, c.gz, d.gz"), "{text}");
            assert_eq!(e.kind(), seodang_core::ErrorKind::Io);
            text
        };
        assert!(report(&[&serve(1, all(b"abd"))]).contains("content is another"));
        assert!(report(&[&serve(1, all(&[7; 100_000]))]).contains("larger than"));
        let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert!(report(&[&format!("http://{closed}")]).contains("download failed"));
        assert!(!folder.path().join("test").exists());
    }
}
