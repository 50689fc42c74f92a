//! `tollgate simulate`: serves a simulated tenant until it is stopped.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::exit::{Exit, Failure};
use super::to_stdout;
use crate::sim::{self, Fault, Options, Tenant};

/// Options of `tollgate simulate`.
#[derive(Args, Debug)]
pub(super) struct SimulateOptions {
    /// Which tenant: lab, lab-VARIANT, contoso, contoso-repaired or generated
    #[arg(long, value_name = "NAME", default_value = "contoso")]
    tenant: Tenant,
    /// How many users, for `generated`
    #[arg(long, value_name = "N")]
    users: Option<u32>,
    /// The same seed gives the same tenant, for `generated`
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// How many members in a hundred have something wrong, for `generated` [default: 1]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    trouble: Option<u8>,
    /// How many licensed groups there are, for `generated` [default: the more, the more users]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    licensed_groups: Option<u32>,
    /// How many groups without licenses there are besides, for `generated`
    #[arg(long, value_name = "N")]
    teams: Option<u32>,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Without TLS; the token to send is printed
    #[arg(long)]
    plain_http: bool,
    /// Scheme, host and port under which clients come, where a proxy stands in front
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Write the certificate authority to this file
    #[arg(long, value_name = "FILE", conflicts_with = "plain_http")]
    ca_out: Option<PathBuf>,
    /// Milliseconds that each answer waits
    #[arg(long, value_name = "MS", default_value_t = 0)]
    latency: u64,
    /// Resource units in 10 seconds, beyond which requests are throttled
    #[arg(long, value_name = "N")]
    units: Option<u32>,
    /// Keep every answer, and give it again from memory: to measure a reader, not this server
    #[arg(long)]
    keep_answers: bool,
    /// What goes wrong, and when: 429@20%, truncate:users#3, 503#5+10, deny:groups … (docs/simulator.md)
    #[arg(long, value_name = "SPEC", value_delimiter = ',')]
    fault: Vec<Fault>,
}

pub(super) async fn run(options: SimulateOptions) -> Result<Exit, Failure> {
    let own = [
        options.users.is_some(),
        options.seed.is_some(),
        options.trouble.is_some(),
        options.licensed_groups.is_some(),
        options.teams.is_some(),
    ];
    let tenant = match options.tenant {
        Tenant::Generated { users, seed, trouble, licensed, teams } => Tenant::Generated {
            users: options.users.unwrap_or(users),
            seed: options.seed.unwrap_or(seed),
            trouble: options.trouble.unwrap_or(trouble),
            licensed: options.licensed_groups.or(licensed),
            teams: options.teams.unwrap_or(teams),
        },
        _ if own.contains(&true) => {
            return Err(Failure::usage(
                "--users, --seed, --trouble, --licensed-groups and --teams go with --tenant generated",
            ));
        }
        tenant => tenant,
    };
    if !options.listen.ip().is_loopback() && options.public_url.is_none() {
        return Err(Failure::usage(format!(
            "{} is no loopback address, and the simulator is for this computer\nhint: where clients come from outside, as in a container, say with --public-url how they reach it",
            options.listen
        )));
    }
    let server = sim::serve(
        tenant.directory(),
        Options {
            listen: options.listen,
            plain_http: options.plain_http,
            public_url: options.public_url,
            latency: Duration::from_millis(options.latency),
            units: options.units,
            keep_answers: options.keep_answers,
            faults: options.fault,
            deny: tenant.deny().to_vec(),
        },
    )
    .await
    .map_err(|error| Failure::usage(format!("failed to {error}")))?;
    if let Some(path) = &options.ca_out {
        fs::write(path, server.ca_pem())
            .map_err(|error| Failure::usage(format!("cannot write {}: {error}", path.display())))?;
    }
    // The credentials are the simulator's own and open nothing else.
    let ready = json!({
        "graphUrl": server.graph_url(),
        "authorityUrl": server.authority_url(),
        "tenantId": server.tenant_id(),
        "clientId": server.client_id(),
        "clientSecret": server.client_secret(),
        "accessToken": server.access_token(),
    });
    to_stdout(|stdout| writeln!(stdout, "{ready}"))?;
    let _ = tokio::signal::ctrl_c().await;
    server.stop().await;
    Ok(Exit::Pass)
}
