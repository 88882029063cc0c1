import { beginAuction } from '../generated/contract/begin-auction.js';
import { each, error, keep } from './bazaar.js';

/** One at a time, and nobody ends it here. */
export const handler = beginAuction(async () => (each('auctions').length > 0 ? error(409, 'another one is open') : { status: 201, body: keep('auctions', 'a1', { auctionId: 'a1' }) }));
