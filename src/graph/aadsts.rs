//! What the sign-in service's error numbers mean, in our words.
//!
//! The numbers are those of the Microsoft documentation page "Microsoft Entra authentication and
//! authorization error codes". The service's own description is not shown: it may change, and it may hold
//! names and addresses of the tenant.

/// The most that is read from text that is not the service's own list of codes, such as the output of `az`.
const MOST_CODES: usize = 4;

/// What to do about the error number, as a sentence without a capital or full stop.
pub(crate) fn explain(code: u64) -> Option<&'static str> {
    Some(match code {
        90_002 => {
            "there is no such tenant: check the tenant id, and whether it is in another cloud (--cloud)"
        }
        90_038 | 900_382 | 900_432 => {
            "the tenant or application is in another national cloud: choose it with --cloud"
        }
        700_016 => {
            "the application is not in this tenant: check AZURE_CLIENT_ID and the tenant, and grant admin consent"
        }
        7_000_215 => "the client secret is wrong: AZURE_CLIENT_SECRET must be the secret's value, not its id",
        7_000_222 => "the client secret has expired: make a new one for the application",
        7_000_218 => "the application is not a public client: give a secret, or allow public client flows",
        700_025 => "the application is a public client and must not send a secret",
        700_027 => {
            "the certificate is not registered with the application: upload the one that AZURE_CLIENT_CERTIFICATE_PATH names"
        }
        700_030 | 50_012 => {
            "the certificate is not accepted: check that it is valid and registered with the application"
        }
        700_024 => "the signed assertion is outside its time range: check this computer's clock",
        // Microsoft documentation, "Workload identity federation": what the assertion must fit.
        70_021 | 700_211 | 700_212 | 700_213 => {
            "the application trusts no such issuer, subject or audience: compare its federated credential with the token's"
        }
        700_229 => {
            "a token of Entra ID cannot stand for an application: the assertion must come from another issuer"
        }
        70_011 | 28_002 | 1_002_012 => {
            "the scope is not accepted: it must be the Graph origin and /.default (--scope)"
        }
        500_011 => "this Graph is unknown to the tenant: check --cloud, --graph-url and --scope",
        65_001 | 90_094 => "an administrator must consent to the application's permissions first",
        7_000_112 | 70_001 => "the application is disabled or unknown in this tenant",
        53_003 | 530_032 | 53_000 => {
            "Conditional Access blocks this sign-in: ask for an exception for the application"
        }
        50_076 | 50_079 => "multi-factor authentication is required: sign in again, or use an application",
        70_016 => "the sign-in with the device code is still waiting for the user",
        70_018 | 70_019 => "the device code is wrong or has expired: start the sign-in again",
        700_082 | 70_043 => "the sign-in has expired: sign in again",
        9_001_023 => "this sign-in needs a tenant id, not `common` or `consumers`",
        90_055 | 90_024 | 90_006 => "the sign-in service is busy: try again in a few minutes",
        _ => return None,
    })
}

/// Whether the same sign-in may work a moment later.
pub(crate) fn is_transient(code: u64) -> bool {
    matches!(code, 90_055 | 90_024 | 90_006)
}

/// The `AADSTS…` numbers in free text, such as what the Azure CLI prints, each once.
pub(crate) fn codes_in(text: &str) -> Vec<u64> {
    let mut codes = Vec::new();
    for rest in text.split("AADSTS").skip(1) {
        let digits = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
        if let Ok(code) = digits.parse()
            && !codes.contains(&code)
            && codes.len() < MOST_CODES
        {
            codes.push(code);
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_in_what_the_cli_prints() {
        assert_eq!(codes_in("ERROR: AADSTS700082: expired. AADSTS50076, AADSTS700082"), [700_082, 50_076]);
        assert_eq!(codes_in("AADSTS and AADSTSé and AADSTS99999999999999999999999"), [0_u64; 0]);
    }

    #[test]
    fn a_secret_that_is_wrong_is_not_tried_again_and_a_busy_service_is() {
        assert!(explain(7_000_215).is_some_and(|text| text.contains("AZURE_CLIENT_SECRET")));
        assert!(!is_transient(7_000_215) && is_transient(90_024));
        assert_eq!(explain(1), None);
    }
}
