import { addPhoto } from '../generated/contract/add-photo.js';
import { keep, next, time } from './bazaar.js';
import { shown } from './photos.js';

export const handler = addPhoto(async ({ body: { title, taken } }) => {
  const photoId = `p${next('photos')}`;
  return { status: 201, body: shown(keep('photos', photoId, { photoId, title, ...(taken === undefined ? {} : { taken: taken === null ? null : time(taken) }) })) };
});
