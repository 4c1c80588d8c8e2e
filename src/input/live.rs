//! Input that comes as another program writes it: from a pipe or a terminal. A thread of its own reads,
//! so that whoever waits for a piece can be told that the writer pauses, and hand on what is there.

use crate::input::containers::encoding::DecodingReader;
use std::io::{self, Chain, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// How long the bytes of a piece wait for more. The first of an input wait three times: for its format,
/// its header and its first piece.
const PAUSE: Duration = Duration::from_millis(20);
/// Bytes read at a time: what a pipe holds.
const BLOCK: usize = 64 << 10;
/// Blocks that are read ahead.
const AHEAD: usize = 4;

/// Bytes that any input can be read from, by any thread.
pub(crate) enum ByteSource {
    /// As fast as they are asked for.
    Plain(Box<dyn Read + Send>),
    /// As another program writes them.
    Live(LiveReader),
    /// As text that was written in another encoding; what has been read already comes first.
    Decoded(Box<DecodingReader<Chain<Cursor<Vec<u8>>, ByteSource>>>),
}

impl Read for ByteSource {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(reader) => reader.read(buffer),
            Self::Live(reader) => reader.read(buffer),
            Self::Decoded(reader) => reader.read(buffer),
        }
    }
}

/// Bytes that are read a piece at a time.
pub(crate) trait PieceRead: Read {
    /// Says that a piece begins, and whether bytes of it are there already. Reading may then fail with
    /// [`io::ErrorKind::WouldBlock`], once for each time that the writer pauses behind some bytes.
    fn begin(&mut self, _some: bool) {}
}

impl PieceRead for &[u8] {}

impl PieceRead for ByteSource {
    fn begin(&mut self, some: bool) {
        match self {
            Self::Plain(_) => {}
            Self::Live(reader) => reader.since = some.then(Instant::now),
            Self::Decoded(reader) => reader.source().get_mut().1.begin(some),
        }
    }
}

/// The bytes that a thread reads; what it reads is an error or a block, and an empty one at the end.
pub(crate) struct LiveReader {
    blocks: Receiver<io::Result<Vec<u8>>>,
    block: io::Cursor<Vec<u8>>,
    since: Option<Instant>,
    ended: bool,
    stop: Arc<AtomicBool>,
}

impl LiveReader {
    /// Reads a source from now on; no more is waited for when `stop` is set. The source comes back where the
    /// system gives no thread.
    pub(crate) fn start<R: Read + Send + 'static>(
        source: R,
        stop: &Arc<AtomicBool>,
    ) -> Result<Self, R> {
        let (sender, blocks) = sync_channel(AHEAD);
        // the source is handed over once the thread runs: one that did not start would drop it
        let (hand, sources) = sync_channel::<R>(1);
        let read = move || {
            if let Ok(source) = sources.recv() {
                read_blocks(source, &sender);
            }
        };
        if std::thread::Builder::new().spawn(read).is_err() {
            return Err(source);
        }
        hand.send(source).map_err(|refused| refused.0)?;
        Ok(Self {
            blocks,
            block: io::Cursor::default(),
            since: None,
            ended: false,
            stop: Arc::clone(stop),
        })
    }

    /// Waits for the next block.
    fn wait(&mut self) -> io::Result<()> {
        let left = self
            .since
            .map(|since| PAUSE.saturating_sub(since.elapsed()));
        match self.blocks.recv_timeout(left.unwrap_or(PAUSE)) {
            Ok(block) => {
                let block = block?;
                self.ended = block.is_empty();
                self.block = io::Cursor::new(block);
                Ok(())
            }
            Err(RecvTimeoutError::Timeout) if self.since.take().is_some() => {
                Err(io::ErrorKind::WouldBlock.into())
            }
            Err(RecvTimeoutError::Timeout) if self.stop.load(Ordering::Relaxed) => {
                Err(io::Error::other("stopped"))
            }
            Err(RecvTimeoutError::Timeout) => Ok(()),
            Err(RecvTimeoutError::Disconnected) => {
                Err(io::Error::other("it ends without its end; report this"))
            }
        }
    }
}

impl Read for LiveReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.block.read(buffer)?;
            if read > 0 {
                self.since.get_or_insert_with(Instant::now);
                return Ok(read);
            }
            if self.ended || buffer.is_empty() {
                return Ok(0);
            }
            self.wait()?;
        }
    }
}

fn read_blocks(mut source: impl Read, sender: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut block = vec![0; BLOCK];
        let read = match source.read(&mut block) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            // a source that does not wait is no pause of its writer's
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                let _ = sender.send(Err(io::Error::other(error)));
                return;
            }
            Err(error) => {
                let _ = sender.send(Err(error));
                return;
            }
        };
        block.truncate(read);
        if sender.send(Ok(block)).is_err() || read == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LiveReader;
    use std::io::{self, Read};
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::sync::mpsc::{Receiver, channel};

    /// Bytes that another thread gives.
    struct Given(Receiver<&'static [u8]>);

    impl Read for Given {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Ok(bytes) = self.0.recv() else {
                return Ok(0);
            };
            buffer[..bytes.len()].copy_from_slice(bytes);
            Ok(bytes.len())
        }
    }

    #[test]
    fn a_pause_is_told_once_and_loses_nothing() {
        let (sender, given) = channel();
        let reader = LiveReader::start(Given(given), &Arc::new(AtomicBool::new(false)));
        let mut reader = reader.unwrap_or_else(|_| panic!("no thread"));
        let mut bytes = Vec::new();
        sender.send(b"a\n").expect("read");
        let paused = reader.read_to_end(&mut bytes).expect_err("nothing follows");
        assert_eq!(paused.kind(), io::ErrorKind::WouldBlock);
        assert_eq!(bytes, b"a\n");
        // with nothing to hand on, it waits for what follows
        sender.send(b"b\n").expect("read");
        sender.send(b"c\n").expect("read");
        drop(sender);
        reader.read_to_end(&mut bytes).expect("the end");
        assert_eq!(bytes, b"a\nb\nc\n");
    }

    #[test]
    fn a_wait_ends_when_the_run_does() {
        let (_sender, given) = channel();
        let stop = Arc::new(AtomicBool::new(true));
        let reader = LiveReader::start(Given(given), &stop);
        let mut reader = reader.unwrap_or_else(|_| panic!("no thread"));
        let error = reader.read(&mut [0]).expect_err("stopped");
        assert_eq!(error.kind(), io::ErrorKind::Other);
    }
}
