//! A second opinion on the verdicts: design section 4 written down once more, slowly and plainly, over the
//! JSON that Graph sent, and a maker of small tenants to try it on.
//!
//! This binary shares no code with the library's rules. It does not scan, report or explain.

mod expected;
mod facts;
mod groups;
mod guests;
mod judge;
mod members;
mod plan;
mod product;
mod seats;
mod world;

mod counts;
mod examples;
mod variations;
