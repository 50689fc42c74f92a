//! The real program, run as people run it, against simulated tenants that are served over HTTPS in this process.
//!
//! Nothing here sleeps, uses a fixed port or leaves this computer.

mod common;

mod bad_input;
mod cli;
mod demo;
mod lab;
