//! Scenarios and the library are embedded in the binary; cargo has to be told to look at them.

fn main() {
    for folder in ["scenarios", "assets"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
