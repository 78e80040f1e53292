// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.read;

import io.kurier.guards.encrypt.RecordDecryptor;
import io.kurier.spi.EncodedRecord;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Decrypts records before they are decoded, or leaves them as they are. */
public final class RecordOpener implements AutoCloseable {
    private final @Nullable RecordDecryptor decryptor;

    private RecordOpener(@Nullable RecordDecryptor decryptor) {
        this.decryptor = decryptor;
    }

    /** Returns one that leaves records as they are. */
    public static RecordOpener none() {
        return new RecordOpener(null);
    }

    /** Returns one that decrypts, and closes the decryptor. */
    public static RecordOpener of(RecordDecryptor decryptor) {
        return new RecordOpener(decryptor);
    }

    /**
     * Returns a record in plain text.
     *
     * @throws io.kurier.guards.encrypt.DecryptionException if it cannot be decrypted
     */
    ConsumerRecord<byte[], byte[]> open(ConsumerRecord<byte[], byte[]> record) {
        if (decryptor == null) {
            return record;
        }
        EncodedRecord plain =
                decryptor.decrypt(new EncodedRecord(record.topic(), record.key(), record.value(), record.headers()));
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                plain.key(),
                plain.value(),
                plain.headers(),
                Optional.empty());
    }

    @Override
    public void close() {
        if (decryptor != null) {
            decryptor.close();
        }
    }
}
