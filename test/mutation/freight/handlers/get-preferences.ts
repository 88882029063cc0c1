import { getPreferences } from '../generated/contract/get-preferences.js';
import type { Preferences } from '../generated/schemas.js';
import { get } from '../store.js';
import { companyOf } from './companies.js';

export const handler = getPreferences(async ({ auth }) => ({ status: 200, body: get<Preferences>('preferences', companyOf(auth)) ?? { currency: 'EUR', units: 'metric' } }));
