//! Coefficient omega: one factor fitted to the covariances by maximum likelihood.
//!
//! Joreskog (1967), with Fisher's scoring: the expected information gives both the step and the
//! standard error. The figures do not depend on the scale of the items.

use crate::psychometrics::analysis::Estimate;
use crate::psychometrics::covariance::Covariances;
use crate::psychometrics::linear_solve::inverse;
use crate::psychometrics::quantiles::NORMAL_975;

/// Steps after which a fit is given up.
const STEPS: usize = 500;
/// Largest gradient of the fit that counts as none.
const FLAT: f64 = 1e-11;
/// A share of an item's variance that is its own below this is none: Heywood's case.
const OWN: f64 = 0.005;
/// Most items that are fitted: the work grows with the third power.
const MOST: usize = 60;

/// Why there is no omega.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OmegaUnavailable {
    /// One factor needs three items.
    FewItems,
    /// More items than are fitted.
    ManyItems,
    /// An item does not vary.
    Constant,
    /// Two items were answered together by too few people.
    FewPeople,
    /// The fit leaves an item without variance of its own (Heywood's case).
    Heywood(usize),
    /// The fit did not settle: one factor does not describe these items.
    Unsettled,
}

/// One factor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Factor {
    /// Standardised loading of each item, -1..=1.
    pub loadings: Vec<f64>,
    /// Omega, 0..=1.
    pub omega: f64,
    /// Its standard error, by the delta method.
    pub se: f64,
}

/// A state of the fit: loadings, then own variances, of standardised items.
#[derive(Clone, Debug)]
struct FactorState {
    p: usize,
    at: Vec<f64>,
}

impl FactorState {
    fn loadings(&self) -> &[f64] {
        &self.at[..self.p]
    }

    fn own(&self) -> &[f64] {
        &self.at[self.p..]
    }

    /// Inverse of what the factor implies (Sherman and Morrison), and the logarithm of its
    /// determinant.
    fn implied(&self) -> (Vec<f64>, f64) {
        let (p, own) = (self.p, self.own());
        let scaled: Vec<f64> = self
            .loadings()
            .iter()
            .zip(own)
            .map(|(l, o)| l / o)
            .collect();
        let mut one = 1.0;
        let mut log = 0.0;
        for ((l, s), o) in self.loadings().iter().zip(&scaled).zip(own) {
            one += l * s;
            log += libm::log(*o);
        }
        let mut inverse = vec![0.0; p * p];
        for i in 0..p {
            for j in 0..p {
                let diagonal = if i == j { 1.0 / own[i] } else { 0.0 };
                inverse[i * p + j] = diagonal - scaled[i] * scaled[j] / one;
            }
        }
        (inverse, log + libm::log(one))
    }

    /// What is made least: log of the determinant plus trace.
    fn badness(&self, r: &[f64]) -> f64 {
        let (w, log) = self.implied();
        let mut trace = 0.0;
        for (w, r) in w.iter().zip(r) {
            trace += w * r;
        }
        log + trace
    }
}

fn times(a: &[f64], b: &[f64], p: usize) -> Vec<f64> {
    let mut c = vec![0.0; p * p];
    for i in 0..p {
        for (k, &x) in a[i * p..(i + 1) * p].iter().enumerate() {
            for j in 0..p {
                c[i * p + j] += x * b[k * p + j];
            }
        }
    }
    c
}

/// Gradient of the log-likelihood of one person, and its expected information, with the names of the
/// literature: loadings l, w the inverse of what they imply, v = w l, q = l v, g = w (r - implied) w.
#[expect(clippy::many_single_char_names, reason = "the names of the literature")]
fn slopes(fit: &FactorState, r: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let p = fit.p;
    let (w, _) = fit.implied();
    let l = fit.loadings();
    let row = |m: &[f64], i: usize| -> f64 {
        let mut sum = 0.0;
        for (x, l) in m[i * p..(i + 1) * p].iter().zip(l) {
            sum += x * l;
        }
        sum
    };
    let mut apart = r.to_vec();
    for i in 0..p {
        for j in 0..p {
            let own = if i == j { fit.own()[i] } else { 0.0 };
            apart[i * p + j] -= l[i] * l[j] + own;
        }
    }
    let g = times(&times(&w, &apart, p), &w, p);
    let mut gradient = Vec::with_capacity(2 * p);
    gradient.extend((0..p).map(|i| row(&g, i)));
    gradient.extend((0..p).map(|i| 0.5 * g[i * p + i]));
    let v: Vec<f64> = (0..p).map(|i| row(&w, i)).collect();
    let mut q = 0.0;
    for (l, v) in l.iter().zip(&v) {
        q += l * v;
    }
    let n = 2 * p;
    let mut information = vec![0.0; n * n];
    for i in 0..p {
        for j in 0..p {
            let w = w[i * p + j];
            information[i * n + j] = v[i] * v[j] + q * w;
            information[i * n + p + j] = w * v[j];
            information[(p + j) * n + i] = w * v[j];
            information[(p + i) * n + p + j] = 0.5 * w * w;
        }
    }
    (gradient, information)
}

/// Fits one factor.
///
/// # Errors
/// Why it cannot be.
pub(crate) fn factor(covariances: &Covariances) -> Result<Factor, OmegaUnavailable> {
    let p = covariances.items();
    if p < 3 {
        return Err(OmegaUnavailable::FewItems);
    }
    if p > MOST {
        return Err(OmegaUnavailable::ManyItems);
    }
    let sds: Vec<f64> = (0..p).map(|i| covariances.get(i, i).sqrt()).collect();
    if sds.iter().any(|sd| *sd <= 1e-9) {
        return Err(OmegaUnavailable::Constant);
    }
    let mut r = vec![0.0; p * p];
    for i in 0..p {
        for j in 0..p {
            r[i * p + j] = covariances.get(i, j) / (sds[i] * sds[j]);
        }
    }
    let fit = settle(start(&r, p), &r)?;
    if let Some(item) = fit.own().iter().position(|own| *own < OWN) {
        return Err(OmegaUnavailable::Heywood(item));
    }
    let (_, information) = slopes(&fit, &r);
    let covariance = inverse(&information, 2 * p).ok_or(OmegaUnavailable::Unsettled)?;
    let (mut common, mut own) = (0.0, 0.0);
    for ((sd, loading), apart) in sds.iter().zip(fit.loadings()).zip(fit.own()) {
        common += sd * loading;
        own += sd * sd * apart;
    }
    let whole = common * common + own;
    // how omega moves with each loading and each own variance
    let mut moves = Vec::with_capacity(2 * p);
    moves.extend(
        sds.iter()
            .map(|sd| 2.0 * common * own / (whole * whole) * sd),
    );
    moves.extend(
        sds.iter()
            .map(|sd| -common * common / (whole * whole) * sd * sd),
    );
    let mut variance = 0.0;
    for (i, a) in moves.iter().enumerate() {
        for (j, b) in moves.iter().enumerate() {
            variance += a * b * covariance[i * 2 * p + j];
        }
    }
    let people = people(covariances.fewest);
    Ok(Factor {
        loadings: fit.loadings().to_vec(),
        omega: common * common / whole,
        se: (variance.max(0.0) / people).sqrt(),
    })
}

#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn people(n: u64) -> f64 {
    n as f64
}

/// Where the fit begins: each item's mean correlation with the others, as if they were alike.
fn start(r: &[f64], p: usize) -> FactorState {
    let (mut sum, mut rows) = (0.0, vec![0.0; p]);
    for i in 0..p {
        for j in (0..p).filter(|&j| j != i) {
            rows[i] += r[i * p + j];
            sum += r[i * p + j];
        }
    }
    let sign = if sum < 0.0 { -1.0 } else { 1.0 };
    let scale = (sign * sum).max(1e-6).sqrt();
    let loadings = rows.iter().map(|row| (row / scale).clamp(-0.9, 0.9));
    let mut at: Vec<f64> = loadings.collect();
    let own: Vec<f64> = at.iter().map(|l| 1.0 - l * l).collect();
    at.extend(own);
    FactorState { p, at }
}

/// Steps until the likelihood is flat.
fn settle(mut fit: FactorState, r: &[f64]) -> Result<FactorState, OmegaUnavailable> {
    let p = fit.p;
    let mut badness = fit.badness(r);
    for _ in 0..STEPS {
        let (gradient, information) = slopes(&fit, r);
        if gradient.iter().all(|g| g.abs() < FLAT) {
            return Ok(fit);
        }
        let inverse = inverse(&information, 2 * p).ok_or(OmegaUnavailable::Unsettled)?;
        let step: Vec<f64> = inverse
            .chunks_exact(2 * p)
            .map(|row| {
                let mut sum = 0.0;
                for (a, g) in row.iter().zip(&gradient) {
                    sum += a * g;
                }
                sum
            })
            .collect();
        let mut size = 1.0;
        loop {
            let mut next = fit.clone();
            for (at, step) in next.at.iter_mut().zip(&step) {
                *at += size * step;
            }
            let inside = next.own().iter().all(|own| *own > 1e-8);
            let reached = if inside {
                next.badness(r)
            } else {
                f64::INFINITY
            };
            // at the end rounding hides what is gained
            if reached <= badness + 1e-13 * badness.abs().max(1.0) {
                (fit, badness) = (next, reached);
                break;
            }
            size *= 0.5;
            if size < 1e-6 {
                let item = (0..p).find(|&i| fit.own()[i] < OWN);
                return Err(item.map_or(OmegaUnavailable::Unsettled, OmegaUnavailable::Heywood));
            }
        }
    }
    let item = (0..p).find(|&i| fit.own()[i] < OWN);
    Err(item.map_or(OmegaUnavailable::Unsettled, OmegaUnavailable::Heywood))
}

impl Factor {
    /// Omega with its 95 % interval: symmetric on the logit, so that it stays within 0 and 1
    /// (Kelley & Pornprasertmanit 2016).
    #[must_use]
    pub(crate) fn interval(&self) -> Option<Estimate> {
        let omega = self.omega;
        if omega <= 0.0 || omega >= 1.0 {
            return None;
        }
        let logit = libm::log(omega / (1.0 - omega));
        let reach = NORMAL_975 * self.se / (omega * (1.0 - omega));
        let back = |x: f64| 1.0 / (1.0 + libm::exp(-x));
        Some(Estimate {
            value: omega,
            low: back(logit - reach),
            high: back(logit + reach),
        })
    }
}
