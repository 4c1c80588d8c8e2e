//! Keys of a console of Windows, which it gives as records of what was pressed and not as bytes.
//!
//! They are looked for instead of waited for: no signal ends such a wait, and a Ctrl-C that is not read as a key ends a
//! program before it could save anything.

use console::Key;
use crossterm_winapi::{Console, ConsoleMode, Handle, HandleType, InputRecord};
use std::io;
use std::time::Duration;

/// The signal of Ctrl-Break, and of a window that is closed.
pub(super) const BREAK: i32 = 21;

/// How long to wait until the console is asked for keys again: shorter than anybody notices.
const PAUSE: Duration = Duration::from_millis(15);

/// What a console does with its input by itself, by the names and figures of Windows; none of it is to happen to keys:
/// `ENABLE_PROCESSED_INPUT` (Ctrl-C ends the program), `ENABLE_WINDOW_INPUT` and `ENABLE_MOUSE_INPUT` (records of them),
/// `ENABLE_VIRTUAL_TERMINAL_INPUT` (escape sequences in place of keys).
const NOT_BY_ITSELF: u32 = 0x0001 | 0x0008 | 0x0010 | 0x0200;

/// The input of a console until dropped.
pub(super) struct ConsoleRecords {
    input: Console,
    settings: ConsoleMode,
    before: u32,
}

impl ConsoleRecords {
    /// Whether standard input is a console.
    pub(super) fn is_there() -> bool {
        let mode = |handle| ConsoleMode::from(handle).mode();
        Handle::new(HandleType::InputHandle).and_then(mode).is_ok()
    }

    /// Takes the console of standard input.
    ///
    /// # Errors
    /// When that is no console.
    pub(super) fn open() -> io::Result<Self> {
        let handle = Handle::new(HandleType::InputHandle)?;
        let settings = ConsoleMode::from(handle.clone());
        let before = settings.mode()?;
        settings.set_mode(before & !NOT_BY_ITSELF)?;
        let input = Console::from(handle);
        Ok(Self {
            input,
            settings,
            before,
        })
    }

    /// The key that was pressed next; none where there is no record after a short wait, or where it is of another thing.
    ///
    /// # Errors
    /// When the console fails.
    pub(super) fn next(&self) -> io::Result<Option<Key>> {
        if self.input.number_of_console_input_events()? == 0 {
            std::thread::sleep(PAUSE);
            return Ok(None);
        }
        self.input.read_single_input_event().map(|r| pressed(&r))
    }

    /// Discards all keys that were pressed until now; whether Ctrl-C was one of them.
    pub(super) fn forget(&self) -> bool {
        let records = self.input.read_console_input().unwrap_or_default();
        records.iter().any(|r| pressed(r) == Some(Key::CtrlC))
    }
}

impl Drop for ConsoleRecords {
    fn drop(&mut self) {
        let _ = self.settings.set_mode(self.before);
    }
}

/// The key of a record, which also tells of keys that are let go.
fn pressed(record: &InputRecord) -> Option<Key> {
    match record {
        InputRecord::KeyEvent(event) if event.key_down => {
            let shift = event.control_key_state.has_state(SHIFT);
            key(event.virtual_key_code, event.u_char, shift)
        }
        _ => None,
    }
}

/// `SHIFT_PRESSED` among the keys that are held.
const SHIFT: u32 = 0x0010;

/// The key of a number and a UTF-16 unit that Windows gives it; none for those that are held for another, and for
/// halves of characters, which mean nothing here.
fn key(number: u16, unit: u16, shift: bool) -> Option<Key> {
    Some(match (char::from_u32(u32::from(unit))?, number) {
        ('\0', 0x21) => Key::PageUp,
        ('\0', 0x22) => Key::PageDown,
        ('\0', 0x23) => Key::End,
        ('\0', 0x24) => Key::Home,
        ('\0', 0x25) => Key::ArrowLeft,
        ('\0', 0x26) => Key::ArrowUp,
        ('\0', 0x27) => Key::ArrowRight,
        ('\0', 0x28) => Key::ArrowDown,
        ('\0', 0x2E) => Key::Del,
        ('\x03', _) => Key::CtrlC,
        ('\r' | '\n', _) => Key::Enter,
        ('\t', _) if shift => Key::BackTab,
        ('\t', _) => Key::Tab,
        // the second with Ctrl
        ('\x08' | '\x7F', _) => Key::Backspace,
        ('\x1B', _) => Key::Escape,
        (sign, _) if !sign.is_control() => Key::Char(sign),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_quiz_is_known() {
        for (number, unit, wanted) in [
            (0x34, u16::from(b'4'), Key::Char('4')),
            (0x64, u16::from(b'4'), Key::Char('4')),
            (0xBF, u16::from(b'?'), Key::Char('?')),
            (0x41, 0x0101, Key::Char('ā')),
            (0x43, 0x03, Key::CtrlC),
            (0x0D, 0x0D, Key::Enter),
            (0x09, 0x09, Key::Tab),
            (0x08, 0x08, Key::Backspace),
            (0x1B, 0x1B, Key::Escape),
            (0x21, 0, Key::PageUp),
            (0x22, 0, Key::PageDown),
            (0x26, 0, Key::ArrowUp),
            (0x28, 0, Key::ArrowDown),
        ] {
            assert_eq!(key(number, unit, false), Some(wanted), "{number:#x}");
        }
        assert_eq!(key(0x09, 0x09, true), Some(Key::BackTab));
    }

    #[test]
    fn a_key_that_is_held_for_another_and_half_a_character_are_none() {
        // Shift, Ctrl, Alt, Ctrl-A, the first half of a character
        for (number, unit) in [(0x10, 0), (0x11, 0), (0x12, 0), (0x41, 1), (0, 0xD83D)] {
            assert_eq!(key(number, unit, true), None, "{number:#x} {unit:#x}");
        }
    }
}
