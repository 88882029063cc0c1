import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { Profile, User } from '../generated/schemas.js';
import { all, count, get, put } from '../store.js';

export interface Account { readonly id: string; readonly email: string; readonly username: string; readonly bio: string; readonly image: string; readonly token: string; readonly salt: string; readonly hash: string }

/** Cheap on purpose: nobody's real password goes here. */
const digest = (password: string, salt: string): string => scryptSync(password, salt, 32, { N: 1024 }).toString('hex');

export const secret = (password: string): Pick<Account, 'salt' | 'hash'> => {
  const salt = randomBytes(8).toString('hex');
  return { salt, hash: digest(password, salt) };
};
export const opens = ({ salt, hash }: Account, password: string): boolean => timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(digest(password, salt), 'hex'));

export const register = ({ username, email, password }: { readonly username: string; readonly email: string; readonly password: string }): Account => {
  const account = { id: `u${count('user')}`, username, email, bio: '', image: '', token: randomBytes(16).toString('hex'), ...secret(password) };
  keep(account);
  return account;
};
export const keep = (account: Account): void => put('users', account.id, account);
export const byId = (id: string | undefined): Account | undefined => (id === undefined ? undefined : get<Account>('users', id));
export const by = (name: 'username' | 'email' | 'token', value: string): Account | undefined => all<Account>('users').find((account) => account[name] === value);
/** Whether somebody else has the name or the address. */
export const taken = ({ username, email }: { readonly username: string; readonly email: string }, own?: string): boolean =>
  all<Account>('users').some((account) => account.id !== own && (account.username === username || account.email === email));

export const shown = ({ username, email, bio, image, token }: Account): { readonly user: User } => ({ user: { username, email, bio, image, token } });

const following = (id: string): readonly string[] => get<readonly string[]>('following', id) ?? [];
export const follow = (reader: string, writer: string): void => put('following', reader, [...new Set([...following(reader), writer])]);
export const unfollow = (reader: string, writer: string): void => put('following', reader, following(reader).filter((id) => id !== writer));
export const follows = (reader: string | undefined, writer: string): boolean => reader !== undefined && following(reader).includes(writer);

export const profile = ({ id, username, bio, image }: Account, reader?: string): Profile => ({ username, bio, image, following: follows(reader, id) });

export const refused = (...body: string[]) => ({ status: 422, body: { errors: { body } } }) as const;
export const unauthorized = { status: 401 } as const;
