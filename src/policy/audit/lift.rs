//! Who can come to hold more than their roles give: alone, with an accomplice, by making each other successors.

use super::graph::Graph;
use super::pool::{Company, Pool, Step};
use super::{Finding, Level, words};
use crate::order::sorted;
use crate::policy::{KindId, Mask, RoleId};

/// The most roles that give or govern something of which all pairs are looked at.
const MOST: usize = 256;

const SUCCESSOR: &str = "remove a member and name an accomplice as the successor, who gets ";
const LAST: &str = " where that member was the last to hold it, and so comes to ";

/// A role that gives or governs, and what those who hold it reach.
struct Known<'g> {
    role: RoleId,
    start: Pool<'g>,
    together: Pool<'g>,
}

/// Everything about lifting.
pub(super) fn find(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    let mut roles: Vec<RoleId> = graph.roles().collect();
    roles.retain(|role| graph.is_held(*role) && graph.is_active(*role));
    if roles.len() > MOST {
        findings.push(unchecked(&roles));
        roles.truncate(MOST);
    }
    let mut known = Vec::with_capacity(roles.len());
    for role in roles {
        let start = Pool::new(graph, &[role], Company::Alone);
        let alone = start.clone().closed();
        let together = Pool::new(graph, &[role], Company::Several).closed();
        let heirs = Pool::new(graph, &[role], Company::Heirs).closed();
        let told = Told { graph, roles: &[role] };
        let by = ["Whoever holds `", &words::role(graph.model, role), "` can "].concat();
        let found = [
            told.tell("escalation", &alone, &[&start], [&by, "give themselves ", ", and so come to "]),
            told.tell(
                "collusion",
                &together,
                &[&alone],
                [&by, "give an accomplice ", ", and so both come to "],
            ),
            told.tell("succession", &heirs, &[&together], [&by, SUCCESSOR, LAST]),
        ];
        findings.extend(found.into_iter().flatten());
        known.push(Known { role, start, together });
    }
    pairs(graph, &known, findings);
}

fn unchecked(roles: &[RoleId]) -> Finding {
    let count = roles.len().to_string();
    let most = MOST.to_string();
    let parts =
        [&count, " roles give or govern something: only the first ", &most, " were looked at for lifting"];
    Finding::of("unchecked".to_owned(), Level::Warning, &[], Vec::new(), &parts)
}

/// What is told of these roles.
struct Told<'t, 'g> {
    graph: &'t Graph<'g>,
    roles: &'t [RoleId],
}

impl Told<'_, '_> {
    /// The finding if more is reached than before.
    fn tell(
        &self,
        what: &str,
        reached: &Pool<'_>,
        before: &[&Pool<'_>],
        [by, start, end]: [&str; 3],
    ) -> Option<Finding> {
        let model = self.graph.model;
        let beyond = reached.beyond(before);
        if beyond.is_empty() {
            return None;
        }
        let steps: Vec<(&Step, Gain)> =
            reached.steps().iter().map(|step| (step, self.gain(step, &beyond))).collect();
        let command = steps.iter().find(|(_, gain)| !gain.is_empty()).map_or("", |(step, _)| step.command);
        // What another one gives as well need not be named.
        let stronger = |(step, gain): &&(&Step, Gain)| {
            let mut others =
                steps.iter().filter(|(other, _)| other.role != step.role && other.command == command);
            !others.any(|(other, more)| is_in(gain, more) && (!is_in(more, gain) || other.role < step.role))
        };
        let told =
            steps.iter().filter(|(step, gain)| step.command == command && !gain.is_empty()).filter(stronger);
        let come: Vec<String> = told.map(|(step, _)| words::role(model, step.role)).collect();
        let actions = words::actions(model, &beyond);
        let roles: Vec<String> = self.roles.iter().map(|role| words::role(model, *role)).collect();
        let key = [what, "/", &roles.join("+")].concat();
        let parts = [by, start, &words::list(&come), " by `", command, "`", end, &words::list(&actions)];
        Some(Finding::of(key, Level::Warning, &roles, actions, &parts))
    }

    /// What a role gives of these actions.
    fn gain(&self, step: &Step, beyond: &[(KindId, Mask)]) -> Gain {
        let given = self.graph.gives(step.role);
        let on = |kind: KindId| {
            given.iter().find(|(known, _)| *known == kind).map_or(Mask::EMPTY, |(_, mask)| *mask)
        };
        let gained = beyond.iter().map(|(kind, more)| (*kind, more.and(on(*kind))));
        gained.filter(|(_, mask)| !mask.is_empty()).collect()
    }
}

/// Actions by kind.
type Gain = Vec<(KindId, Mask)>;

/// Whether everything in one is in the other.
fn is_in(one: &Gain, other: &Gain) -> bool {
    let on =
        |kind: KindId| other.iter().find(|(known, _)| *known == kind).map_or(Mask::EMPTY, |(_, mask)| *mask);
    one.iter().all(|(kind, mask)| on(*kind).contains(*mask))
}

/// Two roles that reach together what neither does with an accomplice of its own. A pair that contains another one
/// found is left out.
fn pairs(graph: &Graph<'_>, known: &[Known<'_>], findings: &mut Vec<Finding>) {
    let weight = |known: &Known<'_>| graph.model.role(known.role).weight;
    let places: Vec<usize> = (0..known.len()).collect();
    let by_weight = |place: usize| known.get(place).map_or(0, weight);
    let places = sorted(&places, |a, b| by_weight(*a).cmp(&by_weight(*b)));
    let ordered: Vec<&Known<'_>> = places.into_iter().filter_map(|place| known.get(place)).collect();
    let mut found: Vec<(&Known<'_>, &Known<'_>)> = Vec::new();
    for (index, one) in ordered.iter().enumerate() {
        for other in ordered.iter().take(index) {
            let inside = |(a, b): &(&Known<'_>, &Known<'_>)| {
                (contains(one, a) && contains(other, b)) || (contains(one, b) && contains(other, a))
            };
            if found.iter().any(inside) {
                continue;
            }
            let (first, second) = if one.role < other.role { (one, other) } else { (other, one) };
            if let Some(finding) = pair(graph, first, second) {
                findings.push(finding);
                found.push((first, second));
            }
        }
    }
}

fn pair(graph: &Graph<'_>, first: &Known<'_>, second: &Known<'_>) -> Option<Finding> {
    let before = [&first.together, &second.together];
    let [one, other] = before;
    if one.beyond(&[other]).is_empty() || other.beyond(&[one]).is_empty() {
        return None; // one has it all already
    }
    let joint = one.joined(other).closed();
    let told = Told { graph, roles: &[first.role, second.role] };
    let [a, b] = [first, second].map(|known| words::role(graph.model, known.role));
    let by = ["`", &a, "` and `", &b, "` together "].concat();
    told.tell("collusion", &joint, &before, [&by, "reach ", ", and so come to "])
}

/// Whether one role gives all that the other gives.
fn contains(one: &Known<'_>, other: &Known<'_>) -> bool {
    other.start.beyond(&[&one.start]).is_empty()
}
