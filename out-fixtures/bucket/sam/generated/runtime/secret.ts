import { environment } from './platform.js';

/** The text of a secret, by its name or ARN. */
export type ReadSecret = (id: string) => Promise<string>;

interface SecretsClient { readonly send: (command: object) => Promise<{ readonly SecretString?: string }> }
interface SecretsModule {
  readonly SecretsManagerClient: new (options: object) => SecretsClient;
  readonly GetSecretValueCommand: new (input: { readonly SecretId: string }) => object;
}

/** By the client that the platform brings, so that no bundle carries one. */
export const fromSecretsManager: ReadSecret = async (id) => {
  const name = '@aws-sdk/client-secrets-manager';
  const { SecretsManagerClient, GetSecretValueCommand } = (await import(name)) as SecretsModule;
  const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: id }));
  if (SecretString === undefined) throw new Error('The secret has no text');
  return SecretString;
};

/** A secret is read again after this long, so that a changed one comes into use. */
const rememberedMs = 5 * 60_000;

/** The text of the secret that an environment variable names. A failure to read it is not remembered. */
export const secret = (variable: string, now: () => number = Date.now, read: ReadSecret = fromSecretsManager): (() => Promise<string>) => {
  let known: { readonly text: Promise<string>; readonly at: number } | undefined;
  return () => {
    if (!known || now() - known.at > rememberedMs) {
      const id = environment(variable);
      if (id === undefined) return Promise.reject(new Error(`The environment variable ${variable} is not set`));
      const text = read(id);
      known = { text, at: now() };
      text.catch(() => { known = undefined; });
    }
    return known.text;
  };
};
