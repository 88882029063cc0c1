import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

/** What a gateway shows of itself, and the authorities whose client certificates it takes; each is the text of a PEM file. */
export interface Tls { readonly cert: string; readonly key: string; readonly truststore?: string }

/** A client certificate as the target's events tell of it; the stand-in for one has a subject alone. */
export interface ClientCertificate {
  readonly subjectDN: string;
  readonly clientCertPem?: string;
  readonly issuerDN?: string;
  readonly serialNumber?: string;
  readonly validity?: { readonly notBefore: string; readonly notAfter: string };
}

/** What came of asking a caller for a certificate: one to be trusted, or why there is none. */
export type Shown = { readonly certificate: ClientCertificate } | { readonly why: string };

const seen = new WeakMap<TLSSocket, Shown>();

/** What a caller showed at the handshake, once a connection. */
export const shownAt = (socket: TLSSocket): Shown => {
  const known = seen.get(socket) ?? judged(socket);
  seen.set(socket, known);
  return known;
};

const judged = (socket: TLSSocket): Shown => {
  // First: a resumed session of TLS 1.3 counts as authorized though nobody ever showed a certificate in it.
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return { why: 'the caller showed no certificate' };
  if (!socket.authorized) return { why: `the certificate of ${nameOf(certificate.subject)} is not trusted: ${String(socket.authorizationError)}` };
  return { certificate: factsOf(certificate) };
};

const factsOf = (certificate: X509Certificate): ClientCertificate => ({
  subjectDN: nameOf(certificate.subject),
  clientCertPem: certificate.toString(),
  issuerDN: nameOf(certificate.issuer),
  serialNumber: (certificate.serialNumber.toLowerCase().match(/../g) ?? []).join(':'),
  validity: { notBefore: certificate.validFrom, notAfter: certificate.validTo },
});

/** A name on one line, the last part first (RFC 4514, section 2.1). Parts come a line each, and escape what could end a line. */
const nameOf = (name: string): string => name.split('\n').reverse().join(',');
