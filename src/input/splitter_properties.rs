//! Records are told apart in the same way wherever an input is cut.

use crate::input::quoting::{Extent, Shape, extent, line_end};
use crate::input::record_splitter::Splitting;
use crate::input::record_splitter::tests::{SHAPE, pieces};
use memchr::memchr_iter;
use proptest::prelude::*;

/// All records of a text as a reader of its pieces tells them apart, each with its line and
/// whether it is refused.
fn records(text: &[u8], shape: Shape, size: usize) -> Vec<(u64, Vec<u8>, bool)> {
    let mut all = Vec::new();
    for (mut line, piece) in pieces(text, Splitting::Table(shape), size) {
        let mut rest = &piece[..];
        while !rest.is_empty() {
            let (length, refused) = match extent(rest, shape, true) {
                Extent::Whole(length) => (length, false),
                Extent::Refused(quote, _) | Extent::Cut(Some(quote)) => {
                    (line_end(rest, quote.at), true)
                }
                Extent::Cut(None) => (rest.len(), false),
            };
            all.push((line, rest[..length].to_vec(), refused));
            line += memchr_iter(b'\n', &rest[..length]).count() as u64;
            rest = &rest[length..];
        }
    }
    all
}

#[test]
fn records_are_the_same_wherever_pieces_are_cut() {
    let many = format!("b,\"{}\n", "x\n".repeat(9));
    let texts = [
        "a,\"1\n2\"\nb,5\" pipe\n\nc,\"\"\"\n\"\r\nd,4",
        "a,\"1\nb,2\nc,3\n",
        "a,\"1\nb,2\"\nc,3\n",
        "\"a,1\nb\",2\nc,3\n",
        "a,\"1\" x\nb,\"2\" \r\nc,\"3\n\n\"x\n",
        "a,\"1\rb,2\rc,\"\n\"\r\nd,\"4\n",
        &many,
        &many.repeat(3),
        "a,\"1\n\"\"\nb\n\",\"x\n",
    ];
    for text in texts {
        for tabs in [false, true] {
            let (text, delimiter) = if tabs {
                (text.replace(',', "\t"), b'\t')
            } else {
                (text.to_owned(), b',')
            };
            let shape = Shape { delimiter, ..SHAPE };
            let whole = records(text.as_bytes(), shape, 1000);
            for size in 1..60 {
                let all = records(text.as_bytes(), shape, size);
                assert_eq!(all, whole, "{size}: {text:?}");
            }
            assert!(!tabs || whole.iter().all(|(_, _, refused)| !refused));
        }
    }
}

proptest! {
    #[test]
    fn records_of_any_text_are_the_same_wherever_pieces_are_cut(
        text in "[a,,\"\"\n\n\r\t ]{0,120}",
        delimiter in prop::sample::select(vec![b',', b'\t']),
        separators in 0_usize..4,
    ) {
        let shape = Shape { delimiter, separators };
        let whole = records(text.as_bytes(), shape, 1000);
        for size in 1..text.len() + 2 {
            prop_assert_eq!(&records(text.as_bytes(), shape, size), &whole);
        }
        // nothing is lost but what is behind a quote that ends the run
        let joined: Vec<u8> = whole.iter().flat_map(|(_, record, _)| record.clone()).collect();
        let read = joined.strip_suffix(b"\n").unwrap_or(&joined);
        prop_assert!(text.as_bytes().starts_with(read) || joined.windows(8).any(|w| w == b"unclosed"));
    }
}

#[test]
fn a_stray_quote_is_refused_where_it_opens_and_nobody_behind_it_is() {
    for (text, refused) in [
        ("a,\"1\nb,2\nc,3\n", vec![1]),
        ("a,\"1\nb,2\"\nc,3\n", vec![1]),
        ("x,y\na,\"1\" 2\nc,3\n", vec![2]),
        ("a,\"1\n\n\n\n\n\n\n\n\n\"\n", vec![1, 10]),
        ("a,\"1\n\n\n\n\n\n\n\n\"\nb,2\n", vec![]),
        ("\"a\n1\",\"x\nb,2\n", vec![1]),
    ] {
        let all = records(text.as_bytes(), SHAPE, 1000);
        let found: Vec<u64> = all.iter().filter(|r| r.2).map(|r| r.0).collect();
        let last = all.last().expect("records");
        // the last of the fourth is open at the end
        let expected: Vec<u64> = refused.into_iter().filter(|&line| line < 10).collect();
        assert_eq!(found, expected, "{text:?}");
        assert!(!last.1.starts_with(b"unclosed") || text.starts_with("a,\"1\n\n"));
    }
}
