//! An organization lives: people come, get roles, are refused, leave; then an automation is shared. Every outcome is
//! what the engine answers, and the story fails where an answer is not the one that it expects.
//! `cargo run --example story`

mod acts;
mod page;
mod stage;
mod words;

use bailiwick::Error;
use std::io::IsTerminal;
use std::process::ExitCode;

fn main() -> ExitCode {
    let color =
        std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let policies =
        [include_str!("../../policies/pinecone.json"), include_str!("../../policies/pinkfish.json")];
    match tell(policies, color) {
        Ok(told) => {
            print!("{}", told.text);
            if told.as_expected { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The story as it went.
pub(crate) struct Told {
    /// What the terminal shows.
    pub(crate) text: String,
    /// Whether every answer was the one that the story expects.
    pub(crate) as_expected: bool,
}

/// Tells both acts, under the policies of Pinecone and Pinkfish.
pub(crate) fn tell([pinecone, pinkfish]: [&str; 2], color: bool) -> Result<Told, Error> {
    let organization = acts::organization(pinecone, color)?;
    let automation = acts::automation(pinkfish, color)?;
    Ok(Told {
        text: [organization.text, automation.text].concat(),
        as_expected: organization.as_expected && automation.as_expected,
    })
}
