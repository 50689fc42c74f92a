//! tollgate
pub mod catalogue;
pub mod pack;
pub mod plan;
pub mod report;
pub mod rules;
pub mod tenant;
pub mod verdict;
