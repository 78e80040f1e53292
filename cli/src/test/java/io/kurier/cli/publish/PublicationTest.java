// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.testkit.FakeKafka;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

class PublicationTest {
    private static final Topic<byte[], Object> NOTES = Topic.of("notes", byte[].class, Object.class);

    private final FakeKafka kafka = new FakeKafka();
    private final CountDownLatch sent = new CountDownLatch(4);
    private final List<String> failed = Collections.synchronizedList(new ArrayList<>());

    @Test
    void countsWhatIsStoredAndNamesWhatIsNot() {
        kafka.topic("notes").store(1).refuse(1, new RecordTooLargeException("too large"));
        assertThat(publish(new ByteArrayInputStream("a\nb\nc\n".getBytes(UTF_8))))
                .isEqualTo(new Counts(2, 1, 0, null, false));
        assertThat(failed).singleElement().asString().startsWith("standard input, line 2: ");
    }

    @Test
    void namesLinesWhoseOutcomeIsUnknown() {
        kafka.topic("notes").dropAcks(1);
        assertThat(publish(new ByteArrayInputStream("a\nb\n".getBytes(UTF_8))))
                .isEqualTo(new Counts(1, 0, 1, null, false));
        assertThat(failed).singleElement().asString().startsWith("standard input, line 1: ");
    }

    /** Each further line would wait as long. */
    @Test
    void endsIfTheClusterTakesNoMoreRecords() {
        kafka.topic("notes").bufferFull();
        Counts counts = publish(new ByteArrayInputStream("a\nb\nc\n".getBytes(UTF_8)));
        assertThat(counts)
                .isEqualTo(new Counts(
                        0, 1, 0, "the cluster takes no more records; the input after that is not read", false));
        assertThat(counts.isComplete()).isFalse();
        assertThat(failed).singleElement().asString().startsWith("standard input, line 1: ");
    }

    @Test
    void endsAtAnInterruptAndNamesNoOpenLines() throws Exception {
        kafka.topic("notes").holdAcks();
        InputStream endless = new ByteArrayInputStream("a\nb\nc\nd\n".getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int from, int length) {
                int read = super.read(target, from, length);
                if (read < 0) {
                    LockSupport.park(); // until its reader is interrupted
                }
                return read;
            }
        };
        List<Counts> counts = Collections.synchronizedList(new ArrayList<>());
        Thread command = new Thread(() -> counts.add(publish(endless)));
        command.start();
        sent.await();
        command.interrupt();
        command.join();
        assertThat(counts).containsExactly(new Counts(0, 0, 4, null, true));
        assertThat(failed).isEmpty();
    }

    private Counts publish(InputStream in) {
        Publisher publisher = kafka.start(
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:1",
                        "publish.max.wait.ms",
                        "10",
                        "topics.notes.key.serializer",
                        "bytes",
                        "topics.notes.value.serializer",
                        "text"),
                NOTES);
        PublicationListener listener = new PublicationListener() {
            @Override
            public void read(long bytes) {
                sent.countDown();
            }

            @Override
            public void failed(String place, String reason) {
                failed.add(place + ": " + reason);
            }
        };
        LineFormat format = new LineFormat(NOTES, ValueFormat.of("text", null), false, null, List.of());
        return new Publication(publisher, listener).publishLines(List.of(Input.of("-", in)), format);
    }
}
