import type { Route } from '../../generators/kit/aws/routes.js';
import type { Json } from '../base/json.js';
import type { Api } from '../ir/index.js';
import type { Auth } from '../runtime/message.js';
import type { Clock } from './clock.js';
import type { WireAnswer, WireRequest } from './exchange.js';
import type { Invoke } from './functions.js';
import type { Keyring } from './auth/keyring.js';
import type { Refuse } from './refusals.js';
import type { Services } from './services/index.js';
import type { Match } from './routing.js';
import type { ClientCertificate } from './tls.js';

/** The stations of a request, by the names under which they are told. */
export type StepName = 'route' | 'authorize' | 'throttle' | 'validate' | 'cache' | 'map' | 'integrate' | 'respond';

/** A step that a request took, with what came of it. */
export interface Taken { readonly step: StepName; readonly outcome: string; readonly ms: number }

/** What a step came to. With an answer, the steps between it and the last are passed over. */
export interface Outcome {
  /** One word or two, for people: `allowed`, `hit`, `429`. */
  readonly outcome: string;
  readonly answer?: WireAnswer;
  /** For the developer, never for the caller. */
  readonly note?: string;
}

/** Who calls, as a step found out. */
export interface Caller {
  readonly auth?: Auth;
  /** `requestContext.authorizer` of the target's event. */
  readonly authorizer?: Readonly<Record<string, unknown>>;
  readonly apiKeyId?: string;
  /** The usage plan of that key. */
  readonly plan?: string;
  readonly userArn?: string;
  readonly certificate?: ClientCertificate;
  /** Whether an authorizer's verdict was remembered. */
  readonly remembered?: boolean;
}

/** A request on its way. What later steps need of earlier ones is put down here. */
export interface Passage {
  readonly id: string;
  readonly traceId: string;
  readonly epochMs: number;
  readonly request: WireRequest;
  readonly match: Match;
  caller: Caller;
  /** What the author mapped of the request, for the backend. */
  mapped?: { readonly path?: string; readonly body?: string };
  /** Called with the answer, whatever came of it, when a step waits for that. */
  settle?: (answer: WireAnswer) => WireAnswer;
}

export type Run = (passage: Passage) => Outcome | Promise<Outcome>;

/** What the steps of a gateway share. */
export interface Site {
  readonly api: Api;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly invoke: Invoke;
  readonly keyring: Keyring;
  readonly refuse: Refuse;
  /** What stands behind the gateway. */
  readonly services: Services;
  readonly options: GatewayOptions;
  /** What is forgotten at a reset. */
  readonly onReset: (forget: () => void) => void;
  /** What the operations of a gateway have in common is made when it is first asked for. */
  readonly once: <T>(name: string, make: () => T) => T;
  /** What the page shows of the gateway's memory. */
  readonly show: (what: 'throttles' | 'verdicts' | 'caches', name: string, state: () => Json) => void;
}

/** How a gateway differs from the one in the cloud by the developer's wish. */
export interface GatewayOptions {
  /** Answers tell whether they came from a cache. */
  readonly test: boolean;
  /** What nobody has written yet is answered by an example. */
  readonly mock: boolean;
  /** Whose word counts for tokens: keys made here, or those of the issuer that the document names. */
  readonly issuerKeys: 'local' | 'remote';
}

/** A step of one route; nothing where the route has no use for it. */
export type MakeStep = (site: Site, route: Route) => Run | undefined;
