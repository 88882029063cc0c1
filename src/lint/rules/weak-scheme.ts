import { at } from '../../base/origin.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import { isSecured, operationRule, routeOf, type Rule } from '../rule.js';

const apiKeyOnly = defineDiagnostic<{ route: string }>({
  code: 'auth/api-key-only',
  level: 'warning',
  summary: 'an operation that an API key alone opens',
  message: ({ route }) => `${route} is open to whoever has an API key, which tells plans apart and not people`,
  help: () => 'Ask for a token as well, or instead.',
});

const keyInQuery = defineDiagnostic<{ scheme: string; name: string }>({
  code: 'auth/key-in-query',
  level: 'warning',
  summary: 'a key in the URL, where logs and histories keep it',
  message: ({ scheme, name }) => `\`${scheme}\` has callers put their key into the URL, as \`?${name}=\``,
  help: () => 'Take it from a header.',
});

const basic = defineDiagnostic<{ scheme: string }>({
  code: 'auth/basic',
  level: 'warning',
  summary: 'a scheme that sends a password with every request',
  message: ({ scheme }) => `\`${scheme}\` has callers send their password with every request`,
  help: () => 'Use tokens that expire.',
});

/** RFC 9700, sections 2.1.2 and 2.4: neither is to be used any more. */
const given: Readonly<Record<string, string>> = { implicit: 'hands the token over in a URL', password: 'asks people for their password in the name of another service' };

const weakFlow = defineDiagnostic<{ scheme: string; flow: string }>({
  code: 'auth/weak-flow',
  level: 'warning',
  summary: 'an OAuth flow that gives a token or a password away',
  message: ({ scheme, flow }) => `\`${scheme}\` offers the flow \`${flow}\`, which ${given[flow] ?? ''}`,
  help: () => 'Offer `authorizationCode`, with PKCE, to people, and `clientCredentials` to services.',
});

export const apiKeyAlone = operationRule([apiKeyOnly], (operation, report, { schemes }) => {
  const alone = operation.security.find(({ all }) => all.length > 0 && all.every(({ scheme }) => schemes.get(scheme)?.check?.kind === 'plans'));
  if (alone && isSecured(operation)) report(apiKeyOnly({ route: routeOf(operation) }, operation.origin));
});

export const weakSchemes: Rule = {
  diagnostics: [keyInQuery, basic, weakFlow],
  check: ({ schemes, operations }, report) => {
    const used = new Set([...operations.values()].flatMap(({ security }) => security.flatMap(({ all }) => all.map(({ scheme }) => scheme))));
    for (const { name, origin, credential } of schemes.values()) {
      if (!used.has(name)) continue;
      if (credential.kind === 'api-key' && credential.in === 'query') report(keyInQuery({ scheme: name, name: credential.name }, origin));
      if (credential.kind === 'basic') report(basic({ scheme: name }, origin));
      for (const flow of credential.kind === 'bearer' ? credential.flows ?? [] : []) if (Object.hasOwn(given, flow)) report(weakFlow({ scheme: name, flow }, at(origin, 'flows', flow)));
    }
  },
};
