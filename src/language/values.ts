const units: ReadonlyMap<string, number> = new Map([['ms', 1], ['s', 1_000], ['m', 60_000], ['h', 3_600_000], ['d', 86_400_000]]);
const multiples: ReadonlyMap<string, number> = new Map([['B', 1], ['KB', 1024], ['MB', 1024 ** 2], ['GB', 1024 ** 3]]);

export const durationPattern = '^[0-9]{1,9}(\\.[0-9]{1,3})?(ms|s|m|h|d)$';
export const sizePattern = '^[0-9]{1,9}(\\.[0-9]{1,3})?(B|KB|MB|GB)$';

const measure = (text: string, pattern: string, factors: ReadonlyMap<string, number>): number | undefined => {
  if (!new RegExp(pattern).test(text)) return undefined;
  const unit = /[A-Za-z]+$/.exec(text)?.[0] ?? '';
  return Math.round(Number(text.slice(0, -unit.length)) * (factors.get(unit) ?? 1));
};

/** `500ms`, `30s`, `5m`, `1h`, `30d` in milliseconds; nothing for any other text. */
export const parseDuration = (text: string): number | undefined => measure(text, durationPattern, units);

/** `512B`, `64KB`, `1MB` in bytes (1 KB = 1024 B); nothing for any other text. */
export const parseSize = (text: string): number | undefined => measure(text, sizePattern, multiples);

const written = (value: number, factors: ReadonlyMap<string, number>): string => {
  let best = '';
  for (const [unit, factor] of factors) if (best === '' || (value >= factor && value % factor === 0)) best = `${value / factor}${unit}`;
  return best;
};

/** The shortest notation of a duration in milliseconds, for messages: 5000 → `5s`. */
export const showDuration = (milliseconds: number): string => written(milliseconds, units);

/** The shortest notation of a size in bytes, for messages: 65536 → `64KB`. */
export const showSize = (bytes: number): string => written(bytes, multiples);
