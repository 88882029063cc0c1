/** An object without what is undefined: a plan says nothing of what does not apply. */
export const present = <T extends object>(all: { readonly [Name in keyof T]: T[Name] | undefined }): T =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T;

/** A list that has something in it. */
export const some = <Item>(all: readonly Item[] | undefined): readonly Item[] | undefined => (all && all.length > 0 ? all : undefined);
