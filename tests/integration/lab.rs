//! Microsoft's test lab guide, at each of its moments, audited over HTTPS as a real tenant is.

use crate::common::{Desk, Served, codes, verdicts};

/// What is expected of a moment: exit code, verdicts, and per criterion what is said (`!` violation, `-` advisory,
/// `?` gap).
struct Moment {
    name: &'static str,
    exit: i32,
    verdicts: [&'static str; 4],
    said: [&'static [&'static str]; 4],
}

const PASS: [&str; 4] = ["pass"; 4];
const NOBODY: [&str; 4] = ["pass", "pass", "pass", "not-applicable"];
const RULE: &[&str] = &["- dynamic-rule-admits-guests"];
const UNUSED: &[&str] = &["- unused-seats"];

/// Without a configuration the licensed groups stand in for targets.
const WITHOUT_TARGETS: [Moment; 12] = [
    Moment {
        name: "lab",
        exit: 0,
        verdicts: PASS,
        said: [&["- no-plan-given", "- not-a-plain-security-group"], RULE, UNUSED, &[]],
    },
    Moment {
        name: "lab-before",
        exit: 0,
        verdicts: NOBODY,
        said: [
            &["- empty-licensed-group", "- no-plan-given", "- not-a-plain-security-group"],
            RULE,
            UNUSED,
            &[],
        ],
    },
    Moment {
        name: "lab-processing",
        exit: 4,
        verdicts: ["pass", "pass", "pass", "inconclusive"],
        said: [
            &["- license-processing-not-complete", "- no-plan-given", "- not-a-plain-security-group"],
            RULE,
            UNUSED,
            &["? license-pending"],
        ],
    },
    Moment {
        name: "lab-left",
        exit: 0,
        verdicts: NOBODY,
        said: [
            &["- empty-licensed-group", "- no-plan-given", "- not-a-plain-security-group"],
            RULE,
            UNUSED,
            &[],
        ],
    },
    Moment {
        name: "lab-leaving",
        exit: 1,
        verdicts: ["pass", "pass", "pass", "fail"],
        said: [
            &["- empty-licensed-group", "- no-plan-given", "- not-a-plain-security-group"],
            RULE,
            UNUSED,
            &["! license-left-behind"],
        ],
    },
    Moment {
        name: "lab-no-seats",
        exit: 1,
        verdicts: ["pass", "pass", "fail", "fail"],
        said: [
            &["- no-plan-given", "- not-a-plain-security-group"],
            RULE,
            &["! demand-exceeds-seats", "! seats-exhausted", "- no-seat-left"],
            &["! assignment-error"],
        ],
    },
    Moment {
        name: "lab-paused",
        exit: 0,
        verdicts: PASS,
        said: [
            &["- membership-rule-paused", "- no-plan-given", "- not-a-plain-security-group"],
            RULE,
            UNUSED,
            &[],
        ],
    },
    Moment {
        name: "lab-guest",
        exit: 1,
        verdicts: ["pass", "fail", "pass", "pass"],
        said: [
            &["- no-plan-given", "- not-a-plain-security-group"],
            &["! guest-in-licensed-group", "- dynamic-rule-admits-guests"],
            UNUSED,
            &["- usage-location-missing"],
        ],
    },
    Moment {
        name: "lab-direct",
        exit: 0,
        verdicts: PASS,
        said: [
            &["- no-plan-given", "- not-a-plain-security-group"],
            RULE,
            UNUSED,
            &["- direct-and-inherited"],
        ],
    },
    Moment {
        name: "lab-not-security",
        exit: 1,
        verdicts: ["fail", "pass", "pass", "pass"],
        said: [
            &["! no-group-grants-both-suites", "- no-plan-given", "- not-a-plain-security-group"],
            RULE,
            UNUSED,
            &[],
        ],
    },
    Moment {
        name: "lab-empty",
        exit: 1,
        verdicts: ["fail", "not-applicable", "not-applicable", "not-applicable"],
        said: [&["! no-group-configured", "- no-plan-given"], &[], &[], &[]],
    },
    Moment {
        name: "lab-unlicensed",
        exit: 1,
        verdicts: ["fail", "not-applicable", "not-applicable", "not-applicable"],
        said: [&["! no-group-configured", "- no-plan-given"], &[], &[], &[]],
    },
];

/// With Sales as the target.
const WITH_SALES: [Moment; 12] = [
    Moment {
        name: "lab",
        exit: 0,
        verdicts: PASS,
        said: [&["- not-a-plain-security-group"], RULE, UNUSED, &[]],
    },
    Moment {
        name: "lab-before",
        exit: 0,
        verdicts: NOBODY,
        said: [&["- empty-licensed-group", "- not-a-plain-security-group"], RULE, UNUSED, &[]],
    },
    Moment {
        name: "lab-processing",
        exit: 4,
        verdicts: ["pass", "pass", "pass", "inconclusive"],
        said: [
            &["- license-processing-not-complete", "- not-a-plain-security-group"],
            RULE,
            UNUSED,
            &["? license-pending"],
        ],
    },
    Moment {
        name: "lab-left",
        exit: 0,
        verdicts: NOBODY,
        said: [&["- empty-licensed-group", "- not-a-plain-security-group"], RULE, UNUSED, &[]],
    },
    Moment {
        name: "lab-leaving",
        exit: 1,
        verdicts: ["pass", "pass", "pass", "fail"],
        said: [
            &["- empty-licensed-group", "- not-a-plain-security-group"],
            RULE,
            UNUSED,
            &["! license-left-behind"],
        ],
    },
    Moment {
        name: "lab-no-seats",
        exit: 1,
        verdicts: ["pass", "pass", "fail", "fail"],
        said: [
            &["- not-a-plain-security-group"],
            RULE,
            &["! demand-exceeds-seats", "! seats-exhausted", "- no-seat-left"],
            &["! assignment-error"],
        ],
    },
    Moment {
        name: "lab-paused",
        exit: 0,
        verdicts: PASS,
        said: [&["- membership-rule-paused", "- not-a-plain-security-group"], RULE, UNUSED, &[]],
    },
    Moment {
        name: "lab-guest",
        exit: 1,
        verdicts: ["pass", "fail", "pass", "pass"],
        said: [
            &["- not-a-plain-security-group"],
            &["! guest-in-licensed-group", "- dynamic-rule-admits-guests"],
            UNUSED,
            &["- usage-location-missing"],
        ],
    },
    Moment {
        name: "lab-direct",
        exit: 0,
        verdicts: PASS,
        said: [&["- not-a-plain-security-group"], RULE, UNUSED, &["- direct-and-inherited"]],
    },
    Moment {
        name: "lab-not-security",
        exit: 1,
        verdicts: ["fail", "pass", "pass", "pass"],
        said: [&["! group-type-not-eligible", "- not-a-plain-security-group"], RULE, UNUSED, &[]],
    },
    Moment {
        name: "lab-empty",
        exit: 1,
        verdicts: ["fail", "not-applicable", "not-applicable", "not-applicable"],
        said: [&["! target-not-found"], &[], &[], &[]],
    },
    Moment {
        name: "lab-unlicensed",
        exit: 1,
        verdicts: ["fail", "not-applicable", "not-applicable", "fail"],
        said: [&["! no-license-assigned", "- not-a-plain-security-group"], RULE, &[], &["! missing-product"]],
    },
];

fn audit(moment: &Moment, configuration: &str) {
    let (desk, tenant) = (Desk::new(), Served::named(moment.name));
    desk.write("tollgate.toml", configuration);
    let ran = tenant.run(&desk, "audit", &["--config", "tollgate.toml", "--out", "out", "--print", "none"]);
    let result = desk.json("out/result.json");
    assert_eq!(verdicts(&result), moment.verdicts, "{}", moment.name);
    for (criterion, said) in moment.said.iter().enumerate() {
        assert_eq!(codes(&result, criterion), *said, "{}, criterion {}", moment.name, criterion + 1);
    }
    assert_eq!(ran.code, moment.exit, "{}", moment.name);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""), "{}", moment.name);
}

#[test]
fn every_moment_of_the_lab_is_judged_as_the_guide_wants_without_targets() {
    for moment in &WITHOUT_TARGETS {
        audit(moment, "");
    }
}

#[test]
fn every_moment_of_the_lab_is_judged_as_the_guide_wants_with_sales_as_target() {
    for moment in &WITH_SALES {
        audit(moment, "[[target]]\ngroup = \"Sales\"\n");
    }
}

#[test]
fn the_tables_name_every_moment_there_is() {
    let named = |moments: &[Moment]| moments.iter().map(|moment| moment.name).collect::<Vec<_>>();
    let all: Vec<&str> = tollgate::sim::LabVariant::ALL.iter().map(|(name, _)| *name).collect();
    assert_eq!(named(&WITHOUT_TARGETS), all);
    assert_eq!(named(&WITH_SALES), all);
}

#[test]
fn user_4_is_told_apart_from_those_who_are_licensed_directly() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    tenant.run(&desk, "audit", &["--out", "out", "--print", "none"]);
    let result = desk.json("out/result.json");
    assert_eq!(result["tenant"]["displayName"], "Contoso Toy Company");
    let seats = result["seats"].as_array().unwrap();
    assert_eq!(seats.len(), 1, "only what licensed groups assign: {seats:#?}");
    for (figure, value) in
        [("capacity", 25), ("consumed", 4), ("free", 21), ("demand", 4), ("waiting", 0), ("planned", 0)]
    {
        assert_eq!(seats[0][figure], value, "{figure}");
    }
    assert_eq!(result["groups"][0]["members"], 1);
    assert_eq!(result["groups"][0]["licenses"][0], "SPE_E5");
}

#[test]
fn a_target_may_ask_for_the_e5_edition_and_for_products_by_name() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    desk.write(
        "tollgate.toml",
        "[[target]]\ngroup = \"sales\"\nrequire = [\"office365\", \"ems\", \"spe_e5\"]\nedition = \"E5\"\n",
    );
    assert_eq!(tenant.run(&desk, "audit", &["--print", "none"]).code, 0);
    desk.write("tollgate.toml", "[[target]]\ngroup = \"Sales\"\nrequire = [\"ENTERPRISEPREMIUM\"]\n");
    let ran = tenant.run(&desk, "audit", &["--print", "none", "--out", "out"]);
    assert_eq!(ran.code, 1);
    let result = desk.json("out/result.json");
    assert_eq!(codes(&result, 0), ["! missing-product", "- not-a-plain-security-group"]);
    assert_eq!(codes(&result, 3), ["! missing-product"]);
    assert_eq!(result["criteria"][0]["findings"][0]["sku"]["partNumber"], "ENTERPRISEPREMIUM");
}

fn waived(expires: &str, group: &str) -> (Desk, i32) {
    let (desk, tenant) = (Desk::new(), Served::named("lab-guest"));
    desk.write(
        "tollgate.toml",
        format!(
            "[[waiver]]\ncriterion = \"no-b2b-groups-licensed\"\ncode = \"guest-in-licensed-group\"\n\
             group = \"{group}\"\nreason = \"joint venture\"\nowner = \"identity team\"\nexpires = {expires}\n"
        ),
    );
    let ran = tenant.run(&desk, "audit", &["--out", "out", "--print", "none"]);
    (desk, ran.code)
}

#[test]
fn a_violation_that_somebody_accepts_is_waived_until_the_end_of_the_last_day() {
    // The simulator's clock stands at 2026-11-16, 08:00.
    let (desk, code) = waived("2026-11-16", "Sales");
    let result = desk.json("out/result.json");
    assert_eq!((code, verdicts(&result)), (0, vec!["pass", "waived", "pass", "pass"]));
    assert_eq!(result["verdict"], "pass");
    let guest = &result["criteria"][1]["findings"][0];
    assert_eq!(guest["waiver"]["owner"], "identity team");
    assert_eq!(
        (&result["waivers"][0]["state"], &result["waivers"][0]["matched"]),
        (&"active".into(), &1.into())
    );
}

#[test]
fn a_waiver_that_has_expired_or_fits_nothing_waives_nothing_and_is_told() {
    for (expires, group, told, state) in [
        ("2026-11-15", "Sales", "- waiver-expired", "expired"),
        ("2027-11-15", "Marketing", "- waiver-unused", "unused"),
    ] {
        let (desk, code) = waived(expires, group);
        let result = desk.json("out/result.json");
        assert_eq!((code, verdicts(&result)[1]), (1, "fail"), "{told}");
        assert!(codes(&result, 1).contains(&told.to_owned()), "{:?}", codes(&result, 1));
        assert_eq!(result["waivers"][0]["state"], state);
    }
}
