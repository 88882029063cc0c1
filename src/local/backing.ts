import { resourceVariable } from '../emit/layout.js';
import type { Api } from '../ir/index.js';
import type { Keyring } from './auth/keyring.js';
import { startEndpoint } from './aws/endpoint.js';
import { createRemote } from './aws/remote.js';
import { createSender } from './aws/wire.js';
import type { Clock } from './clock.js';
import { lend, ownVariable, takeBack } from './environment.js';
import type { Invoke } from './functions.js';
import { addressOf, region } from './services/address.js';
import { createServices, type Services } from './services/index.js';

export interface BackingOptions {
  readonly clock: Clock;
  readonly invoke: Invoke;
  readonly keyring: Keyring;
  readonly outputFolder: string;
  /** Workers run by themselves, not only when asked. */
  readonly automatic: boolean;
}

/** What stands behind a gateway: embedded services, or those that `AWS_ENDPOINT_URL` names. */
export interface Backing {
  /** The services of an API, in place of those before. Handlers find them in their environment. */
  readonly open: (api: Api) => Services;
  readonly close: () => Promise<void>;
}

export const openBacking = async ({ clock, invoke, keyring, outputFolder, automatic }: BackingOptions): Promise<Backing> => {
  const theirs = ownVariable('AWS_ENDPOINT_URL');
  const lentHere = new Map<string, string>();
  let services: Services | undefined;
  const give = (variables: readonly (readonly [string, string])[]): void => {
    for (const [name, value] of variables) lentHere.set(name, value);
    lend(new Map(variables));
  };
  const remote = theirs === undefined ? undefined : { call: createRemote(outputFolder, theirs), send: createSender(theirs), address: (resource: string) => process.env[resourceVariable(resource)] };
  const endpoint = theirs === undefined ? await startEndpoint({
    call: (call) => (services ? services.api(call) : Promise.resolve({ status: 503, body: { __type: 'ServiceUnavailable', message: 'Nothing is served yet.' } })),
    now: clock.now,
    credentials: () => ({ accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? '' }),
  }) : undefined;
  const url = endpoint?.url ?? theirs ?? '';
  const { accessKeyId, secretAccessKey } = keyring.credentials;
  // Clients ask for a region and for credentials before they ask anybody.
  if (endpoint) give([['AWS_ENDPOINT_URL', url]]);
  give([['AWS_REGION', region], ...(ownVariable('AWS_ACCESS_KEY_ID') === undefined ? [['AWS_ACCESS_KEY_ID', accessKeyId] as const, ['AWS_SECRET_ACCESS_KEY', secretAccessKey] as const] : [])]);
  return {
    open: (api) => {
      services?.close();
      give([...api.resources.values()].map((resource) => [resourceVariable(resource.name), addressOf(resource, url)]));
      services = createServices(api, { clock, invoke, endpoint: url, automatic, ...(remote ? { elsewhere: remote } : {}) });
      return services;
    },
    close: async () => {
      services?.close();
      takeBack(lentHere);
      await endpoint?.close();
    },
  };
};
