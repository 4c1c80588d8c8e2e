# What ratings say of matches, computed another way than the program: by looking at every pair.
# Rscript reference.R < ratings.csv > expected.csv (R 4, base only)

d <- read.csv(file("stdin"))
x <- d$z[d$up == 1]; px <- d$person[d$up == 1]
y <- d$z[d$up == 0]; py <- d$person[d$up == 0]
psi <- outer(x, y, function(a, b) (a > b) + 0.5 * (a == b))
m <- length(x); n <- length(y)
A <- mean(psi)

# Mann and Whitney's statistic as R has it
stopifnot(abs(A - unname(suppressWarnings(wilcox.test(x, y))$statistic) / (m * n)) < 1e-12)

# Obuchowski 1997: sums of the structural components of a cluster
people <- unique(d$person)
sums <- t(sapply(people, function(p) c(
  sum(rowMeans(psi)[px == p] - A), sum(colMeans(psi)[py == p] - A), any(px == p), any(py == p))))
I10 <- sum(sums[, 3]); I01 <- sum(sums[, 4]); I <- length(people)
S10 <- I10 / ((I10 - 1) * m) * sum(sums[, 1]^2)
S01 <- I01 / ((I01 - 1) * n) * sum(sums[, 2]^2)
S11 <- I / (I - 1) * sum(sums[, 1] * sums[, 2])
v <- S10 / m + S01 / n + 2 * S11 / (m * n)
ci <- plogis(qlogis(A) + c(-1, 1) * qnorm(0.975) * sqrt(v) / (A * (1 - A)))

within <- unlist(lapply(people, function(p) {
  a <- d$z[d$person == p & d$up == 1]; b <- d$z[d$person == p & d$up == 0]
  if (length(a) && length(b)) mean(outer(a, b, function(a, b) (a > b) + 0.5 * (a == b)))
}))
wi <- t.test(within)$conf.int

# DeLong, DeLong and Clarke-Pearson 1988: every rating a person
delong <- var(rowMeans(psi)) / m + var(colMeans(psi)) / n
di <- plogis(qlogis(A) + c(-1, 1) * qnorm(0.975) * sqrt(delong) / (A * (1 - A)))

row <- function(name, ...) cat(name, sprintf("%.12f", c(...)), sep = ",", fill = FALSE)
line <- function(...) { row(...); cat("\n") }
line("auc", A, ci)
line("within", mean(within), wi)
line("delong", A, di)
for (side in c(1, 0)) {
  k <- d$band == side
  w <- prop.test(sum(d$up[k]), sum(k), correct = FALSE)$conf.int
  line(if (side) "band" else "outside", mean(d$up[k]), w)
}
tenth <- pmin(floor(pnorm(d$z) * 10), 9)
for (t in 0:9) cat(sprintf("tenth %d,%d,%d\n", t, sum(tenth == t), sum(d$up[tenth == t])))
cat(sprintf("people,%d,%d\n", I, length(within)))
