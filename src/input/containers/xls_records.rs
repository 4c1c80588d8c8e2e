//! The records that the parts of an XLS consist of: a type, a length and so many bytes.
//!
//! Source: [MS-XLS], Excel Binary File Format, section 2.1.4.

/// The records of a stream, each with its type.
pub(super) fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (head, behind) = rest.split_first_chunk::<4>()?;
        let length = usize::from(half(head, 2));
        let data = behind.get(..length)?;
        rest = &behind[length..];
        Some((half(head, 0), data))
    })
}

/// The 16 bits that stand there, which there must be.
pub(super) fn half(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

/// The 32 bits that stand there, which there must be.
pub(super) fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from(half(bytes, at)) | u32::from(half(bytes, at + 2)) << 16
}
