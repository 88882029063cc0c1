import { describe, expect, it } from 'vitest';
import { signedHeaders } from '../../src/runtime/signature.js';

describe('the signature of a request', () => {
  it('is that of the published test suite (AWS Signature Version 4 test suite, post-vanilla)', () => {
    const headers = signedHeaders(
      { service: 'service', region: 'us-east-1', host: 'example.amazonaws.com', path: '/', headers: {}, body: '' },
      { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }, Date.UTC(2015, 7, 30, 12, 36, 0),
    );
    expect(headers).toEqual({
      'x-amz-date': '20150830T123600Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    });
  });
});
