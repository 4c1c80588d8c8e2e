//! Archives under a passphrase, in the `age` format (<https://age-encryption.org/v1>) with its `scrypt` recipient:
//! what a lost stick then gives away is how large the archive is.

use crate::error::{Error, Result};
use age::secrecy::SecretString;
use age::stream::StreamWriter;
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient, scrypt};
use rolescope_core::text::inert;
use std::io::{self, Read as _, Write};
use std::path::Path;

/// Work that one guess at a passphrase takes, as a power of two of scrypt's N: 256 MiB, and about a second. As the
/// `age` program takes it.
const WORK: u8 = 18;
/// Maximum work that a file may ask for: 1 GiB.
const MOST_WORK: u8 = 20;
/// Maximum size of what opens an encrypted file, in bytes. Under a passphrase it takes some 170.
const LONGEST_HEADER: usize = 1024;
/// Maximum size of what is encrypted, in bytes.
const LARGEST: u64 = 1 << 30;
/// How every file begins.
const MAGIC: &[u8] = b"age-encryption.org/v1\n";
/// How a file begins that is written as letters.
const ARMOUR: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
/// Minimum number of characters of a passphrase that is chosen here.
const SHORTEST: usize = 8;

/// What opens an encrypted archive. It is wiped from memory when it is dropped, and never shown.
#[derive(Clone, Debug)]
pub struct Passphrase(SecretString);

impl Passphrase {
    /// A passphrase as somebody typed it.
    ///
    /// # Errors
    /// When there is none.
    pub fn new(typed: String) -> Result<Self> {
        if typed.is_empty() {
            return Err(Error::Usage("the passphrase is empty".to_owned()));
        }
        Ok(Self(SecretString::from(typed)))
    }

    /// One that is chosen for a new archive.
    ///
    /// # Errors
    /// When it is shorter than eight characters.
    pub fn chosen(typed: String) -> Result<Self> {
        let length = typed.chars().count();
        if (1..SHORTEST).contains(&length) {
            return Err(Error::Usage(format!(
                "the passphrase has {length} characters, and so few are guessed: it needs at least {SHORTEST}; four \
                 words that do not belong together are good and easy to keep"
            )));
        }
        Self::new(typed)
    }
}

/// Writer that encrypts what is written to it.
pub struct EncryptedWriter<W: Write>(StreamWriter<W>);

impl<W: Write> EncryptedWriter<W> {
    /// Begins an encrypted file. It takes about a second, as each guess at the passphrase does.
    ///
    /// # Errors
    /// When the first bytes cannot be written.
    pub fn new(out: W, passphrase: &Passphrase) -> Result<Self> {
        let cannot = |source| Error::io("cannot encrypt the archive", source);
        let mut recipient = scrypt::Recipient::new(passphrase.0.clone());
        recipient.set_work_factor(WORK);
        let only = std::iter::once(&recipient as &dyn Recipient);
        let encryptor = Encryptor::with_recipients(only)
            .map_err(|why| cannot(io::Error::other(why.to_string())))?;
        Ok(Self(encryptor.wrap_output(out).map_err(cannot)?))
    }

    /// Ends the file and returns what it was written to.
    ///
    /// # Errors
    /// When the last bytes cannot be written.
    pub fn finish(self) -> Result<W> {
        let ended = self.0.finish();
        ended.map_err(|source| Error::io("cannot encrypt the archive", source))
    }
}

impl<W: Write> Write for EncryptedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Whether a file is encrypted, by how it begins.
///
/// # Errors
/// When it cannot be read.
pub fn is_encrypted(path: &Path) -> Result<bool> {
    let beginning = beginning(path)?;
    Ok(beginning.starts_with(MAGIC) || beginning.starts_with(ARMOUR))
}

/// The first bytes of a file.
fn beginning(path: &Path) -> Result<Vec<u8>> {
    let read = std::fs::File::open(path).and_then(|file| {
        let mut bytes = Vec::new();
        file.take(LONGEST_HEADER as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    });
    read.map_err(|source| Error::io(format!("cannot read {}", path.display()), source))
}

/// Why a file could not be decrypted.
#[derive(Debug)]
pub enum DecryptionError {
    /// The passphrase is not the one.
    Passphrase,
    /// Anything else.
    Other(Error),
}

/// Decrypts a whole file into memory: nothing of it is on a disk, and nothing is believed before all of it is
/// checked. `name` is what messages call it.
///
/// # Errors
/// When the passphrase is another one, the file is cut short, changed or damaged, it was encrypted otherwise, or
/// asks for more work than is done for a stranger's file.
pub fn decrypted(
    path: &Path,
    name: &str,
    passphrase: &Passphrase,
) -> std::result::Result<Vec<u8>, DecryptionError> {
    let name = inert(name);
    let other = |text: String| DecryptionError::Other(Error::failed(text));
    let beginning = beginning(path).map_err(DecryptionError::Other)?;
    check_header(&beginning, &name).map_err(other)?;
    let cannot = |source| DecryptionError::Other(Error::io(format!("cannot read {name}"), source));
    let file = io::BufReader::new(std::fs::File::open(path).map_err(cannot)?);
    let mut identity = scrypt::Identity::new(passphrase.0.clone());
    identity.set_max_work_factor(MOST_WORK);
    let opened = Decryptor::new_buffered(file)
        .and_then(|file| file.decrypt(std::iter::once(&identity as &dyn Identity)));
    let stream = opened.map_err(|why| match why {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            DecryptionError::Passphrase
        }
        DecryptError::ExcessiveWork { required, .. } => other(format!(
            "{name} asks for work of 2^{required}, and 2^{MOST_WORK} is what is done for a file; `age -d` may open it"
        )),
        DecryptError::Io(source) if source.kind() != io::ErrorKind::UnexpectedEof => cannot(source),
        DecryptError::Io(_) => other(cut_short(&name)),
        _ => other(damaged(&name)),
    })?;
    let mut bytes = Vec::new();
    let read = stream.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|source| match source.kind() {
        io::ErrorKind::UnexpectedEof => other(cut_short(&name)),
        io::ErrorKind::InvalidData => other(damaged(&name)),
        _ => cannot(source),
    })?;
    if bytes.len() as u64 > LARGEST {
        return Err(other(format!(
            "{name} holds over {LARGEST} bytes; no archive of sessions does"
        )));
    }
    Ok(bytes)
}

fn cut_short(name: &str) -> String {
    format!("{name} is cut short: copy it anew from where it was made")
}

fn damaged(name: &str) -> String {
    format!("{name} was damaged or changed after it was made: copy it anew from where it was made")
}

/// Ensures that a file is one that a passphrase opens, by its header, whose size has a bound.
fn check_header(beginning: &[u8], name: &str) -> std::result::Result<(), String> {
    if beginning.starts_with(ARMOUR) {
        return Err(format!(
            "{name} is encrypted and written as letters; `age -d -o sessions.tar.gz {name}` opens it for this import"
        ));
    }
    let Some(header) = beginning.strip_prefix(MAGIC) else {
        return Err(format!("{name} is not encrypted"));
    };
    let lines: Vec<&[u8]> = header.split(|&byte| byte == b'\n').collect();
    let ends = |line: &&[u8]| line.starts_with(b"--- ");
    // a line that is cut says nothing of its kind
    if let [first, _, ..] = lines[..]
        && first.starts_with(b"-> ")
        && !first.starts_with(b"-> scrypt ")
    {
        return Err(format!(
            "{name} is encrypted for a key and not by a passphrase; `age -d -i KEY -o sessions.tar.gz {name}` opens \
             it for this import"
        ));
    }
    if lines.iter().any(ends) {
        return Ok(());
    }
    Err(if beginning.len() < LONGEST_HEADER {
        cut_short(name)
    } else {
        damaged(name)
    })
}

#[cfg(test)]
mod tests {
    use super::{
        DecryptionError, EncryptedWriter, LONGEST_HEADER, MAGIC, Passphrase, decrypted,
        is_encrypted,
    };
    use std::io::Write as _;
    use std::path::Path;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned()).expect("there is one")
    }

    /// A file of these bytes, opened by a passphrase: what it holds, or why not.
    fn opened(bytes: &[u8], with: &str) -> Result<Vec<u8>, String> {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(bytes).expect("room");
        decrypted(file.path(), "s.age", &passphrase(with)).map_err(|why| match why {
            DecryptionError::Passphrase => "passphrase".to_owned(),
            DecryptionError::Other(error) => error.to_string(),
        })
    }

    #[test]
    fn what_was_encrypted_comes_back_and_nothing_else_does() {
        let text: Vec<u8> = (0..100_000_u32).map(|n| (n % 251) as u8).collect();
        let mut writer =
            EncryptedWriter::new(Vec::new(), &passphrase("correct horse")).expect("it begins");
        writer.write_all(&text).expect("it is taken");
        let file = writer.finish().expect("it ends");
        assert!(file.starts_with(MAGIC));
        assert_eq!(opened(&file, "correct horse").expect("it opens"), text);
        assert_eq!(
            opened(&file, "correct  horse"),
            Err("passphrase".to_owned())
        );
        let header = file
            .windows(5)
            .position(|w| w == b"\n--- ")
            .expect("its end");
        // cut in the header, in the first piece, between two pieces, before the last byte
        for at in [30, header + 10, header + 60, 70_000, file.len() - 1] {
            let why = opened(&file[..at], "correct horse").expect_err("it is cut");
            assert!(
                why.contains("cut short") || why.contains("damaged"),
                "{at}: {why}"
            );
        }
        for at in [header + 8, header + 100, 90_000, file.len() - 1] {
            let mut file = file.clone();
            file[at] ^= 1;
            let why = opened(&file, "correct horse").expect_err("it is changed");
            assert!(why.contains("damaged"), "{at}: {why}");
        }
        let mut longer = file.clone();
        longer.push(b'x');
        assert!(opened(&longer, "correct horse").is_err());
    }

    #[test]
    fn a_header_that_no_passphrase_opens_is_named_and_none_is_read_without_end() {
        let cases: [(&[u8], &str); 5] = [
            (b"-> X25519 abc\nabc\n--- abc\n", "for a key"),
            (b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n0123456789abcdef0123456789abcdef", "2^30"),
            (b"-> scrypt AAAA 18\n", "cut short"),
            (
                b"-> scrypt AAAA 18\nAAAA\n--- AAAA\n",
                "anew from where it was made",
            ),
            (&[b'a'; 2 * LONGEST_HEADER], "damaged"),
        ];
        for (header, expected) in cases {
            let why = opened(&[MAGIC, header].concat(), "any").expect_err("it cannot be opened");
            assert!(why.contains(expected), "{why}");
        }
        assert!(
            opened(b"-----BEGIN AGE ENCRYPTED FILE-----\n", "any")
                .is_err_and(|why| why.contains("as letters"))
        );
        assert!(!is_encrypted(Path::new("Cargo.toml")).expect("it is there"));
    }

    #[test]
    fn a_passphrase_that_is_guessed_is_not_taken_and_none_is_shown() {
        assert!(Passphrase::chosen("1234567".to_owned()).is_err());
        assert!(Passphrase::new(String::new()).is_err());
        assert!(Passphrase::chosen(String::new()).is_err());
        let shown = format!("{:?}", Passphrase::chosen("korrekte Pferde".to_owned()));
        assert!(!shown.contains("Pferde"), "{shown}");
    }
}
