//! The functions and data of a module by name and size, read from its own sections.

use std::collections::HashMap;

use anyhow::{Context, Result};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// A function's body or a data segment.
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) size: usize,
}

/// Everything that has a body in the module, largest first.
pub(crate) fn items(module: &[u8]) -> Result<Vec<Item>> {
    let mut contents = Contents::default();
    for payload in Parser::new(0).parse_all(module) {
        contents.read(payload.context("the module cannot be read")?)?;
    }
    Ok(contents.into_items())
}

/// What one pass over the sections gathers; names come last in a module.
#[derive(Default)]
struct Contents {
    imported: u32,
    functions: Vec<usize>,
    data: Vec<usize>,
    function_names: HashMap<u32, String>,
    data_names: HashMap<u32, String>,
}

impl Contents {
    fn read(&mut self, payload: Payload<'_>) -> Result<()> {
        match payload {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    self.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => self.functions.push(body.range().len()),
            Payload::DataSection(section) => {
                for segment in section {
                    self.data.push(segment?.data.len());
                }
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    for name in names {
                        self.read_names(name?)?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read_names(&mut self, name: Name<'_>) -> Result<()> {
        let (map, into) = match name {
            Name::Function(map) => (map, &mut self.function_names),
            Name::Data(map) => (map, &mut self.data_names),
            _ => return Ok(()),
        };
        for naming in map {
            let naming = naming?;
            into.insert(naming.index, naming.name.to_owned());
        }
        Ok(())
    }

    fn into_items(self) -> Vec<Item> {
        let named = |names: &HashMap<u32, String>, index: u32| {
            names.get(&index).map_or_else(|| format!("#{index}"), |name| short(name))
        };
        let functions = (self.imported..).zip(&self.functions).map(|(index, size)| Item {
            name: named(&self.function_names, index),
            kind: "function",
            size: *size,
        });
        let data = (0..).zip(&self.data).map(|(index, size)| Item {
            name: named(&self.data_names, index),
            kind: "data",
            size: *size,
        });
        let mut items: Vec<Item> = functions.chain(data).collect();
        items.sort_by(|a, b| b.size.cmp(&a.size).then_with(|| a.name.cmp(&b.name)));
        items
    }
}

/// A symbol as it was written in Rust, without its hash.
fn short(symbol: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(symbol))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One imported function, two of its own, one data segment, and names for three of them.
    const MODULE: &[u8] = &[
        0, b'a', b's', b'm', 1, 0, 0, 0, // header
        1, 4, 1, 0x60, 0, 0, // type: () -> ()
        2, 7, 1, 1, b'e', 1, b'f', 0, 0, // import e.f
        3, 3, 2, 0, 0, // two functions
        5, 3, 1, 0, 1, // memory
        10, 8, 2, 2, 0, 0x0b, 3, 0, 1, 0x0b, // bodies of two and three bytes
        11, 10, 1, 0, 0x41, 0, 0x0b, 4, 1, 2, 3, 4, // four bytes of data
        0, 22, 4, b'n', b'a', b'm', b'e', 1, 7, 2, 1, 1, b'a', 2, 1, b'b', 9, 6, 1, 0, 3, b'.', b'r', b'o',
    ];

    #[test]
    fn items_are_named_and_sorted_by_size() {
        let items = items(MODULE).unwrap();
        let seen: Vec<_> = items.iter().map(|item| (item.name.as_str(), item.kind, item.size)).collect();
        assert_eq!(seen, [(".ro", "data", 4), ("b", "function", 3), ("a", "function", 2)]);
    }

    #[test]
    fn symbols_are_shown_as_written() {
        assert_eq!(short("_ZN4core3fmt5write17h0123456789abcdefE"), "core::fmt::write");
        assert_eq!(short("engine_can"), "engine_can");
    }
}
