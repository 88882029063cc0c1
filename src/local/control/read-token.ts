import { isObject, type Json, type JsonObject } from '../../base/json.js';
import { list, nearest } from '../../base/text.js';
import { parseDuration } from '../../language/values.js';
import { faults, TokenFault, type TokenRequest } from '../auth/mint.js';

type Read = (value: Json, name: string) => Json;

const text: Read = (value, name) => (typeof value === 'string' ? value : refuse(`\`${name}\` must be text.`));
const texts: Read = (value, name) => (Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : typeof value === 'string' ? value.split(/[\s,]+/).filter((item) => item !== '') : refuse(`\`${name}\` must be a list of texts.`));
/** A number of seconds, or a duration; either may be negative, for what is long over. */
const seconds: Read = (value, name) => {
  if (typeof value === 'number' && Number.isFinite(value)) return Math.round(value);
  const milliseconds = typeof value === 'string' ? parseDuration(value.replace(/^-/, '')) : undefined;
  if (milliseconds === undefined) return refuse(`\`${name}\` is a number of seconds, or a duration such as \`5m\` or \`-1h\`.`);
  return Math.round(milliseconds / 1000) * (String(value).startsWith('-') ? -1 : 1);
};
const object: Read = (value, name) => (isObject(value) ? value : refuse(`\`${name}\` must be an object.`));
const fault: Read = (value, name) => (faults.some((each) => each === value) ? value : refuse(`\`${name}\` is ${list(faults, 'or')}.`));

const readers: Readonly<Record<keyof TokenRequest, Read>> = {
  scheme: text, sub: text, scopes: texts, claims: object, audience: text, issuer: text, expiresIn: seconds, notBefore: seconds, broken: fault,
};

const refuse = (message: string): never => {
  throw new TokenFault(message);
};

/** What was asked of a token, as JSON or as flags have it. */
export const readTokenRequest = (asked: JsonObject): TokenRequest => Object.fromEntries(Object.entries(asked).map(([name, value]) => {
  const read = Object.hasOwn(readers, name) ? readers[name as keyof TokenRequest] : undefined;
  if (read) return [name, read(value, name)];
  const near = nearest(name, Object.keys(readers));
  return refuse(`A token has no \`${name}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`);
}));
