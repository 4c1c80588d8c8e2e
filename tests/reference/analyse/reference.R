# Computes what `rolescope analyse` states again with R: Rscript reference.R > expected.csv
#
# alpha, alpha without an item, item-rest (r.drop) and split halves: package psych. Omega and its standard
# error: package lavaan, one factor, maximum likelihood, on the same covariances. Correlations of traits: base R.
suppressMessages({library(psych); library(lavaan)})

between <- function(block, key) {  # the text of a list, over several lines
  text <- paste(block, collapse = "\n")
  sub(paste0("(?s).*\\n", key, " = \\[(.*?)\\]\\s*\\n.*"), "\\1", text, perl = TRUE)
}
value <- function(block, key, otherwise) {
  line <- grep(paste0("^", key, " = "), block, value = TRUE)
  if (length(line) == 0) otherwise else gsub('"', "", sub("^[^=]*= ", "", line[1]))
}
strings <- function(text) lengths(regmatches(text, gregexpr('"(\\\\.|[^"\\\\])*"', text)))

# trait, weight and the keyed value of every answer, for each scored question
questions <- function(folder) {
  all <- list()
  for (file in list.files(folder, "\\.toml$", full.names = TRUE)) {
    if (basename(file) == "traits.toml") next
    lines <- c("", readLines(file), "")
    starts <- which(lines == "[[question]]")
    head <- c("", lines[1:(starts[1] - 1)], "")
    head <- head[seq_len(min(c(grep("^\\[practice\\]", head) - 1, length(head))))]
    format <- value(head, "format", "")
    if (format == "condition") next
    ends <- c(starts[-1] - 1, length(lines))
    for (n in seq_along(starts)) {
      block <- c("", lines[starts[n]:ends[n]], "")
      if (format == "rating") {
        labels <- strings(between(head, "labels"))
        keyed <- (seq_len(labels) - 1) / (labels - 1)
        if (value(block, "reverse", "false") == "true") keyed <- 1 - keyed
        names(keyed) <- seq_len(labels)
      } else {
        options <- strings(between(block, "options"))
        keyed <- c(as.numeric(letters[seq_len(options)] == value(block, "answer", "")), 1 / options)
        names(keyed) <- c(letters[seq_len(options)], "?")
      }
      all[[value(block, "id", "")]] <- list(
        trait = value(block, "trait", ""), weight = as.numeric(value(block, "weight", 1)), keyed = keyed)
    }
  }
  all[sort(names(all), method = "radix")]
}

out <- function(...) cat(paste(c(...), collapse = ","), "\n", sep = "")
figure <- function(x) format(x, digits = 15)

omega <- function(x, n) {
  C <- cov(x, use = "pairwise")
  p <- ncol(C)
  colnames(C) <- rownames(C) <- paste0("x", seq_len(p))
  l <- paste0("l", seq_len(p)); e <- paste0("e", seq_len(p))
  model <- paste0("f =~ ", paste0(l, "*x", seq_len(p), collapse = " + "), "\n",
    paste0("x", seq_len(p), " ~~ ", e, "*x", seq_len(p), collapse = "\n"),
    "\nomega := (", paste(l, collapse = "+"), ")^2 / ((", paste(l, collapse = "+"), ")^2 + ",
    paste(e, collapse = " + "), ")")
  fit <- cfa(model, sample.cov = C, sample.nobs = n, std.lv = TRUE,
    optim.force.converged = TRUE,  # it is asked for more digits than it hopes for
    control = list(rel.tol = 1e-15, x.tol = 1e-15, abs.tol = 0, iter.max = 10000, eval.max = 20000))
  own <- parameterEstimates(fit)
  if (any(own$est[own$op == "~~" & own$lhs != "f"] <= 0)) return(NULL)
  own[own$op == ":=", ]
}

study <- function(name, folder) {
  sheet <- read.csv(paste0(name, ".csv"), check.names = FALSE, colClasses = "character", na.strings = "")
  keys <- questions(folder)
  traits <- unique(sapply(keys, function(k) k$trait))
  scores <- list()
  for (trait in traits) {
    mine <- Filter(function(k) k$trait == trait, keys)
    x <- sapply(names(mine), function(id) mine[[id]]$weight * unname(mine[[id]]$keyed[sheet[[id]]]))
    w <- sapply(mine, function(k) k$weight)
    scores[[trait]] <- 100 * rowSums(x, na.rm = TRUE) / (!is.na(x)) %*% w
    n <- min(crossprod(!is.na(x)))
    a <- suppressWarnings(alpha(as.data.frame(x), check.keys = FALSE, warnings = FALSE))
    ci <- alpha.ci(a$total$raw_alpha, n.obs = n, n.var = ncol(x))
    row <- function(item, statistic, value) out(name, trait, item, statistic, figure(value))
    row("", "alpha", a$total$raw_alpha)
    row("", "alpha-low", ci$lower.ci)
    row("", "alpha-high", ci$upper.ci)
    # the first split that it tries is of the first half of the columns
    even <- seq_len(ncol(x)) %% 2 == 0
    halves <- splitHalf(as.data.frame(cbind(x[, even], x[, !even])), raw = TRUE, covar = TRUE, check.keys = FALSE)
    row("", "split-half", halves$raw[1])
    for (i in seq_along(mine)) {
      row(names(mine)[i], "item-rest", a$item.stats$r.drop[i])
      row(names(mine)[i], "alpha-without", a$alpha.drop$raw_alpha[i])
    }
    o <- omega(x, n)
    if (is.null(o)) out(name, trait, "", "omega", "") else {
      row("", "omega", o$est)
      row("", "omega-se", o$se)
    }
    row("", "mean", mean(scores[[trait]], na.rm = TRUE))
    row("", "sd", sd(scores[[trait]], na.rm = TRUE))
  }
  r <- cor(do.call(cbind, scores), use = "pairwise")
  for (i in seq_along(traits)) for (j in seq_len(i - 1)) {
    out(name, traits[i], traits[j], "correlation", figure(r[i, j]))
  }
}

cat("# ", R.version.string, "; psych ", format(packageVersion("psych")),
  "; lavaan ", format(packageVersion("lavaan")), "\n", sep = "")
out("data", "trait", "item", "statistic", "value")
study("whole", "../../packs/inventory/questions")
study("missing", "../../packs/inventory/questions")
study("keyed", "../../packs/small/questions")
