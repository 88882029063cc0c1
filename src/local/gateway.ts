import type { Route } from '../../generators/kit/aws/routes.js';
import type { Json } from '../base/json.js';
import type { Api } from '../ir/index.js';
import type { Keyring } from './auth/keyring.js';
import type { Clock } from './clock.js';
import type { Recorded } from './control/record.js';
import { createPreflight } from './preflight.js';
import type { WireAnswer, WireRequest } from './exchange.js';
import type { Invoke } from './functions.js';
import { requestId, traceId } from './ids.js';
import type { Caller, GatewayOptions, MakeStep, Outcome, Passage, Run, Site, StepName, Taken } from './passage.js';
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

export interface Gateway {
  readonly serve: (request: WireRequest) => Promise<WireAnswer>;
  /** What is remembered at the moment, for the page: limits, verdicts, caches. */
  readonly state: () => Json;
  /** Forgets buckets, quotas, cached answers and verdicts. */
  readonly reset: () => void;
}

export interface GatewayParts {
  readonly stage: string;
  readonly invoke: Invoke;
  readonly clock: Clock;
  readonly keyring: Keyring;
  readonly services: Services;
  readonly options: GatewayOptions;
  /** Told of each request when it was served. */
  readonly served: (request: Recorded) => void;
}

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
export const createGateway = (api: Api, { stage, invoke, clock, keyring, services, options, served }: GatewayParts): Gateway => {
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
  const unrouted = (request: WireRequest, id: string): Required<Pick<Outcome, 'outcome' | 'answer'>> => {
    const answer = request.method === 'OPTIONS' ? preflight(request) : undefined;
    return answer ? { outcome: 'preflight', answer } : { outcome: 'no route', answer: refuse('MISSING_AUTHENTICATION_TOKEN', id) };
  };
  return {
    // One function that waits, not one in another: each costs a request as much as a step does.
    serve: async (request) => {
      const id = requestId();
      const epochMs = clock.now();
      const began = performance.now();
      const steps: Taken[] = [];
      const told = (answer: WireAnswer, operation?: string, note?: string): WireAnswer => {
        served({ id, at: epochMs, method: request.method, path: request.path, operation, status: answer.status, ms: performance.now() - began, bytes: answer.body.length, steps, note });
        return answer;
      };
      const match = router.find(request.method, request.path);
      if (!match) {
        const { outcome, answer } = unrouted(request, id);
        steps.push({ step: 'route', outcome, ms: 0 });
        return told(respond(request, id, answer, false));
      }
      const { operation, route } = match;
      const passage: Passage = { id, traceId: traceId(epochMs), epochMs, request, match, caller: nobody };
      let since = began;
      const taken = (step: StepName, outcome: string): void => {
        const now = performance.now();
        steps.push({ step, outcome, ms: now - since });
        since = now;
      };
      taken('route', operation.path.text);
      let last: Outcome = { outcome: 'nothing' };
      for (const [step, run] of planOf(route)) {
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
      return told(answer, operation.id, last.note);
    },
    state: () => Object.fromEntries(Object.entries(shown).map(([what, all]) => [what, Object.fromEntries([...all].map(([name, state]) => [name, state()]))])),
    reset: () => { for (const forget of forgetting) forget(); },
  };
};

const nobody: Caller = {};

/** A fault of ours is an answer too: one request must not end the gateway for the others. */
const failed = (site: Site, { id }: Passage, error: unknown): Outcome =>
  ({ outcome: 'failed', answer: site.refuse('DEFAULT_5XX', id), note: `failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` });
