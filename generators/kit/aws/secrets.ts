import { cloud, type CloudText } from './cloud-text.js';
import type { Statement } from './grants.js';

/** The ARN of a secret: a parameter of the deployment. */
export const secretArn = (name: string): CloudText => cloud`${{ cloud: 'parameter', name }}`;

/** Leave to read these secrets, and no others. */
export const readSecrets = (names: readonly string[]): readonly Statement[] =>
  (names.length === 0 ? [] : [{ Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: names.map(secretArn) }]);
