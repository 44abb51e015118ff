//! Decisions, buttons and pages as JSON text: the form in which they leave for JavaScript. It says the same as what
//! `Serialize` writes (a test compares), without serde, for the module in which every byte counts.

#[cfg(any(feature = "js", test))]
use super::Via;
use super::parts::{Carrier, Helper, Means, Place};
use super::remedy::Cure;
use super::{Decision, Reason, State};
use crate::access::Access;
use crate::json::Writer;

impl Access {
    /// [`check`](Access::check) as JSON.
    pub(crate) fn check_json(&self, action: &str, kind: &str, id: &str, now: u64) -> Vec<u8> {
        let now = self.moment(now);
        let verdict = self.judge(action, kind, id, now);
        let cure = Cure::of(self, &verdict, now);
        let (mut out, mut until) = (Writer::default(), None);
        out.object(|out| {
            opening(out, verdict.reason);
            out.key("via").listed(|out| until = verdict.carried(now, &mut |part| via(out, part)));
            out.key("remedy").listed(|out| cure.remedies(id, &mut |part| remedy(out, part)));
            out.key("ask").listed(|out| cure.ask(id, &mut |part| ask(out, part, &[])));
            out.number_of("validUntil", until);
        });
        out.done()
    }

    /// [`button`](Access::button) as JSON.
    pub(crate) fn button_json(&self, action: &str, kind: &str, id: &str, now: u64) -> Vec<u8> {
        let now = self.moment(now);
        let verdict = self.judge(action, kind, id, now);
        let state = match verdict.state() {
            State::Enabled => "enabled",
            State::Disabled => "disabled",
            State::Hidden => "hidden",
        };
        let mut out = Writer::default();
        out.object(|out| {
            out.text_of("state", Some(state));
            out.text_of("reason", Some(verdict.reason.as_str()));
            out.key("text").spelled(|out| self.sentence(&verdict, now, &mut |piece| out.piece(piece)));
        });
        out.done()
    }

    /// [`list`](Access::list) as JSON; none for a cursor of another list.
    pub(crate) fn list_json(
        &self,
        action: &str,
        kind: &str,
        after: Option<&str>,
        limit: usize,
        now: u64,
    ) -> Option<Vec<u8>> {
        let (mut out, mut next) = (Writer::default(), Ok(None));
        out.object(|out| {
            out.key("items").listed(|out| {
                next = self.each_listed(action, kind, after, limit, now, &mut |id| out.text(id));
            });
            let next = next.as_ref().map_or(None, Option::as_deref);
            out.text_of("next", next);
        });
        next.is_ok().then(|| out.done())
    }
}

impl Decision {
    /// The decision as JSON.
    #[cfg(any(feature = "js", test))]
    pub(crate) fn to_json(&self) -> String {
        let mut out = Writer::default();
        self.tell(&mut out);
        out.into_text()
    }

    /// Writes the decision.
    #[cfg(any(feature = "js", test))]
    pub(crate) fn tell(&self, out: &mut Writer) {
        out.object(|out| {
            opening(out, self.reason);
            tell_via(out, &self.via);
            out.key("remedy").listed(|out| self.remedy.iter().for_each(|part| remedy(out, part.into())));
            out.key("ask").listed(|out| self.ask.iter().for_each(|part| ask(out, part.into(), &part.people)));
            out.number_of("validUntil", self.valid_until);
        });
    }
}

/// Writes the bindings that carry a grant.
#[cfg(any(feature = "js", test))]
pub(crate) fn tell_via(out: &mut Writer, list: &[Via]) {
    out.key("via").listed(|out| list.iter().for_each(|part| via(out, part.into())));
}

fn opening(out: &mut Writer, reason: Reason) {
    out.key("allowed").boolean(reason == Reason::Granted);
    out.text_of("reason", Some(reason.as_str()));
}

fn on(out: &mut Writer, place: Place<'_>) {
    out.key("on").spelled(|out| {
        out.piece(place.kind);
        if let Some(id) = place.id {
            out.piece("/");
            out.piece(id);
        }
    });
}

fn via(out: &mut Writer, part: Carrier<'_>) {
    out.object(|out| {
        out.text_of("role", Some(part.role));
        on(out, part.on);
        out.text_of("how", Some(part.how));
        out.text_of("group", part.group);
        out.key("implied").boolean(part.implied);
        out.number_of("until", part.until);
    });
}

fn remedy(out: &mut Writer, part: Means<'_>) {
    out.object(|out| {
        out.text_of("change", Some(part.change));
        if let Some(place) = part.on {
            out.text_of("role", Some(part.name));
            return on(out, place);
        }
        out.text_of("edition", Some(part.name));
        out.text_of("feature", part.feature);
        out.text_of("limit", part.limit);
    });
}

fn ask(out: &mut Writer, part: Helper<'_>, people: &[String]) {
    out.object(|out| {
        out.key("remedy").number(part.remedy as u64);
        out.text_of("role", Some(part.role));
        on(out, part.on);
        if !people.is_empty() {
            out.key("people").listed(|out| people.iter().for_each(|person| out.text(person)));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::{Ask, Remedy};
    use crate::directory::Directory;
    use crate::policy::Policy;

    fn same(json: impl AsRef<[u8]>, value: &impl serde::Serialize) {
        let read: serde_json::Value = serde_json::from_slice(json.as_ref()).unwrap();
        assert_eq!(read, serde_json::to_value(value).unwrap());
    }

    fn text(text: &str) -> String {
        text.to_owned()
    }

    #[test]
    fn a_kept_decision_says_what_serialize_says() {
        let via = |group: Option<String>, until| Via {
            role: text("r"),
            on: text("k/\"i\""),
            how: "group",
            group,
            implied: true,
            until,
        };
        let edition = |feature, limit| Remedy::Edition { edition: text("plus"), feature, limit };
        let decision = Decision {
            allowed: false,
            reason: Reason::FeatureUnavailable,
            via: vec![via(None, None), via(Some(text("g")), Some(7))],
            remedy: vec![
                Remedy::Role { role: text("a"), on: text("b") },
                Remedy::Share { role: text("a"), on: text("b") },
                edition(Some(text("sso")), None),
                edition(None, Some(text("seats"))),
                edition(Some(text("sso")), Some(text("seats"))),
                edition(None, None),
            ],
            ask: vec![
                Ask { remedy: 0, role: text("r"), on: text("o"), people: vec![] },
                Ask {
                    remedy: 3,
                    role: text("r"),
                    on: text("o"),
                    people: vec![text("user/a"), text("user/b")],
                },
            ],
            valid_until: Some(9),
        };
        same(decision.to_json(), &decision);
        same(Decision::bare(Reason::NoRole).to_json(), &Decision::bare(Reason::NoRole));
    }

    /// Every question on every kind of every principal of an example, and a page of each list.
    #[test]
    fn what_leaves_unkept_says_what_serialize_says() {
        let policy = Policy::compile(include_str!("../../policies/pinecone.json")).unwrap();
        let directory = Directory::load(&policy, include_str!("../../www/examples/acme.json")).unwrap();
        let document: serde_json::Value = serde_json::from_str(&directory.document()).unwrap();
        let mut asked = 0;
        for member in document["organizations"][0]["members"].as_array().unwrap() {
            let organization = document["organizations"][0]["id"].as_str().unwrap();
            let access = directory.access(member["member"].as_str().unwrap(), organization);
            for kind in policy.kinds() {
                let id = document["projects"][0]["id"].as_str().unwrap();
                for (action, id) in
                    kind.actions.iter().flat_map(|action| [(action, id), (action, organization)])
                {
                    same(
                        access.check_json(action, &kind.kind, id, 5),
                        &access.check(action, &kind.kind, id, 5),
                    );
                    same(
                        access.button_json(action, &kind.kind, id, 5),
                        &access.button(action, &kind.kind, id, 5),
                    );
                    let page = access.list(action, &kind.kind, None, 1, 5).unwrap();
                    same(access.list_json(action, &kind.kind, None, 1, 5).unwrap(), &page);
                    let next = page.next.as_deref();
                    same(
                        access.list_json(action, &kind.kind, next, 9, 5).unwrap(),
                        &access.list(action, &kind.kind, next, 9, 5).unwrap(),
                    );
                    asked += 1;
                }
            }
            assert!(access.list_json("delete", "project", Some("x"), 1, 5).is_none());
        }
        assert!(asked > 500, "{asked}");
    }
}
