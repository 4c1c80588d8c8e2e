//! Facts about the roles of the built-in pack: each has a source.

use crate::pack::role_facts::Source;
use crate::tests::help::built_in;

#[test]
fn every_fact_has_a_source() {
    for role in &built_in().roles {
        assert_eq!(role.facts.unsourced(), [""; 0], "{}", role.id);
        assert!(role.facts.neighbours.len() >= 2, "{}", role.id);
    }
}

#[test]
fn a_source_is_named_for_a_title_in_te_reo_exactly_where_there_is_one() {
    let backs = |source: &Source| source.supports.iter().any(|key| key == "maori_name");
    for role in &built_in().roles {
        let backed = role.facts.sources.iter().any(backs);
        assert_eq!(backed, role.facts.maori_name.is_some(), "{}", role.id);
    }
}
