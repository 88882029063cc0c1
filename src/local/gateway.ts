import { randomUUID } from 'node:crypto';
import type { Route } from '../../generators/kit/aws/routes.js';
import type { Json } from '../base/json.js';
import type { Api } from '../ir/index.js';
import { randomHex } from '../runtime/platform.js';
import type { Keyring } from './auth/keyring.js';
import type { Clock } from './clock.js';
import { createPreflight } from './preflight.js';
import type { WireAnswer, WireRequest } from './exchange.js';
import type { Invoke } from './functions.js';
import type { GatewayOptions, MakeStep, Outcome, Passage, Run, Site, StepName } from './passage.js';
import { createRefusals } from './refusals.js';
import { createRouter } from './routing.js';
import type { Services } from './services/index.js';
import { authorize } from './steps/authorize.js';
import { lookUp } from './steps/cache.js';
import { integrate } from './steps/integrate.js';
import { map } from './steps/map.js';
import { createRespond } from './steps/respond.js';
import { limitClients, limitRoutes } from './steps/throttle.js';
import { validate } from './steps/validate.js';

/** A step that a request took, with what came of it. */
export interface Taken { readonly step: StepName; readonly outcome: string; readonly ms: number }

/** What became of a request, for the log and the page. */
export interface Served { readonly id: string; readonly answer: WireAnswer; readonly operation?: string; readonly steps: readonly Taken[]; readonly note?: string | undefined }

export interface Gateway {
  readonly serve: (request: WireRequest) => Promise<Served>;
  /** What is remembered at the moment, for the page: limits, verdicts, caches. */
  readonly state: () => Json;
  /** Forgets buckets, quotas, cached answers and verdicts. */
  readonly reset: () => void;
}

export interface GatewayParts { readonly stage: string; readonly invoke: Invoke; readonly clock: Clock; readonly keyring: Keyring; readonly services: Services; readonly options: GatewayOptions }

/** The steps between routing and the answer, in each kind's order. */
const orders: Readonly<Record<Api['protocol']['kind'], readonly (readonly [StepName, MakeStep])[]>> = {
  rest: [['throttle', limitClients], ['authorize', authorize], ['throttle', limitRoutes], ['validate', validate], ['cache', lookUp], ['map', map], ['integrate', integrate]],
  // Neither validation nor a cache, keys or limits by client: that kind of API has none.
  http: [['authorize', authorize], ['throttle', limitRoutes], ['map', map], ['integrate', integrate]],
};

/**
 * The gateway of an API on this machine: each request takes the steps that the target would take, in its order, and what
 * came of each is put down. Errors of its own look as on the target.
 */
export const createGateway = (api: Api, { stage, invoke, clock, keyring, services, options }: GatewayParts): Gateway => {
  const refuse = createRefusals(api);
  const respond = createRespond(api);
  const router = createRouter(api);
  const preflight = createPreflight(api, router);
  const forgetting: (() => void)[] = [];
  const made = new Map<string, unknown>();
  const shown = { throttles: new Map<string, () => Json>(), verdicts: new Map<string, () => Json>(), caches: new Map<string, () => Json>() };
  const site: Site = {
    api, stage, stageVariables: Object.fromEntries(api.stages.get(stage)?.variables ?? []), clock, invoke, keyring, refuse, services, options,
    onReset: (forget) => forgetting.push(forget),
    once: <T>(name: string, make: () => T): T => {
      if (!made.has(name)) made.set(name, make());
      return made.get(name) as T;
    },
    show: (what, name, state) => shown[what].set(name, state),
  };
  const plans = new Map<Route, readonly (readonly [StepName, Run])[]>();
  const planOf = (route: Route): readonly (readonly [StepName, Run])[] => {
    const known = plans.get(route);
    if (known) return known;
    const plan = orders[api.protocol.kind].flatMap(([name, make]) => {
      const run = make(site, route);
      return run ? [[name, run] as const] : [];
    });
    plans.set(route, plan);
    return plan;
  };
  const unrouted = (request: WireRequest, id: string, outcome: string, answer: WireAnswer): Served =>
    ({ id, answer: respond(request, id, answer, false), steps: [{ step: 'route', outcome, ms: 0 }] });
  return {
    // One function that waits, not one in another: each costs a request as much as a step does.
    serve: async (request) => {
      const id = randomUUID();
      let since = performance.now();
      const match = router.find(request.method, request.path);
      if (!match) {
        const answer = request.method === 'OPTIONS' ? preflight(request) : undefined;
        return answer ? unrouted(request, id, 'preflight', answer) : unrouted(request, id, 'no route', refuse('MISSING_AUTHENTICATION_TOKEN', id));
      }
      const epochMs = clock.now();
      const passage: Passage = { id, traceId: `Root=1-${Math.floor(epochMs / 1000).toString(16)}-${randomHex(12)}`, epochMs, request, match, caller: {} };
      const steps: Taken[] = [];
      const taken = (step: StepName, outcome: string): void => {
        const now = performance.now();
        steps.push({ step, outcome, ms: now - since });
        since = now;
      };
      taken('route', match.operation.path.text);
      let last: Outcome = { outcome: 'nothing' };
      for (const [step, run] of planOf(match.route)) {
        try {
          const given = run(passage);
          // Most steps know at once: to wait for them costs as much as what they do.
          last = given instanceof Promise ? await given : given;
        } catch (error) {
          last = failed(site, passage, error);
        }
        taken(step, last.outcome);
        if (last.answer) break;
      }
      const given = last.answer ?? refuse('DEFAULT_5XX', id);
      const answer = respond(request, id, passage.settle ? passage.settle(given) : given, true);
      taken('respond', String(answer.status));
      return { id, answer, operation: match.operation.id, steps, note: last.note };
    },
    state: () => Object.fromEntries(Object.entries(shown).map(([what, all]) => [what, Object.fromEntries([...all].map(([name, state]) => [name, state()]))])),
    reset: () => { for (const forget of forgetting) forget(); },
  };
};

/** A fault of ours is an answer too: one request must not end the gateway for the others. */
const failed = (site: Site, { id }: Passage, error: unknown): Outcome =>
  ({ outcome: 'failed', answer: site.refuse('DEFAULT_5XX', id), note: `failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` });
