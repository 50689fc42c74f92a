//! What the simulated Graph answers to a request: routes, lists and pages, single objects, counts.
//!
//! Everything here is a function from a request to an answer; connections, sign-in and the clock of the quota
//! are `server`'s. Only reading is known.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use uuid::Uuid;

use super::Collection;
use super::directory::{Directory, Group, Hyphenated, Member, MemberAccess, Other, ServicePlan, User};
use super::errors::GraphError;
use super::filter::Filter;
use super::property::{Entity, Property, write};
use super::query::{PageTokens, Query, base64url, decode, unknown_property};

const CONTEXT: &str = "https://graph.microsoft.com/v1.0/$metadata#";
const JSON: &str =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/// A request, or one item of a batch: always a GET.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    /// Behind the version and without the first slash, as received.
    pub(super) path: &'a str,
    /// Behind the question mark, as received.
    pub(super) query: &'a str,
    /// Whether `ConsistencyLevel: eventual` came with it.
    pub(super) eventual: bool,
}

/// The two ids that every Graph answer carries.
#[derive(Clone, Debug)]
pub(super) struct Identifiers {
    pub(super) request_id: String,
    pub(super) client_request_id: String,
}

/// An answer before it goes onto a connection or into a batch.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn json(status: u16, body: Vec<u8>) -> Self {
        Self { status, content_type: JSON, headers: Vec::new(), body }
    }

    fn ok(body: Vec<u8>) -> Self {
        Self::json(200, body)
    }

    fn text(body: String) -> Self {
        Self { status: 200, content_type: "text/plain", headers: Vec::new(), body: body.into_bytes() }
    }

    pub(super) fn is_json(&self) -> bool {
        self.content_type == JSON
    }
}

/// The directory behind its API.
#[derive(Debug)]
pub(super) struct Graph {
    pub(super) directory: Directory,
    /// Collections that answer 403.
    pub(super) deny: Vec<Collection>,
    /// Where next links point: scheme, host, port and version, never taken from a request.
    pub(super) root: String,
    /// Places of users and groups by object id.
    users: FxHashMap<Uuid, usize>,
    groups: FxHashMap<Uuid, usize>,
    tokens: PageTokens,
    passing: Mutex<Passing>,
}

/// By list and filter: the places of the objects that pass.
type Passing = FxHashMap<(String, String), Arc<OnceLock<Places>>>;
type Places = Arc<[u32]>;

/// Room for an object of a page; a user with two licenses takes about as many bytes.
const LIKELY_LENGTH: usize = 700;

/// So many lists that went through a filter are remembered.
const MOST_FILTERS_KEPT: usize = 100;

/// Options of a list that is paged.
const LIST: &[&str] = &["$select", "$top", "$count", "$filter", "$skiptoken"];

/// How many objects of a relationship `$expand` shows; nothing says that there are more (Microsoft Graph documentation,
/// "Use query parameters to customize responses").
const EXPANDED: usize = 20;

impl Graph {
    pub(super) fn new(directory: Directory, deny: Vec<Collection>, root: String) -> Self {
        let users = directory.users.iter().enumerate().map(|(place, user)| (user.id, place)).collect();
        let groups = directory.groups.iter().enumerate().map(|(place, group)| (group.id, place)).collect();
        Self { directory, deny, root, users, groups, tokens: PageTokens::new(), passing: Mutex::default() }
    }

    /// Answers a request that was let in.
    pub(super) fn answer(&self, request: Request<'_>) -> Result<Answer, GraphError> {
        let query = Query::parse(request.query)?;
        let segments = segments(request.path)?;
        let segments: Vec<&str> = segments.iter().map(AsRef::as_ref).collect();
        let directory = &self.directory;
        match segments.as_slice() {
            ["organization"] => {
                self.allow(Collection::Organization)?;
                query.allow(&["$select"])?;
                self.list(request, &query, "organization", std::slice::from_ref(&directory.organization))
            }
            ["subscribedSkus"] => {
                self.allow(Collection::SubscribedSkus)?;
                // The resource page documents $select only; the schema marks all other options unsupported.
                query.allow(&["$select"])?;
                self.list(request, &query, "subscribedSkus", &directory.skus)
            }
            ["directory", "subscriptions"] => {
                self.allow(Collection::Subscriptions)?;
                // By the schema's annotations $filter is supported; $top, $skip and $count are not.
                query.allow(&["$select", "$filter"])?;
                self.list(request, &query, "directory/subscriptions", &directory.subscriptions)
            }
            ["directory", "deletedItems", cast] => {
                self.allow(Collection::DeletedItems)?;
                query.allow(LIST)?;
                match cast_of(cast) {
                    Some("group") => self.list(request, &query, "groups", &directory.deleted_groups),
                    Some("user") => self.list(request, &query, "users", &directory.deleted_users),
                    _ => Err(GraphError::unknown_segment(cast)),
                }
            }
            ["users", rest @ ..] => {
                self.allow(Collection::Users)?;
                match rest {
                    [] => self.list(request, &query, "users", &directory.users),
                    ["$count"] => self.count(request, &query, "users", &directory.users),
                    [id] => Self::one(&query, "users", self.user(id)?),
                    [id, "licenseDetails"] => self.license_details(&query, self.user(id)?),
                    [.., unknown] => Err(GraphError::unknown_segment(unknown)),
                }
            }
            ["groups", rest @ ..] => self.groups(request, &query, rest),
            [unknown, ..] => Err(GraphError::unknown_segment(unknown)),
            [] => Err(GraphError::unknown_segment("")),
        }
    }

    fn groups(&self, request: Request<'_>, query: &Query, rest: &[&str]) -> Result<Answer, GraphError> {
        let directory = &self.directory;
        match rest {
            [_, relation, ..] if is_membership(relation) => self.allow(Collection::Members)?,
            _ => self.allow(Collection::Groups)?,
        }
        match rest {
            [] => {
                if query
                    .filter
                    .as_deref()
                    .is_some_and(|filter| filter.contains("hasMembersWithLicenseErrors"))
                {
                    return self.groups_with_license_errors(request, query);
                }
                if let Some(owners) = &query.owners {
                    return self.groups_with_owners(request, query, owners);
                }
                self.list(request, query, "groups", &directory.groups)
            }
            ["$count"] => self.count(request, query, "groups", &directory.groups),
            [id] => Self::one(query, "groups", self.group(id)?),
            [id, relation, rest @ ..] if is_membership(relation) => {
                let group = self.group(id)?;
                let members = match (group.access, *relation) {
                    (MemberAccess::Denied, _) => return Err(GraphError::denied()),
                    (MemberAccess::Hidden, _) => Cow::Owned(Vec::new()),
                    (_, "members") => Cow::Borrowed(&*group.members),
                    (_, "transitiveMembers") => Cow::Owned(directory.transitive_members(group)),
                    _ => {
                        let members = group.members.iter().copied();
                        members.filter(|&member| directory.has_license_error(group, member)).collect()
                    }
                };
                self.members(request, query, group, &members, rest)
            }
            [.., unknown] => Err(GraphError::unknown_segment(unknown)),
        }
    }

    fn members(
        &self,
        request: Request<'_>,
        query: &Query,
        group: &Group,
        members: &[Member],
        rest: &[&str],
    ) -> Result<Answer, GraphError> {
        let (cast, counted) = match rest {
            [] => (None, false),
            ["$count"] => (None, true),
            [cast] => (Some(*cast), false),
            [cast, "$count"] => (Some(*cast), true),
            [.., unknown] => return Err(GraphError::unknown_segment(unknown)),
        };
        let cast = match cast.map(|cast| (cast, cast_of(cast))) {
            None => None,
            Some((_, Some(kind))) => Some(kind),
            Some((segment, None)) => return Err(GraphError::unknown_segment(segment)),
        };
        if counted {
            query.allow(&["$filter"])?;
            if !request.eventual {
                return Err(no_count());
            }
        } else {
            query.allow(LIST)?;
            if cast.is_some() && !(request.eventual && query.count) {
                return Err(GraphError::unsupported(
                    "OData cast is not supported without an advanced query.",
                ));
            }
        }
        if cast == Some("group") && group.group_types.iter().any(|kind| kind == "Unified") {
            // A Microsoft 365 group cannot contain groups, and the service says so.
            return Err(GraphError::unsupported("The specified cast is not supported for this group type."));
        }
        match cast {
            Some("user") => {
                let access = self.access(group, Collection::Users);
                let users: Vec<Shown<'_, User>> = members
                    .iter()
                    .filter_map(|member| match *member {
                        Member::User(place) => Some(Shown(&self.directory.users[place as usize], access)),
                        _ => None,
                    })
                    .collect();
                self.cast_members(request, query, "users", &users, counted)
            }
            Some("group") => {
                let access = self.access(group, Collection::Groups);
                let groups: Vec<Shown<'_, Group>> = members
                    .iter()
                    .filter_map(|member| match *member {
                        Member::Group(place) => Some(Shown(&self.directory.groups[place as usize], access)),
                        _ => None,
                    })
                    .collect();
                self.cast_members(request, query, "groups", &groups, counted)
            }
            Some(kind) => {
                let others: Vec<Shown<'_, Other>> = members
                    .iter()
                    .filter_map(|member| match *member {
                        Member::Other(place) => Some(&self.directory.others[place as usize]),
                        _ => None,
                    })
                    .filter(|other| other.kind == kind)
                    .map(|other| Shown(other, group.access))
                    .collect();
                self.cast_members(request, query, &format!("{kind}s"), &others, counted)
            }
            None => self.mixed_members(request, query, group, members, counted),
        }
    }

    fn cast_members<T: Entity>(
        &self,
        request: Request<'_>,
        query: &Query,
        context: &str,
        members: &[Shown<'_, T>],
        counted: bool,
    ) -> Result<Answer, GraphError> {
        let filter = filter::<T>(query, request.eventual && (query.count || counted))?;
        let passes = filter.as_ref().map(Filter::predicate::<T>);
        let keep = |member: &Shown<'_, T>| passes.as_ref().is_none_or(|passes| passes(member.0));
        if counted {
            return Ok(Answer::text(members.iter().filter(|member| keep(member)).count().to_string()));
        }
        let selection = query.selection::<T>()?;
        self.page(request, query, context, members, keep, |out, member| member.write(out, &selection, false))
    }

    fn mixed_members(
        &self,
        request: Request<'_>,
        query: &Query,
        group: &Group,
        members: &[Member],
        counted: bool,
    ) -> Result<Answer, GraphError> {
        if query.filter.is_some() {
            return Err(GraphError::unsupported(
                "The specified filter to the reference property query is currently not supported.",
            ));
        }
        if counted {
            return Ok(Answer::text(members.len().to_string()));
        }
        for name in query.select.iter().flatten() {
            let known = User::property(name).is_some()
                || Group::property(name).is_some()
                || Other::property(name).is_some();
            if !known {
                return Err(unknown_property(name, "DirectoryObject"));
            }
        }
        let users = query.selection_of_any::<User>();
        let groups = query.selection_of_any::<Group>();
        let others = query.selection_of_any::<Other>();
        let of_users = self.access(group, Collection::Users);
        let of_groups = self.access(group, Collection::Groups);
        let directory = &self.directory;
        self.page(
            request,
            query,
            "directoryObjects",
            members,
            |_| true,
            |out, member| match *member {
                Member::User(place) => {
                    Shown(&directory.users[place as usize], of_users).write(out, &users, true);
                }
                Member::Group(place) => {
                    Shown(&directory.groups[place as usize], of_groups).write(out, &groups, true);
                }
                Member::Other(place) => {
                    Shown(&directory.others[place as usize], group.access).write(out, &others, true);
                }
            },
        )
    }

    /// The groups with their owners: `$expand=owners`.
    fn groups_with_owners(
        &self,
        request: Request<'_>,
        query: &Query,
        of_owners: &Query,
    ) -> Result<Answer, GraphError> {
        self.allow(Collection::Owners)?;
        query.allow(&[LIST, &["$expand"]].concat())?;
        if request.eventual || query.count {
            return Err(GraphError::unsupported("Expand is not supported in an advanced query."));
        }
        for name in of_owners.select.iter().flatten() {
            if User::property(name).is_none() && Other::property(name).is_none() {
                return Err(unknown_property(name, "DirectoryObject"));
            }
        }
        let filter = filter::<Group>(query, false)?;
        let passes = filter.as_ref().map(Filter::predicate::<Group>);
        let selection = query.selection::<Group>()?;
        let (users, others) = (of_owners.selection_of_any::<User>(), of_owners.selection_of_any::<Other>());
        let access = |group: &Group, collection| self.access(group, collection);
        let directory = &self.directory;
        let keep = |group: &Group| passes.as_ref().is_none_or(|passes| passes(group));
        self.page(request, query, "groups", &directory.groups, keep, |out, group| {
            write(out, group, &selection, false);
            let instead = group.overrides.as_ref().and_then(|overrides| overrides.get("owners"));
            if instead.is_some_and(Option::is_none) {
                return;
            }
            out.pop();
            if !out.ends_with(b"{") {
                out.push(b',');
            }
            out.extend_from_slice(b"\"owners\":");
            if let Some(Some(value)) = instead {
                out.extend_from_slice(value.to_string().as_bytes());
            } else {
                out.push(b'[');
                for owner in group.owners.iter().take(EXPANDED) {
                    if !out.ends_with(b"[") {
                        out.push(b',');
                    }
                    match *owner {
                        Member::User(place) => {
                            let user = &directory.users[place as usize];
                            Shown(user, access(group, Collection::Users)).write(out, &users, true);
                        }
                        Member::Other(place) => {
                            Shown(&directory.others[place as usize], group.access).write(out, &others, true);
                        }
                        Member::Group(_) => unreachable!("no group owns another"),
                    }
                }
                out.push(b']');
            }
            out.push(b'}');
        })
    }

    /// `$filter=hasMembersWithLicenseErrors eq true`: nothing else beside it, and never as an advanced query.
    fn groups_with_license_errors(&self, request: Request<'_>, query: &Query) -> Result<Answer, GraphError> {
        query.allow(LIST)?;
        let filter = query.filter.as_deref().unwrap_or_default();
        if request.eventual || filter.trim() != "hasMembersWithLicenseErrors eq true" {
            return Err(GraphError::unsupported(
                "Unsupported or invalid query filter clause specified for property \
                 'hasMembersWithLicenseErrors' of resource 'Group'.",
            ));
        }
        let directory = &self.directory;
        let keep =
            |group: &Group| group.members.iter().any(|&member| directory.has_license_error(group, member));
        let selection = query.selection::<Group>()?;
        self.page(request, query, "groups", &directory.groups, keep, |out, group| {
            write(out, group, &selection, false);
        })
    }

    /// What shows of a group's members of one kind: type and id only, where the kind itself may not be read.
    fn access(&self, group: &Group, collection: Collection) -> MemberAccess {
        if self.deny.contains(&collection) { MemberAccess::Limited } else { group.access }
    }

    fn allow(&self, collection: Collection) -> Result<(), GraphError> {
        if self.deny.contains(&collection) { Err(GraphError::denied()) } else { Ok(()) }
    }

    /// By object id or, as in Graph, by user principal name.
    fn user(&self, id_or_name: &str) -> Result<&User, GraphError> {
        let users = &self.directory.users;
        let found = match Uuid::try_parse(id_or_name) {
            Ok(id) => self.users.get(&id).map(|&place| &users[place]),
            Err(_) => users.iter().find(|user| user.user_principal_name.eq_ignore_ascii_case(id_or_name)),
        };
        found.ok_or_else(|| GraphError::no_object(id_or_name))
    }

    fn group(&self, id: &str) -> Result<&Group, GraphError> {
        let uuid = Uuid::try_parse(id)
            .map_err(|_| GraphError::bad_request(format!("Invalid object identifier '{id}'.")))?;
        let place = self.groups.get(&uuid).ok_or_else(|| GraphError::no_object(id))?;
        Ok(&self.directory.groups[*place])
    }

    /// One object: `$select` and nothing else.
    fn one<T: Entity>(query: &Query, context: &str, entity: &T) -> Result<Answer, GraphError> {
        query.allow(&["$select"])?;
        let selection = query.selection::<T>()?;
        let mut object = Vec::new();
        write(&mut object, entity, &selection, false);
        let mut body =
            format!("{{\"@odata.context\":\"{CONTEXT}{context}{}/$entity\"", query.selected_names())
                .into_bytes();
        if object.len() > 2 {
            body.push(b',');
        }
        body.extend_from_slice(&object[1..]);
        Ok(Answer::ok(body))
    }

    /// A list of one type.
    fn list<T: Entity>(
        &self,
        request: Request<'_>,
        query: &Query,
        context: &str,
        entities: &[T],
    ) -> Result<Answer, GraphError> {
        query.allow(LIST)?;
        let filter = filter::<T>(query, request.eventual && query.count)?;
        let selection = query.selection::<T>()?;
        let Some(filter) = filter else {
            return self.page(
                request,
                query,
                context,
                entities,
                |_| true,
                |out, entity| {
                    write(out, entity, &selection, false);
                },
            );
        };
        let passing = self.passing(request.path, query, &filter, entities);
        self.page(
            request,
            query,
            context,
            &passing,
            |_| true,
            |out, place| {
                write(out, &entities[*place as usize], &selection, false);
            },
        )
    }

    /// `/$count`: a number as text, as an advanced query only.
    fn count<T: Entity>(
        &self,
        request: Request<'_>,
        query: &Query,
        path: &str,
        entities: &[T],
    ) -> Result<Answer, GraphError> {
        query.allow(&["$filter"])?;
        if !request.eventual {
            return Err(no_count());
        }
        let count = match filter::<T>(query, true)? {
            None => entities.len(),
            Some(filter) => self.passing(path, query, &filter, entities).len(),
        };
        Ok(Answer::text(count.to_string()))
    }

    /// The places of the objects in the list at this path that pass the filter. They are kept, because a list of many
    /// pages asks for them again and again, and nothing in the directory changes.
    fn passing<T: Entity>(&self, path: &str, query: &Query, filter: &Filter, entities: &[T]) -> Places {
        let key = (path.to_owned(), query.filter.clone().unwrap_or_default());
        let mut kept = self.passing.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() > MOST_FILTERS_KEPT {
            kept.clear();
        }
        let places = Arc::clone(kept.entry(key).or_default());
        drop(kept);
        // Several requests may wait for the first of them, and others do not.
        let found = || {
            let passes = filter.predicate::<T>();
            let passing = (0..).zip(entities).filter(|(_, entity)| passes(entity));
            passing.map(|(place, _)| place).collect()
        };
        Arc::clone(places.get_or_init(found))
    }

    /// A page: the objects that pass from the token's place on, the count on the first page, the next link.
    fn page<T>(
        &self,
        request: Request<'_>,
        query: &Query,
        context: &str,
        items: &[T],
        keep: impl Fn(&T) -> bool,
        write: impl Fn(&mut Vec<u8>, &T),
    ) -> Result<Answer, GraphError> {
        let start = match &query.skip_token {
            None => 0,
            Some(token) => self
                .tokens
                .open(request.path, &query.rest, token)
                .filter(|&start| start <= items.len())
                .ok_or_else(GraphError::bad_token)?,
        };
        let mut passing = items.iter().enumerate().skip(start).filter(|(_, item)| keep(item));
        let shown: Vec<&T> = passing.by_ref().take(query.page_size()).map(|(_, item)| item).collect();
        let next = passing.next().map(|(place, _)| place);
        let mut head = format!("{{\"@odata.context\":\"{CONTEXT}{context}{}\"", query.selected_names());
        if query.count && request.eventual && query.skip_token.is_none() {
            let count = items.iter().filter(|item| keep(item)).count();
            write!(head, ",\"@odata.count\":{count}").expect("writing to a string");
        }
        if let Some(place) = next {
            let token = self.tokens.seal(request.path, &query.rest, place);
            let separator = if query.rest.is_empty() { "" } else { "&" };
            let link = format!("{}/{}?{}{separator}$skiptoken={token}", self.root, request.path, query.rest);
            let link = serde_json::to_string(&link).expect("a string becomes JSON");
            write!(head, ",\"@odata.nextLink\":{link}").expect("writing to a string");
        }
        head.push_str(",\"value\":[");
        let mut body = head.into_bytes();
        body.reserve(shown.len() * LIKELY_LENGTH);
        for (place, item) in shown.into_iter().enumerate() {
            if place > 0 {
                body.push(b',');
            }
            write(&mut body, item);
        }
        body.extend_from_slice(b"]}");
        Ok(Answer::ok(body))
    }

    /// What a user effectively has: a row per SKU, with the plans as the user has them.
    fn license_details(&self, query: &Query, user: &User) -> Result<Answer, GraphError> {
        query.allow(&["$select"])?;
        let names = ["id", "skuId", "skuPartNumber", "servicePlans"];
        if let Some(name) = query.select.iter().flatten().find(|name| !names.contains(&name.as_str())) {
            return Err(unknown_property(name, "LicenseDetails"));
        }
        let rows: Vec<serde_json::Value> = user
            .assigned_licenses()
            .iter()
            .map(|license| {
                let sku = self.directory.sku(license.sku_id);
                let plans = sku.into_iter().flat_map(|sku| &sku.service_plans);
                let plans: Vec<ServicePlan> = plans
                    .map(|plan| {
                        let mut plan = plan.clone();
                        if license.disabled_plans.0.contains(&plan.service_plan_id) {
                            plan.provisioning_status = "Disabled".into();
                        }
                        plan
                    })
                    .collect();
                let id = [user.id.into_bytes(), license.sku_id.into_bytes()].concat();
                let row = serde_json::json!({
                    "id": base64url(&id), "skuId": Hyphenated(license.sku_id),
                    "skuPartNumber": sku.map(|sku| &*sku.part_number), "servicePlans": plans,
                });
                match &query.select {
                    None => row,
                    Some(names) => names.iter().map(|name| (name.clone(), row[name].clone())).collect(),
                }
            })
            .collect();
        let context = format!("{CONTEXT}users('{}')/licenseDetails", Hyphenated(user.id));
        let body = serde_json::json!({ "@odata.context": context, "value": rows });
        Ok(Answer::ok(body.to_string().into_bytes()))
    }
}

/// A member as a caller may see it.
struct Shown<'a, T>(&'a T, MemberAccess);

impl<T: Entity> Shown<'_, T> {
    fn write(&self, out: &mut Vec<u8>, selection: &[&'static Property<T>], annotated: bool) {
        if self.1 != MemberAccess::Limited {
            return write(out, self.0, selection, annotated);
        }
        let (id, hidden): (Vec<&'static Property<T>>, Vec<_>) =
            selection.iter().copied().partition(|property| property.name == "id");
        write(out, self.0, &id, annotated);
        out.pop();
        for property in hidden {
            if !out.ends_with(b"{") {
                out.push(b',');
            }
            out.extend_from_slice(format!("\"{}\":null", property.name).as_bytes());
        }
        out.push(b'}');
    }
}

fn no_count() -> GraphError {
    GraphError::bad_request("$count is not currently supported.")
}

/// The filter of a request; it is an advanced query where the header and a count came with it.
fn filter<T: Entity>(query: &Query, advanced: bool) -> Result<Option<Filter>, GraphError> {
    query.filter.as_deref().map(|text| Filter::parse::<T>(text, advanced)).transpose()
}

fn is_membership(segment: &str) -> bool {
    matches!(segment, "members" | "transitiveMembers" | "membersWithLicenseErrors")
}

/// `user` of `microsoft.graph.user` or `graph.user`.
fn cast_of(segment: &str) -> Option<&str> {
    let kind = segment.strip_prefix("microsoft.").unwrap_or(segment).strip_prefix("graph.")?;
    ["user", "group", "device", "servicePrincipal", "orgContact"].contains(&kind).then_some(kind)
}

/// The decoded segments of a path.
fn segments(path: &str) -> Result<Vec<Cow<'_, str>>, GraphError> {
    path.trim_end_matches('/').split('/').map(decode_segment).collect()
}

/// A plus sign in a path is a plus sign.
fn decode_segment(segment: &str) -> Result<Cow<'_, str>, GraphError> {
    if segment.contains('+') {
        return decode(&segment.replace('+', "%2B")).map(|text| text.into_owned().into());
    }
    decode(segment)
}

/// What a GET costs, in resource units ("Microsoft Graph service-specific throttling limits", identity and access).
pub(super) fn cost(request: Request<'_>) -> u32 {
    let segments: Vec<&str> = request.path.trim_end_matches('/').split('/').collect();
    let base: i32 = match segments.as_slice() {
        ["users"] | ["users", _, "licenseDetails"] => 2,
        ["groups", _, "members", ..] | ["subscribedSkus"] => 3,
        ["groups", _, "transitiveMembers", ..] => 5,
        _ => 1,
    };
    let query = Query::parse(request.query).unwrap_or_default();
    let select = i32::from(query.select.is_some());
    let expand = i32::from(query.owners.is_some());
    let small = i32::from(query.top.is_some_and(|top| top < 20));
    (base - select + expand - small).max(1).unsigned_abs()
}
