import { features, type FeatureId } from '../ir/features.js';
import type { Api } from '../ir/index.js';
import { isRoutable } from './routing.js';

/** What the local gateway does only nearly as the target does, and how. What is not here it does, or leaves to the function as the target does. */
const approximations: Partial<Readonly<Record<FeatureId, string>>> = {
  'auth.mutual-tls': 'a client certificate is stood in for by its subject in `x-gatewright-client-certificate`; with `--tls-cert`, `--tls-key` and `--truststore` callers show one',
  'auth.user-pool': 'tokens of a user pool are those of `gatewright dev token`',
  'throttle.client': 'limits by client are token buckets, where the firewall of the target counts over a minute',
  'cache': 'every stage has its response cache, whatever its `cacheSize`',
  'backend.private': 'a private service is called at its address, without a VPC link',
  'service.action': 'an action of another service is called where `AWS_ENDPOINT_URL` is set, and is answered with 501 where it is not',
  'stage.waf': 'there is no firewall but for limits by client',
  'stage.domain': 'every stage is served at the root of this address, without its base path',
  'function.rollout': 'one version of each function takes all requests',
  'function.keep-warm': 'functions start when they are first called',
  'function.reserved': 'nothing limits how many requests a function serves at once',
};

/** The same, where certificates are asked for at the handshake. */
const whereShown: typeof approximations = { ...approximations, 'auth.mutual-tls': 'a caller who shows no client certificate is answered 403, where the target ends the connection' };

/** What of that a document asks for, in words; `shown` where callers show certificates at the handshake. */
export const approximated = (api: Api, shown: boolean): string[] => {
  const asked = new Set(api.features.map(({ id }) => id));
  const words = shown ? whereShown : approximations;
  const unroutable = [...api.operations.values()].filter((operation) => !isRoutable(operation)).map(({ id }) => `\`${id}\` has a path that no route can be made of`);
  return [...(Object.keys(words) as FeatureId[]).filter((id) => asked.has(id)).map((id) => words[id] as string), ...unroutable];
};

/** What the local gateway does not do at all; whoever asks for it is told. */
const missing = new Set<FeatureId>(['route.trace']);

/** What of that a document asks for, in words, each once. */
export const notEnforced = (api: Api): string[] => [...new Set(api.features.filter(({ id }) => missing.has(id)).map(({ id }) => features[id]))];
