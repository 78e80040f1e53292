// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.testplugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kurier.Outcome;
import io.kurier.PublishException;
import io.kurier.Stage;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Guards each record as the word in its value says; another word passes. */
public final class AsTold implements GuardPlugin {
    /** The threads of all calls. */
    public static final List<Thread> CALLERS = new CopyOnWriteArrayList<>();

    /** What the guards were made with. */
    public static final List<GuardSettings> MADE = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
        return "as-told";
    }

    @Override
    public Guard guard(GuardSettings settings) {
        MADE.add(settings);
        return record -> {
            CALLERS.add(Thread.currentThread());
            return answer(record, record.value() == null ? "" : new String(record.value(), UTF_8));
        };
    }

    @SuppressWarnings("NullAway") // what plugins outside null-checked code answer
    private static EncodedRecord answer(EncodedRecord record, String word) {
        return switch (word) {
            case "refused" -> throw new IllegalArgumentException("not this one");
            case "speechless" -> throw new IllegalStateException();
            case "posing" -> throw new PublishException("other", Stage.SEND, Outcome.UNKNOWN, true, "posing", null);
            case "sneaking" -> throw sneaked(new IOException("the vault is gone"));
            case "endless" -> endless(record, 0);
            case "unlinked" -> throw new NoClassDefFoundError("org/example/Vault");
            case "nothing" -> null;
            case "elsewhere" -> new EncodedRecord("elsewhere", record.key(), record.value(), record.headers());
            case "bare" -> new EncodedRecord(record.topic(), record.key(), record.value(), new RecordHeaders());
            case "headless" -> new EncodedRecord(record.topic(), record.key(), record.value(), null);
            case "keyless" -> record.withKey(null);
            case "encrypted" -> record.withKey(UUID.randomUUID().toString().getBytes(UTF_8));
            case "empty-header" -> {
                record.headers().add("tenant", new byte[0]);
                yield record;
            }
            case "no-header-value" -> {
                record.headers().add("tenant", null);
                yield record;
            }
            case "grown" -> record.withValue("grown".repeat(10).getBytes(UTF_8));
            default -> record;
        };
    }

    @SuppressWarnings("InfiniteRecursion") // until there is no stack left
    private static EncodedRecord endless(EncodedRecord record, int depth) {
        EncodedRecord deeper = endless(record, depth + 1);
        return depth < 0 ? record : deeper;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Lombok and Kotlin throw checked exceptions
    private static <E extends Throwable> RuntimeException sneaked(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
