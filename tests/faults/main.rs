//! Bad days: a tenant is served in this process with faults, scanned and judged, and compared with a good day.
//!
//! What passes must leave no trace in the result; what does not pass must never become a pass; every scan ends,
//! only reads, and speaks to nobody but the tenant.

#![expect(
    clippy::unwrap_used,
    reason = "a test may; outside of #[test] functions clippy does not see that it is one"
)]

mod arbitrary;
mod recoverable;
mod served;
mod unrecoverable;
mod world;
