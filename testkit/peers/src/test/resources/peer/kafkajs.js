// SPDX-License-Identifier: Apache-2.0
// Asks a partitioner of kafkajs for the partitions of keys.
// usage: node kafkajs.js PARTITIONER COUNT KEYS PARTITIONS bytes|text
// KEYS has a line for each key: its bytes in hexadecimal digits, or null. PARTITIONS gets a line for each. With text the
// partitioner gets strings instead of bytes.
'use strict';
const { readFileSync, writeFileSync } = require('fs');
const { Partitioners } = require('kafkajs');

const [name, count, keysFile, partitionsFile, form] = process.argv.slice(2);
const partitionMetadata = Array.from({ length: Number(count) }, (_, partitionId) => ({ partitionId, leader: 1 }));
const partitioner = Partitioners[name]();

function partition(line) {
  const bytes = line === 'null' ? null : Buffer.from(line, 'hex');
  const key = form === 'text' && bytes !== null ? bytes.toString() : bytes;
  return partitioner({ topic: 'orders', partitionMetadata, message: { key } });
}

const keys = readFileSync(keysFile, 'utf8').split('\n').slice(0, -1);
writeFileSync(partitionsFile, keys.map((key) => partition(key) + '\n').join(''));
