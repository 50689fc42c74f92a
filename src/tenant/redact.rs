//! A tenant whose people are called by pseudonyms: the same in all that is judged.

use super::owner::{OtherOwner, Owner};
use super::user::Row;
use super::{Tenant, UserId, UserIndex, Why, pseudonym};

impl Tenant {
    /// Whether people's names are replaced by pseudonyms.
    pub fn is_redacted(&self) -> bool {
        self.redacted
    }

    /// Gives every user another id, and with it other names and another place. `rules` are the membership rules
    /// of the groups, and `errors` what came back where a collection was not read, without names.
    pub(crate) fn redact(
        &mut self,
        stand_in: &dyn Fn(UserId) -> UserId,
        rules: Vec<Option<String>>,
        errors: Vec<String>,
    ) {
        for (group, rule) in self.groups.iter_mut().zip(rules) {
            group.membership_rule = rule;
        }
        let mut parts = 0_u32;
        for (line, without_names) in self.coverage.iter_mut().zip(errors) {
            // Parts are called by the beginnings of sign-in names.
            if let Some(part) = &mut line.partition {
                parts += 1;
                *part = format!("part {parts}");
            }
            if let Some(Why::PartTooFew { part, .. }) = &mut line.reason {
                "…".clone_into(part);
            }
            if let Some(error) = line.reason.as_mut().and_then(Why::error_mut) {
                *error = without_names;
            }
        }
        let numbered = (0_u32..).zip(&self.users);
        let mut order: Vec<(u128, u32)> =
            numbered.map(|(at, row)| (stand_in(UserId(row.id)).0, at)).collect();
        order.sort_unstable();
        let mut places = vec![UserIndex(0); order.len()];
        for (place, (_, at)) in (0..).zip(&order) {
            places[*at as usize] = UserIndex(place);
        }
        let mut text = String::with_capacity(self.text.len());
        let rows: Vec<Row> = order
            .iter()
            .map(|(id, at)| {
                let user = self.user(UserIndex(*at));
                let start = text.len() as u64;
                // A blank name is as good as none, and stays so.
                let shown = |name: &str| !name.trim().is_empty();
                if let Some(name) = user.principal_name() {
                    text.push_str(&if shown(name) {
                        pseudonym::principal_name(*id, name)
                    } else {
                        name.to_owned()
                    });
                }
                let middle = text.len() as u64;
                if let Some(name) = user.display_name() {
                    text.push_str(&if shown(name) { pseudonym::display_name(*id) } else { name.to_owned() });
                }
                let length = |from: u64, to: u64| u32::try_from(to - from).expect("a pseudonym is short");
                Row {
                    id: *id,
                    text: start,
                    principal_name_length: length(start, middle),
                    display_name_length: length(middle, text.len() as u64),
                    ..self.users[*at as usize]
                }
            })
            .collect();
        for row in &self.users {
            self.spellings.remove(&row.id);
        }
        for owner in self.owners.values_mut().flat_map(|owners| &mut owners.all) {
            match owner {
                Owner::User(user) => *user = places[user.index()],
                Owner::Other(other) if other.may_be_person() => {
                    self.spellings.remove(&other.id);
                    other.id = stand_in(UserId(other.id)).0;
                    let OtherOwner { id, display_name, principal_name, .. } = other;
                    *display_name = display_name.take().map(|_| pseudonym::display_name(*id));
                    *principal_name = principal_name.take().map(|real| pseudonym::principal_name(*id, &real));
                }
                Owner::Other(_) => {}
            }
        }
        debug_assert!(rows.iter().all(|row| pseudonym::is_pseudonym(row.id)));
        self.users = rows;
        self.text = text;
        for members in self.members.iter_mut().flatten() {
            for user in &mut members.users {
                *user = places[user.index()];
            }
            members.users.sort_unstable();
        }
        self.redacted = true;
    }
}
