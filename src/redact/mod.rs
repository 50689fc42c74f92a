//! Redaction: every person gets a pseudonym, made with a key, before anything is judged or written.
//!
//! A pseudonym is a keyed hash (HMAC-SHA256) of the object id, so that a person has the same one in all reports
//! made with one key, wherever the name, the user principal name or the id stood. The hash cannot be turned
//! back; the [key file](KeyFile) therefore keeps who is behind each, and stays with the customer. Groups and
//! products keep their names. Text of others that may hold a name (rules of groups, errors of servers, reasons
//! of waivers) is [scrubbed](Scrubber).

mod key_file;
mod reveal;
mod scrub;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};

pub use key_file::{KeyError, KeyFile};
pub use reveal::{Form, RevealError, Revealed, Revealer};
pub use scrub::Scrubber;

use crate::plan::{Plan, Selector};
use crate::tenant::{Tenant, UserId, pseudonym};

/// Bytes of a key.
const KEY_LENGTH: usize = 32;

/// Makes pseudonyms.
#[derive(Clone)]
pub struct Key(Arc<hmac::Key>);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    fn new(secret: &[u8; KEY_LENGTH]) -> Self {
        Self(Arc::new(hmac::Key::new(hmac::HMAC_SHA256, secret)))
    }

    /// A key that nobody else has and that is gone with the program.
    pub fn random() -> Self {
        Self::new(&random_secret())
    }

    /// What stands for a user's id: not the id of anything.
    pub fn pseudonym(&self, user: UserId) -> UserId {
        let tag = hmac::sign(&self.0, &user.0.to_be_bytes());
        let mut first = [0; 16];
        first.copy_from_slice(&tag.as_ref()[..16]);
        UserId(pseudonym::of_bits(u128::from_be_bytes(first)))
    }
}

fn random_secret() -> [u8; KEY_LENGTH] {
    let mut secret = [0; KEY_LENGTH];
    SystemRandom::new().fill(&mut secret).expect("the system has random numbers");
    secret
}

/// Takes people's names out of a tenant and of the plan that it is judged by.
#[derive(Debug)]
pub struct Redactor {
    key: Key,
    file: Option<KeyFile>,
}

impl Redactor {
    /// With a key that is thrown away: the pseudonyms can never be turned back.
    pub fn for_once() -> Self {
        Self { key: Key::random(), file: None }
    }

    /// With the key of a file, which remembers who is behind the pseudonyms.
    pub fn with_file(file: KeyFile) -> Self {
        Self { key: file.key().clone(), file: Some(file) }
    }

    /// The key.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// Replaces all names of people. What is judged is the same: users whom a waiver names are covered under
    /// their pseudonyms, and marks of external accounts stay.
    ///
    /// # Errors
    /// When the key file cannot be written.
    pub fn apply(&self, mut tenant: Tenant, plan: &mut Plan) -> Result<Tenant, KeyError> {
        if let Some(file) = &self.file {
            file.remember(&tenant)?;
        }
        let scrubber = Scrubber::of(&self.key, &tenant);
        for waiver in &mut plan.waivers {
            waiver.owner = scrubber.scrub(&waiver.owner);
            waiver.reason = scrubber.scrub(&waiver.reason);
            if let Some(selector) = &waiver.user {
                let users = tenant.users().filter(|user| {
                    selector.matches(user.id().0, [user.principal_name(), user.display_name()])
                });
                let users = users.map(|user| self.key.pseudonym(user.id()).0);
                waiver.user = Some(Selector::of_ids(&scrubber.scrub(selector.as_str()), users.collect()));
            }
        }
        let rules = tenant.groups().map(|(_, group)| group.membership_rule.as_deref());
        let rules = rules.map(|rule| rule.map(|rule| scrubber.scrub(rule))).collect();
        let reasons = tenant.coverage().iter().map(|line| line.reason.as_ref());
        let errors = reasons.map(|why| why.map_or_else(String::new, |why| scrubber.scrub_line(why.error())));
        let errors = errors.collect();
        tenant.redact(&|user| self.key.pseudonym(user), rules, errors);
        Ok(tenant)
    }
}
