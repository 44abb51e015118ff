//! One English sentence for each answer, from the policy's labels.

use super::Reason;
use super::check::Verdict;
use super::remedy::Cure;
use crate::access::{Access, BindingView, Bindings, RoleView};

impl Access {
    /// The sentence that a console shows beside a button.
    pub(super) fn sentence(&self, verdict: &Verdict<'_>, now: u64) -> String {
        let kind = verdict.asked.map_or("thing", |(kind, _)| kind.label());
        let action = verdict.asked.map_or("this", |(kind, bit)| kind.action_label(bit));
        match verdict.reason {
            Reason::Granted => granted_text(verdict, now),
            Reason::Stale => "Your permissions must be loaded anew.".to_owned(),
            Reason::UnknownPrincipal => "Nobody is known under this name.".to_owned(),
            Reason::NotAMember => "You are not a member of this organization.".to_owned(),
            Reason::Suspended => "Your access to this organization is suspended.".to_owned(),
            Reason::UnknownKind => "Nothing of this kind is known here.".to_owned(),
            Reason::UnknownAction => "There is no such action here.".to_owned(),
            Reason::NotAvailableYet => ["“", action, "” is not available yet."].concat(),
            Reason::UnknownResource => ["There is no such ", &lower(kind), " here."].concat(),
            Reason::Expired | Reason::NoRole => self.role_text(verdict, now),
            Reason::FeatureUnavailable | Reason::LimitReached => {
                self.edition_text(&Cure::of(self, verdict, now))
            }
            // The sentences of commands stand with the commands.
            Reason::NotGrantable
            | Reason::LastOwner
            | Reason::Conflict
            | Reason::InviteExpired
            | Reason::ContactSupport => String::new(),
        }
    }

    fn role_text(&self, verdict: &Verdict<'_>, now: u64) -> String {
        let cure = Cure::of(self, verdict, now);
        let ended = if verdict.reason == Reason::Expired { "Your role here has ended. " } else { "" };
        let edition = self.edition_text(&cure);
        let Some(smallest) = cure.roles.first() else {
            let why = if edition.is_empty() { "No role gives this." } else { edition.as_str() };
            return [ended, why].concat();
        };
        let needs = ["This needs ", &article(smallest), " role."].concat();
        let gap = if edition.is_empty() { "" } else { " " };
        [ended, &needs, gap, &edition].concat()
    }

    fn edition_text(&self, cure: &Cure<'_>) -> String {
        let here = self.edition();
        let lack = match (cure.feature, cure.limit) {
            (Some(feature), _) => {
                [self.feature_label(feature), " is not part of the ", here.label(), " edition."].concat()
            }
            (None, Some(limit)) => {
                ["The ", here.label(), " edition allows no more ", &lower(self.limit_label(limit)), "."]
                    .concat()
            }
            (None, None) => return String::new(),
        };
        match cure.edition {
            Some(edition) => [&lack, " The ", edition.label(), " edition has it."].concat(),
            None => lack,
        }
    }
}

/// By the nearest binding.
fn granted_text(verdict: &Verdict<'_>, now: u64) -> String {
    let Some((kind, bit)) = verdict.asked else { return String::new() };
    let carries = |binding: &BindingView<'_>| binding.carries(bit, now);
    let nearest = Bindings::of(verdict.row, kind).find(carries);
    nearest.map_or(String::new(), |binding| ["Allowed as ", binding.role().label(), "."].concat())
}

/// “the Edit” role of an automation, “the Project owner” role.
fn article(role: &RoleView<'_>) -> String {
    if role.is_sharing() {
        ["the “", role.label(), "”"].concat()
    } else {
        ["the ", role.label()].concat()
    }
}

/// The label inside a sentence: labels are English, their first letter is ASCII or stays.
fn lower(label: &str) -> String {
    let mut text = label.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}
