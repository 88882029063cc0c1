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

/**
 * The address of a bucket: the service's own, or that of a stand-in (`AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`), where
 * the bucket is the first segment of the path. So it is for a name with dots, too, which no certificate of the service covers.
 */
export const bucketAddress = (bucket: string): BucketAddress => {
  const region = environment('AWS_REGION') ?? required('AWS_DEFAULT_REGION');
  const endpoint = environment('AWS_ENDPOINT_URL_S3') ?? environment('AWS_ENDPOINT_URL');
  if (endpoint !== undefined) {
    const [, scheme = '', host = '', path = ''] = /^(https?):\/\/([^/?#]+)(\/[^?#]*)?$/.exec(endpoint) ?? [];
    if (host === '') throw new Error(`${endpoint} is no address of a service`);
    return { scheme, host, path: `${path.replace(/\/$/, '')}/${bucket}`, region };
  }
  const service = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  return bucket.includes('.') ? { scheme: 'https', host: service, path: `/${bucket}`, region } : { scheme: 'https', host: `${bucket}.${service}`, path: '', region };
};
