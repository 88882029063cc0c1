import { choice, list, map, object, template, text } from '../../language/shape.js';
import type { ActionBackend } from '../../ir/index.js';
import type { Facts } from '../../language/bound.js';
import { missingArgument, needless } from '../diagnostics.js';
import { inputOf } from '../input.js';
import type { Style, StyleScope } from '../style.js';

const protocols = ['json', 'query', 'rest'] as const;
type Protocol = (typeof protocols)[number];

/** What says which action it is, by the protocol of the service; `takes` need not be there. */
const words: Readonly<Record<Protocol, { readonly needs: readonly string[]; readonly takes: readonly string[] }>> = {
  json: { needs: ['action', 'target'], takes: [] },
  query: { needs: ['action', 'version'], takes: [] },
  rest: { needs: ['method', 'path'], takes: ['action'] },
};
const all = ['action', 'target', 'version', 'method', 'path'] as const;
const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] as const;

/** One action of a service that has no style of its own, in the words of the service's API. */
export const serviceStyle: Style = {
  name: 'service',
  shape: object('The gateway calls one action of a service that has no style of its own.', {
    service: text('The service, as its endpoint begins: `secretsmanager` of `secretsmanager.eu-west-1.amazonaws.com`.', { pattern: '^[a-z0-9][a-z0-9.-]*$', wanted: 'the first part of an endpoint, as `secretsmanager`', examples: ['secretsmanager'] }),
    protocol: choice('How the service is spoken to, by its API reference: JSON with a target, the parameters of a form (query), or methods and paths (rest).', protocols),
    action: text('Name of the action; of `rest` it only names the permission.', { pattern: '^[A-Za-z][A-Za-z0-9]*$', wanted: 'the name of an action, as `GetSecretValue`', examples: ['GetSecretValue'] }),
    target: text('`json`: what stands before the action in `X-Amz-Target`.', { pattern: '^[A-Za-z][A-Za-z0-9_.-]*$', wanted: 'a target, as `secretsmanager`', examples: ['secretsmanager', 'AWSShineFrontendService_20170701'] }),
    version: text('`query`: version of the API.', { pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', wanted: 'a day as `2010-12-01`', examples: ['2010-12-01'] }),
    method: choice('`rest`: the method.', methods),
    path: template('`rest`: the path. A value in it names one segment.', { examples: ['/2015-03-31/functions/pricing/invocations'] }),
    input: map('What the action is given, by the names of its API reference: a JSON object, or parameters of a form.', template('A value.'), { examples: [{ SecretId: 'shop/{$request.path.name}' }] }),
    grant: object('The one thing that the gateway is permitted.', {
      action: text('The permission; the service and the action unless said.', { pattern: '^[a-z0-9-]+:[A-Za-z0-9]+$', wanted: 'one permission, as `ses:SendEmail`', examples: ['ses:SendEmail'] }),
      on: list('On what: ARNs, or names of parameters that have them. `*` alone needs a `reason`.', text('An ARN, or the name of a parameter that has one.', { pattern: '^(\\*|arn:[^\\s"\'$#{}]+|[A-Za-z][A-Za-z0-9 _-]*)$', wanted: 'an ARN, or the name of a parameter' }), { examples: [['arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/*']] }),
      reason: text('Why the action is permitted on everything.', { examples: ['The action is on nothing in particular.'] }),
    }, { required: ['on'] }),
  }, { required: ['protocol', 'grant'] }),
  mean: (facts, scope) => {
    const protocol = facts.choice('protocol', protocols);
    if (!protocol || !checked(facts, protocol, scope)) return undefined;
    const wire = wireOf(facts, protocol, scope);
    const permission = permissionOf(facts, scope);
    if (!wire || !permission) return undefined;
    const input = facts.map('input');
    return {
      backend: { kind: 'action', service: facts.text('service') ?? '', wire, input: input ? inputOf(input, scope, input.keys()) : new Map(), permission },
      flow: 'wait',
      features: [{ id: 'service.action', at: facts.origin }],
    };
  },
};

/** Whether what the protocol needs is there; what it has no use for is told. */
const checked = (facts: Facts, protocol: Protocol, { report }: StyleScope): boolean => {
  const { needs, takes } = words[protocol];
  for (const key of all) if (facts.has(key) && !needs.includes(key) && !takes.includes(key)) report(needless({ key, action: protocol }, facts.where(key)));
  const missing = needs.filter((key) => !facts.has(key));
  for (const key of missing) report(missingArgument({ key, action: protocol }, facts.origin));
  return missing.length === 0;
};

const wireOf = (facts: Facts, protocol: Protocol, scope: StyleScope): ActionBackend['wire'] | undefined => {
  const action = facts.text('action') ?? '';
  switch (protocol) {
    case 'json': return { protocol, target: `${facts.text('target') ?? ''}.${action}` };
    case 'query': return { protocol, action, version: facts.text('version') ?? '' };
    case 'rest': {
      const method = facts.choice('method', methods);
      const path = inputOf(facts, scope, ['path']).get('path');
      return method && path ? { protocol, method, path } : undefined;
    }
  }
};

const permissionOf = (facts: Facts, { report }: StyleScope): ActionBackend['permission'] | undefined => {
  const grant = facts.map('grant');
  const action = grant?.text('action') ?? (facts.has('action') ? `${facts.text('service') ?? ''}:${facts.text('action') ?? ''}` : undefined);
  if (!grant) return undefined;
  if (action === undefined) report(missingArgument({ key: 'action', action: 'grant' }, grant.origin));
  const on = grant.texts('on');
  if (on.includes('*') && !grant.has('reason')) report(missingArgument({ key: 'reason', action: 'on: [\'*\']' }, grant.where('on')));
  return action === undefined ? undefined : { action, on };
};
