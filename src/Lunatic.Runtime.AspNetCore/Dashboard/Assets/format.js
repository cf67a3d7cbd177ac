// Numbers as people read them.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const rates = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** 12,345 */
export const count = value => whole.format(value);

/** 12.3K, for what is large and changes */
export const compact = value => Math.abs(value) < 10000 ? whole.format(value) : short.format(value);

/** per second */
export const rate = value => value < 100 ? rates.format(value) : compact(value);

export function bytes(value) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** How long something takes: 4 s, 3 min, 5 h 20 min, 3 d */
export function duration(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60)
    return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60)
    return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24)
    return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d`;
}

export const time = milliseconds => new Date(milliseconds).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });

export const clock = milliseconds => new Date(milliseconds).toLocaleTimeString();
