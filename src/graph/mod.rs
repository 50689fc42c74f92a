//! Reads Microsoft Graph: the only folder that knows HTTP.
//!
//! Every request, whoever asks for it, goes the same way: the allow-list decides whether it may be sent at
//! all, and one function sends it. What may be sent is a GET under the configured Graph root, a POST to the
//! sign-in service's token and device-code endpoints (and what a managed identity or Azure Pipelines needs to
//! get a token), and a POST of a batch that holds only GETs. Redirects are not followed, and the token goes to the configured Graph origin only, never where an answer points.
//!
//! ```text
//! Client ── get, count, pages, batch ──▶ retry ──▶ allow ──▶ send ──▶ Graph
//! Credential ── azure_identity ──▶ adapter ──▶ allow ──▶ send ──▶ sign-in service
//! ```
//!
//! It will not interpret what it reads: a page is handed on as the JSON text of its objects, or these are given to
//! somebody who does. It imports nothing else of this package.
//!
//! ```no_run
//! use tollgate::graph::{Client, Cloud, Credential, Endpoint, Settings};
//!
//! # async fn example() -> Result<(), tollgate::graph::GraphError> {
//! let endpoint = Endpoint::of(Cloud::Global).expect("the global cloud has fixed addresses");
//! let settings = Settings::default();
//! let environment = |name: &str| std::env::var(name).ok();
//! let (credential, _choice) =
//!     Credential::from_environment(None, Some("contoso.onmicrosoft.com"), &endpoint, &settings, &environment)?;
//! let client = Client::new(endpoint, credential, &settings)?;
//! client.sign_in().await?;
//!
//! let mut pages = client.pages("/groups?$select=id,displayName&$top=999", &[]);
//! while let Some(page) = pages.next().await? {
//!     for group in page.objects() {
//!         // `group` is the JSON text of one group, as received
//!         let _ = group.len();
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod aadsts;
mod allow;
mod auth;
mod azure;
mod batch;
mod certificate;
mod claims;
mod client;
mod cloud;
mod device;
mod error;
mod page;
mod retry;
mod send;
mod settings;
mod source;
#[cfg(test)]
mod tests;
mod throttle;

pub use auth::{AuthMethod, Choice, Credential};
pub(crate) use batch::LARGEST_BATCH;
pub use batch::{Batch, Begun};
pub use claims::TokenClaims;
pub(crate) use client::off_the_async_threads;
pub use client::{Answer, Client, Usage};
pub use cloud::{Cloud, Endpoint, EndpointError};
pub use error::{ErrorKind, Fault, GraphError};
pub use page::{Page, Pages, Through};
pub use retry::Waiting;
pub use settings::Settings;
