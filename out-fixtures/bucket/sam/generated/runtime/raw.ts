/** A handler that takes the gateway's own event, with the route it serves. */
export type RawRoute<Event, Result> = readonly [method: string, route: string, handler: (event: Event) => Promise<Result>];

/** Sends events of some routes to handlers that want them as they are, all others on. */
export const unlessRaw = <Event extends { readonly httpMethod: string; readonly resource: string } | { readonly routeKey: string }, Result>(
  routes: readonly RawRoute<Event, Result>[],
  otherwise: (event: Event) => Promise<Result>,
): ((event: Event) => Promise<Result>) => (event) => {
  const key = 'routeKey' in event ? event.routeKey : `${event.httpMethod} ${event.resource}`;
  return (routes.find(([method, route]) => `${method} ${route}` === key)?.[2] ?? otherwise)(event);
};
