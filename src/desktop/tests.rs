//! Screens without a window.
