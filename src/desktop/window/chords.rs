//! Keys, in the order in which they were pressed.
//!
//! bevy_egui 0.42 asks once a picture which modifier keys are down, behind all keys of that picture. Where a picture takes longer than a chord, Control
//! is up again by then, and what was meant as a command arrives as a letter. So a picture is given no more than what one state of the modifier keys was
//! true for; the rest comes with the next one.

use std::collections::VecDeque;

use bevy::ecs::message::MessageCursor;
use bevy::input::InputSystems;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::prelude::*;
use bevy::window::RequestRedraw;

/// Hands keys on in an order that chords survive.
pub struct ChordsPlugin;

impl Plugin for ChordsPlugin {
    fn build(&self, app: &mut App) {
        app.add_systems(PreUpdate, in_turn.before(InputSystems));
    }
}

fn in_turn(
    mut keys: ResMut<Messages<KeyboardInput>>,
    mut cursor: Local<MessageCursor<KeyboardInput>>,
    mut waiting: Local<VecDeque<KeyboardInput>>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    waiting.extend(cursor.read(&keys).cloned());
    if waiting.is_empty() {
        return;
    }
    keys.clear();
    keys.write_batch(next(&mut waiting));
    // What was handed on just now is not to be read again as new.
    cursor.clear(&keys);
    if !waiting.is_empty() {
        redraw.write(RequestRedraw);
    }
}

/// What one state of the modifier keys holds for: modifier keys as they come, then others up to the next modifier key.
fn next(waiting: &mut VecDeque<KeyboardInput>) -> Vec<KeyboardInput> {
    let modifies = |key: &KeyboardInput| matches!(key.logical_key, Key::Shift | Key::Control | Key::Alt | Key::Super | Key::Meta);
    let first = waiting.iter().position(|key| !modifies(key)).unwrap_or(waiting.len());
    let end = waiting.iter().skip(first).position(modifies).map_or(waiting.len(), |place| first + place);
    waiting.drain(..end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy::input::ButtonState;

    fn key(logical_key: Key, state: ButtonState) -> KeyboardInput {
        KeyboardInput { key_code: KeyCode::KeyA, logical_key, state, text: None, repeat: false, window: Entity::PLACEHOLDER }
    }

    #[test]
    fn a_chord_within_one_picture_is_handed_on_while_its_modifier_is_down() {
        use ButtonState::{Pressed, Released};
        let letter = |letter: &str| Key::Character(letter.into());
        let mut waiting = VecDeque::from([
            key(letter("x"), Pressed),
            key(letter("x"), Released),
            key(Key::Control, Pressed),
            key(letter("a"), Pressed),
            key(letter("a"), Released),
            key(Key::Control, Released),
            key(letter("b"), Pressed),
        ]);
        let parts: Vec<usize> = std::iter::from_fn(|| Some(next(&mut waiting).len()).filter(|part| *part > 0)).collect();
        assert_eq!(parts, [2, 3, 2], "x; then a with Control; then b without");
    }
}
