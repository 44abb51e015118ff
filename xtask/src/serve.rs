//! A folder of files over HTTP, on loopback only.

use std::fs::File;
use std::io::Empty;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::term;

/// The port that is tried first.
const USUAL: u16 = 4180;

/// Serves the folder until the program is ended.
pub(crate) fn run(folder: &Path, port: Option<u16>) -> Result<()> {
    if !folder.join("index.html").is_file() {
        bail!("`{}` holds no index.html: build the page first", folder.display());
    }
    let server = listen(port)?;
    term::heading(&format!("http://{}/", server.server_addr()));
    println!("serves www/dist to this machine only; Ctrl-C ends it");
    for request in server.incoming_requests() {
        // A visitor who left in the middle of an answer is no reason to stop.
        let _ = answer(folder, request);
    }
    Ok(())
}

fn listen(port: Option<u16>) -> Result<Server> {
    let bind = |port: u16| Server::http(("127.0.0.1", port)).map_err(|error| anyhow!(error));
    match port {
        Some(port) => bind(port).with_context(|| format!("port {port} cannot be used")),
        None => bind(USUAL).or_else(|_| bind(0)).context("no port can be used"),
    }
}

fn answer(folder: &Path, request: Request) -> std::io::Result<()> {
    let file =
        located(folder, request.url()).and_then(|path| File::open(&path).ok().map(|file| (path, file)));
    match (request.method(), file) {
        (Method::Get | Method::Head, Some((path, file))) => {
            let headers = [("Content-Type", media_type(&path)), ("Cache-Control", "no-cache")];
            let response = Response::from_file(file);
            request.respond(headers.into_iter().filter_map(header).fold(response, Response::with_header))
        }
        (Method::Get | Method::Head, None) => request.respond(plain(404)),
        _ => request.respond(plain(405)),
    }
}

fn plain(status: u16) -> Response<Empty> {
    Response::empty(status)
}

fn header((name, value): (&str, &str)) -> Option<Header> {
    Header::from_bytes(name, value).ok()
}

/// The file that a URL names inside the folder. Nothing outside it, and no link out of it, is served.
fn located(folder: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.trim_start_matches('/');
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let named = folder.join(path);
    let file = if named.is_dir() { named.join("index.html") } else { named };
    let (file, folder) = (file.canonicalize().ok()?, folder.canonicalize().ok()?);
    (inside && file.is_file() && file.starts_with(folder)).then_some(file)
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_inside_the_folder_are_found() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(located(here, "/Cargo.toml").is_some());
        assert!(located(here, "/src/main.rs?v=1").is_some());
        for url in ["/", "/src", "/no-such-file", "/../Cargo.toml", "/src/../../Cargo.toml", "//etc/passwd"] {
            assert_eq!(located(here, url), None, "{url}");
        }
    }

    #[test]
    fn a_module_has_the_type_that_streaming_needs() {
        assert_eq!(media_type(Path::new("a/bailiwick_bg-1.wasm")), "application/wasm");
        assert_eq!(media_type(Path::new("no-extension")), "application/octet-stream");
    }
}
