// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.kurier.cli.records.JsonText;
import io.kurier.cli.records.RecordJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One JSON object for each record. */
final class JsonLines implements RecordLines {
    @Override
    public String decoded(ConsumerRecord<byte[], byte[]> record, JsonNode value) {
        return JsonText.line(RecordJson.of(record, value));
    }

    @Override
    public String undecoded(ConsumerRecord<byte[], byte[]> record, String reason) {
        return JsonText.line(RecordJson.undecoded(record, reason));
    }

    @Override
    public String undelivered(String topic, int partition, long offset, String reason) {
        return JsonText.line(RecordJson.undelivered(topic, partition, offset, reason));
    }
}
