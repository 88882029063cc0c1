/**
 * Text with values in it that only the cloud knows. A target prints it in its own notation (`Fn::Sub`, HCL
 * interpolation); the literal parts are escaped there, so that a document's `${…}` stays text.
 */
export class CloudText {
  private constructor(readonly parts: readonly (string | CloudVariable)[]) {}

  static of(literals: readonly string[], ...values: readonly (string | CloudVariable | CloudText)[]): CloudText {
    const parts = literals.flatMap((literal, index) => {
      const value = values[index];
      return value === undefined ? [literal] : [literal, ...(value instanceof CloudText ? value.parts : [value])];
    });
    return new CloudText(parts.filter((part) => part !== ''));
  }
}

/** What a deployment knows by itself, or of something it creates. `name` is a key of the IR. */
export type CloudVariable =
  | { readonly cloud: 'partition' | 'region' | 'account' | 'api-id' | 'stage' }
  | { readonly cloud: 'function-arn' | 'authorizer-arn' | 'resource-arn' | 'resource-name' | 'resource-url' | 'resource-account'; readonly name: string }
  /** The queue of what a worker failed to do for good; `name` is a key of `Api.workers`. */
  | { readonly cloud: 'dead-letters-arn'; readonly name: string }
  /** The role in which the gateway calls a service for one operation; `name` is a key of `Api.operations`. */
  | { readonly cloud: 'role-arn'; readonly name: string }
  | ({ readonly cloud: 'parameter' } & Parameter);

/** A value that whoever deploys gives: an ARN, unless `what` says otherwise; several with `list`. */
export interface Parameter { readonly name: string; readonly what?: string; readonly list?: true; readonly default?: string }

export const partition: CloudVariable = { cloud: 'partition' };
export const region: CloudVariable = { cloud: 'region' };
export const account: CloudVariable = { cloud: 'account' };

/** `cloud\`arn:${partition}:…\`` */
export const cloud = (literals: TemplateStringsArray, ...values: readonly (string | CloudVariable | CloudText)[]): CloudText => CloudText.of(literals, ...values);

/** Plain data with cloud text at its leaves: what definitions and resources are made of before a target prints them. */
export type CloudValue = null | boolean | number | string | CloudText | readonly CloudValue[] | { readonly [key: string]: CloudValue };
export type CloudObject = { readonly [key: string]: CloudValue };
