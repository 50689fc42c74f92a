//! Every code under every criterion that can say it: what makes it said, what is just not enough, and which gap
//! stands instead where the data was not read. Written from the definitions, over Graph's JSON.

mod judged;
mod tenant;

mod cases;
mod configured;
mod guests;
mod licensed;
mod seats;
mod snapshot;
mod unseen;
mod waivers;

mod registry;
