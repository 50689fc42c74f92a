//! Audits whether a Microsoft 365 tenant gives and takes licenses automatically, by group membership.
//!
//! The question is the exit criterion `crit-identity-group-license` of Microsoft 365 Enterprise (Identity,
//! Step 12). The answer is a verdict per criterion with evidence. Data flows one way:
//!
//! ```text
//! graph → scan → tenant → rules → verdict → report
//!                  ↑        ↑
//!        catalogue ┘        └ plan (tollgate.toml), pack (rules/*.toml)
//! ```
//!
//! [`graph`] is the only module that knows HTTP. [`scan`] collects, live or from a snapshot, and writes down
//! what it could not read. [`tenant`] is the immutable model. [`rules`] judge it, purely. [`report`] tells it.
//! [`redact`] gives people
//! pseudonyms before that. [`sim`] is a simulated tenant that speaks Graph, for demos and tests.
//!
//! Judging a snapshot takes three lines:
//!
//! ```no_run
//! use tollgate::{pack::Pack, plan::Plan, rules, scan::snapshot};
//!
//! let tenant = snapshot::load("tenant.tollgate".as_ref())?;
//! let audit = rules::judge(&tenant, &Plan::default(), Pack::built_in())?;
//! println!("{}", audit.verdict().as_str());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod graph;
pub mod scan;

pub mod tenant;

pub mod catalogue;
pub mod pack;
pub mod plan;
pub mod redact;
pub mod rules;
pub mod verdict;

pub mod report;

pub mod clean;
pub mod cli;
pub mod doctor;
pub mod sim;
