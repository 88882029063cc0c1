import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../base/json.js';
import { listIn, neededIn, numberIn, objectIn, present, textIn, type Actions } from './action.js';
import { arnOf, at, queueUrl } from './address.js';
import { ServiceFailure } from './failure.js';
import type { MessageAttribute, MessageAttributes, Queue, QueuedMessage } from './queue.js';

const md5 = (data: string | Uint8Array): string => createHash('md5').update(data).digest('hex');

/** The digest of attributes by which clients check what arrived (SQS developer guide, "Calculating the MD5 message digest"). */
const attributesDigest = (attributes: MessageAttributes): string => {
  const sized = (bytes: Uint8Array): Uint8Array => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return md5(Buffer.concat(Object.keys(attributes).sort().flatMap((name) => {
    const { DataType, StringValue, BinaryValue } = attributes[name] as MessageAttribute;
    const value = BinaryValue === undefined ? Buffer.from(StringValue ?? '') : Buffer.from(BinaryValue, 'base64');
    return [sized(Buffer.from(name)), sized(Buffer.from(DataType)), Buffer.from([BinaryValue === undefined ? 1 : 2]), sized(value)];
  })));
};

const attributesIn = (input: JsonObject): MessageAttributes | undefined => {
  const given = objectIn(input, 'MessageAttributes');
  if (!given || Object.keys(given).length === 0) return undefined;
  return Object.fromEntries(Object.keys(given).map((name) => {
    const attribute = objectIn(given, name) ?? {};
    const [text, bytes] = [textIn(attribute, 'StringValue'), textIn(attribute, 'BinaryValue')];
    if (text === undefined && bytes === undefined) throw new ServiceFailure('InvalidParameterValue', `The message attribute '${name}' must contain non-empty message attribute value.`);
    return [name, { DataType: neededIn(attribute, 'DataType'), ...(text === undefined ? {} : { StringValue: text }), ...(bytes === undefined ? {} : { BinaryValue: bytes }) }];
  }));
};

/** What the service tells of a message of itself. */
export const systemAttributes = ({ receives, sentAt, firstReceivedAt, group, dedupe, sequence }: QueuedMessage): { readonly [name: string]: string } => present({
  ApproximateReceiveCount: String(receives), SentTimestamp: String(sentAt), SenderId: 'local',
  ApproximateFirstReceiveTimestamp: firstReceivedAt === undefined ? undefined : String(firstReceivedAt),
  MessageGroupId: group, MessageDeduplicationId: dedupe, SequenceNumber: sequence,
}) as { readonly [name: string]: string };

const received = (message: QueuedMessage): JsonObject => present({
  MessageId: message.id, ReceiptHandle: message.receipt, Body: message.body, MD5OfBody: md5(message.body), Attributes: systemAttributes(message),
  MessageAttributes: message.attributes as Json | undefined, MD5OfMessageAttributes: message.attributes && attributesDigest(message.attributes),
});

/** The API of queues. */
export const sqsActions = (queues: ReadonlyMap<string, Queue>, endpoint: string): Actions => {
  const queueIn = (input: JsonObject): Queue => at(queues, neededIn(input, 'QueueUrl'), 'AWS.SimpleQueueService.NonExistentQueue');
  const send = (queue: Queue, input: JsonObject): JsonObject => {
    const [attributes, group, dedupe] = [attributesIn(input), textIn(input, 'MessageGroupId'), textIn(input, 'MessageDeduplicationId')];
    const body = textIn(input, 'MessageBody') ?? '';
    const message = queue.send({
      body, delayMs: (numberIn(input, 'DelaySeconds') ?? 0) * 1000,
      ...(attributes ? { attributes } : {}), ...(group === undefined ? {} : { group }), ...(dedupe === undefined ? {} : { dedupe }),
    });
    return present({ MessageId: message.id, MD5OfMessageBody: md5(body), MD5OfMessageAttributes: attributes && attributesDigest(attributes), SequenceNumber: message.sequence });
  };
  /** Each entry by itself: what fails of a batch is told beside what does not. */
  const each = (input: JsonObject, act: (entry: JsonObject) => JsonObject): JsonObject => {
    const Successful: Json[] = [];
    const Failed: Json[] = [];
    for (const entry of listIn(input, 'Entries')) {
      const Id = neededIn(entry, 'Id');
      try {
        Successful.push({ Id, ...act(entry) });
      } catch (error) {
        if (!(error instanceof ServiceFailure)) throw error;
        Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
      }
    }
    return { Successful, Failed };
  };
  return {
    SendMessage: (input) => send(queueIn(input), input),
    SendMessageBatch: (input) => each(input, (entry) => send(queueIn(input), entry)),
    ReceiveMessage: (input) => {
      const seconds = numberIn(input, 'VisibilityTimeout');
      const most = numberIn(input, 'MaxNumberOfMessages') ?? 1;
      if (most < 1 || most > 10) throw new ServiceFailure('InvalidParameterValue', 'MaxNumberOfMessages must be from 1 to 10.');
      const messages = queueIn(input).receive(most, seconds === undefined ? undefined : seconds * 1000);
      return present({ Messages: messages.length === 0 ? undefined : messages.map(received) });
    },
    DeleteMessage: (input) => {
      queueIn(input).remove(neededIn(input, 'ReceiptHandle'));
      return {};
    },
    DeleteMessageBatch: (input) => each(input, (entry) => {
      queueIn(input).remove(neededIn(entry, 'ReceiptHandle'));
      return {};
    }),
    ChangeMessageVisibility: (input) => {
      queueIn(input).hide(neededIn(input, 'ReceiptHandle'), (numberIn(input, 'VisibilityTimeout') ?? 0) * 1000);
      return {};
    },
    PurgeQueue: (input) => {
      queueIn(input).clear();
      return {};
    },
    GetQueueUrl: (input) => {
      const name = neededIn(input, 'QueueName');
      at(queues, name, 'AWS.SimpleQueueService.NonExistentQueue');
      return { QueueUrl: queueUrl(endpoint, name) };
    },
    GetQueueAttributes: (input) => {
      const queue = queueIn(input);
      const { fifo, visibilityMs, deadLetterAfter } = queue.settings;
      const hidden = queue.messages().filter(({ receipt }) => receipt !== undefined).length;
      return {
        Attributes: present({
          QueueArn: arnOf('sqs', neededIn(input, 'QueueUrl').split('/').at(-1) ?? ''), VisibilityTimeout: String(visibilityMs / 1000),
          ApproximateNumberOfMessages: String(queue.messages().length - hidden), ApproximateNumberOfMessagesNotVisible: String(hidden),
          FifoQueue: fifo ? 'true' : undefined, RedrivePolicy: deadLetterAfter === undefined ? undefined : JSON.stringify({ maxReceiveCount: deadLetterAfter }),
        }),
      };
    },
  };
};
