//! What reading needs of a pack, made once however many inputs are read.

use crate::input::cells::CellRules;
use crate::input::mapping::InputOptions;
use crate::input::question_index::QuestionIndex;
use rolescope_core::Pack;
use std::sync::{Arc, OnceLock};

/// The index of a pack's questions and the rules of their cells, each made when it is first needed and
/// shared by clones.
#[derive(Clone, Debug, Default)]
pub struct PackTables(Arc<LazyTables>);

#[derive(Debug, Default)]
struct LazyTables {
    index: OnceLock<Arc<QuestionIndex>>,
    rules: OnceLock<Arc<CellRules>>,
}

impl PackTables {
    /// What headers mean. The pack must be the same in every call.
    pub(crate) fn index(&self, pack: &Pack) -> Arc<QuestionIndex> {
        let made = self
            .0
            .index
            .get_or_init(|| Arc::new(QuestionIndex::new(pack)));
        Arc::clone(made)
    }

    /// How cells are read. The pack and the options must be the same in every call.
    pub(crate) fn rules(&self, pack: &Pack, input: &InputOptions) -> Arc<CellRules> {
        let make = || Arc::new(CellRules::new(pack, &input.cells()));
        Arc::clone(self.0.rules.get_or_init(make))
    }
}
