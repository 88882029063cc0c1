import { cacheKeyOf, type KeyName } from '../../../generators/kit/aws/cache.js';
import { headerOf, type WireAnswer } from '../exchange.js';
import { ResponseCache } from '../limits/response-cache.js';
import type { MakeStep, Passage } from '../passage.js';

/** Tells in test mode where an answer came from. */
const cacheHeader = 'x-gatewright-cache';

/** The response cache of a REST API, with the key that the target is deployed with: what cannot be told apart is not kept. */
export const lookUp: MakeStep = (site, route) => {
  const { operation } = route;
  const { cache } = operation.policy;
  const key = cache && cacheKeyOf(site.api, route);
  if (!cache || !key || 'lacking' in key) return undefined;
  const answers = new ResponseCache(cache.ttlSeconds * 1000);
  site.onReset(() => answers.clear());
  site.show('caches', operation.id, () => ({ seconds: cache.ttlSeconds, key: [...key.names], ...answers.state }));
  const told = (answer: WireAnswer, how: 'hit' | 'miss'): WireAnswer => (site.options.test ? { ...answer, headers: [...answer.headers, [cacheHeader, how]] } : answer);
  const variables = new Map([...route.variables].map(([name, of]) => [of, name]));
  return async (passage) => {
    const name = JSON.stringify(key.names.map((part) => valueOf(passage, part, variables)));
    const renews = /(?:^|,)\s*max-age=0\s*(?:,|$)/i.test(headerOf(passage.request.headers, 'cache-control') ?? '');
    // Only signed callers may renew an answer; others get what is kept, and are told so.
    const warning: WireAnswer['headers'] = renews && passage.caller.userArn === undefined ? [['Warning', '199 - "Not permitted to invalidate the cache"']] : [];
    if (renews && passage.caller.userArn !== undefined) answers.forget(name);
    const found = answers.find(name, site.clock.now);
    if (found.kind === 'miss') {
      passage.settle = (answer) => {
        found.bring(answer);
        return told({ ...answer, headers: [...answer.headers, ...warning] }, 'miss');
      };
      return { outcome: 'miss' };
    }
    const answer = found.kind === 'hit' ? found.answer : await found.answer;
    // What another request brought was not to be kept, so this one asks for itself.
    if (!answer) {
      passage.settle = (own) => told(own, 'miss');
      return { outcome: 'miss' };
    }
    return { outcome: found.kind === 'hit' ? 'hit' : 'hit, after a wait', answer: told({ ...answer, headers: [...answer.headers, ...warning] }, 'hit') };
  };
};

/** All that came under a name: whoever reads the first of several must not get what was kept for the last. */
const valueOf = ({ match, request }: Passage, part: KeyName, variables: ReadonlyMap<string, string>): string | readonly string[] => {
  const dot = part.indexOf('.');
  const name = part.slice(dot + 1);
  switch (part.slice(0, dot)) {
    case 'path': return match.variables[variables.get(name) ?? name] ?? '';
    case 'querystring': return new URLSearchParams(request.query).getAll(name);
    default: return request.headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  }
};
