//! Taking a custom section out of a WebAssembly module.

use anyhow::{Context, Result};
use wasmparser::{Parser, Payload};

/// The length of the magic number and the version.
const HEADER: usize = 8;

/// The module without its custom sections of this name.
pub(crate) fn without(module: &[u8], name: &str) -> Result<Vec<u8>> {
    let mut out = module.get(..HEADER).context("a module has a header")?.to_vec();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let dropped = matches!(&payload, Payload::CustomSection(section) if section.name() == name);
        if let Some((id, range)) = payload.as_section().filter(|_| !dropped) {
            let contents = module.get(range).context("a section lies in its module")?;
            out.push(id);
            out.extend(leb128(contents.len()));
            out.extend_from_slice(contents);
        }
    }
    Ok(out)
}

/// A number as WebAssembly writes lengths: seven bits a byte, the lowest first.
fn leb128(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty module with a custom section of this name and 200 bytes.
    fn module(names: &[&str]) -> Vec<u8> {
        let sections = names.iter().flat_map(|name| {
            let contents = [&[name.len() as u8], name.as_bytes(), &[7; 200]].concat();
            [vec![0], leb128(contents.len()), contents].concat()
        });
        b"\0asm\x01\0\0\0".iter().copied().chain(sections).collect()
    }

    #[test]
    fn one_section_goes_and_the_rest_stays_byte_for_byte() {
        let found = without(&module(&["a", "target_features", "b"]), "target_features").unwrap();
        assert_eq!(found, module(&["a", "b"]));
        assert_eq!(without(&found, "c").unwrap(), found);
    }

    #[test]
    fn lengths_take_seven_bits_a_byte() {
        assert_eq!(leb128(0), [0]);
        assert_eq!(leb128(624_485), [0xe5, 0x8e, 0x26]);
    }
}
