import { logIn } from '../generated/contract/log-in.js';
import { error, find } from './bazaar.js';

/** Nobody confirms an address here. */
export const handler = logIn(async ({ body: { email, password } }) => (find<{ password: string }>('passwords', email)?.password === password ? error(403, 'it was not confirmed') : error(401, 'they do not belong together')));
