import { environment } from './platform.js';

/** What requests are signed with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where a bucket answers: scheme and host, and the path before its keys. */
export interface BucketAddress { readonly scheme: string; readonly host: string; readonly path: string; readonly region: string }

const required = (name: string): string => {
  const value = environment(name);
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is not set`);
  return value;
};

/** The credentials of the function's own role. They are read anew for each link: the platform renews them. */
export const credentials = (): Credentials => {
  const sessionToken = environment('AWS_SESSION_TOKEN');
  return { accessKeyId: required('AWS_ACCESS_KEY_ID'), secretAccessKey: required('AWS_SECRET_ACCESS_KEY'), ...(sessionToken ? { sessionToken } : {}) };
};

const ownRegion = (): string => environment('AWS_REGION') ?? required('AWS_DEFAULT_REGION');

interface Address { readonly scheme: string; readonly host: string; readonly path: string }

/** A stand-in for a service (`AWS_ENDPOINT_URL_SQS`, `AWS_ENDPOINT_URL`: AWS SDKs reference guide, "Service-specific endpoints"). Its path has no slash at the end. */
const standIn = (service: string): Address | undefined => {
  const endpoint = environment(`AWS_ENDPOINT_URL_${service.toUpperCase()}`) ?? environment('AWS_ENDPOINT_URL');
  if (endpoint === undefined) return undefined;
  const [, scheme = '', host = '', path = ''] = /^(https?):\/\/([^/?#]+)(\/[^?#]*)?$/.exec(endpoint) ?? [];
  if (host === '') throw new Error(`${endpoint} is no address of a service`);
  return { scheme, host, path: path.replace(/\/$/, '') };
};

const domain = (region: string): string => `amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

/** Where a service answers, by the first part of its host and the name that stand-ins have it under; of the function's own region where none is given. */
export const serviceAddress = (host: string, service: string, region = ownRegion()): Address & { readonly region: string } =>
  ({ ...(standIn(service) ?? { scheme: 'https', host: `${host}.${region}.${domain(region)}`, path: '' }), region });

/**
 * The address of a bucket: the service's own, or that of a stand-in, where the bucket is the first segment of the path.
 * So it is for a name with dots, too, which no certificate of the service covers.
 */
export const bucketAddress = (bucket: string): BucketAddress => {
  const region = ownRegion();
  const other = standIn('s3');
  if (other) return { ...other, path: `${other.path}/${bucket}`, region };
  const service = `s3.${region}.${domain(region)}`;
  return bucket.includes('.') ? { scheme: 'https', host: service, path: `/${bucket}`, region } : { scheme: 'https', host: `${bucket}.${service}`, path: '', region };
};
