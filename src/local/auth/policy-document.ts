import { isObject, own, type Json } from '../../base/json.js';

/** What an authorizer function of a REST API answered: a policy, who it is for, and what the backend is told of them. */
export interface PolicyVerdict { readonly principalId: string; readonly statements: readonly Statement[]; readonly context: Readonly<Record<string, unknown>> }
interface Statement { readonly effect: string; readonly resources: readonly string[] }

/** Reads an authorizer's answer; nothing when the gateway could do nothing with it. */
export const readPolicy = (answer: unknown): PolicyVerdict | undefined => {
  const value = answer as Json;
  if (!isObject(value ?? null)) return undefined;
  const document = own(value as { readonly [key: string]: Json }, 'policyDocument');
  const statements = isObject(document ?? null) ? own(document as { readonly [key: string]: Json }, 'Statement') : undefined;
  const { principalId, context } = value as { readonly principalId?: unknown; readonly context?: Json };
  if (typeof principalId !== 'string' || !Array.isArray(statements)) return undefined;
  return {
    principalId,
    statements: (statements as readonly { readonly Effect?: unknown; readonly Resource?: unknown }[]).map(({ Effect, Resource }) => ({ effect: String(Effect), resources: [Resource].flat().filter((each): each is string => typeof each === 'string') })),
    context: isObject(context ?? null) ? (context as Readonly<Record<string, unknown>>) : {},
  };
};

/** Whether a policy lets a method be called: some statement allows it, and none denies it. */
export const allows = ({ statements }: PolicyVerdict, methodArn: string): boolean => {
  const matching = statements.filter(({ resources }) => resources.some((pattern) => matches(pattern, methodArn)));
  return matching.some(({ effect }) => effect === 'Allow') && matching.every(({ effect }) => effect === 'Allow');
};

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*').replace(/\?/g, '.')}$`, 's').test(text);
