import { addMember } from '../generated/contract/add-member.js';
import { error, find, keep, next } from './bazaar.js';

export const handler = addMember(async ({ body: { handle } }) => (find('members', handle) ? error(409, 'somebody has it') : { status: 201, body: keep('members', handle, { id: next('members'), handle }) }));
