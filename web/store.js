// What is kept on this device: one quiz for each pack, under the pack's fingerprint.

/** The quiz of a pack in this browser's storage, which may be switched off. */
export class Store {
  constructor(fingerprint) {
    this.key = `rolescope:${fingerprint}`;
    this.works = this.save(this.load() ?? null);
  }

  /** What is kept; null where there is nothing. */
  load() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key));
      return kept && typeof kept.answers === "object" ? kept : null;
    } catch {
      return null;
    }
  }

  /** Keeps a quiz; false where that is impossible. */
  save(quiz) {
    try {
      localStorage.setItem(this.key, JSON.stringify(quiz));
      if (!quiz) localStorage.removeItem(this.key);
      return true;
    } catch {
      return false;
    }
  }
}

/** A quiz without answers; a file without a name is called by the time. */
export function newQuiz(name, quick) {
  const started = moment(new Date());
  const id = name || `quiz-${started.slice(0, 10)}-${started.slice(11, 19).replaceAll(":", "")}`;
  return { id, quick, started, finished: null, answers: {}, times: [], offered: false, leave_out: false, explained: false };
}

/** A date and time with its offset, as answer files have them. */
export function moment(date) {
  const two = (n) => String(Math.trunc(Math.abs(n))).padStart(2, "0");
  const offset = -date.getTimezoneOffset();
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${day}T${time}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}
