//! The sample report in the documentation is what the program writes today.

use std::fs;
use std::path::Path;

use crate::common::Desk;

/// Compares every file of the sample; with `TOLLGATE_UPDATE_SAMPLE` set, writes them anew instead.
#[test]
fn the_sample_in_the_documentation_is_what_the_demo_gives() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sample");
    let desk = Desk::new();
    let ran = desk.run(&["audit", "--demo", "--out", "out"]);
    let update = std::env::var_os("TOLLGATE_UPDATE_SAMPLE").is_some();
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.retain(|name| name != "README.md");
    assert!(names.len() > 3, "{names:?}");
    for name in names {
        let today =
            if name == "terminal.txt" { ran.stdout.clone() } else { desk.text(&format!("out/{name}")) };
        if update {
            fs::write(folder.join(&name), today).unwrap();
            continue;
        }
        let shown = fs::read_to_string(folder.join(&name)).unwrap();
        assert!(
            shown == today,
            "docs/sample/{name} is not what the program writes; TOLLGATE_UPDATE_SAMPLE=1 cargo test sample mends it"
        );
    }
}
