import type { Auth } from '../generated/runtime/message.js';

/** Whose things a caller sees. */
export const companyOf = ({ claims, principalId }: Auth): string => (typeof claims['tenant'] === 'string' ? claims['tenant'] : (principalId ?? 'nobody'));
