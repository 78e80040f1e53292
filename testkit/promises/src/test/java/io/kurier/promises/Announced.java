// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.Message;
import io.kurier.Topic;
import io.kurier.promises.Entry.Intent;

/** A message, and the intent that goes into the ledger before it is published. */
record Announced(Message<String, String> message, Intent intent) {
    static Announced of(Topic<String, String> topic, MessageId id, String value) {
        return new Announced(Message.of(topic, id.key(), value), new Intent(id, Digest.of(value)));
    }
}
