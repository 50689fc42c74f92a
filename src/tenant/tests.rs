//! The tenant model, from objects as received.
