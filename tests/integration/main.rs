//! The real program, run as people run it, against simulated tenants that are served over HTTPS in this process.
//!
//! Nothing here sleeps, uses a fixed port or leaves this computer.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

mod bad_input;
mod browser;
mod cli;
mod demo;
mod doctor;
mod dutch;
mod explain;
mod foreign_server;
mod groups;
mod interrupted;
mod lab;
mod parts;
mod plan;
mod redact;
mod requests;
mod reread;
mod sample;
mod secrets;
mod snapshot;
