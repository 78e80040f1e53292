// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.publish;

import io.kurier.Message;
import io.kurier.Publisher;
import io.kurier.Topic;
import io.kurier.cli.lines.Lines;
import io.kurier.cli.records.UnfitException;
import io.kurier.serializers.media.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * Publishes the lines of inputs, or inputs as blobs, one after the other. What fails is reported, and the rest goes on;
 * only a cluster that does not take records ends it. Used by one thread; an interrupt ends it, too.
 */
public final class Publication {
    private static final Duration MOST_CLOSING = Duration.ofSeconds(30);

    /** Less than the time that a shutdown gives a command. */
    private static final Duration MOST_CLOSING_INTERRUPTED = Duration.ofSeconds(4);

    private static final int LONGEST_LINE = 64 << 20;
    private static final long LINES_IN_HEAP = 32;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Publisher publisher;
    private final PublicationListener listener;
    private final MessageSender sender;

    /** Creates it; the publisher is closed at the end. */
    public Publication(Publisher publisher, PublicationListener listener) {
        this.publisher = publisher;
        this.listener = listener;
        this.sender = new MessageSender(publisher, listener);
    }

    /** Publishes the lines of inputs. */
    public Counts publishLines(List<Input> inputs, LineFormat format) {
        return run(inputs, input -> {
            try (InputStream in = input.open()) {
                publishLines(input, new Lines(in, longestLine()), format);
            }
        });
    }

    /** Publishes each input as a blob, whose key is the input's name. */
    public Counts publishBlobs(List<Input> inputs, Topic<byte[], Object> topic, List<Header> headers) {
        return run(inputs, input -> {
            Blob blob = input.blob();
            byte[] key = blob.name()
                    .map(name -> name.getBytes(StandardCharsets.UTF_8))
                    .orElse(null);
            sender.send(new Message<>(topic, key, blob, headers, null, null), input.name());
            listener.read(Math.max(0, input.bytes()));
        });
    }

    private interface Step {
        void run(Input input) throws IOException, InterruptedException;
    }

    private Counts run(List<Input> inputs, Step step) {
        boolean interrupted = false;
        try {
            for (Input input : inputs) {
                if (sender.end() != null) {
                    break;
                }
                try {
                    step.run(input);
                } catch (InterruptedIOException e) {
                    throw new InterruptedException();
                } catch (IOException e) {
                    sender.refuse(input.name(), "it cannot be read: " + e);
                }
            }
            if (sender.end() == null) {
                sender.await();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        interrupted |= Thread.interrupted(); // or the publisher would not wait for what it has sent
        if (interrupted) {
            sender.silence();
        }
        publisher.close(interrupted ? MOST_CLOSING_INTERRUPTED : MOST_CLOSING);
        boolean ended = sender.end() != null && !interrupted;
        return sender.counts(
                ended ? "the cluster takes no more records; the input after that is not read" : null, interrupted);
    }

    /** A line, the JSON and the value made from it, and the bytes of the record are in the heap at the same time. */
    private static int longestLine() {
        return (int) Math.min(LONGEST_LINE, Runtime.getRuntime().maxMemory() / LINES_IN_HEAP);
    }

    private void publishLines(Input input, Lines lines, LineFormat format) throws IOException, InterruptedException {
        for (Lines.Line line = lines.next(); line != null && sender.end() == null; line = lines.next()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            String place = input.name() + ", line " + line.number();
            byte[] content = line.content();
            if (content == null) {
                sender.refuse(
                        place,
                        "the line has more than " + longestLine() + " bytes; a larger heap, by"
                                + " KURIER_JAVA_OPTS=-Xmx4g, allows up to " + LONGEST_LINE);
            } else {
                send(line.number() == 1 && format.isText() ? withoutMark(content) : content, place, format);
            }
            listener.read(line.bytes());
        }
    }

    private void send(byte[] line, String place, LineFormat format) throws InterruptedException {
        if (format.skipsBlankLines() && isBlank(line)) {
            return;
        }
        Message<byte[], Object> message;
        try {
            message = format.of(line);
        } catch (UnfitException | IllegalArgumentException e) {
            sender.refuse(place, String.valueOf(e.getMessage()));
            return;
        }
        sender.send(message, place);
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static byte[] withoutMark(byte[] line) {
        int length = BYTE_ORDER_MARK.length;
        return line.length >= length && Arrays.equals(line, 0, length, BYTE_ORDER_MARK, 0, length)
                ? Arrays.copyOfRange(line, length, line.length)
                : line;
    }
}
