// SPDX-License-Identifier: Apache-2.0
// Reads and writes records with Confluent's serializers for JavaScript: a line of JSON with a request on the standard
// input is answered by a line of JSON on the standard output.
'use strict';
const readline = require('readline');
const { createFileRegistry, createMutableRegistry, fromBinary, fromJson, toJson } = require('@bufbuild/protobuf');
const { FileDescriptorProtoSchema } = require('@bufbuild/protobuf/wkt');
const {
  AvroDeserializer, AvroSerializer, HeaderSchemaIdSerializer, JsonDeserializer, JsonSerializer, PrefixSchemaIdSerializer,
  ProtobufDeserializer, ProtobufSerializer, SchemaRegistryClient, SerdeType,
} = require('@confluentinc/schemaregistry');

const SERIALIZERS = { avro: AvroSerializer, json: JsonSerializer, protobuf: ProtobufSerializer };
const DESERIALIZERS = { avro: AvroDeserializer, json: JsonDeserializer, protobuf: ProtobufDeserializer };

const bytes = (text) => Buffer.from(text, 'base64');
const text = (buffer) => Buffer.from(buffer).toString('base64');
const mapped = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

function client(request) {
  return new SchemaRegistryClient({ baseURLs: [request.url], maxRetries: 0 });
}

async function read(request) {
  const Deserializer = DESERIALIZERS[request.format];
  const deserializer = new Deserializer(client(request), SerdeType.VALUE, { validate: request.format === 'json' });
  const value = await deserializer.deserialize(request.topic, bytes(request.value), mapped(request.headers, bytes));
  if (request.format !== 'protobuf') {
    return { json: value };
  }
  return { type: value.$typeName, json: toJson(deserializer.fileRegistry.getMessage(value.$typeName), value) };
}

async function write(request) {
  const conf = {
    useLatestVersion: true,
    validate: request.format === 'json',
    schemaIdSerializer: request.inHeader ? HeaderSchemaIdSerializer : PrefixSchemaIdSerializer,
  };
  let value = request.json;
  if (request.format === 'protobuf') {
    const file = fromBinary(FileDescriptorProtoSchema, bytes(request.descriptor));
    const message = createFileRegistry(file, () => undefined).getMessage(request.type);
    conf.registry = createMutableRegistry(message);
    value = fromJson(message, value);
  }
  const headers = {};
  const Serializer = SERIALIZERS[request.format];
  const written = await new Serializer(client(request), SerdeType.VALUE, conf).serialize(request.topic, value, headers);
  return { value: text(written), headers: mapped(headers, text) };
}

async function answer(line) {
  try {
    const request = JSON.parse(line);
    return await (request.op === 'read' ? read(request) : write(request));
  } catch (e) {
    return { error: String(e.stack || e) };
  }
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await answer(line)) + '\n');
  }
})();
