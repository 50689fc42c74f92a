//! tollgate
pub mod catalogue;
pub mod clean;
pub mod graph;
pub mod pack;
pub mod plan;
pub mod rules;
pub mod scan;
pub mod tenant;
pub mod verdict;
