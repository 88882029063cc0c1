import { listCars } from '../generated/contract/list-cars.js';
import { error, find } from './bazaar.js';

export const handler = listCars(async ({ params }) => (find('constructors', params.constructor) ? { status: 200, body: { cars: [] } } : error(404, 'no such constructor')));
