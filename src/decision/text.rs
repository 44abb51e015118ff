//! One English sentence for each answer, from the policy's labels.

use super::Reason;
use super::check::Verdict;
use super::remedy::Cure;
use crate::access::{Access, Bindings};

impl Access {
    /// The sentence that a console shows beside a button, piece by piece.
    pub(super) fn sentence(&self, verdict: &Verdict<'_>, now: u64, say: &mut impl FnMut(&str)) {
        match verdict.reason {
            Reason::Granted => granted_text(verdict, now, say),
            Reason::Stale => say("Your permissions must be loaded anew."),
            Reason::UnknownPrincipal => say("Nobody is known under this name."),
            Reason::NotAMember => say("You are not a member of this organization."),
            Reason::Suspended => say("Your access to this organization is suspended."),
            Reason::UnknownKind => say("Nothing of this kind is known here."),
            Reason::UnknownAction => say("There is no such action here."),
            Reason::NotAvailableYet => {
                say("“");
                say(verdict.asked.map_or("this", |(kind, bit)| kind.action_label(bit)));
                say("” is not available yet.");
            }
            Reason::UnknownResource => {
                say("There is no such ");
                lower(verdict.asked.map_or("thing", |(kind, _)| kind.label()), say);
                say(" here.");
            }
            Reason::Expired | Reason::NoRole | Reason::FeatureUnavailable | Reason::LimitReached => {
                self.cure_text(verdict, &Cure::of(self, verdict, now), say);
            }
            // The sentences of commands stand with the commands.
            Reason::NotGrantable
            | Reason::LastOwner
            | Reason::Conflict
            | Reason::InviteExpired
            | Reason::ContactSupport => {}
        }
    }

    /// What would turn a denial: a role, an edition or both.
    fn cure_text(&self, verdict: &Verdict<'_>, cure: &Cure<'_>, say: &mut impl FnMut(&str)) {
        if verdict.reason == Reason::Expired {
            say("Your role here has ended. ");
        }
        let lacking = cure.feature.is_some() || cure.limit.is_some();
        if let Some(smallest) = cure.smallest() {
            say("This needs the ");
            let [open, close] = if smallest.is_sharing() { ["“", "”"] } else { [""; 2] };
            say(open);
            say(smallest.label());
            say(close);
            say(if lacking { " role. " } else { " role." });
        } else if !lacking && matches!(verdict.reason, Reason::Expired | Reason::NoRole) {
            say("No role gives this.");
        }
        if lacking {
            self.edition_text(cure, say);
        }
    }

    fn edition_text(&self, cure: &Cure<'_>, say: &mut impl FnMut(&str)) {
        let here = self.edition().label();
        if let Some(feature) = cure.feature {
            say(self.feature_label(feature));
            say(" is not part of the ");
            say(here);
            say(" edition.");
        } else if let Some(limit) = cure.limit {
            say("The ");
            say(here);
            say(" edition allows no more ");
            lower(self.limit_label(limit), say);
            say(".");
        }
        if let Some(edition) = cure.edition {
            say(" The ");
            say(edition.label());
            say(" edition has it.");
        }
    }
}

/// By the nearest binding.
fn granted_text(verdict: &Verdict<'_>, now: u64, say: &mut impl FnMut(&str)) {
    let Some((kind, bit)) = verdict.asked else { return };
    if let Some(nearest) = Bindings::of(verdict.row, kind).find(|binding| binding.carries(bit, now)) {
        say("Allowed as ");
        say(nearest.role().label());
        say(".");
    }
}

/// The label inside a sentence: labels are English, their first letter is ASCII or stays.
fn lower(label: &str, say: &mut impl FnMut(&str)) {
    let first = label.bytes().next().filter(u8::is_ascii_uppercase);
    let rest = first.and_then(|_| label.get(1..)).unwrap_or(label);
    if let Some(first) = first {
        say(core::str::from_utf8(&[first.to_ascii_lowercase()]).unwrap_or_default());
    }
    say(rest);
}
