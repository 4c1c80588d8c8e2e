//! An analysis as a long table for programs: a figure a row.

use crate::psychometrics::analysis::{Analysis, GroupStatistics, ItemStatistics, ScaleStatistics};
use crate::psychometrics::criterion_study::CriterionStudy;
use crate::psychometrics::estimate::{Auc, Estimate};
use crate::psychometrics::stated_odds::OddsBin;
use crate::psychometrics::validity::Validity;
use crate::write::records::csv_cell;
use crate::write::terminal_text::fixed;

impl Analysis {
    /// The table; `part` says what a figure is of, `value` is empty where it could not be computed.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut out = AnalysisRows(b"part,id,detail,statistic,value,low,high\n".to_vec());
        out.whole("people", ["", ""], "people", self.people);
        for item in &self.items {
            out.item(item);
        }
        for scale in &self.scales {
            out.scale(scale);
        }
        for pair in &self.correlations {
            let place = [pair.traits[0].as_str(), &pair.traits[1]];
            out.whole("correlation", place, "people", pair.people);
            out.figure("correlation", place, "r", pair.r);
        }
        out.roles(self);
        if let Some(groups) = &self.groups {
            for group in &groups.groups {
                out.group(group);
            }
        }
        if let Some(study) = &self.criterion {
            out.criterion(study);
        }
        if let Some(ratings) = &self.ratings {
            out.ratings(ratings);
        }
        String::from_utf8(out.0).unwrap_or_default()
    }
}

struct AnalysisRows(Vec<u8>);

impl AnalysisRows {
    fn row(&mut self, part: &str, [id, detail]: [&str; 2], statistic: &str, cells: [String; 3]) {
        self.0.extend_from_slice(part.as_bytes());
        self.0.push(b',');
        csv_cell(&mut self.0, id);
        self.0.push(b',');
        csv_cell(&mut self.0, detail);
        let [value, low, high] = cells;
        let rest = format!(",{statistic},{value},{low},{high}\n");
        self.0.extend_from_slice(rest.as_bytes());
    }

    fn whole(&mut self, part: &str, place: [&str; 2], statistic: &str, people: u64) {
        let cells = [people.to_string(), String::new(), String::new()];
        self.row(part, place, statistic, cells);
    }

    fn figure(&mut self, part: &str, place: [&str; 2], statistic: &str, figure: Option<f64>) {
        let value = figure.map_or_else(String::new, |f| fixed(f, 6));
        let cells = [value, String::new(), String::new()];
        self.row(part, place, statistic, cells);
    }

    fn estimate(&mut self, part: &str, place: [&str; 2], statistic: &str, e: Option<Estimate>) {
        let cells = e.map_or_else(Default::default, |e| {
            [e.value, e.low, e.high].map(|f| fixed(f, 6))
        });
        self.row(part, place, statistic, cells);
    }

    fn item(&mut self, item: &ItemStatistics) {
        let place = [item.id.as_str(), ""];
        self.whole("item", place, "answered", item.answered);
        self.whole("item", place, "skipped", item.skipped);
        for option in &item.options {
            let place = [item.id.as_str(), &option.answer];
            self.whole("option", place, "people", option.people);
            self.figure("option", place, "share", Some(option.share));
            self.figure("option", place, "rest", option.rest);
        }
        if item.of.is_none() {
            return;
        }
        self.figure("item", place, "mean", item.mean);
        self.figure("item", place, "sd", item.sd);
        self.figure("item", place, "item-rest", item.item_rest);
        self.figure("item", place, "alpha-without", item.alpha_without);
        if let Some(puzzle) = &item.puzzle {
            self.figure("item", place, "facility", Some(puzzle.facility));
            self.figure("item", place, "discrimination", puzzle.discrimination);
            let pull = puzzle.pull.as_deref().unwrap_or_default();
            let pulled = puzzle.pull.as_ref().map(|_| puzzle.pull_share);
            self.figure("item", [&item.id, pull], "pull", pulled);
        } else {
            self.figure("item", place, "floor", item.floor);
            self.figure("item", place, "ceiling", item.ceiling);
        }
        for point in &item.curve {
            let rest = fixed(point.rest, 2);
            let place = [item.id.as_str(), &rest];
            self.whole("curve", place, "people", point.people);
            self.figure("curve", place, "mean", Some(point.mean));
        }
    }

    fn scale(&mut self, scale: &ScaleStatistics) {
        let place = [scale.id.as_str(), ""];
        self.whole("trait", place, "people", scale.people);
        self.whole("trait", place, "complete", scale.complete);
        self.figure("trait", place, "mean", scale.mean);
        self.figure("trait", place, "sd", scale.sd);
        self.estimate("trait", place, "alpha", scale.alpha);
        self.estimate("trait", place, "omega", scale.omega);
        self.figure("trait", place, "sem", scale.sem);
        self.figure("trait", place, "split-half", scale.split_half);
        self.estimate("trait", place, "single", scale.single);
        self.figure("trait", place, "assumed-single", Some(scale.assumed_single));
        for (bar, &people) in scale.histogram.bars.iter().enumerate() {
            let score = fixed(scale.histogram.score(bar), 2);
            self.whole("histogram", [&scale.id, &score], "people", people);
        }
    }

    fn roles(&mut self, analysis: &Analysis) {
        let roles = &analysis.roles;
        for role in &roles.roles {
            let place = [role.id.as_str(), ""];
            self.whole("role", place, "first", role.first);
            self.figure("role", place, "share", Some(role.share));
            self.figure("role", place, "fair", Some(role.fair));
            self.whole("role", place, "in-band", role.in_band);
        }
        self.whole("role", ["", ""], "no-first", roles.no_first);
        for (size, &people) in roles.band_sizes.iter().enumerate() {
            self.whole("band", [&size.to_string(), ""], "people", people);
        }
        self.figure("band", ["", ""], "mean", roles.mean_band);
        for (part, shares) in [("state", &roles.states), ("flag", &roles.flags)] {
            for share in shares {
                self.whole(part, [share.word, ""], "people", share.people);
                self.figure(part, [share.word, ""], "share", Some(share.share));
            }
        }
    }

    fn group(&mut self, group: &GroupStatistics) {
        self.whole("group", [&group.name, ""], "people", group.people);
        for t in &group.traits {
            let place = [group.name.as_str(), t.id.as_str()];
            self.whole("group-trait", place, "people", t.people);
            self.figure("group-trait", place, "mean", t.mean);
            self.figure("group-trait", place, "sd", t.sd);
            self.estimate("group-trait", place, "difference", t.difference);
        }
        for role in &group.firsts {
            let place = [group.name.as_str(), role.id.as_str()];
            self.whole("group-role", place, "first", role.first);
            self.figure("group-role", place, "share", Some(role.share));
            self.estimate("group-role", place, "ratio", role.ratio);
        }
        if let Some(moved) = group.moved {
            let place = [group.name.as_str(), ""];
            self.figure("group", place, "firsts-moved", Some(moved.share));
            self.figure(
                "group",
                place,
                "firsts-moved-by-chance",
                Some(moved.by_chance),
            );
        }
        for q in &group.questions {
            let place = [group.name.as_str(), q.id.as_str()];
            self.whole("group-item", place, "people", q.people);
            self.estimate("group-item", place, "difference", Some(q.difference));
            self.figure("group-item", place, "effect", Some(q.effect));
            if q.delta.is_some() {
                self.estimate("group-item", place, "delta", q.delta);
            }
            self.figure("group-item", place, "chi-square", Some(q.chi_square));
            self.figure("group-item", place, "p", Some(q.p));
            let cells = [q.class.word().to_owned(), String::new(), String::new()];
            self.row("group-item", place, "class", cells);
        }
    }

    fn auc(&mut self, part: &str, place: [&str; 2], statistic: &str, auc: Option<Auc>) {
        let cells = auc.map_or_else(Default::default, |auc| {
            let (low, high) = auc.interval.unzip();
            [Some(auc.value), low, high].map(|f| f.map_or_else(String::new, |f| fixed(f, 6)))
        });
        self.row(part, place, statistic, cells);
    }

    fn criterion(&mut self, study: &CriterionStudy) {
        let part = "criterion";
        let none = ["", ""];
        self.whole(part, none, "people", study.people);
        self.whole(part, none, "blank", study.blank);
        self.whole(part, none, "elsewhere", study.elsewhere);
        self.whole(part, none, "unranked", study.unranked);
        self.auc(part, none, "auc", study.auc);
        self.figure(part, none, "grid-error", Some(study.grid_error));
        self.estimate(part, none, "auc-within", study.within);
        self.figure(part, none, "auc-list", study.within_list);
        self.estimate(part, none, "auc-within-gain", study.within_gain);
        for (name, place) in [("first", &study.first), ("three", &study.three)] {
            self.estimate(part, [name, ""], "share", place.share);
            self.figure(part, [name, ""], "list", Some(place.list));
            self.figure(part, [name, ""], "chance", Some(place.chance));
        }
        for role in &study.roles {
            self.whole("criterion-role", [&role.id, ""], "people", role.people);
            self.auc("criterion-role", [&role.id, ""], "auc", Some(role.auc));
        }
        self.odds("criterion-odds", &study.odds);
        for group in &study.groups {
            self.auc("criterion-group", [&group.name, ""], "auc", group.auc);
        }
    }

    fn odds(&mut self, part: &str, bins: &[OddsBin]) {
        for bin in bins {
            let from = fixed(bin.from, 2);
            self.whole(part, [&from, ""], "pairs", bin.pairs);
            self.figure(part, [&from, ""], "stated", bin.stated);
            self.estimate(part, [&from, ""], "right", bin.right);
        }
    }

    fn ratings(&mut self, validity: &Validity) {
        let part = "rating";
        self.whole(part, ["", ""], "people", validity.people);
        self.auc(part, ["", ""], "auc", validity.auc);
        self.auc(part, ["", ""], "auc-within", validity.within.auc);
        self.auc(part, ["", ""], "auc-within-list", validity.list.auc);
        self.estimate(part, ["", ""], "auc-within-gain", validity.within_gain);
        self.auc(part, ["", ""], "auc-between", validity.between.auc);
        self.whole(part, ["", ""], "roles-between", validity.between.roles);
        self.whole(part, ["", ""], "people-within", validity.within.people);
        let tenths = validity.tenths.iter().map(|t| (fixed(t.from, 0), t.liked));
        let sides = [("in-band", validity.in_band), ("outside", validity.outside)];
        let sides = sides.map(|(name, liked)| (name.to_owned(), liked));
        for (name, liked) in tenths.chain(sides) {
            self.whole(part, [&name, ""], "ratings", liked.ratings);
            self.whole(part, [&name, ""], "up", liked.up);
            self.estimate(part, [&name, ""], "share", liked.share);
        }
        self.odds("rating-odds", &validity.odds);
    }
}
