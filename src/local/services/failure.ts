/** What a service refuses, by the code that its API reference has for it. Thrown by the embedded services, and told to whoever called. */
export class ServiceFailure extends Error {
  constructor(readonly code: string, message: string, readonly status = 400, readonly fields: { readonly [name: string]: unknown } = {}) {
    super(message);
  }
}

export const invalid = (message: string): ServiceFailure => new ServiceFailure('ValidationException', message);
