// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.plugins.files.ConnectorRun;
import io.kurier.serializers.media.MediaHeaders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredChunksTest {
    private static final TopicPartition PLACE = new TopicPartition("t", 0);

    private final StoredChunks chunks = new StoredChunks();

    @Test
    void knowsTheChunksBeforeTheFirstThatIsUnderWayInWhateverOrderTheyEnd() {
        long seed = System.nanoTime();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            chunks.handedOver("a", upTo(i + 1));
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        assertThat(chunks.stored()).isNull();
        List<Integer> left = new ArrayList<>(order);
        for (int i : order) {
            ended("a", i, ConnectorRun.storedIn(0));
            left.remove(Integer.valueOf(i));
            int before = left.isEmpty() ? 50 : Collections.min(left);
            assertThat(chunks.stored())
                    .as("seed %d, left %s", seed, left)
                    .isEqualTo(before == 0 ? null : new StoredChunks.Stored(upTo(before), PLACE));
            assertThat(chunks.haveEnded()).isEqualTo(left.isEmpty());
        }
        assertThat(chunks.loss()).isNull();
    }

    @Test
    void goesNeverPastAChunkThatWasLeftOutOrCameElsewhere() {
        for (RecordMetadata end : new RecordMetadata[] {null, ConnectorRun.storedIn(1)}) {
            String id = end == null ? "left out" : "elsewhere";
            for (int i = 0; i < 4; i++) {
                chunks.handedOver(id, upTo(i + 1));
            }
            for (int i = 0; i < 4; i++) {
                ended(id, i, i == 2 ? end : ConnectorRun.storedIn(0));
            }
            assertThat(chunks.stored()).isEqualTo(new StoredChunks.Stored(upTo(2), PLACE));
            assertThat(chunks.haveEnded()).isTrue();
            assertThat(chunks.loss()).isNotNull();
            assertThat(chunks.haveMoved()).isEqualTo(end != null);
        }
    }

    @Test
    void continuesWithWhatWasStoredBefore() {
        chunks.resume("a", new StoredChunks.Stored(upTo(3), PLACE));
        assertThat(chunks.haveEnded()).isTrue();
        chunks.handedOver("a", upTo(4));
        assertThat(chunks.stored()).isEqualTo(new StoredChunks.Stored(upTo(3), PLACE));
        ended("a", 3, ConnectorRun.storedIn(0));
        ended("a", 3, null);
        ended("a", 2, null);
        ended("b", 3, null);
        assertThat(chunks.stored()).isEqualTo(new StoredChunks.Stored(upTo(4), PLACE));
        assertThat(chunks.loss()).isNull();
    }

    private static StoredChunks.Part upTo(int count) {
        return new StoredChunks.Part(count, 1000L * count, 7L * count);
    }

    private void ended(String id, int index, @Nullable RecordMetadata end) {
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), "t", null, new byte[0]);
        record.headers().addString(MediaHeaders.ID, id).addString(MediaHeaders.CHUNK, "" + index);
        chunks.ended(record, end);
    }
}
