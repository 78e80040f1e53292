# SPDX-License-Identifier: Apache-2.0
"""Sends records with confluent-kafka, and writes the partition of each.

usage: confluent_kafka_partitions.py SERVERS TOPIC KEYS PARTITIONS [NAME=VALUE ...]

KEYS has a line for each record: its key in hexadecimal digits, or "null". PARTITIONS gets a line for each. The rest are
settings of the producer.
"""
import functools
import sys

from confluent_kafka import Producer


def main(servers, topic, keys_file, partitions_file, *settings):
    with open(keys_file) as lines:
        keys = [None if line == "null" else bytes.fromhex(line) for line in lines.read().splitlines()]
    partitions = [None] * len(keys)

    def delivered(index, error, message):
        partitions[index] = "failed: " + str(error) if error else str(message.partition())

    producer = Producer({"bootstrap.servers": servers, **dict(setting.split("=", 1) for setting in settings)})
    for index, key in enumerate(keys):
        producer.produce(topic, key=key, value=b"1", on_delivery=functools.partial(delivered, index))
        producer.poll(0)
    producer.flush()
    with open(partitions_file, "w") as out:
        out.writelines(str(partition) + "\n" for partition in partitions)


main(*sys.argv[1:])
