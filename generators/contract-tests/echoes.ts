import { pointerToken } from '../../src/base/origin.js';
import type { Api, Operation, Schema } from '../../src/ir/index.js';
import { isRefused } from '../../src/ir/views.js';
import type { Echo } from '../../src/suite/plan.js';
import { answerProperties, isSparse, jsonOf, success, writtenIn } from './answers.js';
import { alternatives, merge } from './merge.js';

/** Pairs of pointers where an answer repeats what a request wrote: where the caller says what comes, those of what must be there. */
export const echoesOf = (api: Api, writing: Operation, answering: Operation): readonly Echo[] => {
  const written = writtenIn(writing);
  const answered = jsonOf(success(answering)?.contents);
  if (!written || !answered) return [];
  const must = isSparse(answering);
  const direct = unique(alternatives.flatMap((choice) => common(api, written, answered, '', '', 0, must, choice)));
  if (direct.length > 0) return direct;
  const [wrapped] = [...answerProperties(api, answered)].map(([name, property]) => common(api, written, property, '', `/${pointerToken(name)}`, 0, must)).filter((each) => each.length > 0);
  return wrapped ?? [];
};

/** The same for a thing as it stands in a list, with nothing around it. */
export const echoesIn = (api: Api, writing: Operation, listing: Operation, item: Schema): readonly Echo[] => {
  const written = writtenIn(writing);
  if (!written) return [];
  const must = isSparse(listing);
  const direct = common(api, written, item, '', '', 0, must);
  if (direct.length > 0) return direct;
  const [wrapped] = [...merge(api, written).properties].map(([name, property]) => common(api, property, item, `/${pointerToken(name)}`, '', 0, must)).filter((each) => each.length > 0);
  return wrapped ?? [];
};

const unique = (echoes: readonly Echo[]): readonly Echo[] => [...new Map(echoes.map((echo) => [echo.join(' '), echo])).values()];

/** `must`: only what an answer requires. */
const common = (api: Api, request: Schema, answer: Schema, from: string, to: string, depth: number, must: boolean, choice = 0): readonly Echo[] => {
  const back = answerProperties(api, answer);
  const { required } = merge(api, answer);
  return [...merge(api, request, choice).properties].flatMap(([name, property]): readonly Echo[] => {
    const other = back.get(name);
    if (!other || (must && !required.has(name))) return [];
    const [own, theirs] = [merge(api, property), merge(api, other)];
    const [a, b] = [`${from}/${pointerToken(name)}`, `${to}/${pointerToken(name)}`];
    if (['password', 'binary'].includes(own.format?.value ?? '') || property.contentMediaType !== undefined || isRefused(api, other, 'request')) return [];
    if (own.properties.size > 0) return depth < 2 ? common(api, property, other, a, b, depth + 1, must) : [];
    if (own.items && merge(api, own.items).properties.size > 0) return own.items.ref !== undefined && own.items.ref === theirs.items?.ref ? [[a, b]] : [];
    const same = own.types?.value.some((type) => theirs.types?.value.includes(type)) ?? false;
    return same ? [[a, b]] : [];
  });
};

/** Pointers to what of a body the gateway writes by itself; nothing where a function does, who writes it all. */
export const writtenBy = ({ integration: { backend } }: Operation): ReadonlySet<string> | undefined => {
  const template = backend.kind === 'service' ? backend.input.get('set') ?? backend.input.get('item') : undefined;
  if (template?.kind !== 'object') return undefined;
  const sources = template.entries.flatMap(([, value]) => (value.kind === 'value' ? [value.expression.source] : []));
  return new Set(sources.flatMap((source) => (source.kind === 'body' ? [source.pointer.map((token) => `/${pointerToken(token)}`).join('')] : [])));
};
