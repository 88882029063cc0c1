import type { Api, Worker } from './api.js';
import type { Callback, Operation } from './operation.js';
import type { CallbackPolicy } from './policy.js';

/** A callback that code of the developer's is given a sender for. */
export interface Sender {
  /** What the code calls it: the callback's name, with more to it where several have that name. */
  readonly name: string;
  readonly callback: Callback & { readonly address: NonNullable<Callback['address']> };
  readonly policy: CallbackPolicy;
}

/** The senders of an operation: of its handler, or of the worker that does its work. */
export const sendersOf = ({ callbacks, policy: { callbacks: policy } }: Operation): readonly Sender[] => {
  if (!policy) return [];
  const known = callbacks.filter((callback): callback is Sender['callback'] => callback.address !== undefined);
  return known.map((callback) => {
    const namesakes = known.filter(({ name }) => name === callback.name);
    return { name: namesakes.length === 1 ? callback.name : `${callback.name}${namesakes.indexOf(callback) + 1}`, callback, policy };
  });
};

/** The senders of a worker. Where it does the work of several operations, a name that two of them have is told apart by the operation's. */
export const workSendersOf = (api: Pick<Api, 'operations'>, { operations }: Worker): readonly Sender[] => {
  const all = operations.flatMap((id) => {
    const operation = api.operations.get(id);
    return operation ? sendersOf(operation).map((sender) => ({ id, sender })) : [];
  });
  return all.map(({ id, sender }) => (all.filter((each) => each.sender.name === sender.name).length === 1 ? sender : { ...sender, name: `${id}_${sender.name}` }));
};
