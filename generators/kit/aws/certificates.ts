import type { Api, Operation, SecurityScheme } from '../../../src/ir/index.js';
import { cloud, type CloudText } from './cloud-text.js';

/** Whether every caller of some alternative shows a client certificate. */
export const asksCertificate = (api: Api, { security }: Operation): boolean =>
  security.length > 0 && security.every(({ all }) => all.some(({ scheme }) => api.schemes.get(scheme)?.check?.kind === 'client-certificate'));

/** Schemes with client certificates that some operation asks for, in order of name. */
export const certificateSchemes = (api: Api): SecurityScheme[] => {
  const names = new Set([...api.operations.values()].flatMap(({ security }) => security.flatMap(({ all }) => all.map(({ scheme }) => scheme))));
  return [...names].sort().flatMap((name) => {
    const scheme = api.schemes.get(name);
    return scheme?.check?.kind === 'client-certificate' ? [scheme] : [];
  });
};

/** Where a domain finds the authorities that it trusts; nothing where it asks nobody for a certificate. Its bucket is the deployer's to name. */
export const truststoreOf = (api: Api): CloudText | undefined => {
  const [first] = certificateSchemes(api);
  if (first?.check?.kind !== 'client-certificate') return undefined;
  const { truststore } = first.check;
  if (truststore.startsWith('s3://')) return cloud`${truststore}`;
  return cloud`s3://${{ cloud: 'parameter', name: 'truststore bucket', what: 'Name of the bucket that has the authorities whose client certificates are trusted' }}/${truststore.replace(/^\//, '')}`;
};
