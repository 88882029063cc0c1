import { list } from '../base/text.js';
import { features, type FeatureId } from '../ir/features.js';
import type { Api, ProtocolChoice } from '../ir/index.js';
import type { Capabilities, Support } from './capability.js';

type Kind = ProtocolChoice['kind'];

/** What would become of the features that a document asks for, if its API were of the other kind; by the table of one target. */
export interface OtherKind {
  readonly kind: Kind;
  readonly lost: readonly FeatureId[];
  /** What the gateway does now, and the function would have to. */
  readonly toFunction: readonly FeatureId[];
  /** What cannot be had now, or only in the function. */
  readonly gained: readonly FeatureId[];
}

const worth: Readonly<Record<Support['how'], number>> = { native: 2, default: 2, function: 1, 'not-yet': 0, none: 0 };

export const compareKinds = (api: Pick<Api, 'features' | 'protocol'>, capabilities: Capabilities): OtherKind => {
  const { kind } = api.protocol;
  const other = kind === 'rest' ? 'http' : 'rest';
  const asked = [...new Set(api.features.map(({ id }) => id))].map((id) => ({ id, now: worth[capabilities[kind][id].how], then: worth[capabilities[other][id].how] }));
  const ids = (which: (each: typeof asked[number]) => boolean): FeatureId[] => asked.filter(which).map(({ id }) => id);
  return {
    kind: other,
    lost: ids(({ now, then }) => then === 0 && now > 0),
    toFunction: ids(({ now, then }) => then === 1 && now === 2),
    gained: ids(({ now, then }) => then > now),
  };
};

/** Of a request, beside the other kind's (price lists of API Gateway: 3.50 and 1.00 dollars a million, before volume discounts). */
const price: Readonly<Record<Kind, string>> = { rest: 'three and a half times the price of a request', http: 'less than a third of the price of a request' };

/** One line for people: what the other kind would cost, lose and gain. */
export const describeOtherKind = ({ kind, lost, toFunction, gained }: OtherKind): string => {
  const named = (ids: readonly FeatureId[]): string => list(ids.map((id) => features[id]));
  return `As ${kind === 'rest' ? 'a REST API' : 'an HTTP API'}, at ${price[kind]}, it would ${[
    lost.length > 0 ? `lose ${named(lost)}` : 'lose nothing',
    ...(toFunction.length > 0 ? [`leave ${named(toFunction)} to the function`] : []),
    ...(gained.length > 0 ? [`gain ${named(gained)}`] : []),
  ].join('; ')}.`;
};
