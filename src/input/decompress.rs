//! Compressed input, told by its first bytes whatever the name says: gzip and zstd, all members and
//! frames of either.

use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, FrameHeaderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::error::Error as StdError;
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// Most bytes that a zstd frame may ask to look back; what the format asks every reader to allow,
/// and all that `zstd -19` uses. It bounds the memory.
const WINDOW: u64 = 8 << 20;
/// Bytes read from compressed input at a time.
const BUFFER: usize = 64 << 10;

/// The plain bytes of an input.
///
/// # Errors
/// When the first bytes cannot be read.
pub(crate) fn inflate(
    mut reader: impl Read + Send + 'static,
) -> io::Result<(Box<dyn Read + Send>, Option<&'static str>)> {
    let mut start = Vec::new();
    reader.by_ref().take(4).read_to_end(&mut start)?;
    let magic = start.clone();
    let whole = Cursor::new(start).chain(reader);
    let buffered = |whole| BufReader::with_capacity(BUFFER, whole);
    Ok(match magic[..] {
        [0x1F, 0x8B, ..] => (Box::new(GzipReader::new(buffered(whole))), Some("gzip")),
        [0x28, 0xB5, 0x2F, 0xFD] | [0x50..=0x5F, 0x2A, 0x4D, 0x18] => {
            (Box::new(ZstdReader::new(buffered(whole))), Some("zstd"))
        }
        _ => (Box::new(whole), None),
    })
}

/// All members of a gzip stream, one after the other. Zeros behind a member are passed over, as gzip
/// does: tapes and some programs fill up their blocks with them.
enum GzipReader<R: BufRead> {
    /// In a member.
    Within(Box<GzDecoder<R>>),
    /// Behind one.
    Behind(R),
    /// In between; never left so.
    Moving,
}

impl<R: BufRead> GzipReader<R> {
    fn new(source: R) -> Self {
        Self::Within(Box::new(GzDecoder::new(source)))
    }
}

impl<R: BufRead> Read for GzipReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Self::Within(member) = self {
                let read = member.read(buffer)?;
                if read > 0 || buffer.is_empty() {
                    return Ok(read);
                }
            }
            *self = match std::mem::replace(self, Self::Moving) {
                Self::Within(member) => Self::Behind(member.into_inner()),
                Self::Behind(mut source) => {
                    let bytes = source.fill_buf()?;
                    let zeros = bytes.iter().take_while(|b| **b == 0).count();
                    let (ended, more) = (bytes.is_empty(), zeros < bytes.len());
                    source.consume(zeros);
                    if ended {
                        *self = Self::Behind(source);
                        return Ok(0);
                    }
                    if more {
                        Self::new(source)
                    } else {
                        Self::Behind(source)
                    }
                }
                Self::Moving => return Ok(0),
            };
        }
    }
}

/// All frames of a zstd stream, one after the other.
struct ZstdReader<R> {
    source: R,
    decoder: FrameDecoder,
    within: bool,
}

impl<R: BufRead> ZstdReader<R> {
    fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Self {
            source,
            decoder,
            within: false,
        }
    }

    /// Starts the next frame; false at the end.
    fn start(&mut self) -> io::Result<bool> {
        loop {
            if self.source.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.init(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut skipped = self.source.by_ref().take(u64::from(length));
                    if io::copy(&mut skipped, &mut io::sink())? < u64::from(length) {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => {
                    return Err(window(&error).map_or_else(|| broken(&error), too_wide));
                }
            }
        }
    }
}

/// How far a frame asks to look back, where that is too far.
fn window(error: &FrameDecoderError) -> Option<u64> {
    match error {
        FrameDecoderError::WindowSizeTooBig { requested, .. } => Some(*requested),
        FrameDecoderError::FrameHeaderError(FrameHeaderError::WindowTooBig { got })
        | FrameDecoderError::FailedToInitialize(FrameHeaderError::WindowTooBig { got }) => {
            Some(*got)
        }
        _ => None,
    }
}

fn too_wide(window: u64) -> io::Error {
    io::Error::other(format!(
        "to unpack this zstd file {window} bytes would be kept in memory, and at most {WINDOW} are; compress it \
         without --long and --ultra, or unpack it before"
    ))
}

/// What a frame that cannot be decoded is: cut off, or damaged.
fn broken(error: &FrameDecoderError) -> io::Error {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(this) = cause {
        if let Some(io) = this.downcast_ref::<io::Error>()
            && io.kind() == io::ErrorKind::UnexpectedEof
        {
            return io::ErrorKind::UnexpectedEof.into();
        }
        cause = this.source();
    }
    let what = match error {
        FrameDecoderError::DictNotProvided { .. } => {
            return io::Error::other(
                "this zstd file was compressed with a dictionary, which is not here; unpack it with that",
            );
        }
        FrameDecoderError::ReadFrameHeaderError(_)
        | FrameDecoderError::FrameHeaderError(_)
        | FrameDecoderError::FailedToInitialize(_) => "the head of a frame is wrong",
        FrameDecoderError::FailedToReadBlockHeader(_) => "the head of a block is wrong",
        _ => "a block cannot be unpacked",
    };
    io::Error::other(format!("the zstd data is damaged: {what}"))
}

impl<R: BufRead> Read for ZstdReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.within && !self.start()? {
                return Ok(0);
            }
            self.within = true;
            let decoder = &mut self.decoder;
            while decoder.can_collect() == 0 && !decoder.is_finished() {
                decoder
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(|error| broken(&error))?;
            }
            let read = decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let stated = decoder.get_checksum_from_data();
            if stated.is_some() && stated != decoder.get_calculated_checksum() {
                return Err(io::Error::other("the zstd checksum does not fit the data"));
            }
            self.within = false;
        }
    }
}
