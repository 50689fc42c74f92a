#![doc = include_str!("../../docs/rules/enough-seats.md")]

use std::collections::BTreeMap;

use jiff::Timestamp;
use rustc_hash::FxHashSet;
use serde_json::{Value, json};

use super::context::Context;
use super::holding::Requirement;
use super::output::Output;
use super::{Rule, evidence, gaps};
use crate::tenant::{
    Capability, Entries, GroupIndex, LicenseEntry, Owned, SkuId, SkuIndex, Source, Subscription, Tenant,
    Trouble, UserIndex,
};
use crate::verdict::{Code, CriterionId, Evidence, Message, Subject, Wanted};

pub(super) const RULE: Rule = Rule {
    criterion: CriterionId::EnoughSeats,
    check,
    applies_to: |context, group| context.judged_licenses(group).next().is_some(),
};

/// The seats of one product, over the members that licensed groups in scope have now. All sums are signed.
#[derive(Clone, Debug)]
pub struct Seats {
    /// The product.
    pub sku: SkuIndex,
    /// Its id.
    pub id: SkuId,
    /// Groups in scope that hand it out.
    pub groups: Vec<GroupIndex>,
    /// Distinct members of those groups, and users who have it directly.
    pub demand: i64,
    /// Members without a seat: no Active or ActiveWithError entry from any source.
    pub waiting: i64,
    /// Members of targets that are to get it and whose group does not hand it out yet.
    pub planned: i64,
    /// Which figures are exact.
    pub exact: Exact,
}

/// Which figures are exact, and not lower bounds because somebody could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exact {
    /// Everybody who needs the product is known.
    pub demand: bool,
    /// All members and what they hold are known.
    pub waiting: bool,
    /// All members of the targets that are to hand it out are known.
    pub planned: bool,
}

impl Exact {
    /// Whether what the verdict rests on is exact.
    pub fn for_verdict(self) -> bool {
        self.demand && self.waiting
    }
}

impl Seats {
    fn owned<'t>(&self, tenant: &'t Tenant) -> Option<&'t Owned> {
        tenant.sku(self.sku).owned.as_ref()
    }

    /// Seats that can be held: enabled + warning.
    pub fn capacity(&self, tenant: &Tenant) -> Option<i64> {
        self.owned(tenant)?.capacity()
    }

    /// Seats that are left: capacity − consumed; below zero where more are consumed than there are.
    pub fn free(&self, tenant: &Tenant) -> Option<i64> {
        self.owned(tenant)?.free()
    }
}

/// The seats of each product that licensed groups in scope hand out to users, in the order of SKU ids.
pub(super) fn seats(context: &Context<'_>) -> Vec<Seats> {
    let mut groups_of: BTreeMap<SkuId, (SkuIndex, Vec<GroupIndex>)> = BTreeMap::new();
    for group in context.licensed_in_scope() {
        for license in context.judged_licenses(group) {
            let id = context.tenant.sku(license.sku).id;
            groups_of.entry(id).or_insert_with(|| (license.sku, Vec::new())).1.push(group);
        }
    }
    if groups_of.is_empty() {
        return Vec::new();
    }
    let (counted, unread) = count(context);
    groups_of
        .into_iter()
        .map(|(id, (sku, groups))| {
            let Counted { demand, waiting, unseen, .. } = counted[sku.index()];
            let members_known = groups.iter().all(|group| context.membership_known(*group));
            let (planned, planned_known) = planned(context, sku);
            let exact = Exact {
                // Who is a member counts, whatever his entries are.
                demand: members_known && context.tenant.users_complete() && unread == unseen,
                waiting: members_known && unseen == 0,
                planned: planned_known,
            };
            Seats { sku, id, groups, demand, waiting, planned, exact }
        })
        .collect()
}

/// Sums over the users, for one product.
#[derive(Clone, Copy, Default)]
struct Counted {
    demand: i64,
    waiting: i64,
    /// Members whose entries were not seen.
    unseen: i64,
    /// The user who was counted last, with all who are like him, so that nobody is counted twice.
    last: Option<UserIndex>,
}

impl Counted {
    /// Whether the user was not counted before.
    fn is_new(&mut self, user: UserIndex) -> bool {
        self.last.replace(user) != Some(user)
    }
}

/// All products at once, class of users by class; and how many users there are whose entries were not seen.
fn count(context: &Context<'_>) -> (Vec<Counted>, i64) {
    let mut counted = vec![Counted::default(); context.tenant.skus().count()];
    let mut unread = 0;
    for (user, users) in context.classes().iter() {
        let users = i64::try_from(users).expect("users are counted in u32");
        let entries = context.tenant.user(user).entries();
        if entries.is_none() {
            unread += users;
        }
        for &group in context.memberships().of_user(user) {
            for license in context.judged_licenses(group) {
                let product = &mut counted[license.sku.index()];
                if !product.is_new(user) {
                    continue;
                }
                product.demand += users;
                let holds =
                    |entry: LicenseEntry<'_>| entry.sku() == license.sku && entry.state().holds_seat();
                match entries {
                    Some(entries) if entries.iter().any(holds) => {}
                    Some(_) => product.waiting += users,
                    None => product.unseen += users,
                }
            }
        }
        for entry in entries.into_iter().flat_map(Entries::iter) {
            let product = &mut counted[entry.sku().index()];
            if entry.source() == Source::Direct && product.is_new(user) {
                product.demand += users;
            }
        }
    }
    (counted, unread)
}

/// Distinct members of targets for requirements of this product that the target does not hand out yet, and
/// whether all of them are known.
fn planned(context: &Context<'_>, sku: SkuIndex) -> (i64, bool) {
    let mut known = true;
    let mut members: FxHashSet<UserIndex> = FxHashSet::default();
    for &group in &context.in_scope {
        let Some(target) = context.target(group) else { continue };
        let required = target.requirements.iter().any(
            |requirement| matches!(requirement, Requirement::Sku(_, Some(required)) if *required == sku),
        );
        if required && !context.licenses(group).iter().any(|license| license.sku == sku) {
            known &= context.membership_known(group);
            members.extend(context.member_users(group));
        }
    }
    (i64::try_from(members.len()).unwrap_or(i64::MAX), known)
}

fn check(context: &Context<'_>, output: &mut Output<'_>) {
    output.gaps.extend(gaps::group_licenses(context));
    if !context.tenant.skus_complete() {
        output.gap(gaps::seats_unreadable(context));
    }
    let seats = context.seats();
    output.applicable = !seats.is_empty();
    output.examined.skus = seats.len();
    check_members(context, output, seats);
    let mut could_serve_all: Vec<Option<Product<'_, '_>>> = context.tenant.skus().map(|_| None).collect();
    for seats in seats {
        if let Some(product) = check_product(context, output, seats) {
            could_serve_all[seats.sku.index()] = Some(product);
        }
    }
    advise_stale(context, output, &could_serve_all);
}

/// The members whose number and entries the sums rest on.
fn check_members(context: &Context<'_>, output: &mut Output<'_>, seats: &[Seats]) {
    let counts = |group: &GroupIndex| context.judged_licenses(*group).next().is_some();
    for group in context.licensed_in_scope().filter(counts) {
        output.examined.groups += 1;
        output.gaps.extend(gaps::membership(context, group));
    }
    let groups = |user| context.memberships().of_user(user).iter().copied().filter(counts);
    output.examined.users = context.classes().count(|user| groups(user).next().is_some());
    context.classes().judge(context.tenant, output, |output, user| {
        if let Err(unseen) = context.entries(user) {
            let gaps = groups(user.index).map(|group| gaps::member(context, group, user.index, unseen));
            output.gaps.extend(gaps);
        }
    });
    if !seats.is_empty() && !context.tenant.users_complete() {
        output.gap(gaps::users_incomplete(context));
    }
}

/// Members who were refused a seat though there is one now; `products` by their places in the tenant.
fn advise_stale(context: &Context<'_>, output: &mut Output<'_>, products: &[Option<Product<'_, '_>>]) {
    context.classes().judge(context.tenant, output, |output, user| {
        for entry in user.entries().into_iter().flat_map(Entries::iter) {
            if entry.trouble() == Trouble::CountViolation
                && let Source::Group(group) = entry.source()
                && let Some(product) = &products[entry.sku().index()]
                && product.seats.groups.contains(&group)
                && context.memberships().of_user(user.index).contains(&group)
            {
                product.advise_stale(output, group, user.index, entry);
            }
        }
    });
}

/// One product, with its sums.
struct Product<'c, 't> {
    context: &'c Context<'t>,
    seats: &'c Seats,
    owned: &'t Owned,
}

/// Says what is wrong with a product; gives it back if there is a seat for everybody who waits for one.
fn check_product<'c, 't>(
    context: &'c Context<'t>,
    output: &mut Output<'_>,
    seats: &'c Seats,
) -> Option<Product<'c, 't>> {
    let subject = Subject::sku(seats.id);
    let Some(owned) = context.tenant.sku(seats.sku).owned.as_ref() else {
        if context.tenant.skus_complete() {
            let evidence =
                vec![evidence::not_in_sku_list(context.tenant, seats.sku), demand(context, seats, ">= 1")];
            let message = Message::new("sku-not-owned").with("demand", seats.demand);
            output.find(Code::SkuNotOwned, subject, message, evidence);
        }
        return None;
    };
    let counters =
        [("enabled", owned.enabled), ("warning", owned.warning), ("consumedUnits", owned.consumed)];
    let missing: Vec<&str> =
        counters.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect();
    if !missing.is_empty() {
        output.gap(gaps::counters_missing(context, seats.sku, &missing));
    }
    if owned.capability() == Capability::Unknown {
        output.gap(gaps::status_unreadable(context, seats.sku));
    }
    let product = Product { context, seats, owned };
    product.check_in_force(output);
    product.check_sums(output);
    product.advise(output);
    product.advise_lapse(output);
    product.serves_all().then_some(product)
}

impl Product<'_, '_> {
    fn tenant(&self) -> &Tenant {
        self.context.tenant
    }

    fn subject(&self) -> Subject {
        Subject::sku(self.seats.id)
    }

    fn counter(&self, property: &'static str, seen: impl Into<Value>, wanted: impl Into<Wanted>) -> Evidence {
        evidence::sku(self.tenant(), self.seats.sku, property, seen, wanted)
    }

    /// The counters that a sum rests on, and the sum.
    fn counters(&self, wanted: &str) -> Vec<Evidence> {
        let Owned { enabled, warning, consumed, .. } = self.owned;
        vec![
            self.counter("prepaidUnits.enabled", *enabled, wanted),
            self.counter("prepaidUnits.warning", *warning, wanted),
            self.counter("consumedUnits", *consumed, wanted),
            demand(self.context, self.seats, wanted),
        ]
    }

    /// The values of every formula, for the sentence.
    fn sums(&self, id: &'static str) -> Message {
        let Owned { enabled, warning, consumed, .. } = self.owned;
        let known = [
            ("enabled", *enabled),
            ("warning", *warning),
            ("consumed", *consumed),
            ("capacity", self.owned.capacity()),
            ("free", self.seats.free(self.tenant())),
            ("demand", Some(self.seats.demand)),
            ("waiting", Some(self.seats.waiting)),
        ];
        // A counter that was not read is left out, not called 0.
        let known = known.into_iter().filter_map(|(name, value)| Some((name, value?)));
        known.fold(Message::new(id), |message, (name, value)| message.with(name, value))
    }

    fn check_in_force(&self, output: &mut Output<'_>) {
        match (self.owned.capability(), self.owned.capacity()) {
            (Capability::Ended, _) => {
                let status = self.owned.status.clone().unwrap_or_default();
                let seen =
                    self.counter("capabilityStatus", status.as_str(), Wanted::said("wanted-status-in-force"));
                let message = self.sums("subscription-suspended-status").with("status", status);
                output.find(Code::SubscriptionSuspended, self.subject(), message, vec![seen]);
            }
            (Capability::Live, Some(0)) => {
                let message =
                    self.sums("subscription-suspended-empty").with("suspended", self.owned.suspended);
                let mut evidence = self.counters("enabled + warning >= 1");
                evidence.push(self.counter(
                    "prepaidUnits.suspended",
                    self.owned.suspended,
                    Wanted::said("wanted-enabled-units"),
                ));
                output.find(Code::SubscriptionSuspended, self.subject(), message, evidence);
            }
            _ => {}
        }
    }

    fn check_sums(&self, output: &mut Output<'_>) {
        let Seats { demand, waiting, .. } = *self.seats;
        let Some(capacity) = self.owned.capacity() else { return };
        if let Some(free) = self.seats.free(self.tenant())
            && waiting > 0
            && waiting > free
        {
            let evidence = self.counters("waiting <= enabled + warning - consumed");
            output.find(Code::SeatsExhausted, self.subject(), self.sums("seats-exhausted"), evidence);
        }
        if demand > capacity {
            let evidence = self.counters("demand <= enabled + warning");
            output.find(
                Code::DemandExceedsSeats,
                self.subject(),
                self.sums("demand-exceeds-seats"),
                evidence,
            );
        }
        if self.owned.consumed.is_some_and(|consumed| consumed > capacity) {
            let evidence = self.counters("consumed <= enabled + warning");
            output.find(Code::OverConsumed, self.subject(), self.sums("over-consumed"), evidence);
        }
    }

    fn advise(&self, output: &mut Output<'_>) {
        let Seats { demand, waiting, .. } = *self.seats;
        let (Some(enabled), Some(warning), Some(capacity)) =
            (self.owned.enabled, self.owned.warning, self.owned.capacity())
        else {
            return;
        };
        let consumed = self.owned.consumed;
        let over = |sum: i64| sum > enabled;
        if warning > 0
            && (over(demand) || consumed.is_some_and(|used| over(used) || over(used.saturating_add(waiting))))
        {
            let date = self.dates(|subscription| is_status(subscription, "Warning")).next();
            let evidence = self.counters("demand <= enabled, consumed + waiting <= enabled");
            let message = self.sums("seats-in-grace").with("date", date.map_or_else(|| "?".to_owned(), day));
            output.find(Code::SeatsInGrace, self.subject(), message, evidence);
        }
        let Some(free) = self.seats.free(self.tenant()) else { return };
        let headroom = self.context.headroom.of(capacity);
        if 0 < free && free < headroom {
            let evidence = self.counters("free >= headroom");
            let message = self
                .sums("low-headroom")
                .with("headroom", headroom)
                .with("setting", self.context.headroom.to_string());
            output.find(Code::LowHeadroom, self.subject(), message, evidence);
        }
        if free == 0 {
            let evidence = self.counters("free >= 1");
            output.find(Code::NoSeatLeft, self.subject(), self.sums("no-seat-left"), evidence);
        }
        if free >= 10 && i128::from(free) * 5 > i128::from(capacity) {
            let evidence = self.counters("free <= capacity / 5");
            output.find(Code::UnusedSeats, self.subject(), self.sums("unused-seats"), evidence);
        }
    }

    /// Whether there is a free seat for everybody who waits for one, as far as the counters are known.
    fn serves_all(&self) -> bool {
        self.seats.free(self.tenant()).is_some_and(|free| free >= self.seats.waiting)
    }

    /// A member was refused a seat though there is one now.
    fn advise_stale(
        &self,
        output: &mut Output<'_>,
        group: GroupIndex,
        member: UserIndex,
        entry: LicenseEntry<'_>,
    ) {
        let wanted = Wanted::said("wanted-no-count-violation");
        let seen =
            evidence::entry(self.tenant(), member, self.seats.sku, entry.source(), Some(entry), wanted);
        let subject = Subject::member(group, member).with_sku(self.seats.id);
        output.find(Code::CountViolationStale, subject, self.sums("count-violation-stale"), vec![seen]);
    }

    fn advise_lapse(&self, output: &mut Output<'_>) {
        let Ok(end) = self.tenant().as_of().checked_add(self.context.lapse_window) else { return };
        let in_force = |subscription: &&Subscription| {
            is_status(subscription, "Enabled") || is_status(subscription, "Warning")
        };
        let lapsing: Vec<&Subscription> = self
            .subscriptions()
            .filter(in_force)
            .filter(|subscription| subscription.next_change.is_some_and(|date| date <= end))
            .collect();
        let Some(first) = lapsing.iter().filter_map(|subscription| subscription.next_change).min() else {
            return;
        };
        let seats: i64 =
            lapsing.iter().filter_map(|subscription| subscription.total).fold(0, i64::saturating_add);
        let evidence = lapsing.iter().map(|subscription| Evidence {
            object: format!("directory/subscriptions/{}", subscription.id),
            property: "nextLifecycleDateTime",
            seen: json!(subscription.next_change.map(|date| date.to_string())),
            wanted: format!("> {end}").into(),
            read_at: self.tenant().read_at(subscription.read),
        });
        let message = Message::new("subscription-lapses")
            .with("date", day(first))
            .with("seats", seats)
            .with("subscriptions", lapsing.len());
        output.find(Code::SubscriptionLapses, self.subject(), message, evidence.collect());
    }

    fn subscriptions(&self) -> impl Iterator<Item = &Subscription> {
        self.tenant().subscriptions().iter().filter(|subscription| subscription.sku == self.seats.id)
    }

    /// When subscriptions change next, the earliest first.
    fn dates(&self, which: impl Fn(&Subscription) -> bool) -> impl Iterator<Item = Timestamp> {
        let mut dates: Vec<Timestamp> = self
            .subscriptions()
            .filter(|subscription| which(subscription))
            .filter_map(|subscription| subscription.next_change)
            .collect();
        dates.sort_unstable();
        dates.into_iter()
    }
}

fn is_status(subscription: &Subscription, status: &str) -> bool {
    subscription.status.as_deref().is_some_and(|word| word.eq_ignore_ascii_case(status))
}

fn day(date: Timestamp) -> String {
    date.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// How many people need a seat, and in which groups they are.
fn demand(context: &Context<'_>, seats: &Seats, wanted: &str) -> Evidence {
    let groups: Vec<_> =
        seats.groups.iter().map(|group| context.tenant.id_text(context.tenant.group(*group).id.0)).collect();
    let read = seats
        .groups
        .first()
        .and_then(|group| context.tenant.members(*group))
        .and_then(|members| members.read);
    Evidence {
        object: format!("subscribedSkus/{}", context.tenant.id_text(seats.id.0)),
        property: "demand",
        seen: json!({ "demand": seats.demand, "waiting": seats.waiting, "groups": groups }),
        wanted: wanted.into(),
        read_at: read.map_or(context.tenant.as_of(), |read| context.tenant.read_at(read)),
    }
}
