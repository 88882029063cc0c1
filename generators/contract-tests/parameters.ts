import type { Json } from '../../src/base/json.js';
import { remember } from '../../src/base/remember.js';
import type { Api, Parameter } from '../../src/ir/index.js';
import { byName } from '../../src/runtime/gateway.js';
import { queryPairs } from '../../src/runtime/http.js';
import { decodeParameter } from '../../src/runtime/parameters.js';
import { equal } from '../../src/runtime/checks.js';
import type { ParameterContract } from '../../src/runtime/contract.js';
import type { Call, ParameterPlan, Variation } from '../../src/suite/plan.js';
import { write } from '../../src/suite/wire.js';
import { parameterContract } from '../../src/ir/contract.js';
import type { Checked } from './checked.js';
import { merge } from './merge.js';
import { candidates, type Candidate } from './rows.js';
import { isCursor } from './pages.js';
import { patternVariation } from './patterns.js';
import { sample } from './sample.js';

/** Headers that clients send by themselves, or that are no parameters; and conditions, which hold for what was read before alone (RFC 9110, section 13). */
const unruly = new Set([
  'accept', 'accept-encoding', 'accept-language', 'authorization', 'connection', 'content-length', 'content-type', 'host', 'user-agent',
  'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range', 'range',
]);

/** Whether requests have it without its being asked for, if at all. */
export const isUnruly = ({ in: place, name }: Parameter): boolean => place === 'header' && unruly.has(name.toLowerCase());
/** Whether a value can be made up: none but what the other side handed out is fine for some. */
export const isMadeUp = (parameter: Parameter): boolean => !isUnruly(parameter) && !isCursor(parameter);

/** Names of what makes a request one of its own, so that it is not taken for another. */
const once = /^(?:x-)?(?:idempotency-?key|request-?id|correlation-?id|client-?token)$/i;

export const parameterPlan = remember((parameter: Parameter, api: Api): ParameterPlan => {
  const { encoding, name } = parameter;
  const fresh = parameter.in === 'header' && once.test(name) ? variation(api, parameter) : undefined;
  return {
    in: parameter.in, name,
    ...(encoding.kind === 'style' ? { style: encoding.style, explode: encoding.explode } : { style: 'json', explode: false }),
    ...(fresh ? { fresh } : {}),
  };
});

const variation = (api: Api, { schema }: Parameter): Variation | undefined => {
  const { pattern, format, bounds, options } = merge(api, schema);
  if (format?.value === 'uuid') return { kind: 'uuid' };
  if (format || options) return undefined;
  const [least, most] = [bounds.get('minLength')?.value ?? 8, bounds.get('maxLength')?.value ?? 40];
  return pattern ? patternVariation(pattern.value, least, (text) => text.length >= least && text.length <= most && /^[\x21-\x7e]+$/.test(text)) : { kind: 'text', least, most };
};

/** The longest text that is sent outside of a body. */
const longest = 1500;

/**
 * What the other side reads when a value is sent: the value, nothing, or `unreadable`. `unsendable` is what would not
 * travel as it is: an empty path segment, letters that no header takes.
 */
type Travel = (value: Json) => { readonly read: unknown } | 'absent' | 'unreadable' | 'unsendable';

const travelOf = (api: Api, parameter: Parameter): Travel => {
  const contract = parameterContract(parameter, api);
  const call: Call = { operation: '', method: 'GET', path: parameter.in === 'path' ? `/{${parameter.name}}` : '/', at: '', given: {}, parameters: [parameterPlan(parameter, api)] };
  return (value) => travel(parameter, contract, call, value);
};

const travel = (parameter: Parameter, contract: ParameterContract, call: Call, value: Json): ReturnType<Travel> => {
  const wire = write(call, { [parameter.in]: { [parameter.name]: value } });
  const [path = '', query = ''] = wire.target.split('?');
  if (wire.target.length > longest || wire.headers.some(([, text]) => text.length > longest || !/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text))) return 'unsendable';
  const text = path.slice(1);
  if (parameter.in === 'path' && (!/^[\w~.,;=:@%-]+$/.test(text) || /%(?:2F|5C|[01]|7F)/i.test(text) || /^\.+$/.test(text))) return 'unsendable';
  if (/%0|%1|%7F/i.test(query)) return 'unsendable';
  const cookies = wire.headers.filter(([name]) => name === 'cookie').flatMap(([, pairs]) => pairs.split('; ')).map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)] as const);
  const decoded = decodeParameter(contract, { path: new Map([[parameter.name, text]]), query: queryPairs(query), headers: byName(wire.headers), cookies }, new Set([parameter.name]));
  return decoded === undefined ? 'absent' : 'value' in decoded ? { read: decoded.value } : 'unreadable';
};

/** A value of a parameter that fits, and arrives as it was sent. */
export const parameterValue = remember((parameter: Parameter, api: Api, checked: Checked): Json | undefined => {
  const { schema } = parameter;
  const options = [...merge(api, schema).examples, sample(api, schema, 'most'), sample(api, schema, 'least'), 'text', 1, true];
  const arrival = travelOf(api, parameter);
  return options.find((value): value is Json => {
    if (value === undefined) return false;
    const arrived = arrival(value);
    return typeof arrived === 'object' && equal(arrived.read, value) && checked.fits(schema, value);
  });
});

/** Cases of a parameter, by the value that it has elsewhere, each sure to be what it is said to be. */
export const parameterRows = remember((parameter: Parameter, api: Api, checked: Checked, value: Json): { readonly inside: readonly Candidate[]; readonly outside: readonly Candidate[] } => {
  const { schema, required } = parameter;
  const found = candidates(api, schema, value, 0);
  const arrival = travelOf(api, parameter);
  const whole = found.outside.concat(text(api, parameter)).filter(({ pointer }) => pointer === '');
  const good = found.inside.filter(({ pointer, value: next }) => {
    if (pointer !== '' || next === undefined) return false;
    const arrived = arrival(next);
    return typeof arrived === 'object' && equal(arrived.read, next) && checked.fits(schema, next);
  });
  const bad = whole.filter(({ value: next, rule }) => {
    // Whatever a header or a query has is text: another type than text is none there.
    if (next === undefined || typeof next === 'object' || (rule.startsWith('type ') && typeof next !== 'string')) return false;
    const arrived = arrival(next);
    return arrived === 'unreadable' || (typeof arrived === 'object' && !checked.fits(schema, arrived.read as Json));
  });
  return { inside: good, outside: [...(required && parameter.in !== 'path' ? [{ pointer: '', rule: 'required', value: undefined, origin: parameter.origin }] : []), ...bad] };
});

/** Texts that are no number and no boolean: what a wrong type is, where all is text. */
const text = (api: Api, { schema }: Parameter): Candidate[] => {
  const { types } = merge(api, schema);
  return types && !types.value.includes('string') ? ['not-it', '1x'].map((value) => ({ pointer: '', rule: `type ${types.value.join(' or ')}`, value, origin: types.origin })) : [];
};
