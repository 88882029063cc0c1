import { setPreferences } from '../generated/contract/set-preferences.js';
import { put } from '../store.js';
import { companyOf } from './companies.js';

export const handler = setPreferences(async ({ body, auth }) => {
  put('preferences', companyOf(auth), body);
  return { status: 200, body };
});
