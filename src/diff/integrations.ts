import { list } from '../base/text.js';
import { handOverOf, serviceOf } from '../ir/call.js';
import type { AcceptFlow, Backend, FunctionBackend, Integration, Operation, ResponseMapping } from '../ir/index.js';
import { routeOf } from '../lint/rule.js';
import type { Places, Tell } from './changes.js';
import { alike, code, sameTemplate } from './values.js';
import { policyPlace, type Both, type Version } from './version.js';

/** How a request is served. */
export const compareIntegration = (versions: Both<Version>, { was, now }: Both<Operation>, tell: Tell): void => {
  const route = routeOf(now);
  const place = (...keys: readonly string[]): Places => ({ was: policyPlace(versions.was, was, ...keys), now: policyPlace(versions.now, now, ...keys) });
  const [before, after] = [was.integration, now.integration];
  if (before.flow.kind === after.flow.kind) compareBackend(route, { was: before, now: after }, place('integration'), tell);
  compareFlow(route, { was: before, now: after }, place, tell);
  if (!sameTemplate(before.request, after.request)) tell('request-mapping-changed', `${route} sends something else to its backend`, place('request'));
  const statuses = new Set([...before.responses, ...after.responses].map(({ status }) => status));
  const changed = [...statuses].filter((wanted) => !sameMapping(before.responses.find(({ status }) => status === wanted), after.responses.find(({ status }) => status === wanted)));
  if (changed.length > 0) tell('response-mapping-changed', `${route} makes its ${list(changed.map(code))} in another way`, place('responses'));
};

const sameMapping = (one: ResponseMapping | undefined, other: ResponseMapping | undefined): boolean =>
  one !== undefined && other !== undefined && sameTemplate(one.body, other.body) && one.headers.size === other.headers.size
  && [...one.headers].every(([name, value]) => sameTemplate(value, other.headers.get(name)));

const backendText = (backend: Backend): string => {
  switch (backend.kind) {
    case 'function': {
      const task = handOverOf(backend);
      return task ? `a function that does ${backendText(task.service)}` : 'a function';
    }
    case 'service': return `${code(backend.call)} on ${code(backend.resource)}`;
    case 'action': return code(backend.permission.action);
    case 'http': return backend.resource === undefined ? code(backend.url) : code(backend.resource);
    case 'static': return 'the gateway itself';
  }
};

const payloadText = (payload: FunctionBackend['payload']): string =>
  ({ normalised: 'the request that it normalises itself', gateway: 'the request that the gateway normalises', raw: 'the event as it comes' })[payload];

const compareBackend = (route: string, integrations: Both<Integration>, places: Places, tell: Tell): void => {
  const [was, now] = [integrations.was.backend, integrations.now.backend];
  const accepted = integrations.now.flow.kind === 'accept';
  if (backendText(was) !== backendText(now)) tell(accepted ? 'async-carrier-changed' : 'backend-changed', `${route} is served by ${backendText(now)}, and was by ${backendText(was)}`, places);
  else if (handOverOf(was) && handOverOf(now)) compareBackend(route, { was: { ...integrations.was, backend: serviceOf(was) ?? was }, now: { ...integrations.now, backend: serviceOf(now) ?? now } }, places, tell);
  else if (was.kind === 'function' && now.kind === 'function') {
    if (was.payload !== now.payload) tell('payload-changed', `The function behind ${route} is handed ${payloadText(now.payload)}, and was handed ${payloadText(was.payload)}`, places);
  } else if (was.kind === 'service' && now.kind === 'service') {
    const other = [...new Set([...was.input.keys(), ...now.input.keys()])].filter((name) => !sameTemplate(was.input.get(name), now.input.get(name)));
    if (other.length > 0) tell('backend-input-changed', `${route} calls ${code(now.resource)} with another ${list(other.map(code))}`, places);
  } else if (was.kind === 'action' && now.kind === 'action') {
    if (!alike(was, now)) tell('backend-input-changed', `${route} calls ${code(now.permission.action)} with something else`, places);
  } else if (was.kind === 'http' && now.kind === 'http') {
    if (!sameTemplate(was.path, now.path) || was.timeoutMs !== now.timeoutMs) tell('backend-input-changed', `${route} calls its backend with another path or timeout`, places);
  } else if (!alike(was, now)) tell('static-answer-changed', `The gateway answers ${route} with something else`, places);
};

const compareFlow = (route: string, { was, now }: Both<Integration>, place: (...keys: readonly string[]) => Places, tell: Tell): void => {
  const [before, after] = [was.flow, now.flow];
  if (before.kind === 'wait' && after.kind === 'wait') return;
  if (before.kind === 'wait' || after.kind === 'wait') {
    if (after.kind === 'accept') tell('async-on', `${route} answers ${after.acknowledge} before the work is done, and waited for it`, place('async'));
    else tell('async-off', `${route} waits for the work, and answered before it was done`, place('async'));
    return;
  }
  compareAccepted(route, { was: before, now: after }, place, tell);
};

const compareAccepted = (route: string, { was, now }: Both<AcceptFlow>, place: (...keys: readonly string[]) => Places, tell: Tell): void => {
  if (was.acknowledge !== now.acknowledge) tell('async-acknowledge-changed', `${route} answers ${now.acknowledge} to accepted work, and did ${was.acknowledge}`, place('async', 'acknowledge'));
  if (was.tracking?.text !== now.tracking?.text || was.status !== now.status) tell('async-tracking-changed', `The work of ${route} is followed in another way`, place('async', was.status === now.status ? 'tracking' : 'status'));
  if (was.idempotencyKey?.text !== now.idempotencyKey?.text) tell('async-idempotency-changed', `Repeated requests of ${route} are told by ${code(now.idempotencyKey?.text ?? 'nothing')}, and were by ${code(was.idempotencyKey?.text ?? 'nothing')}`, place('async', 'idempotencyKey'));
  if (!alike(was.retry, now.retry)) tell('async-retry-changed', `The work of ${route} is tried another number of times, or at other times`, place('async', 'retry'));
};
