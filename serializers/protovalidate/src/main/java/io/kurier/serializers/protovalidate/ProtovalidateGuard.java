// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protovalidate;

import io.kurier.serializers.internal.GuardedValues;
import io.kurier.serializers.protobuf.internal.guards.GuardedMessages;
import io.kurier.spi.EncodedRecord;
import io.kurier.spi.Guard;

/**
 * Refuses records whose value is no message of a known type, or one that violates the rules of its type. A tombstone
 * passes. Safe for use by any number of threads.
 */
final class ProtovalidateGuard implements Guard {
    private final GuardedValues values;
    private final GuardedMessages messages;
    private final Rules rules;

    ProtovalidateGuard(GuardedValues values, GuardedMessages messages, Rules rules) {
        this.values = values;
        this.messages = messages;
        this.rules = rules;
    }

    /** It refuses messages and changes none. */
    @Override
    public boolean onlyChecks() {
        return true;
    }

    /**
     * Returns the record itself.
     *
     * @throws org.apache.kafka.common.errors.SerializationException if the value exceeds a limit, is no message of a
     *     known type, or violates a rule; it names fields and rules and shows no values
     */
    @Override
    public EncodedRecord guard(EncodedRecord record) {
        byte[] value = record.value();
        if (value != null) {
            GuardedMessages.Read read = messages.read(record, value);
            rules.check(read.message(), value.length - read.frame());
        }
        return record;
    }

    @Override
    public void close() {
        values.close();
    }
}
