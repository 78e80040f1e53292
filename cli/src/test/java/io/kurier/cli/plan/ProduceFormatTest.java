// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes around the batches against those of Kafka's own messages. */
class ProduceFormatTest {
    private static final short VERSION = 13;
    private static final int FRAME = 4;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 127", "3, 40", "127, 16500", "200, 100"})
    void isThatOfKafkasMessages(int batches, int valueBytes) {
        assertThat(ApiKeys.PRODUCE.latestVersion()).isEqualTo(VERSION);
        MemoryRecords batch = MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(new byte[valueBytes]));
        assertThat(ProduceFormat.requestOverhead("shop".length(), batches, batch.sizeInBytes()))
                .isEqualTo(FRAME
                        + size(header("shop"), ApiKeys.PRODUCE.requestHeaderVersion(VERSION))
                        + size(request(batches, batch), VERSION)
                        - (double) batches * batch.sizeInBytes());
        assertThat(ProduceFormat.response(batches))
                .isEqualTo(FRAME
                        + size(new ResponseHeaderData(), ApiKeys.PRODUCE.responseHeaderVersion(VERSION))
                        + size(response(batches), VERSION));
    }

    private static int size(Message message, short version) {
        return message.size(new ObjectSerializationCache(), version);
    }

    private static RequestHeaderData header(String clientId) {
        return new RequestHeaderData().setClientId(clientId).setRequestApiKey(ApiKeys.PRODUCE.id);
    }

    private static ProduceRequestData request(int batches, MemoryRecords batch) {
        ProduceRequestData.TopicProduceDataCollection topics = new ProduceRequestData.TopicProduceDataCollection();
        topics.add(new ProduceRequestData.TopicProduceData()
                .setTopicId(Uuid.randomUuid())
                .setPartitionData(IntStream.range(0, batches)
                        .mapToObj(partition -> new ProduceRequestData.PartitionProduceData()
                                .setIndex(partition)
                                .setRecords(batch))
                        .toList()));
        return new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(30_000)
                .setTransactionalId(null)
                .setTopicData(topics);
    }

    private static ProduceResponseData response(int batches) {
        ProduceResponseData.TopicProduceResponseCollection topics =
                new ProduceResponseData.TopicProduceResponseCollection();
        topics.add(new ProduceResponseData.TopicProduceResponse()
                .setTopicId(Uuid.randomUuid())
                .setPartitionResponses(IntStream.range(0, batches)
                        .mapToObj(partition -> new ProduceResponseData.PartitionProduceResponse()
                                .setIndex(partition)
                                .setRecordErrors(List.of()))
                        .toList()));
        return new ProduceResponseData().setResponses(topics);
    }
}
