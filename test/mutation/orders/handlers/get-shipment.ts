import { getShipment } from '../generated/contract/get-shipment.js';

export const handler = getShipment(async () => {
  return { status: 200, body: { state: 'waiting' } };
});
