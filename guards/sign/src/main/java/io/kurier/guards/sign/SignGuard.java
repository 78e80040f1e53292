// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.sign;

import io.kurier.guards.internal.RecordBinding;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;
import java.util.Set;
import org.apache.kafka.common.header.Headers;

/**
 * Signs the records of a topic, tombstones too. A record that has a signature already, because it was read and is
 * published on, gets this guard's instead. Safe for use by any number of threads.
 */
final class SignGuard implements Guard {
    private final WatchedKeyset<SigningKey> keyset;
    private final byte[] topic;
    private final Set<String> listed;

    /**
     * Creates the guard.
     *
     * @param topic the logical topic, in UTF-8
     * @param listed the headers that are signed in addition to those that always are
     */
    SignGuard(WatchedKeyset<SigningKey> keyset, byte[] topic, Set<String> listed) {
        this.keyset = keyset;
        this.topic = topic;
        this.listed = listed;
    }

    /** Returns the record with the signature's header. */
    @Override
    public EncodedRecord guard(EncodedRecord record) {
        SigningKey key = keyset.keys();
        Headers headers = record.headers();
        if (headers.lastHeader(SignatureHeader.NAME) != null) {
            headers.remove(SignatureHeader.NAME);
        }
        RecordBinding binding = SignatureHeader.binding(topic, record.key(), headers, listed);
        SignatureHeader unsigned =
                SignatureHeader.unsigned(key.id(), record.value() != null, listed, binding.fingerprints());
        headers.add(SignatureHeader.NAME, unsigned.with(key.sign(unsigned.message(binding, record.value()))));
        return record;
    }
}
