/** An error in the envelope of the API. */
export const problem = <S extends 400 | 404 | 409 | 412 | 422>(status: S, title: string) => ({ status, contentType: 'application/problem+json', body: { type: 'about:blank', title, status } }) as const;
