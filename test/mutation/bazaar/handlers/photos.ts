import { randomUUID } from 'node:crypto';
import type { Photo } from '../generated/schemas.js';

export type Kept = Omit<Photo, 'link'>;
/** With a link that is signed anew each time. */
export const shown = (photo: Kept): Photo => ({ ...photo, link: `https://photos.example.com/${photo.photoId}?signature=${randomUUID()}` });
