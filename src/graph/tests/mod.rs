//! The client against real sockets: what it sends, what it refuses to send, and what it makes of answers.

mod batches;
mod methods;
mod paging;
mod retrying;
mod safety;
mod server;
mod signing_in;

use std::collections::HashMap;
use std::time::Duration;

use self::server::Server;
use super::{Choice, Client, Credential, Endpoint, GraphError, Settings, Waiting};

/// What no output may ever hold.
const TOKEN: &str = "token-hunter2";
const SECRET: &str = "secret+hunter3=&";
const TENANT: &str = "contoso.example";

/// No test waits: a wait is counted and passes at once.
fn settings() -> Settings {
    Settings { waiting: Waiting::Imagined, backoff: Duration::ZERO, ..Settings::default() }
}

/// A client with a ready token for a plain http server on loopback.
fn client(server: &Server) -> Client {
    client_with(server, &settings())
}

fn client_with(server: &Server, settings: &Settings) -> Client {
    let endpoint = Endpoint::custom(&server.graph(), None, None).unwrap();
    let (credential, _) = from_environment(&endpoint, settings, &[("TOLLGATE_ACCESS_TOKEN", TOKEN)]).unwrap();
    Client::new(endpoint, credential, settings).unwrap()
}

fn from_environment(
    endpoint: &Endpoint,
    settings: &Settings,
    variables: &[(&str, &str)],
) -> Result<(Credential, Choice), GraphError> {
    let variables: HashMap<_, _> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Credential::from_environment(None, None, endpoint, settings, &|name| variables.get(name).cloned())
}
