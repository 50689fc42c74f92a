# `just` lists what there is; `just ready` before every commit.

_default:
    @just --list

# Everything that must hold before a commit.
ready: fmt clippy test doc deny

# Formatting, checked only; `cargo fmt` mends it.
fmt:
    cargo fmt --check

# Warnings are errors.
clippy:
    cargo clippy --all-targets --locked -- -D warnings

test:
    cargo test --locked

doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --locked

# Licenses, unwanted crates and where crates come from; needs cargo-deny.
deny:
    cargo deny --locked check licenses bans sources

# What the build machine runs: all of the above, and whole audits.
ci:
    .ci/run
