import type { Resource } from '../../ir/index.js';
import { ServiceFailure } from './failure.js';

/** The account and the region that stand in addresses here. */
export const account = '000000000000';
export const region = 'us-east-1';

/** The name that a resource has here. */
export const localName = (resource: Resource): string => `local-${resource.name}${'fifo' in resource && resource.fifo ? '.fifo' : ''}`;
export const deadLetterName = (resource: Resource): string => localName(resource).replace(/(\.fifo)?$/, '-dead-letters$1');

export const arnOf = (service: string, path: string): string => `arn:aws:${service}:${region}:${account}:${path}`;
export const queueUrl = (endpoint: string, name: string): string => `${endpoint}/${account}/${name}`;

/** How clients of its service address a resource: by name, URL or ARN. */
export const addressOf = (resource: Resource, endpoint: string): string => {
  switch (resource.kind) {
    case 'http': return resource.url;
    case 'queue': return queueUrl(endpoint, localName(resource));
    case 'topic': return arnOf('sns', localName(resource));
    case 'workflow': return arnOf('states', `stateMachine:${localName(resource)}`);
    case 'table': case 'bus': case 'stream': case 'bucket': return localName(resource);
  }
};

/** Finds what an address means: its last part is the name. */
export const at = <T>(all: ReadonlyMap<string, T>, address: string, code: string): T => {
  const found = all.get(address.split(/[/:]/).at(-1) ?? '');
  if (!found) throw new ServiceFailure(code, `There is no such resource here: ${address}`);
  return found;
};
