/** The formats that are checked; each a predicate over text (or `validate` over numbers). */
const leap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** RFC 3339 `full-date`. */
export const date = (text: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const [m, d] = [Number(month), Number(day)];
  return m >= 1 && m <= 12 && d >= 1 && d <= (m === 2 && leap(Number(year)) ? 29 : days[m - 1] ?? 0);
};

/** RFC 3339 `full-time`. A leap second is the last of a day in UTC. */
export const time = (text: string): boolean => {
  const [whole, hour, minute, second, zone, sign, zoneHour = '0', zoneMinute = '0'] = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(z|([+-])(\d\d):(\d\d))$/i.exec(text) ?? [];
  if (whole === undefined || zone === undefined) return false;
  const [h, m, s, zh, zm] = [Number(hour), Number(minute), Number(second), Number(zoneHour), Number(zoneMinute)];
  if (h > 23 || m > 59 || s > 60 || zh > 23 || zm > 59) return false;
  return s < 60 || (h * 60 + m - (sign === '-' ? -1 : 1) * (zh * 60 + zm) + 2880) % 1440 === 1439;
};

/** RFC 3339 `date-time`. */
export const dateTime = (text: string): boolean => /^.{10}t/i.test(text) && date(text.slice(0, 10)) && time(text.slice(11));

/** ISO 8601 durations as RFC 3339, appendix A, has them. */
export const duration = (text: string): boolean =>
  /^P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/.test(text);

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
export const hostname = (text: string): boolean => text.length <= 253 && text.split('.').every((part) => label.test(part));

const local = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
export const email = (text: string): boolean => {
  const at = text.lastIndexOf('@');
  return at > 0 && at <= 64 && (local.test(text.slice(0, at)) || /^"(?:[^"\\]|\\.)*"$/.test(text.slice(0, at))) && hostname(text.slice(at + 1));
};

export const ipv4 = (text: string): boolean => text.split('.').length === 4 && text.split('.').every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);

export const ipv6 = (text: string): boolean => {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const mapped = last.includes('.');
  if (mapped && (!ipv4(last) || text.endsWith('::'))) return false;
  const count = groups.length + (mapped ? 1 : 0);
  return (mapped ? groups.slice(0, -1) : groups).every((group) => /^[\da-f]{1,4}$/i.test(group)) && (halves.length === 2 ? count < 8 : count === 8);
};

const uriText = /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\da-f]{2})*$/i;
export const uri = (text: string): boolean => /^[a-z][a-z\d+.-]*:[^#]*(?:#[^#]*)?$/i.test(text) && uriText.test(text) && !/\[(?![\da-fv:.]+\])/i.test(text);
export const uriReference = (text: string): boolean => uriText.test(text) && /^[^#]*(?:#[^#]*)?$/.test(text) && !/^[^/?#]*:/.test(text) || uri(text);

export const uuid = (text: string): boolean => /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text);
export const byte = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(text);
export const jsonPointer = (text: string): boolean => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text);

export const int32 = { type: 'number' as const, validate: (value: number): boolean => Number.isInteger(value) && value >= -2147483648 && value <= 2147483647 };
/** Beyond 2^53 a number is not exact, so no bound is drawn but the format's own. */
export const int64 = { type: 'number' as const, validate: (value: number): boolean => Number.isInteger(value) && value >= -(2 ** 63) && value <= 2 ** 63 };
