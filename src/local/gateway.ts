import { randomBytes, randomUUID } from 'node:crypto';
import type { Api, Operation } from '../ir/index.js';
import type { Keyring } from './auth/keyring.js';
import type { Clock } from './clock.js';
import { createPreflight } from './preflight.js';
import type { WireAnswer, WireRequest } from './exchange.js';
import type { Invoke } from './functions.js';
import type { GatewayOptions, MakeStep, Outcome, Passage, Run, Site, StepName } from './passage.js';
import { createRefusals } from './refusals.js';
import { createRouter } from './routing.js';
import { authorize } from './steps/authorize.js';
import { integrate } from './steps/integrate.js';
import { createRespond } from './steps/respond.js';

/** A step that a request took, with what came of it. */
export interface Taken { readonly step: StepName; readonly outcome: string; readonly ms: number }

/** What became of a request, for the log and the page. */
export interface Served { readonly id: string; readonly answer: WireAnswer; readonly operation?: string; readonly steps: readonly Taken[]; readonly note?: string }

export interface Gateway {
  readonly serve: (request: WireRequest) => Promise<Served>;
  /** Forgets buckets, quotas, cached answers and verdicts. */
  readonly reset: () => void;
}

export interface GatewayParts { readonly stage: string; readonly invoke: Invoke; readonly clock: Clock; readonly keyring: Keyring; readonly options: GatewayOptions }

/** The steps between routing and the answer, in each kind's order. */
const orders: Readonly<Record<Api['protocol']['kind'], readonly (readonly [StepName, MakeStep])[]>> = {
  rest: [['authorize', authorize], ['integrate', integrate]],
  http: [['authorize', authorize], ['integrate', integrate]],
};

/**
 * The gateway of an API on this machine: each request takes the steps that the target would take, in its order, and what
 * came of each is put down. Errors of its own look as on the target.
 */
export const createGateway = (api: Api, { stage, invoke, clock, keyring, options }: GatewayParts): Gateway => {
  const refuse = createRefusals(api);
  const respond = createRespond(api);
  const router = createRouter(api);
  const preflight = createPreflight(api, router);
  const forgetting: (() => void)[] = [];
  const site: Site = {
    api, stage, stageVariables: Object.fromEntries(api.stages.get(stage)?.variables ?? []), clock, invoke, keyring, refuse, options,
    onReset: (forget) => forgetting.push(forget),
  };
  const plans = new Map<Operation, readonly (readonly [StepName, Run])[]>();
  const planOf = (operation: Operation): readonly (readonly [StepName, Run])[] => {
    const known = plans.get(operation);
    if (known) return known;
    const plan = orders[api.protocol.kind].flatMap(([name, make]) => {
      const run = make(site, operation);
      return run ? [[name, run] as const] : [];
    });
    plans.set(operation, plan);
    return plan;
  };
  const unrouted = (request: WireRequest, id: string, outcome: string, answer: WireAnswer): Served =>
    ({ id, answer: respond(request, id, answer, false), steps: [{ step: 'route', outcome, ms: 0 }] });
  return {
    serve: async (request) => {
      const id = randomUUID();
      const begun = performance.now();
      const match = router.find(request.method, request.path);
      if (!match) {
        const answer = request.method === 'OPTIONS' ? preflight(request) : undefined;
        return answer ? unrouted(request, id, 'preflight', answer) : unrouted(request, id, 'no route', refuse('MISSING_AUTHENTICATION_TOKEN', id));
      }
      const epochMs = clock.now();
      const passage: Passage = { id, traceId: `Root=1-${Math.floor(epochMs / 1000).toString(16)}-${randomBytes(12).toString('hex')}`, epochMs, request, match, caller: {} };
      const steps: Taken[] = [{ step: 'route', outcome: match.operation.path.text, ms: performance.now() - begun }];
      const last = await walk(site, planOf(match.operation), passage, steps);
      const settled = passage.settle ? passage.settle(last.answer) : last.answer;
      const started = performance.now();
      const answer = respond(request, id, settled, true);
      steps.push({ step: 'respond', outcome: String(answer.status), ms: performance.now() - started });
      return { id, answer, operation: match.operation.id, steps, ...(last.note === undefined ? {} : { note: last.note }) };
    },
    reset: () => { for (const forget of forgetting) forget(); },
  };
};

type Ended = Outcome & { readonly answer: WireAnswer };

const walk = async (site: Site, plan: readonly (readonly [StepName, Run])[], passage: Passage, steps: Taken[]): Promise<Ended> => {
  for (const [step, run] of plan) {
    const started = performance.now();
    const outcome = await attempt(site, run, passage);
    steps.push({ step, outcome: outcome.outcome, ms: performance.now() - started });
    if (outcome.answer) return { ...outcome, answer: outcome.answer };
  }
  return { outcome: 'nothing', answer: site.refuse('DEFAULT_5XX', passage.id) };
};

/** A fault of ours is an answer too: one request must not end the gateway for the others. */
const attempt = async (site: Site, run: Run, passage: Passage): Promise<Outcome> => {
  try {
    return await run(passage);
  } catch (error) {
    return { outcome: 'failed', answer: site.refuse('DEFAULT_5XX', passage.id), note: `failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` };
  }
};
